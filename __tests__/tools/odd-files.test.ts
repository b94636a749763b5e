import { describe, expect, test } from 'vitest';
import { Undecided } from '../../src/errors.ts';
import { sentPieces } from '../../src/run/sent.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { runsItself, toolNamed, tools } from '../../src/tools/index.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { type Content, treeOf } from './memory-tree.ts';
import { type Layout, layouts } from './odd-layouts.ts';

// Odd contents of one migration, for every tool: read as the tool reads them, or said with file and line.

await loadParser();
const names = Object.keys(layouts) as (keyof typeof layouts)[];

test('every tool with migrations in SQL has a layout here', () => {
  // node-pg-migrate has both kinds.
  const programs = (name: string): boolean => name !== 'node-pg-migrate' && runsItself(name as ToolName);
  const expected = Object.keys(tools).filter((name) => name !== 'command' && !programs(name));
  expect(names.toSorted()).toEqual(expected.toSorted());
});

/** What became of the file: its statements, or why there are none. */
interface Read {
  readonly statements: readonly string[];
  readonly refused: { readonly line: number; readonly says: string } | null;
  readonly unreadable: Undecided | null;
}

async function read(name: ToolName, content: Content): Promise<Read> {
  const layout: Layout = layouts[name as keyof typeof layouts];
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const others = layout.others?.(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0)) ?? {};
  const tree = treeOf({ ...others, [layout.file]: content });
  const nothing = { statements: [], refused: null, unreadable: null };
  try {
    const named = toolNamed(name);
    const tool = await (named.configured?.(tree, layout.path, { placeholders: {}, outOfOrder: null }) ??
      named);
    const { migrations } = await tool.history(tree, layout.path);
    return {
      ...nothing,
      refused: migrations.find(({ refused }) => refused !== undefined)?.refused ?? null,
      statements: migrations.flatMap((migration) =>
        migration.refused === undefined ? sentPieces(migration).map(({ sql }) => withoutBlanks(sql)) : [],
      ),
    };
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    return { ...nothing, unreadable: error };
  }
}

/** A byte order mark is a blank to `trim`. */
const withoutBlanks = (sql: string): string => sql.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

const table = 'CREATE TABLE a (id int)';
const body = "  PERFORM 'x; -- y';\n".repeat(3_000);

/** Statements as written, and as most tools send them. */
const readable: Readonly<Record<string, readonly [sql: string, statements: readonly string[]]>> = {
  'nothing but comments': ['-- nothing to do\n/* at all; */', []],
  'no last semicolon': [`${table};\nCREATE TABLE b (id int)`, [table, 'CREATE TABLE b (id int)']],
  'dollar quotes in dollar quotes': [
    `DO $body$ BEGIN EXECUTE $$SELECT ';'$$; END; $body$;\n${table};`,
    ["DO $body$ BEGIN EXECUTE $$SELECT ';'$$; END; $body$", table],
  ],
  'quotes in strings': [
    `INSERT INTO a VALUES ('it''s; -- no comment', "b;c");\n${table};`,
    [`INSERT INTO a VALUES ('it''s; -- no comment', "b;c")`, table],
  ],
  'a backslash in an E string': [
    `INSERT INTO a VALUES (E'it\\'s; --', ';');\n${table};`,
    ["INSERT INTO a VALUES (E'it\\'s; --', ';')", table],
  ],
  'nested comments': [`/* a /* b; */ ; c */ ${table};`, [table]],
  'a function of 60 kB': [
    `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n${body}END $$;\n${table};`,
    [`CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\n${body}END $$`, table],
  ],
  'a function in standard SQL': [
    `CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\n${table};`,
    ['CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END', table],
  ],
};

/** Where a tool's own splitting sees it otherwise than the server; a number is the line at which it stops. */
const otherwise: Readonly<Record<string, readonly string[] | number>> = {
  // Its quotes know no backslash, whose string ends early and opens a comment within the parenthesis.
  'atlas: a backslash in an E string': 1,
  // Comments end at the first */ for both.
  'atlas: nested comments': [`c */ ${table};`],
  'liquibase: nested comments': [`c */ ${table}`],
  'liquibase: dollar quotes in dollar quotes': [
    "DO $body$ BEGIN EXECUTE $$SELECT ';'$$; END",
    '$body$',
    table,
  ],
};

describe.each(names)('%s', (name) => {
  test.each(Object.entries(readable))('%s', async (title, [sql, expected]) => {
    const found = await read(name, layouts[name].text(sql));
    const special = otherwise[`${name}: ${title}`];
    expect(found.unreadable).toBeNull();
    if (typeof special === 'number') expect(found.refused?.line).toBe(special);
    else expect(found).toEqual({ statements: special ?? expected, refused: null, unreadable: null });
  });

  test('CRLF: what the server gets, or why not', async () => {
    const { statements, refused } = await read(
      name,
      layouts[name].text(`${table};\n${table};`).replaceAll('\n', '\r\n'),
    );
    if (name === 'graphile-migrate') expect(refused?.says).toContain('two newlines');
    else expect(statements).toEqual([table, table]);
  });

  test('a byte order mark: left out, sent to the server, or refused', async () => {
    const { statements, refused } = await read(name, `\ufeff${layouts[name].text(`${table};`)}`);
    if (['graphile-migrate', 'goose', 'dbmate'].includes(name)) expect(refused?.line).toBe(1);
    else if (['flyway', 'liquibase', 'sqitch', 'plain'].includes(name)) expect(statements).toEqual([table]);
    else expect(statements).toEqual([expect.stringMatching(/^\ufeff(?:-- Up Migration\n)?CREATE TABLE a/)]);
  });

  test.each<[string, (text: string) => Buffer, RegExp, number | undefined]>([
    ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), /UTF-16|two newlines/, undefined],
    ['UTF-16 without its mark', (text) => Buffer.from(text.replace('é', 'e'), 'utf16le'), /zero byte/, 1],
    ['Latin-1', (text) => Buffer.from(text, 'latin1'), /not UTF-8/, 2],
    ['a zero byte', (text) => Buffer.from(text.replace('é', '\0')), /zero byte/, 2],
  ])('%s: a clear error with file and line', async (_, encode, says, line) => {
    const text = layouts[name].text(`${table};\n-- café\n`);
    const { unreadable, refused, statements } = await read(name, encode(text));
    expect(statements).toEqual([]);
    expect(unreadable?.message ?? refused?.says).toMatch(says);
    if (unreadable === null) return expect(refused?.line).toBe(1);
    expect(unreadable.place?.file).toBe(layouts[name].file);
    const before = text.slice(0, text.indexOf(table)).split('\n').length - 1;
    expect(unreadable.place?.line).toBe(line === 2 ? line + before : line);
  });

  test('an empty file', async () => {
    const { statements, refused } = await read(name, '');
    expect(statements).toEqual([]);
    if (['graphile-migrate', 'goose', 'dbmate', 'diesel'].includes(name)) expect(refused?.line).toBe(1);
    else expect(refused).toBeNull();
  });

  test('a symbolic link is not followed', async () => {
    const { unreadable } = await read(name, { link: '/etc/passwd' });
    expect(unreadable?.message).toContain('is a symbolic link');
    expect(unreadable?.place?.file).toBe(layouts[name].file);
  });
});

// Those that find the ends of statements by themselves; 100,000 of them must not take a time that grows with their square.
test.each<keyof typeof layouts>(['goose', 'atlas', 'liquibase', 'flyway'])(
  '%s: 100,000 statements',
  async (name) => {
    const sql = 'INSERT INTO a VALUES (1);\n'.repeat(100_000).trimEnd();
    const { statements } = await read(name, layouts[name].text(sql));
    expect(statements).toHaveLength(100_000);
  },
  120_000,
);
