import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flyway } from '../../src/tools/flyway.ts';
import type { ToolSettings } from '../../src/tools/tool.ts';
import { compare, type Place, placeWith, type Ran, run } from './support.ts';

// Flyway is to be had from Maven Central only, so that these need one on the machine: FLYWAY names its command.
const program = process.env.FLYWAY ?? '';

function migrate({ directory, connection }: Place, ...options: string[]): Promise<Ran> {
  const { host, port, user, password, database } = connection;
  return run(
    program,
    [
      `-url=jdbc:postgresql://${host}:${port}/${database}`,
      `-user=${user}`,
      `-password=${password}`,
      `-locations=filesystem:${join(directory, 'sql')}`,
      ...options,
      'migrate',
    ],
    { cwd: directory },
  );
}

async function both(
  files: Record<string, string>,
  options: readonly string[] = [],
  settings: Partial<ToolSettings> = {},
) {
  let ran: Ran | undefined;
  const comparison = await compare({
    tool: flyway,
    files,
    path: 'sql',
    settings,
    deploy: async (place) => {
      ran = await migrate(place, ...options);
    },
  });
  return { ...comparison, ran };
}

describe.skipIf(program === '')('Flyway itself', () => {
  test('versions, repeatables, subdirectories, checksums, names that never run', async () => {
    const { difference, failure, ran } = await both({
      'sql/V2__b.sql': 'ALTER TABLE a ADD COLUMN b text;',
      'sql/V1__a.sql': '-- ä\r\nCREATE TABLE a (id int);\r\nINSERT INTO a VALUES (1);\r\n',
      'sql/sub/V1_1__between.sql': '\ufeffCREATE TABLE b (v text DEFAULT $$;$$);',
      'sql/V10.sql': 'CREATE TABLE without_description ()',
      'sql/V3__upper.SQL': 'CREATE TABLE upper_case ();',
      'sql/V4_name.sql': 'CREATE TABLE never_1 ();',
      'sql/v5__lower.sql': 'CREATE TABLE never_2 ();',
      'sql/.hidden/V6__x.sql': 'CREATE TABLE never_3 ();',
      'sql/R__view.sql': 'CREATE OR REPLACE VIEW vw AS SELECT * FROM b;',
      'sql/R__another_view.sql': 'CREATE OR REPLACE VIEW av AS SELECT 1 AS one;',
      'sql/V7__empty.sql': '',
      'sql/V8__comment.sql': '-- nothing\n/* at /* all */ */\n',
    });
    expect(ran?.code, ran?.stdout).toBe(0);
    expect(failure).toBeNull();
    expect(difference).toBe('');
  });

  test('placeholders, callbacks, COPY, functions, a schema of its own', async () => {
    const { difference, failure, ran } = await both(
      {
        'flyway.toml':
          '[flyway]\nlocations = ["filesystem:sql"]\ndefaultSchema = "app"\nschemas = ["app", "other"]\n\n[flyway.placeholders]\nrole = "postgres"\ntext = "it\'\'s"\n',
        'sql/V1__a.sql': `CREATE TABLE t (id int, v text DEFAULT '\${TEXT}');
CREATE TABLE \${flyway:defaultSchema}.q ();
CREATE TABLE other.o ();
COPY t (id, v) FROM STDIN;
1\tone; two
2\t\\N
\\.
INSERT INTO t VALUES (3, E'it\\'s; here');
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;
DO $do$ BEGIN CREATE TABLE from_do (); END; $do$;
SET search_path = other;`,
        'sql/V2__b.sql': 'CREATE TABLE after_search_path ();\nCOMMENT ON TABLE t IS \'"quoted; text"\';',
        'sql/R__r.sql': "CREATE OR REPLACE VIEW w AS SELECT '${role}'::text AS role;",
        'sql/beforeMigrate.sql': 'CREATE TABLE IF NOT EXISTS app.before_migrate ();',
        'sql/afterEachMigrate__x.sql':
          'CREATE TABLE IF NOT EXISTS app.each (n int); INSERT INTO app.each VALUES (1);',
        'sql/afterMigrate__b.sql': 'CREATE TABLE app.after_migrate ();',
      },
      ['-defaultSchema=app', '-schemas=app,other', '-placeholders.role=postgres', "-placeholders.text=it''s"],
    );
    expect(ran?.code, ran?.stdout).toBe(0);
    expect(failure).toBeNull();

    expect(difference).toBe('');
  });

  test.each([
    ['a missing placeholder', "SELECT '${nope}';", 'No value provided for placeholder: ${nope}'],
    [
      'both kinds of statements',
      'CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY i ON a (id);',
      'Detected both transactional and non-transactional statements within the same migration (even though mixed is false)',
    ],
    ['an escape in small letters', "SELECT e'it\\'s';\nSELECT 1;", null],
  ])('%s', async (_, sql, says) => {
    const place = await placeWith({ 'sql/V1__a.sql': sql });
    const ran = await migrate(place);
    const { history } = await both({ 'sql/V1__a.sql': sql });
    const [migration] = history.migrations;
    if (says === null) {
      expect(ran.code).toBe(0);
      expect(migration?.refused).toBeUndefined();
      return;
    }
    expect(ran.stdout + ran.stderr).toContain(says);
    expect(migration?.refused?.says).toContain(says);
  });

  test.each([
    ['CREATE INDEX CONCURRENTLY i ON t (id);', true],
    ['DROP INDEX CONCURRENTLY IF EXISTS i;', true],
    ['VACUUM t;', true],
    ['REINDEX (VERBOSE) SCHEMA public;', true],
    ['REINDEX INDEX CONCURRENTLY t_pkey;', false],
    ["ALTER TYPE mood ADD VALUE 'x';", false],
    ['CALL p();', false],
    ['-- executeInTransaction=false\nREINDEX INDEX CONCURRENTLY t_pkey;', true],
  ])('%s', async (sql, outside) => {
    const setup = `CREATE TABLE t (id int PRIMARY KEY);
CREATE TYPE mood AS ENUM ('a');
CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END; $$;`;
    const { ran, history, failure, difference } = await both(
      {
        'sql/V1__a.sql': setup,
        'sql/V2__b.sql': sql,
        ...(sql.startsWith('--') && { 'sql/V2__b.sql.conf': 'executeInTransaction=false\n' }),
      },
      ['-postgresql.transactional.lock=false'],
    );
    expect(history.migrations[1]?.transaction).toBe(outside ? 'none' : 'single');
    expect(failure === null, JSON.stringify(failure?.error)).toBe(ran?.code === 0);
    if (failure === null) expect(difference).toBe('');
  });

  test('what it says of a changed history', async () => {
    const place = await placeWith({
      'sql/V1__a.sql': 'CREATE TABLE a ();',
      'sql/V2__b.sql': 'CREATE TABLE b ();',
      'edited/V1__a.sql': 'CREATE TABLE a (); -- now',
      'edited/V2__b.sql': 'CREATE TABLE b ();',
      'deleted/V2__b.sql': 'CREATE TABLE b ();',
      'newest/V1__a.sql': 'CREATE TABLE a ();',
      'renamed/V1__other.sql': 'CREATE TABLE a ();',
      'renamed/V2__b.sql': 'CREATE TABLE b ();',
      'late/V1__a.sql': 'CREATE TABLE a ();',
      'late/V1_5__c.sql': 'CREATE TABLE c ();',
      'late/V2__b.sql': 'CREATE TABLE b ();',
      'twice/V1__a.sql': 'CREATE TABLE a ();',
      'twice/V1_0__a.sql': 'CREATE TABLE a ();',
      'twice/V2__b.sql': 'CREATE TABLE b ();',
    });
    await migrate(place);
    const said = async (directory: string, ...options: string[]) => {
      const { code, stdout, stderr } = await migrate(
        place,
        `-locations=filesystem:${join(place.directory, directory)}`,
        ...options,
      );
      return `${code} ${stdout}${stderr}`;
    };
    const { onHistoryChange: reactions } = flyway;
    const quotedIn = (says: string) => /"(?:Validate failed: )?([^"…]+?):? …?"/.exec(says)?.[1] ?? says;
    expect(await said('edited')).toContain('Migration checksum mismatch for migration version');
    expect(reactions.edited.says).toContain('Migration checksum mismatch for migration version');
    expect(await said('deleted')).toContain('Detected applied migration not resolved locally');
    expect(quotedIn(reactions.deleted.says)).toBe('Detected applied migration not resolved locally');
    expect(await said('newest')).toMatch(/^0 /);
    expect(await said('renamed')).toContain('Migration description mismatch for migration version');
    expect(reactions.renamed.says).toContain('Migration description mismatch for migration version');
    expect(await said('late')).toContain('Detected resolved migration not applied to database');
    expect(reactions.outOfOrder.says).toContain('Detected resolved migration not applied to database');
    expect(await said('twice')).toContain('Found more than one migration with version');
    expect(reactions.duplicateVersion.says).toContain('Found more than one migration with version');
    expect(await said('late', '-outOfOrder=true')).toMatch(/^0 /);
  });
});
