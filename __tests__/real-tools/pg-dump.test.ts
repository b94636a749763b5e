import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diff } from '../../src/catalog/diff.ts';
import type { Catalog } from '../../src/catalog/model.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { startShadow } from '../../src/shadow/index.ts';
import type { Shadow } from '../../src/shadow/shadow.ts';
import { debianProgram, succeed } from './install.ts';
import { sweep } from './schema-sweep.ts';

// pg_dump as a second opinion on the snapshot: of each pair of schemas in a generated sweep, wherever its text
// differs, the diff must not be empty. Both sides stand in databases of their own, so that everything is found by
// name. What the diff sees beyond pg_dump is listed in docs/schema-diff.md.

const bases = new Map<string, Promise<Seen>>();
let server: Shadow;

beforeAll(async () => {
  await debianProgram('pg_dump', 'postgresql-client');
  // The major of the pg_dump that every supported Debian and Ubuntu can have.
  server = await startShadow({ shadow: 'embedded', major: 15, extensions: [], tcp: true });
});

afterAll(() => server[Symbol.asyncDispose]());

describe('wherever the text of pg_dump differs, the diff is not empty', () => {
  test.each(Object.entries(sweep))('%s', async (_title, [base, change]) => {
    const known = bases.get(base) ?? seen([base]);
    bases.set(base, known);
    const [left, right] = [await known, await seen([base, change])];
    expect(right.dump).not.toBe(left.dump);
    expect(diff(left.catalog, right.catalog, 'name').map(({ type, name }) => `${type} ${name}`)).not.toEqual(
      [],
    );
  });
});

interface Seen {
  readonly dump: string;
  readonly catalog: Catalog;
}

/** What both make of a database of these statements, which a superuser sent. */
async function seen(statements: readonly string[]): Promise<Seen> {
  const { admin } = server;
  const database = `dump_${randomBytes(6).toString('hex')}`;
  const root = new pg.Client({ ...admin });
  await root.connect();
  await root.query(`CREATE DATABASE ${database} TEMPLATE template0`);
  const client = new pg.Client({ ...admin, database });
  await client.connect();
  try {
    for (const statement of statements) if (statement !== '') await client.query(statement);
    const { stdout } = await succeed('pg_dump', ['--schema-only', '--no-password'], {
      env: {
        ...process.env,
        PGHOST: admin.host,
        PGPORT: `${admin.port}`,
        PGUSER: admin.user,
        PGPASSWORD: admin.password,
        PGDATABASE: database,
      },
    });
    // A word of chance against injected meta-commands.
    const dump = stdout.replace(/^\\(?:un)?restrict .*$/gm, '');
    return { dump, catalog: await snapshot(client, { ignore: [] }) };
  } finally {
    await client.end();
    await root.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await root.end();
  }
}
