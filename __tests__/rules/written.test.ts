import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { rulePage, rulesPage } from '../../src/rules/page.ts';
import { comment, recipe } from '../../src/rules/recipe.ts';
import { apart } from '../../src/rules/wording.ts';
import { defaultName, identifier, literal, qualified, withEnding } from '../../src/sql/names.ts';
import { loadParser, parseFile } from '../../src/sql/parse.ts';
import { write, writeExpression } from '../../src/sql/write.ts';
import { toolNamed, tools } from '../../src/tools/index.ts';
import { plain } from '../../src/tools/plain.ts';
import { prisma } from '../../src/tools/prisma.ts';
import type { ToolName } from '../../src/tools/tool.ts';

await loadParser();

const nodeOf = (sql: string) => {
  const [statement] = parseFile(sql).statements;
  if (statement === undefined) throw new Error(`not parsed: ${sql}`);
  return statement.node;
};

test('the pages in docs/rules are what the rules say (npm run docs)', () => {
  const directory = new URL('../../docs/rules/', import.meta.url);
  const pages = new Map([
    ['README.md', rulesPage(rules)],
    ...rules.map((rule) => [`${rule.name}.md`, rulePage(rule)] as const),
  ]);
  expect(readdirSync(directory).sort()).toEqual([...pages.keys()].sort());
  for (const [file, page] of pages) expect(readFileSync(new URL(file, directory), 'utf8')).toBe(page);
});

test.each([
  ['users', 'users'],
  ['User', '"User"'],
  ['select', '"select"'],
  ['a"b', '"a""b"'],
  ['1a', '"1a"'],
])('identifier %s', (name, sql) => expect(identifier(name)).toBe(sql));

test.each([
  ["it's", "'it''s'"],
  ['a\\b', "E'a\\\\b'"],
  ["a\\'b", "E'a\\\\''b'"],
])('literal %s', (text, sql) => expect(literal(text)).toBe(sql));

test('a schema is named only where the statement named it', () => {
  expect(qualified(undefined, 'User')).toBe('"User"');
  expect(qualified('App', 'user')).toBe('"App"."user"');
});

test('names keep within 63 bytes and never end in half a character', () => {
  expect(defaultName('t'.repeat(63), 'c'.repeat(63), 'check')).toHaveLength(63);
  expect(Buffer.byteLength(withEnding('ü'.repeat(40), '_new'))).toBeLessThanOrEqual(63);
  expect(withEnding('ü'.repeat(40), '_new')).toMatch(/^ü+_new$/);
  expect(defaultName('t', 'c', 'key', (name) => name === 't_c_key')).toBe('t_c_key1');
});

test.each([
  'CREATE UNIQUE INDEX CONCURRENTLY i ON ONLY s."T" USING gin (a gin_trgm_ops, (b || c)) INCLUDE (d) WHERE e IS NULL',
  'ALTER TABLE ONLY t ADD CONSTRAINT f FOREIGN KEY (a, b) REFERENCES r (x, y) MATCH FULL ON DELETE SET NULL (a) DEFERRABLE INITIALLY DEFERRED NOT VALID',
  'ALTER TABLE t ADD COLUMN c interval day to second(3) DEFAULT \'1 day\'::interval COLLATE "C" NOT NULL',
])('what is written means the same: %s', (sql) => {
  const written = write(nodeOf(sql));
  expect(written).not.toBeNull();
  expect(write(nodeOf(written ?? ''))).toBe(written);
});

test('SQL that would mean something else is not written', () => {
  // The deparser leaves out INCLUDE.
  expect(write(nodeOf('ALTER TABLE t ADD UNIQUE (a) INCLUDE (b)'))).toBeNull();
});

test('an expression that cannot be written makes no fix', () => {
  const [statement] = parseFile('SELECT a + 1').statements;
  const target =
    statement !== undefined && 'SelectStmt' in statement.node
      ? statement.node.SelectStmt.targetList?.[0]
      : undefined;
  const value = target !== undefined && 'ResTarget' in target ? target.ResTarget.val : undefined;
  expect(value === undefined ? null : writeExpression(value)).toBe('a + 1');
  expect(
    recipe({ tool: plain }, [{ title: 'x', sql: ['SELECT 1;', null] }], { sameSchema: true }),
  ).toBeNull();
});

test('a line break in a name stays inside the comment', () => {
  expect(comment('a\nDROP TABLE t;\r\nb')).toEqual(['-- a', '-- DROP TABLE t;', '-- b']);
});

test('each tool is told in its own way what must not run in a transaction', () => {
  const steps = [
    { title: 'build it', sql: ['CREATE INDEX CONCURRENTLY ON t (a);'], outsideTransaction: true },
  ];
  expect(recipe({ tool: plain }, steps, { sameSchema: true })?.sql).toContain(
    '\n-- no-transaction\nCREATE INDEX',
  );
  expect(recipe({ tool: prisma }, steps, { sameSchema: true })?.sql).toContain(
    '-- Put the statement alone into a migration of its own',
  );
});

test.each<[ToolName, string]>([
  ['atlas', '-- atlas:txmode none\n\nCREATE INDEX'],
  ['goose', '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX'],
  ['liquibase', '--liquibase formatted sql\n--changeset author:id runInTransaction:false\nCREATE INDEX'],
])('a file of %s begins with all that it needs', (name, beginning) => {
  const tool = toolNamed(name);
  const steps = [
    { title: 'build it', sql: ['CREATE INDEX CONCURRENTLY ON t (a);'], outsideTransaction: true },
  ];
  expect(recipe({ tool }, steps, { sameSchema: true })?.sql).toContain(beginning);
});

test('no advice is longer than a line that every output shows', () => {
  const steps = [{ title: 'x', sql: ['VACUUM t;'], outsideTransaction: true }];
  for (const tool of Object.values(tools)) {
    const lines = recipe({ tool }, steps, { sameSchema: true })?.sql.split('\n') ?? [];
    expect(lines.length, tool.name).toBeGreaterThan(1);
    for (const line of lines) expect(line.length, `${tool.name}: ${line}`).toBeLessThan(130);
  }
});

test('where a deploy has one transaction, what must commit first takes a deployment', () => {
  const steps = ['SELECT 1;', 'SELECT 2;'].map((sql) => ({ title: 'x', sql: [sql] }));
  const inOne = { ...plain, sharesTransaction: true };
  expect(recipe({ tool: inOne }, steps, { sameSchema: true })?.sql).toContain('-- Deployment 2 of 2: x');
  expect(recipe({ tool: plain }, steps, { sameSchema: true })?.sql).toContain('-- Migration 2 of 2: x');
  expect(apart({ tool: inOne })).toBe('a deployment of its own');
  expect(apart({ tool: plain })).toBe('a migration of its own');
});
