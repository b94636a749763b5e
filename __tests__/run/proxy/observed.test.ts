import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../../src/run/index.ts';
import { compareLocks } from '../../../src/run/locks.ts';
import { startProxy, type Proxy as WireProxy } from '../../../src/run/proxy/proxy.ts';
import { loadParser } from '../../../src/sql/parse.ts';
import { fixture, type StatementCase, statements } from '../../cases/statements.ts';
import { majors } from '../../shadow/majors.ts';
import { sharedShadow } from '../../shadow/with-shadow.ts';
import { type StatementRunner, statementRunner } from '../observe-statement.ts';

await loadParser();

/** What is said of a statement by the proxy, in the words of the truth table. */
function effectOf({ statements: said }: WireProxy) {
  const observation = said.findLast(({ observation }) => observation !== null)?.observation;
  const strongest = new Map<string, string>();
  for (const { schema, relation, kind, mode } of observation?.locks ?? []) {
    if (kind === 'index') continue;
    const name = unqualified(`${schema}.${relation}`);
    const known = strongest.get(name);
    if (known === undefined || compareLocks(mode, known) > 0) strongest.set(name, mode);
  }
  return {
    locks: [...strongest].map(([relation, mode]) => `${relation}:${mode}`).sort(),
    rewrites: (observation?.rewrites ?? []).map(unqualified),
    scans: (observation?.scans ?? []).map(unqualified),
    source: observation?.source,
  };
}

const unqualified = (name: string): string => name.replace('public.', '');

describe.each(majors)('statements through the proxy on PostgreSQL %i', (major) => {
  let direct: StatementRunner;
  let template: string;
  const databases: (() => Promise<void>)[] = [];
  const fresh = async (from: string) => {
    const shared = await sharedShadow(major);
    const database = await shared.database({ template: from });
    databases.push(database.close);
    return database;
  };
  beforeAll(async () => {
    const database = await fresh('template0');
    template = database.connection.database;
    {
      await using session = await openSession(database.connection);
      expect((await session.send(fixture)).error).toBeNull();
    }
    direct = await statementRunner(await sharedShadow(major), async ({ connection }, sql) => {
      await using session = await openSession(connection);
      expect((await session.send(sql)).error).toBeNull();
    });
  });
  afterAll(async () => {
    await shared?.client.end();
    await shared?.proxy[Symbol.asyncDispose]();
    await direct.close();
    for (const close of databases.reverse()) await close();
  });

  /** One database for all that is rolled back: the proxy must notice that it was. */
  let shared: { proxy: WireProxy & AsyncDisposable; client: pg.Client } | null = null;
  const roll = async () => {
    if (shared !== null) return shared;
    const { connection } = await fresh(template);
    const proxy = await startProxy({ shadow: connection, observe: true });
    const client = new pg.Client({ ...proxy.connection });
    await client.connect();
    shared = { proxy, client };
    return shared;
  };
  const rows = statements.filter(({ since = 0, until = 99 }) => since <= major && major <= until);
  const every = process.env.MIGRATION_GATE_TEST_FULL === undefined ? 5 : 1;
  const inTransaction = rows.filter(({ alone }) => alone !== true);

  test.each(inTransaction.filter((_, index) => index % every === 0))(
    'in a transaction: $sql',
    async ({ sql }) => {
      const { proxy, client } = await roll();
      await client.query('BEGIN');
      await client.query(sql);
      await client.query('ROLLBACK');
      const { effect } = await direct.run({ sql });
      expect(effectOf(proxy)).toEqual(effect);
    },
  );

  /** LOCK TABLE by itself is refused where it is prepared, before 17. */
  const preparable = ({ sql }: StatementCase): boolean => major >= 17 || !sql.startsWith('LOCK TABLE');

  const byItself = async ({ sql, alone }: StatementCase, extended: boolean) => {
    const { connection } = await fresh(template);
    await using proxy = await startProxy({ shadow: connection, observe: true });
    const client = new pg.Client({ ...proxy.connection });
    await client.connect();
    await client.query(extended ? { name: 'it', text: sql } : sql);
    await client.end();
    const { effect } = await direct.run({ sql, alone: alone ?? false });
    const said = effectOf(proxy);
    // CALL may commit: by the extended protocol it is not tried in a transaction.
    expect(
      extended && said.source === 'unknown' ? { ...said, source: effect.source, locks: effect.locks } : said,
    ).toEqual(effect);
    expect(proxy.statements.map(({ statusBefore, statusAfter }) => statusBefore + statusAfter)).toEqual([
      'II',
    ]);
  };

  const alone = rows.filter((row) => row.alone === true);
  test.each(alone.filter((_, index) => index % every === 0))('by itself: $sql', (row) =>
    byItself(row, false),
  );
  const simple = inTransaction.filter(({ sql }) => !sql.includes(';'));
  test.each(simple.filter((_, index) => index % (every * 5) === 1))('committed by itself: $sql', (row) =>
    byItself(row, false),
  );
  test.each(simple.filter((row, index) => index % (every * 5) === 2 && preparable(row)))(
    'prepared: $sql',
    (row) => byItself(row, true),
  );
});
