import { describe, expect, test } from 'vitest';
import { compareHistories } from '../../src/history/compare.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { settingsIn } from '../../src/tools/flyway/config-files.ts';
import { readName } from '../../src/tools/flyway/names.ts';
import { parseScript } from '../../src/tools/flyway/parser.ts';
import { defaultSettings } from '../../src/tools/flyway/settings.ts';
import { flyway } from '../../src/tools/flyway.ts';
import type { Migration, ToolSettings } from '../../src/tools/tool.ts';
import { type Content, inDirectory, treeOf } from './memory-tree.ts';

const directory = 'app/src/main/resources/db/migration';
type Files = Readonly<Record<string, Content>>;

async function configured(files: Files, settings: Partial<ToolSettings> = {}, path = directory) {
  await loadParser();
  const tree = treeOf(files);
  const tool = await flyway.configured?.(tree, path, { placeholders: {}, outOfOrder: null, ...settings });
  if (tool === undefined) throw new Error('Flyway can be configured');
  return { tool, history: await tool.history(tree, path) };
}

const history = async (files: Files, settings: Partial<ToolSettings> = {}) =>
  (await configured({ ...inDirectory(directory, files) }, settings)).history;

const only = async (sql: string, sidecar?: string): Promise<Migration> => {
  const { migrations } = await history({
    'V1__x.sql': sql,
    ...(sidecar !== undefined && { 'V1__x.sql.conf': sidecar }),
  });
  const [migration] = migrations;
  if (migration === undefined) throw new Error('there is one');
  return migration;
};

describe('names', () => {
  test.each([
    ['V1__a_b.sql', { kind: 'versioned', version: '1', description: 'a b' }],
    ['V1_2.3__a__b.sql', { kind: 'versioned', version: '1.2.3', description: 'a  b' }],
    ['V20240101120000.SQL', { kind: 'versioned', version: '20240101120000', description: '' }],
    ['R__view.sql', { kind: 'repeatable', description: 'view' }],
    ['B3__all.sql', { kind: 'baseline', version: '3', description: 'all' }],
    ['U1__a.sql', { kind: 'undo', version: '1', description: 'a' }],
    ['afterEachMigrateError.sql', { kind: 'callback', event: 'afterEachMigrateError', description: '' }],
    ['beforeMigrate__x.sql', { kind: 'callback', event: 'beforeMigrate', description: 'x' }],
    ['V1__x.sql.conf', null],
    ['README.md', null],
  ])('%s', (name, expected) => {
    expect(readName(name, defaultSettings)).toEqual(expected);
  });

  test.each([
    ['V1_name.sql', /"1_name" is no version: "__" must stand between version and description/],
    ['v1__name.sql', /begins with none of the prefixes; write V1\.2__description\.sql/],
    ['1__name.sql', /begins with none of the prefixes/],
    ['V__name.sql', /no version/],
    ['R1__name.sql', /it must look like R__name\.sql/],
    ['V1.a__name.sql', /"1\.a" is no version;/],
  ])('%s never runs', async (name, says) => {
    const { migrations, oddities } = await history({ [name]: 'SELECT 1;' });
    expect(migrations).toEqual([]);
    expect(oddities).toMatchObject([{ kind: 'never-runs', file: `${directory}/${name}` }]);
    expect(oddities?.[0]?.says).toMatch(says);
    expect(oddities?.[0]?.says).toMatch(/^Flyway passes over this file/);
  });
});

describe('order', () => {
  test('versions as numbers of any size, then repeatables by description', async () => {
    const { migrations } = await history({
      'V10__a.sql': '',
      'V9__a.sql': '',
      'V9.0.1__a.sql': '',
      'V1__a.sql': '',
      'V99999999999999999999__a.sql': '',
      'R__b.sql': '',
      'R__a.sql': '',
      'sub/V2__a.sql': '',
    });
    expect(migrations.map(({ version }) => version)).toEqual([
      '1',
      '2',
      '9',
      '9.0.1',
      '10',
      '99999999999999999999',
      'R__a',
      'R__b',
    ]);
    expect([...migrations].reverse().sort(flyway.order)).toEqual(migrations);
  });

  test('1 and 1.0 are one version', async () => {
    const { migrations } = await history({ 'V1__a.sql': '', 'V1.0__b.sql': '' });
    expect(new Set(migrations.map(({ identity }) => identity)).size).toBe(1);
    const [a, b] = migrations;
    if (a && b) expect(flyway.order(a, b)).toBe(0);
  });

  test('late is what is older than the newest version, repeatables aside', async () => {
    const base = (await history({ 'V1__a.sql': '', 'V3__c.sql': '', 'R__r.sql': '' })).migrations;
    const added = (await history({ 'V2__b.sql': '', 'V4__d.sql': '', 'R__a.sql': '' })).migrations;
    expect(flyway.late?.(added, base).map(({ version }) => version)).toEqual(['2']);
  });

  test('a baseline script where its versions are gone, and where they are not', async () => {
    const alone = await history({ 'B2__all.sql': '', 'V3__c.sql': '', 'B1__old.sql': '' });
    expect(alone.migrations.map(({ identity }) => identity)).toEqual(['B2', '3']);
    expect(alone.migrations.map(({ onlyWhenEmpty }) => onlyWhenEmpty)).toEqual([true, undefined]);
    const beside = await history({ 'B2__all.sql': '', 'V2__b.sql': '', 'V3__c.sql': '' });
    expect(beside.migrations.map(({ identity }) => identity)).toEqual(['2', '3']);
    expect(beside.notes.join()).toMatch(/B2__all\.sql is not run/);
  });
});

test('a baseline script that replaces versions is not pending where those ran', async () => {
  const base = await history({ 'V1__a.sql': 'SELECT 1;', 'V2__b.sql': 'SELECT 2;' });
  const head = await history({ 'B2__all.sql': 'SELECT 3;', 'V3__c.sql': 'SELECT 4;' });
  const { changes, pending } = compareHistories({ tool: flyway, base, head, branch: head, mergeBase: null });
  expect(pending.map(({ identity }) => identity)).toEqual(['3']);
  expect(changes.map(({ kind }) => kind)).toEqual(['deleted', 'deleted']);
});

describe('transactions', () => {
  test.each([
    ['CREATE TABLE a ();', 'single'],
    ['CREATE UNIQUE INDEX CONCURRENTLY i ON t (a);', 'none'],
    ['DROP INDEX CONCURRENTLY i;', 'none'],
    ['reindex (verbose) database d;', 'none'],
    ['VACUUM FULL t;', 'none'],
    ['ALTER SYSTEM SET x = 1;', 'none'],
    ['DISCARD ALL;', 'none'],
    ['CALL p();', 'single'],
    ['REINDEX INDEX CONCURRENTLY i;', 'single'],
    ['ALTER TABLE p DETACH PARTITION c CONCURRENTLY;', 'single'],
    ["ALTER TYPE mood ADD VALUE 'x';", 'single'],
    ["DO $$ BEGIN EXECUTE 'VACUUM'; END $$;", 'single'],
  ])('%s', async (sql, transaction) => {
    const migration = await only(sql);
    expect(migration.transaction).toBe(transaction);
    expect(migration.refused).toBeUndefined();
  });

  test('both kinds in one script', async () => {
    const sql = 'CREATE TABLE a ();\n-- why\nCREATE INDEX CONCURRENTLY i ON a (b);';
    expect((await only(sql)).refused).toMatchObject({
      line: 3,
      says: expect.stringMatching(
        /^Flyway stops: Detected both transactional .* CREATE INDEX CONCURRENTLY i ON a \(b\) must be alone/,
      ),
    });
    expect(await only(sql, 'executeInTransaction=false')).toMatchObject({ transaction: 'none' });
    const mixed = await configured({
      ...inDirectory(directory, { 'V1__x.sql': sql }),
      'flyway.toml': '[flyway]\nmixed = true',
    });
    expect(mixed.history.migrations[0]).toMatchObject({ transaction: 'none' });
  });

  test('group is one transaction for all', async () => {
    const { history: grouped } = await configured({
      ...inDirectory(directory, { 'V1__x.sql': 'SELECT 1;' }),
      'app/src/main/resources/application.yml': 'spring:\n  flyway:\n    group: true\n',
    });
    expect(grouped.migrations[0]?.transaction).toBe('shared');
  });

  test('shouldExecute=false', async () => {
    const { migrations, notes } = await history({
      'V1__x.sql': 'SELECT 1;',
      'V1__x.sql.conf': 'shouldExecute=false',
    });
    expect(migrations).toEqual([]);
    expect(notes.join()).toMatch(/V1__x\.sql is not run/);
  });
});

describe('its parser', () => {
  const cut = (sql: string) => parseScript(sql).statements.map(({ start, end }) => sql.slice(start, end));

  test('statements', () => {
    expect(
      cut("SELECT ';', $x$;$x$, \"a;b\", E'\\';' -- ;\n, /* ; /* ; */ ; */ 1;\n\n-- next\nSELECT 2"),
    ).toEqual(["SELECT ';', $x$;$x$, \"a;b\", E'\\';' -- ;\n, /* ; /* ; */ ; */ 1", '-- next\nSELECT 2']);
    expect(cut(';;-- only\n;')).toEqual([]);
    expect(cut('CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);SELECT 3;')).toHaveLength(2);
    expect(
      cut(
        'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END; SELECT 1;',
      ),
    ).toHaveLength(2);
  });

  test('it is not that of PostgreSQL: escapes in small letters, parameters', () => {
    expect(cut("SELECT e'it\\'s'; SELECT 1;")).toEqual(["SELECT e'it\\'s'; SELECT 1;"]);
    expect(cut('PREPARE p AS SELECT $1; SELECT 2; EXECUTE p(1);')).toHaveLength(1);
    expect(parseScript('SELECT (1;').error).toMatchObject({ says: 'Incomplete statement' });
  });

  test('COPY and its data', async () => {
    const { sql, copyData, messages } = await only('COPY t FROM STDIN;\n1\ta;b\n2\t\\N\n\\.\nSELECT 1;\n');
    expect(sql).toBe('COPY t FROM STDIN;\n     \n    \n  \nSELECT 1;\n');
    expect(copyData).toEqual([{ at: 18, data: '1\ta;b\n2\t\\N\n' }]);
    expect(messages?.map(({ start, end }) => sql.slice(start, end))).toEqual([
      'COPY t FROM STDIN',
      'SELECT 1',
    ]);
    expect((await only('COPY t FROM STDIN;\n1\n')).refused?.says).toMatch(/does not end with a line \\\./);
  });
});

describe('placeholders', () => {
  test('from the config, built in, and missing', async () => {
    const files = { 'V1__x.sql': "-- ${Schema}\nSELECT '${a}', '${flyway:user}', '${flyway:filename}';" };
    const given = await history(files, { placeholders: { schema: 's', A: 'x' } });
    expect(given.migrations[0]?.sql).toBe("-- s\nSELECT 'x', 'postgres', 'V1__x.sql';");
    const missing = await history(files, { placeholders: { schema: 's' } });
    expect(missing.migrations[0]?.refused).toMatchObject({
      line: 2,
      says: expect.stringMatching(/^Flyway stops: No value provided for placeholder: \$\{a\}\./),
    });
    expect((await only("SELECT '${a}';", 'placeholderReplacement=false')).sql).toBe("SELECT '${a}';");
  });

  test('the checksum of a repeatable script is that of the replaced text', async () => {
    const { migrations } = await history(
      { 'V1__x.sql': 'SELECT ${a};', 'R__r.sql': 'SELECT ${a};' },
      { placeholders: { a: '1' } },
    );
    const [versioned, repeatable] = migrations;
    expect(versioned?.extra?.checksum).not.toBe(repeatable?.extra?.checksum);
    expect(repeatable?.extra?.checksum).toBe((await only('SELECT 1;')).extra?.checksum);
    expect(repeatable?.repeatable).toBe('on-change');
  });

  test('line ends and a byte order mark do not count in the checksum', async () => {
    const checksum = async (sql: string) => (await only(sql)).extra?.checksum;
    expect(await checksum('\ufeffa\r\nb\r\n')).toBe(await checksum('a\nb'));
    expect(await checksum('CREATE TABLE a ();')).toBe(-376583911);
  });
});

describe('configuration', () => {
  test.each([
    [
      'flyway.toml',
      '[flyway]\noutOfOrder = true\nlocations = ["filesystem:x"]\n[flyway.placeholders]\na = "b"\n',
    ],
    ['conf/flyway.conf', 'flyway.outOfOrder=true\nflyway.locations=filesystem:x\nflyway.placeholders.a=b\n'],
    [
      'src/main/resources/application.properties',
      'spring.flyway.out-of-order=true\nspring.flyway.locations=filesystem:x\nspring.flyway.placeholders.a=${A:b}\n',
    ],
    [
      'src/main/resources/application.yml',
      'spring.flyway:\n  out-of-order: true\n  locations: [filesystem:x]\n  placeholders: {a: b}\n---\nspring:\n  config.activate.on-profile: test\n  flyway.locations: y\n',
    ],
    [
      'pom.xml',
      '<project><build><plugins><plugin><artifactId>flyway-maven-plugin</artifactId><configuration><outOfOrder>true</outOfOrder><locations><location>filesystem:x</location></locations><placeholders><a>b</a></placeholders></configuration></plugin></plugins></build></project>',
    ],
    [
      'build.gradle',
      "flyway {\n  outOfOrder = true\n  locations = ['filesystem:x']\n  placeholders = ['a': 'b']\n}\n",
    ],
    [
      'build.gradle.kts',
      'flyway {\n    outOfOrder = true\n    locations = arrayOf("filesystem:x")\n    placeholders = mapOf("a" to "b")\n}\n',
    ],
  ])('%s', (file, text) => {
    const camel = (key: string) => key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const found = Object.fromEntries(
      settingsIn(file, text).map(({ key, value, from }) => [camel(key), [String(value), from]]),
    );
    expect(found).toEqual({
      outOfOrder: ['true', ''],
      locations: ['filesystem:x', ''],
      'placeholders.a': ['b', ''],
    });
  });

  test('names, table and schema; several locations are one history', async () => {
    const { tool, history: read } = await configured(
      {
        'flyway.toml':
          '[flyway]\nlocations = ["filesystem:db/common", "filesystem:db/only-here/**"]\nsqlMigrationPrefix = "M"\nsqlMigrationSeparator = "-"\nsqlMigrationSuffixes = [".psql"]\ntable = "log"\ndefaultSchema = "app"\n',
        'db/common/M1-a.psql': 'SELECT 1;',
        'db/common/V2__a.sql': 'SELECT 1;',
        'db/only-here/deep/M2-b.psql': 'SELECT 2;',
      },
      {},
      'db/common',
    );
    expect(read.migrations.map(({ version, name }) => [version, name])).toEqual([
      ['1', 'a'],
      ['2', 'b'],
    ]);
    expect(read.paths).toEqual(['db/common', 'db/only-here']);
    expect(tool.bookkeeping.relations).toEqual(['app.log']);
    expect(tool.bookkeeping.setup).toContain('CREATE SCHEMA app;');
  });

  test('what it does about late, edited and deleted files', async () => {
    const with_ = async (toml: string) =>
      (
        await configured({
          ...inDirectory(directory, { 'V1__x.sql': '' }),
          'flyway.toml': `[flyway]\n${toml}`,
        })
      ).tool.onHistoryChange;
    expect((await with_('')).outOfOrder.does).toBe('refuses');
    expect((await with_('outOfOrder = true')).outOfOrder.does).toBe('runs');
    expect((await with_('validateOnMigrate = false')).outOfOrder.does).toBe('skips');
    expect((await with_('validateOnMigrate = false')).edited.does).toBe('ignores');
    expect((await with_('ignoreMigrationPatterns = ["*:missing", "*:future"]')).deleted.does).toBe('ignores');
    const { tool } = await configured({ ...inDirectory(directory, {}) }, { outOfOrder: true });
    expect(tool.onHistoryChange.outOfOrder.does).toBe('runs');
  });

  test('a file that is not of its format is said', async () => {
    const { history: read } = await configured({
      ...inDirectory(directory, { 'V1__x.sql': '' }),
      'flyway.toml': '[flyway\n',
    });
    expect(read.notes.join()).toMatch(/flyway\.toml could not be read/);
  });
});

describe('what is not a script', () => {
  test('classes are recorded, and undecided while they are pending', async () => {
    const { history: read } = await configured({
      ...inDirectory(directory, { 'V1__x.sql': '' }),
      'app/src/main/java/db/migration/V2__Fill.java': 'class V2__Fill {}',
      'app/src/test/java/db/migration/V3__Test.java': 'class V3__Test {}',
      'other/src/main/java/db/migration/V4__Other.java': 'class V4__Other {}',
    });
    expect(read.migrations).toMatchObject([{ version: '1' }, { version: '2', opaque: expect.any(String) }]);
    expect(read.notes.join()).toMatch(/V2__Fill\.java/);
  });

  test('callbacks are hooks, undo scripts the way back', async () => {
    const { migrations, hooks } = await history({
      'V1__x.sql': 'CREATE TABLE x ();',
      'V2__y.sql': 'CREATE TABLE y ();',
      'U1__x.sql': 'DROP TABLE x;',
      'afterMigrate__b.sql': 'SELECT 2;',
      'afterMigrate__a.sql': 'SELECT 1;',
      'beforeEachMigrate.sql': 'SELECT 0;',
      'afterClean.sql': 'SELECT 9;',
    });
    expect(migrations.map(({ down }) => down?.sql ?? null)).toEqual(['DROP TABLE x;', null]);
    expect(hooks?.map(({ when, sql }) => [when, sql])).toEqual([
      ['before-each', 'SELECT 0;'],
      ['after-all', 'SELECT 1;'],
      ['after-all', 'SELECT 2;'],
    ]);
  });

  test('encodings', async () => {
    await expect(history({ 'V1__x.sql': Buffer.from('\ufeffSELECT 1;', 'utf16le') })).rejects.toThrow(
      /UTF-16LE, and Flyway reads it as UTF-8/,
    );
    await expect(history({ 'V1__x.sql': Buffer.from("SELECT 'ä';", 'latin1') })).rejects.toThrow(/not UTF-8/);
    const { history: read } = await configured({
      ...inDirectory(directory, { 'V1__x.sql': Buffer.from("SELECT 'ä';", 'latin1') }),
      'flyway.conf': 'flyway.encoding=ISO-8859-1\n',
    });
    expect(read.migrations[0]?.sql).toBe("SELECT 'ä';");
    await expect(history({ 'V1__x.sql': { link: '/etc/passwd' } })).rejects.toThrow(/symbolic link/);
  });
});

describe('detection', () => {
  const found = async (files: Files) => {
    await loadParser();
    const { databases, notes } = await flyway.detect(treeOf(files));
    return { paths: databases.map(({ path }) => path), notes: notes.join('\n') };
  };
  const table = 'CREATE TABLE a (id int);';

  test.each<[string, string[], Files]>([
    ['the standard place', [directory], { [`${directory}/V1__a.sql`]: table }],
    [
      'subdirectories belong to it',
      [directory],
      { [`${directory}/2023/V1__a.sql`]: table, [`${directory}/2024/V2__a.sql`]: table },
    ],
    [
      'a directory a vendor',
      [`${directory}/POSTGRESQL`],
      {
        [`${directory}/POSTGRESQL/V1__a.sql`]: table,
        [`${directory}/H2/V1__a.sql`]: table,
        [`${directory}/MYSQL/V1__a.sql`]: 'CREATE TABLE a (id int AUTO_INCREMENT);',
      },
    ],
    ['a directory a service', ['db/a', 'db/b'], { 'db/a/V1__a.sql': table, 'db/b/V1__a.sql': table }],
    [
      'where the config says',
      ['sql/own'],
      {
        'flyway.toml': '[flyway]\nlocations = ["filesystem:sql/own"]\nsqlMigrationPrefix = "M"',
        'sql/own/M1__a.sql': table,
      },
    ],
    [
      'with the vendor of Spring',
      [`${directory}/common`],
      {
        'app/src/main/resources/application.properties':
          'spring.flyway.locations=classpath:db/migration/common,classpath:db/migration/{vendor}',
        [`${directory}/common/V1__a.sql`]: table,
        [`${directory}/postgresql/V2__a.sql`]: table,
        [`${directory}/h2/V2__a.sql`]: table,
      },
    ],
    [
      'refinery is another tool',
      [],
      { 'Cargo.toml': '[dependencies]\nrefinery = "0.8"', 'migrations/V1__a.sql': table },
    ],
  ])('%s', async (_, paths, files) => {
    expect((await found(files)).paths).toEqual(paths);
  });

  test('other vendors are said', async () => {
    const { notes } = await found({
      [`${directory}/postgresql/V1__a.sql`]: table,
      [`${directory}/mysql/V1__a.sql`]: table,
    });
    expect(notes).toMatch(/mysql was passed over: its path says MySQL/);
  });
});
