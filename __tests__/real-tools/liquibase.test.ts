import { chmod, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { liquibase } from '../../src/tools/liquibase.ts';
import {
  applied,
  asked,
  compare,
  contents,
  debianProgram,
  emptyDatabase,
  npmTool,
  type Place,
  placeWith,
  type Ran,
  run,
} from './support.ts';

/** The package holds the program; its scripts, which fetch newer ones, do not run. */
async function update({ directory, connection }: Place, ...options: string[]): Promise<Ran> {
  await debianProgram('java', 'openjdk-17-jre-headless');
  const home = join(await npmTool('liquibase@4.28.1'), 'node_modules/liquibase/dist/liquibase');
  await chmod(join(home, 'liquibase'), 0o755);
  const libraries = (await readdir(join(home, 'internal/lib'))).map((name) =>
    join(home, 'internal/lib', name),
  );
  const { host, port, user, password, database } = connection;
  return run(
    'java',
    [
      '-cp',
      libraries.join(delimiter),
      'liquibase.integration.commandline.LiquibaseCommandLine',
      ...(options.some((option) => option.startsWith('--changelog-file'))
        ? []
        : ['--changelog-file=changelog.xml']),
      `--url=jdbc:postgresql://${host}:${port}/${database}`,
      `--username=${user}`,
      `--password=${password}`,
      ...options,
      'update',
    ],
    { cwd: directory, env: process.env },
  );
}

const masked = ['deployment_id', 'liquibase'];
const xml = (inside: string) => `<?xml version="1.0" encoding="UTF-8"?>
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
${inside}
</databaseChangeLog>
`;

async function both(files: Record<string, string>, ...options: string[]) {
  let ran: Ran | undefined;
  const comparison = await compare({
    tool: liquibase,
    files,
    path: '',
    masked,
    deploy: async (place) => {
      ran = await update(place, ...options);
    },
  });
  return { ...comparison, ran: `${ran?.code} ${ran?.stdout}\n${ran?.stderr}` };
}

describe('Liquibase itself', () => {
  test('attributes, delimiters, properties, rollback lines, includes, checksums', async () => {
    const { ran, failure, difference, history } = await both({
      'changelog.xml': xml(
        '<property name="who" value="world"/><include file="db/one.sql"/><includeAll path="db/all/"/><include file="db/two.yaml" relativeToChangelogFile="true"/>',
      ),
      'db/one.sql': `--liquibase formatted sql
--property name:col value:id

--changeset ann:1 labels:x,y context:"prod or test"
--comment the first
CREATE TABLE a (\${col} int, hello text DEFAULT '\${who}', kept text DEFAULT '\${nope}'); -- trailing
INSERT INTO a VALUES (1, 'semi;colon'); /* block; */
--rollback DROP TABLE a;

--changeset "ann b":"2 3" runOnChange:true splitStatements:false context:one
CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RETURN 1;
END;
$$;
SELECT 1;
--changeset ann:begin
CREATE FUNCTION blocks() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  BEGIN
    PERFORM 1;
  END;
  RETURN 2;
END $$;
CREATE TABLE after_blocks ();
/* liquibase rollback
DROP TABLE after_blocks;
*/
--changeset ann:conc runInTransaction:false
CREATE INDEX CONCURRENTLY i ON a (id);
--changeset ann:mysql dbms:mysql
CREATE TABLE mysql_only (id int AUTO_INCREMENT);
--changeset ann:not dbms:!h2 logicalFilePath:somewhere/else.sql
CREATE TABLE not_h2 ();
--changeset ann:ignored ignore:true
CREATE TABLE ignored ();
--ignoreLines:start
CREATE TABLE nothing_here ();
--ignoreLines:end
--changeset ann:lines
CREATE TABLE lines ();
--ignoreLines:1
CREATE TABLE nothing_here ();
COMMENT ON TABLE lines IS 'it''s';`,
      'db/all/b.sql': `--liquibase formatted sql
--changeset bob:1 endDelimiter:/
CREATE FUNCTION g() RETURNS int AS $$ BEGIN RETURN 1; END; $$ LANGUAGE plpgsql
/
CREATE TABLE b (id int DEFAULT 4/2)
/
--changeset bob:2 endDelimiter:@@
CREATE TABLE c ()@@
CREATE TABLE d ()
@@
--changeset bob:3 endDelimiter:\\nGO
CREATE TABLE e ()
GO
CREATE TABLE go ()
GO
`,
      'db/all/a_raw.sql': 'CREATE TABLE raw_sql (id int);\nDO $$ BEGIN PERFORM 1; END $$;\n',
      'db/all/sub/z.sql':
        '--liquibase formatted sql\n--changeset z:1 stripComments:false\n-- stays\nCREATE TABLE z ()',
      'db/two.yaml': `databaseChangeLog:
- changeSet:
    id: y1
    author: yam
    comment: of yaml
    changes:
    - sql:
        sql: CREATE TABLE from_yaml (id int); INSERT INTO from_yaml VALUES (1)
- changeSet:
    id: y2
    author: yam
    changes:
    - sqlFile:
        path: plain/file.sql
        relativeToChangelogFile: true
`,
      'db/plain/file.sql': 'CREATE TABLE from_file ();',
    });
    expect(ran).toMatch(/^0 /);
    expect(failure).toBeNull();
    expect(history.migrations.filter(({ refused, opaque }) => refused ?? opaque)).toEqual([]);
    expect(difference).toBe('');
  }, 120_000);

  test.each([
    [
      'a function without splitStatements:false',
      'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nDECLARE x int;\nBEGIN RETURN 1; END $$;',
    ],
    [
      'CASE inside of a block',
      'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN CASE WHEN true THEN 1 END; PERFORM 1; END $$;',
    ],
    [
      'a backslash before a quote',
      "CREATE TABLE t (v text DEFAULT 'a\\');\nCREATE TABLE u (v text DEFAULT 'b');",
    ],
    ['a nested comment', 'CREATE TABLE t ();\n/* a /* b */ c */\nCREATE TABLE u ();'],
    ['BEGIN as a statement', 'BEGIN;\nCREATE TABLE t ();\nCOMMIT;\nCREATE TABLE u ();'],
    ['a failing second statement', 'CREATE TABLE t ();\nSELECT nothing;\n'],
  ])(
    '%s',
    async (_, sql) => {
      const { ran, failure, difference } = await both({
        'changelog.xml': xml('<include file="one.sql"/>'),
        'one.sql': `--liquibase formatted sql\n--changeset ann:1\n${sql}\n`,
      });
      expect(failure === null, `${ran}\n${JSON.stringify(failure?.error)}`).toBe(ran.startsWith('0 '));
      if (failure === null) expect(difference).toBe('');
    },
    120_000,
  );

  test.each([
    [
      'no id',
      '--changeset ann\nSELECT 1;',
      /formatted changelog .*'--changeset <authorname>:<changesetId>'/s,
    ],
    ['no SQL', '--changeset ann:1\n--changeset ann:2\nSELECT 1;', /No SQL for changeset/],
    ['one dash', '--changeset ann:1\nSELECT 1;\n-rollback SELECT 2;', /'--rollback <rollback SQL>'/],
  ])(
    'what it stops at: %s',
    async (_, sql, says) => {
      const { ran, history } = await both({
        'changelog.xml': xml('<include file="one.sql"/>'),
        'one.sql': `--liquibase formatted sql\n${sql}\n`,
      });
      expect(ran).toMatch(says);
      expect(history.migrations.find(({ refused }) => refused)?.refused?.says).toMatch(says);
    },
    120_000,
  );

  test('what it says of a changed history', async () => {
    const one = (sql: string, more = '') =>
      `--liquibase formatted sql\n--changeset ann:1\nCREATE TABLE a (id int);${more}\n--changeset ann:2\n${sql}\n`;
    const place = await placeWith({
      'changelog.xml': xml('<include file="db/one.sql"/>'),
      'db/one.sql': one('CREATE TABLE b (id int);'),
      'edited/db/one.sql': one('CREATE TABLE b (id bigint);'),
      'spaces/db/one.sql': one('CREATE TABLE  b\n(id int);\n--rollback DROP TABLE b;'),
      'comment/db/one.sql': one('CREATE TABLE b (id int); -- now'),
      'late/db/one.sql': one('CREATE TABLE b (id int);', '\n--changeset ann:1b\nCREATE TABLE c ();'),
      'twice/db/one.sql': one('CREATE TABLE b (id int);', '\n--changeset ann:2\nCREATE TABLE c ();'),
      'gone/db/one.sql': '--liquibase formatted sql\n--changeset ann:1\nCREATE TABLE a (id int);\n',
    });
    const said = async (directory: string) => {
      const ran = await update(
        place,
        `--search-path=${join(place.directory, directory)}`,
        '--changelog-file=db/one.sql',
      );
      return `${ran.code} ${ran.stdout} ${ran.stderr}`;
    };
    expect(await said('.')).toMatch(/^0 /);
    const { onHistoryChange: reactions } = liquibase;
    expect(await said('edited')).toMatch(/1 changesets check sum\s.* was: 9:.* but is now: 9:/s);
    expect(reactions.edited.says).toContain('1 changesets check sum');
    expect(await said('spaces')).toMatch(/^0 /);
    expect(await said('comment')).toMatch(/1 changesets check sum/);
    expect(await said('twice')).toContain('1 changesets had duplicate identifiers');
    expect(reactions.duplicateVersion.says).toContain('1 changesets had duplicate identifiers');
    expect(await said('gone')).toMatch(/^0 /);
    expect(await said('late')).toMatch(/^0 /);
    const rows = await asked(place.connection, 'SELECT id FROM databasechangelog ORDER BY orderexecuted');
    expect(rows.map(({ id }) => id)).toEqual(['1', '2', '1b']);
  }, 180_000);

  test('a changed runOnChange changeset is recorded again', async () => {
    const file = (value: number) =>
      `--liquibase formatted sql\n--changeset ann:1 runOnChange:true\nCREATE OR REPLACE VIEW v AS SELECT ${value} AS one;\n`;
    const place = await placeWith({ 'one.sql': file(1), 'now/one.sql': file(2) });
    for (const directory of ['.', 'now']) {
      const ran = await update(
        place,
        `--search-path=${join(place.directory, directory)}`,
        '--changelog-file=one.sql',
      );
      expect(ran.code, ran.stderr).toBe(0);
    }
    const gate = await emptyDatabase();
    const { history } = await applied(gate, { tool: liquibase, files: { 'one.sql': file(1) }, path: '' });
    const [before] = history.migrations;
    expect(before?.repeatable).toBe('on-change');
    const second = liquibase.history(
      (await import('../tools/memory-tree.ts')).treeOf({ 'one.sql': file(2) }),
      '',
    );
    for (const one of (await second).migrations) {
      await asked(gate, one.sql);
      await asked(gate, liquibase.bookkeeping.after(one));
    }
    expect(await contents(gate, masked)).toBe(await contents(place.connection, masked));
  }, 120_000);
});
