import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { rulePage, rulesPage } from '../../src/rules/page.ts';
import { comment, recipe } from '../../src/rules/recipe.ts';
import { defaultName, identifier, literal, qualified, withEnding } from '../../src/sql/names.ts';
import { loadParser, parseFile } from '../../src/sql/parse.ts';
import { write, writeExpression } from '../../src/sql/write.ts';
import { plain } from '../../src/tools/plain.ts';
import { prisma } from '../../src/tools/prisma.ts';

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
