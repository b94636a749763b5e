import { expect, test } from 'vitest';
import { loadParser } from '../../src/sql/parse.ts';
import type { TransactionRule } from '../../src/tools/tool.ts';
import { migrationOf } from '../run/migrations.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { runMigrations } from './run-example.ts';

await loadParser();
const major = majors.at(-1) ?? 17;

const base = 'CREATE TABLE a (id bigint PRIMARY KEY, n int);\nCREATE TABLE b (id bigint PRIMARY KEY, n int);';

async function judged(transaction: TransactionRule) {
  const migrations = ['ALTER TABLE a ADD COLUMN m int;', 'UPDATE b SET n = 1 WHERE n IS NULL;'].map((sql) =>
    migrationOf(sql, { transaction }),
  );
  const { findings } = await runMigrations(await sharedShadow(major), major, base, migrations);
  return findings.filter(({ rule }) => rule === 'statement-after-access-exclusive');
}

test('a lock of an earlier migration in the same transaction is held while the later one works', async () => {
  const [finding, ...others] = await judged('shared');
  expect(others).toEqual([]);
  expect(finding?.file).toMatch(/_test\.sql$/);
  expect(finding?.message).toContain('An earlier migration of the same transaction locked public.a');
});

test('each in a transaction of its own holds none', async () => {
  expect(await judged('single')).toEqual([]);
});
