import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dbmate } from '../../src/tools/dbmate.ts';
import {
  applied,
  asked,
  compare,
  contents,
  emptyDatabase,
  npmTool,
  type Place,
  placeWith,
  run,
  succeed,
} from './support.ts';

// dbmate's packages for each platform hold nothing but the program.
const version = '2.36.0';
const platform = `@dbmate/${process.platform}-${process.arch}`;

const call = async ({ directory, url }: Place, ...args: string[]) => {
  const folder = await npmTool(`${platform}@${version}`);
  const program = join(folder, 'node_modules', platform, 'bin/dbmate');
  return [program, ['--no-dump-schema', '--url', url, ...args], { cwd: directory }] as const;
};
const up = async (place: Place, ...args: string[]) => succeed(...(await call(place, ...args, 'up')));
const fails = async (place: Place, ...args: string[]) => run(...(await call(place, ...args, 'up')));

const files = {
  'db/migrations/10_b.sql': '-- migrate:up\nCREATE TABLE ten (id int);\n-- migrate:down\nDROP TABLE ten;\n',
  'db/migrations/9_a.sql': '-- migrate:up\nCREATE TABLE nine AS SELECT * FROM ten;\n-- migrate:down\n',
  'db/migrations/20240101000000_users.sql':
    "-- a comment before\n\n-- migrate:up\r\nCREATE TABLE users (id bigserial PRIMARY KEY, name text);\r\nINSERT INTO users (name) VALUES ('a;b');\r\n\r\n-- migrate:down\r\nDROP TABLE users;\r\n",
  'db/migrations/20240102000000_index.sql':
    '-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY users_name ON users (name);\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY users_name;\n',
  'db/migrations/20240103000000_body.sql':
    "-- migrate:up\nCREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN\n  -- a ; here\n  RETURN 1; END $$;\nCOMMENT ON TABLE users IS 'x'\n-- migrate:down\n",
  'db/migrations/20240104000000_empty.sql': '-- migrate:up\n\n-- migrate:down\n',
  'db/migrations/20240105000000_own_table.sql':
    '-- migrate:up\nALTER TABLE schema_migrations ADD COLUMN at text;\n-- migrate:down\n',
  'db/migrations/README.sql': 'this is never read',
  'db/migrations/20240106000000_upper.SQL': 'this neither',
};

describe('dbmate', () => {
  test('builds the same, its table too', async () => {
    const { difference, failure, history } = await compare({
      tool: dbmate,
      files,
      path: 'db/migrations',
      deploy: up,
    });
    expect(failure).toBeNull();
    expect(history.migrations[0]?.file).toBe('db/migrations/10_b.sql');
    expect(difference).toBe('');
  });

  test('several directories and another table', async () => {
    const { difference } = await compare({
      tool: dbmate,
      files: {
        'a/2_x.sql': '-- migrate:up\nCREATE TABLE two AS SELECT * FROM one;\n-- migrate:down\n',
        'b/1_x.sql': '-- migrate:up\nCREATE TABLE one (id int);\n-- migrate:down\n',
        Makefile: 'up:\n\tdbmate -d a -d b --migrations-table ops.done up\n',
      },
      path: 'a',
      deploy: (place) => up(place, '-d', 'a', '-d', 'b', '--migrations-table', 'ops.done'),
    });
    expect(difference).toBe('');
  });

  test.each<[string, string]>([
    ['no up', 'CREATE TABLE a ();\n-- migrate:down\n'],
    ['no down', '-- migrate:up\nCREATE TABLE a ();\n'],
    ['a statement before', 'SELECT 1;\n-- migrate:up\n-- migrate:down\n'],
    ['two downs', '-- migrate:up\n-- migrate:down\n-- migrate:down\n'],
    ['the wrong order', '-- migrate:down\n-- migrate:up\n'],
    ['a byte order mark', '\ufeff-- migrate:up\nCREATE TABLE a ();\n-- migrate:down\n'],
    ['a byte order mark before a comment', '\ufeff-- hello\n-- migrate:up\n-- migrate:down\n'],
    ['a word behind', '-- migrate:upwards\n-- migrate:down\n'],
    ['indented', '  -- migrate:up\n-- migrate:down\n'],
  ])('refuses in the words that the gate shows: %s', async (_, sql) => {
    const broken = { 'db/migrations/1_a.sql': sql };
    const place = await placeWith(broken);
    const { code, stderr } = await fails(place);
    expect(code).not.toBe(0);
    const says = await refusalOf(broken);
    expect(says).toContain(stderr.replace(/^Error: /, '').trim());
  });

  test('two sections: the first is run and recorded, the second breaks on the key', async () => {
    const broken = {
      'db/migrations/1_a.sql':
        '-- migrate:up\nCREATE TABLE one ();\n-- migrate:down\n-- migrate:up\nCREATE TABLE two ();\n-- migrate:down\n',
    };
    const place = await placeWith(broken);
    const { stderr } = await fails(place);
    expect(stderr).toContain('duplicate key value violates unique constraint');
    const dump = await contents(place.connection);
    expect(dump).toContain('CREATE TABLE public.one');
    expect(dump).not.toContain('CREATE TABLE public.two');
    expect(dump).toContain('{"version":"1"}');
    expect(await refusalOf(broken)).toContain('duplicate key value violates unique constraint');
  });

  test('a second statement beside one without a transaction is in one all the same', async () => {
    const broken = {
      'db/migrations/1_a.sql':
        '-- migrate:up transaction:false\nCREATE TABLE a (b int);\nCREATE INDEX CONCURRENTLY i ON a (b);\n-- migrate:down\n',
    };
    const place = await placeWith(broken);
    expect((await fails(place)).stderr).toContain('cannot run inside a transaction block');
    const { failure } = await applied(await emptyDatabase(), {
      tool: dbmate,
      files: broken,
      path: 'db/migrations',
    });
    expect(failure?.error.sqlstate).toBe('25001');
  });
});

describe('a late file', () => {
  const before = { 'db/migrations/2_b.sql': '-- migrate:up\nCREATE TABLE b ();\n-- migrate:down\n' };
  const after = { 'db/migrations/1_a.sql': '-- migrate:up\nCREATE TABLE a ();\n-- migrate:down\n' };

  test('runs', async () => {
    const place = await placeWith(before);
    await up(place);
    const late = await placeWith({ ...before, ...after });
    await up({ ...late, url: place.url });
    expect(await asked(place.connection, 'SELECT version FROM schema_migrations ORDER BY 1')).toEqual([
      { version: '1' },
      { version: '2' },
    ]);
  });

  test('is refused with --strict', async () => {
    const place = await placeWith(before);
    await up(place);
    const late = await placeWith({ ...before, ...after });
    const { code, stderr } = await run(...(await call({ ...late, url: place.url }, 'up', '--strict')));
    expect(code).not.toBe(0);
    expect(stderr).toContain('is out of order with already applied migrations');
  });
});

async function refusalOf(broken: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { history } = await applied(await emptyDatabase(), {
    tool: dbmate,
    files: broken,
    path: 'db/migrations',
  });
  return history.migrations[0]?.refused?.says;
}
