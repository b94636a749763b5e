import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';
import { pullRequestOn, rulesOf } from './verdict.ts';

// Locations in two places, versions in two spellings, placeholders, a repeatable view, a callback, COPY with data, a
// class, an index built concurrently, and a table that the history itself touches.

const migrations = 'app/src/main/resources/db/migration';
const history = {
  'app/src/main/resources/application.yml':
    'spring:\n  flyway:\n    locations: [classpath:db/migration, classpath:db/postgres]\n    placeholders:\n      reader: postgres\n',
  [`${migrations}/V1__users.sql`]:
    'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCOPY users (id, email) FROM STDIN;\n1\ta;b@example.org\n\\.\nGRANT SELECT ON users TO ${reader};\n',
  [`${migrations}/V1_1__history.sql`]: 'ALTER TABLE flyway_schema_history ADD COLUMN note text;\n',
  'app/src/main/resources/db/postgres/V2__index.sql':
    'CREATE INDEX CONCURRENTLY users_email ON users (email);\n',
  [`${migrations}/R__names.sql`]: 'CREATE OR REPLACE VIEW names AS SELECT id, email FROM users;\n',
  [`${migrations}/afterEachMigrate.sql`]: 'ANALYZE;\n',
  'app/src/main/java/db/migration/V3__Fill.java': 'class V3__Fill {}\n',
};
const pullRequest = (change: Record<string, string>) => pullRequestOn(repository(history), change);

test('statement by statement, in one transaction', async () => {
  const file = `${migrations}/V4__kind.sql`;
  const { report, code } = await check(
    pullRequest({
      [file]:
        '-- ${reader}\nALTER TABLE users ADD COLUMN kind text;\nREINDEX INDEX CONCURRENTLY users_email;\n',
    }),
  );
  expect(code).toBe(1);
  expect(report.databases).toMatchObject([
    { tool: 'flyway', path: migrations, migrationCounts: { base: 5, new: 1 } },
  ]);
  expect(rulesOf(report)).toEqual([`concurrently-in-transaction ${file}:3`]);
  expect(report.notes.join()).toContain('V3__Fill.java');
});

test('a statement that Flyway knows leaves the transaction, and nothing else may stand beside it', async () => {
  const sql = 'CREATE INDEX CONCURRENTLY users_both ON users (id, email);\n';
  const alone = await check(pullRequest({ [`${migrations}/V4__both.sql`]: sql }));
  expect(rulesOf(alone.report)).toEqual([]);
  expect(alone.report.notes.join()).toContain('postgresql.transactional.lock=false');
  const mixed = await check(pullRequest({ [`${migrations}/V4__both.sql`]: `SELECT 1;\n${sql}` }));
  expect(mixed.code).toBe(1);
  expect(mixed.report.findings).toMatchObject([
    { rule: 'tool-refuses-file', line: 2, message: expect.stringContaining('even though mixed is false') },
  ]);
});

test('a repeatable script that changes runs again, after the versions', async () => {
  const { report, code } = await check(
    pullRequest({
      [`${migrations}/R__names.sql`]: 'CREATE OR REPLACE VIEW names AS SELECT id, email, kind FROM users;\n',
      [`${migrations}/V4__kind.sql`]: 'ALTER TABLE users ADD COLUMN kind text;\n',
    }),
  );
  expect(code, JSON.stringify(report.findings)).toBe(0);
  expect(report.databases[0]?.migrations.map(({ file }) => file)).toEqual([
    `${migrations}/V4__kind.sql`,
    `${migrations}/R__names.sql`,
  ]);
});

test('edited, late, without a name that runs, without a value', async () => {
  const { report, code } = await check(
    pullRequest({
      'app/src/main/resources/db/postgres/V2__index.sql':
        '-- why\nCREATE INDEX CONCURRENTLY users_email ON users (email);\n',
      [`${migrations}/V1_5__late.sql`]: 'CREATE TABLE late (id bigint PRIMARY KEY);\n',
      [`${migrations}/V5_name.sql`]: 'CREATE TABLE never (id bigint PRIMARY KEY);\n',
      [`${migrations}/V6__value.sql`]: "SELECT '${nowhere}';\n",
    }),
  );
  expect(code).toBe(1);
  const said = report.findings.map(({ rule, message }) => `${rule}: ${message}`).join('\n');
  expect(said).toMatch(/edited-applied-migration: .*Migration checksum mismatch/s);
  expect(said).toMatch(/out-of-order-migration: .*Detected resolved migration not applied to database/s);
  expect(said).toMatch(/migration-never-runs: .*"5_name" is no version/s);
  expect(said).toMatch(/tool-refuses-file: Flyway stops: No value provided for placeholder: \$\{nowhere\}/);
});

test('a class cannot be seen', async () => {
  const { report, code } = await check(
    pullRequest({ 'app/src/main/java/db/migration/V4__More.java': 'class V4__More {}\n' }),
  );
  expect(code).toBe(2);
  expect(report.undecided?.message).toContain('Flyway runs this class');
});
