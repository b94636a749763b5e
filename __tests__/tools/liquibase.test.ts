import { describe, expect, test } from 'vitest';
import { compareHistories } from '../../src/history/compare.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { expressionHolds, namesOf } from '../../src/tools/liquibase/filter.ts';
import { matchesDbms } from '../../src/tools/liquibase/formatted-sql.ts';
import { statementSpans } from '../../src/tools/liquibase/split.ts';
import { liquibase } from '../../src/tools/liquibase.ts';
import type { Migration, ToolSettings } from '../../src/tools/tool.ts';
import { type Content, treeOf } from './memory-tree.ts';

type Files = Readonly<Record<string, Content>>;

async function history(files: Files, path = 'db', settings: Partial<ToolSettings> = {}) {
  await loadParser();
  const tree = treeOf(files);
  const tool = await liquibase.configured?.(tree, path, { placeholders: {}, outOfOrder: null, ...settings });
  if (tool === undefined) throw new Error('Liquibase can be configured');
  return tool.history(tree, path);
}

/** The changesets of one formatted SQL file, whose header is written here. */
const sets = async (text: string): Promise<readonly Migration[]> =>
  (await history({ 'db/a.sql': `--liquibase formatted sql\n${text}` })).migrations;

const said = (migrations: readonly Migration[]) => migrations.map(({ version }) => version);
const sent = ({ sql, messages = [] }: Migration) => messages.map(({ start, end }) => sql.slice(start, end));

describe('formatted SQL', () => {
  test('one migration a changeset, each at its line of the file', async () => {
    const migrations = await sets(
      '\n--changeset ann:1\nCREATE TABLE a ();\n--rollback DROP TABLE a;\n\n-- changeset "ann b":"2 3" labels:x\nSELECT 1; SELECT 2;\n',
    );
    expect(said(migrations)).toEqual(['db/a.sql::1::ann', 'db/a.sql::2 3::ann b']);
    expect(migrations.map(({ sql }) => sql.split('\n').findIndex((line) => line !== '') + 1)).toEqual([4, 8]);
    expect(migrations.map(sent)).toEqual([['CREATE TABLE a ()'], ['SELECT 1', 'SELECT 2']]);
    expect(migrations.map(({ down }) => down?.sql.trim() ?? null)).toEqual(['DROP TABLE a;', null]);
    expect(migrations[0]?.down?.sql.split('\n')[4]).toBe('           DROP TABLE a;');
  });

  test('attributes', async () => {
    const [one, two, three, four, ...rest] = await sets(`--changeset a:1 runInTransaction:false
VACUUM;
--changeset a:2 runOnChange:true
SELECT 1;
--changeset a:3 runAlways:true stripComments:false
-- stays
SELECT 1;
--changeset a:4 logicalFilePath:else/where.sql
SELECT 1; -- goes
--changeset a:5 dbms:mysql
SELECT 1;
--changeset a:6 ignore:true
SELECT 1;
`);
    expect(one).toMatchObject({ transaction: 'none' });
    expect(two).toMatchObject({ repeatable: 'on-change', transaction: 'single' });
    expect(three).toMatchObject({ repeatable: 'always' });
    expect(three?.sql).toMatch(/-- stays/);
    expect(four).toMatchObject({ version: 'else/where.sql::4::a' });
    expect(four?.sql).not.toMatch(/goes/);
    expect(rest).toEqual([]);
  });

  test('a comment that speaks to this check is kept', async () => {
    const [one] = await sets('--changeset a:1\n-- migration-gate:allow drop-table: unused\nDROP TABLE a;\n');
    expect(one?.sql).toMatch(/migration-gate:allow/);
    expect(one && sent(one)).toEqual(['DROP TABLE a']);
  });

  test.each([
    ['--changeset nobody', /^Liquibase stops: Unexpected formatting .* at line 2/, 2],
    ['--changeset a:1', /No SQL for changeset db\/a\.sql::1::a/, 2],
    ['--changeset a:1\nSELECT 1;\n-rollback SELECT 2;', /'--rollback <rollback SQL>'/, 4],
    ['--changeset a:1\nSELECT 1;\n/* liquibase rollback\nSELECT 2;', /comment is not closed/, 4],
  ])('%s', async (text, says, line) => {
    const [one] = await sets(`${text}\n`);
    expect(one?.refused).toMatchObject({ says: expect.stringMatching(says), line });
  });

  test('properties; what has no value stays', async () => {
    const [one] = await sets(
      '--property name:t value:users_${kind}\n--property name:kind value:old\n--changeset a:1\nSELECT ${t}, ${T2};\n',
    );
    expect(one && sent(one)).toEqual(['SELECT users_old, ${T2}']);
    const given = await history(
      { 'db/a.sql': '--liquibase formatted sql\n--changeset a:1\nSELECT ${x};\n' },
      'db',
      {
        placeholders: { x: '1' },
      },
    );
    expect(given.migrations.map(sent)).toEqual([['SELECT 1']]);
  });
});

describe('splitting', () => {
  const cut = (sql: string, options: Partial<Parameters<typeof statementSpans>[1]> = {}) =>
    statementSpans(sql, { splitStatements: true, stripComments: true, endDelimiter: null, ...options }).map(
      ({ start, end }) => sql.slice(start, end),
    );

  test.each<[string, Partial<Parameters<typeof statementSpans>[1]>, string[]]>([
    ['SELECT \';\', "a;b"; SELECT 2', {}, ['SELECT \';\', "a;b"', 'SELECT 2']],
    ['SELECT 1\nGO\nSELECT 2\n/\nSELECT 4/2', {}, ['SELECT 1', 'SELECT 2', 'SELECT 4/2']],
    ['-- a; b\nSELECT 1; /* c; */', {}, ['SELECT 1']],
    ['DO $$ BEGIN PERFORM 1; END $$; SELECT 2', {}, ['DO $$ BEGIN PERFORM 1; END $$', 'SELECT 2']],
    ['DO $$ DECLARE x int; BEGIN END $$;', {}, ['DO $$ DECLARE x int', 'BEGIN END $$']],
    ['SELECT 1; SELECT 2;', { splitStatements: false }, ['SELECT 1; SELECT 2;']],
    ['SELECT 1;\nSELECT 2@@\nSELECT 3', { endDelimiter: '@@' }, ['SELECT 1;\nSELECT 2', 'SELECT 3']],
    ['SELECT 1\nGO\nSELECT go', { endDelimiter: '\\nGO' }, ['SELECT 1', 'SELECT go']],
  ])('%s', (sql, options, expected) => {
    expect(cut(sql, options)).toEqual(expected);
  });
});

describe('changelogs', () => {
  const formatted = (id: string) => `--liquibase formatted sql\n--changeset a:${id}\nSELECT '${id}';\n`;
  const xml = (inside: string) =>
    `<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">${inside}</databaseChangeLog>`;

  test.each<[string, string, string]>([
    [
      'XML',
      'changelog.xml',
      xml('<include file="db/late.sql"/><includeAll path="sub" relativeToChangelogFile="true"/>'),
    ],
    [
      'YAML',
      'changelog.yaml',
      'databaseChangeLog:\n- include:\n    file: db/late.sql\n- includeAll:\n    path: sub\n    relativeToChangelogFile: true\n',
    ],
    [
      'JSON',
      'changelog.json',
      JSON.stringify({
        databaseChangeLog: [
          { include: { file: 'late.sql', relativeToChangelogFile: true } },
          { includeAll: { path: 'db/sub/' } },
        ],
      }),
    ],
  ])('%s says the order', async (_, name, text) => {
    const { migrations, notes } = await history({
      [`db/${name}`]: text,
      'db/late.sql': formatted('z'),
      'db/sub/b.sql': formatted('b'),
      'db/sub/a/c.sql': 'SELECT 1;',
      'db/not-included.sql': formatted('n'),
    });
    expect(said(migrations)).toEqual([
      'db/late.sql::z::a',
      'db/sub/a/c.sql::raw::includeAll',
      'db/sub/b.sql::b::a',
    ]);
    expect(notes).toEqual([]);
  });

  test('without one the files run by their names, and it is said', async () => {
    const { migrations, notes } = await history({ 'db/b.sql': formatted('b'), 'db/a.sql': formatted('a') });
    expect(said(migrations)).toEqual(['db/a.sql::a::a', 'db/b.sql::b::a']);
    expect(notes.join()).toMatch(/No root changelog was found/);
  });

  test('SQL in XML is SQL, all else cannot be read', async () => {
    const { migrations } = await history({
      'db/changelog.xml': xml(
        '\n<changeSet id="1" author="a"><sql>CREATE TABLE a ();</sql><rollback>DROP TABLE a</rollback></changeSet>\n<changeSet id="2" author="a"><sqlFile path="x.sql" relativeToChangelogFile="true"/></changeSet>\n<changeSet id="3" author="a"><createTable tableName="t"/></changeSet>\n<changeSet id="4" author="a"><tagDatabase tag="v1"/></changeSet>\n<changeSet id="5" author="a"><sqlFile path="gone.sql"/></changeSet>',
      ),
      'db/x.sql': 'SELECT 1;',
    });
    expect(migrations.map(({ file, opaque, refused }) => [file, Boolean(opaque), Boolean(refused)])).toEqual([
      ['db/changelog.xml', false, false],
      ['db/x.sql', false, false],
      ['db/changelog.xml', true, false],
      ['db/changelog.xml', false, false],
      ['db/changelog.xml', false, true],
    ]);
    expect(migrations[0]?.sql).toBe('\nCREATE TABLE a ();');
    expect(migrations[2]?.opaque).toMatch(/written as createTable/);
  });

  test('the configured one, its contexts, labels and parameters', async () => {
    const files = {
      'app/src/main/resources/application.yml':
        'spring:\n  liquibase:\n    change-log: classpath:/db/main.yaml\n    contexts: prod\n    parameters:\n      one: "1"\n',
      'app/src/main/resources/db/main.yaml': 'databaseChangeLog:\n- include: {file: db/a.sql}\n',
      'app/src/main/resources/db/other.yaml': 'databaseChangeLog:\n- include: {file: db/b.sql}\n',
      'app/src/main/resources/db/a.sql':
        '--liquibase formatted sql\n--changeset a:1 context:prod\nSELECT ${one};\n--changeset a:2 context:test\nSELECT 2;\n--changeset a:3\nSELECT 3;\n',
      'app/src/main/resources/db/b.sql': formatted('b'),
    };
    const { migrations } = await history(files, 'app/src/main/resources/db');
    expect(said(migrations)).toEqual(['db/a.sql::1::a', 'db/a.sql::3::a']);
    expect(migrations.flatMap(sent)).toEqual(['SELECT 1', 'SELECT 3']);
  });

  test('what is not in the repository, cannot be read, or depends on the database is said', async () => {
    const { migrations, notes } = await history({
      'db/changelog.xml': xml(
        '<include file="gone.sql"/><include file="db/broken.xml"/><include file="db/a.sql"/>',
      ),
      'db/broken.xml': '<databaseChangeLog><changeSet></databaseChangeLog>',
      'db/a.sql':
        '--liquibase formatted sql\n--changeset a:1 context:test\n--preconditions onFail:MARK_RAN\n--precondition-sql-check expectedResult:0 SELECT count(*) FROM a\nSELECT 1;\n',
    });
    expect(migrations[0]?.refused?.says).toMatch(/^Liquibase stops at this changelog: it cannot be read/);
    expect(notes.join('\n')).toMatch(/includes gone\.sql, which is not in the repository/);
    expect(notes.join('\n')).toMatch(/Preconditions are taken as met \(1 of db\/a\.sql\)/);
    expect(notes.join('\n')).toMatch(/context \(test\) are all run/);
  });
});

test.each([
  ['prod and !test', 'prod', true],
  ['prod and not (a or test)', 'prod, test', false],
  ['a, b', 'b', true],
  ['@prod', 'prod', true],
  ['', 'x', true],
])('%s with %s', (expression, names, holds) => {
  expect(expressionHolds(expression, namesOf(names))).toBe(holds);
});

test.each([
  ['postgresql', true],
  ['h2,postgresql', true],
  ['!postgresql', false],
  ['!h2', true],
  ['oracle', false],
  ['all', true],
  [null, true],
])('dbms:%s', (dbms, matches) => {
  expect(matchesDbms(dbms)).toBe(matches);
});

describe('changes', () => {
  const file = (...ids: [string, string][]) => ({
    'db/a.sql': `--liquibase formatted sql\n${ids.map(([header, sql]) => `--changeset ${header}\n${sql}\n`).join('')}`,
  });
  const compare = async (before: Files, after: Files) => {
    const [base, head] = [await history(before), await history(after)];
    const { changes, pending } = compareHistories({
      tool: liquibase,
      base,
      head,
      branch: head,
      mergeBase: null,
    });
    return [...changes.map(({ kind }) => kind), ...pending.map(({ version }) => version)];
  };
  const one: [string, string] = ['a:1', 'SELECT 1;'];
  const two: [string, string] = ['a:2', 'SELECT 2;'];

  test.each<[string, Files, string[]]>([
    ['a new one', file(one, two, ['a:3', 'SELECT 3;']), ['db/a.sql::3::a']],
    ['an edited one', file(one, ['a:2', 'SELECT 3;']), ['edited']],
    ['white space and attributes', file(one, ['a:2 labels:x', 'SELECT\n2;\n--rollback SELECT 1;']), []],
    ['one in between', file(one, ['a:1b', 'SELECT 4;'], two), ['out-of-order', 'db/a.sql::1b::a']],
    ['one twice', file(one, two, ['a:2', 'SELECT 5;']), ['duplicate-version', 'db/a.sql::2::a']],
    ['one that is gone', file(one), ['deleted']],
  ])('%s', async (_, after, expected) => {
    expect(await compare(file(one, two), after)).toEqual(expected);
  });
});

describe('detection', () => {
  const found = async (files: Files) => {
    await loadParser();
    const { databases, notes } = await liquibase.detect(treeOf(files));
    return { paths: databases.map(({ path }) => path), notes: notes.join('\n') };
  };
  const sql = '--liquibase formatted sql\n--changeset a:1\nCREATE TABLE a ();\n';

  test.each<[string, string[], Files]>([
    [
      'formatted SQL alone',
      ['db/changelog'],
      { 'db/changelog/001.sql': sql, 'db/changelog/sub/002.sql': sql },
    ],
    [
      'the directory of the root changelog',
      ['src/main/resources/db/changelog'],
      {
        'src/main/resources/db/changelog/db.changelog-master.yaml':
          'databaseChangeLog:\n- includeAll:\n    path: db/changelog/changes/\n',
        'src/main/resources/db/changelog/changes/001.sql': sql,
      },
    ],
    ['plain SQL is none', [], { 'db/001.sql': 'CREATE TABLE a ();' }],
    [
      'XML alone',
      ['db'],
      {
        'db/changelog.xml':
          '<databaseChangeLog><changeSet id="1" author="a"><createTable/></changeSet></databaseChangeLog>',
      },
    ],
  ])('%s', async (_, paths, files) => {
    expect((await found(files)).paths).toEqual(paths);
  });

  test('for other databases', async () => {
    const { paths, notes } = await found({
      'db/changelog.xml':
        '<databaseChangeLog><changeSet id="1" author="a" dbms="mysql"><sql>SELECT 1</sql></changeSet></databaseChangeLog>',
    });
    expect(paths).toEqual([]);
    expect(notes).toMatch(/none of its changesets is for PostgreSQL/);
  });
});
