import { expect, test } from 'vitest';
import { repository } from '../git/repository.ts';
import { gateOf } from '../history/gate-of.ts';

// The lines that an undecided check gives to paste are pasted: the next check has a verdict.

const config = '.github/migration-gate.yml';

/** What a message says to write, by path. */
function linesOf(message: string): Record<string, string> {
  const parts = message.split(/\n\n(\S+\.(?:sql|yml)):\n\n|(?<=name it in) (\S+\.yml):\n\n/);
  const files: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    if (part !== undefined && /^\S+\.(?:sql|yml)$/.test(part)) {
      const content = parts.slice(at + 1).find((text) => text !== undefined);
      if (content !== undefined) files[part] = `${content.trimEnd()}\n`;
    }
  }
  return files;
}

async function pasted(base: Record<string, string>, next: Record<string, string>, more = {}) {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(next);
  const first = await gateOf(repo.directory);
  expect(first.undecided?.reason).toBe('base-does-not-apply');
  const files = linesOf(first.undecided?.message ?? '');
  expect(Object.keys(files)).toContain(config);
  repo.commit({ ...files, ...more });
  return { files, second: await gateOf(repo.directory) };
}

const inMigrations = (sql: string) => ({ 'db/migrations/1_a.sql': sql });
const next = { 'db/migrations/2_b.sql': 'CREATE TABLE b (id bigint PRIMARY KEY);\n' };

test.each<[string, string]>([
  ['a role', 'CREATE TABLE a (id int);\nGRANT SELECT ON a TO "app-Reader";'],
  [
    'several roles at once',
    'CREATE TABLE a (id int);\nGRANT SELECT ON a TO one;\nGRANT INSERT ON a TO two, three;',
  ],
  [
    'a role that the history makes is not made twice',
    'CREATE ROLE own;\nCREATE TABLE a (id int);\nGRANT SELECT ON a TO own, other;',
  ],
  ['a function of an extension', 'CREATE TABLE a (id uuid DEFAULT uuid_generate_v4());'],
  [
    'an operator class of an extension',
    'CREATE TABLE a (t text);\nCREATE INDEX ON a USING gin (t gin_trgm_ops);',
  ],
  ['an extension for superusers', 'CREATE EXTENSION IF NOT EXISTS pg_stat_statements;'],
  ['a schema', 'CREATE TABLE crm.a (id int);'],
])('%s', async (_, sql) => {
  const { second } = await pasted(inMigrations(`${sql}\n`), next);
  expect(second.undecided).toBeNull();
  expect(second.verdict).toBe('pass');
});

test('a dump with which the history begins', async () => {
  const { files, second } = await pasted(inMigrations('ALTER TABLE users ADD COLUMN n int;\n'), next, {
    'schema.sql': 'CREATE TABLE public.users (id int PRIMARY KEY, n int);\n',
  });
  expect(files[config]).toContain('baseline:');
  expect(second.verdict).toBe('pass');
});

test('migrations in the root: what is pasted is none of them', async () => {
  const { second } = await pasted(
    { '1_a.sql': 'CREATE TABLE a (id int);\nGRANT SELECT ON a TO reader;\n', '2_b.sql': 'SELECT 1;\n' },
    { '3_c.sql': 'CREATE TABLE c (id bigint PRIMARY KEY);\n' },
  );
  expect(second.findings).toEqual([]);
  expect(second.verdict).toBe('pass');
});

test('an extension that must not be there before: a superuser’s history, once base says so', async () => {
  const repo = repository(inMigrations('CREATE EXTENSION pg_stat_statements;\n'));
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(next);
  const { undecided } = await gateOf(repo.directory);
  expect(undecided?.message).toContain('`shadow-superuser: true` in .github/migration-gate.yml');
  expect(undecided?.message).not.toContain('extensions: [');
  repo.git('checkout', '-q', 'main');
  repo.commit({ [config]: 'shadow-superuser: true\n' });
  repo.git('checkout', '-q', 'change');
  expect((await gateOf(repo.directory)).verdict).toBe('pass');
});

test('what the history itself makes is no reason for a baseline', async () => {
  const functions =
    "CREATE TYPE t AS ENUM ('a');\nCREATE FUNCTION f(x text) RETURNS t LANGUAGE sql IMMUTABLE AS $$ SELECT x::t $$;\nCREATE TABLE a (x text);\nINSERT INTO a VALUES ('a');\nCREATE INDEX i ON a (f(x));\n";
  const repo = repository(inMigrations(functions));
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(next);
  const { undecided } = await gateOf(repo.directory);
  expect(undecided?.message).toContain('say so with postgres-version');
  expect(undecided?.message).not.toContain('baseline');
});
