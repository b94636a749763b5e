import { describe, expect, test } from 'vitest';
import { commentsOf, loadParser, parseFile, sameStatements } from '../../src/sql/parse.ts';

await loadParser();

describe('statements and their places', () => {
  test.each<[string, string, [sql: string, line: number, endLine: number][]]>([
    ['nothing', '', []],
    ['only comments', '-- one\n/* two */\n', []],
    ['only semicolons', ';;\n;', []],
    ['no last semicolon', 'SELECT 1', [['SELECT 1', 1, 1]]],
    [
      'comments before and between are not part of them',
      '-- a\nSELECT 1; -- b\n\n/* c\n */ SELECT\n 2;',
      [
        ['SELECT 1', 2, 2],
        ['SELECT\n 2', 5, 6],
      ],
    ],
    [
      'a semicolon in a string, a comment and a body',
      "SELECT ';' /* ; */, $a$;$a$;",
      [["SELECT ';' /* ; */, $a$;$a$", 1, 1]],
    ],
    [
      'characters of several bytes',
      "SELECT '🐘é';\nSELECT 'ö';",
      [
        ["SELECT '🐘é'", 1, 1],
        ["SELECT 'ö'", 2, 2],
      ],
    ],
    [
      'CRLF',
      'SELECT 1;\r\nSELECT\r\n2;\r\n',
      [
        ['SELECT 1', 1, 1],
        ['SELECT\r\n2', 2, 3],
      ],
    ],
    [
      'control characters, which the parser cannot hand over',
      "CREATE INDEX i ON t (a);\nINSERT INTO t VALUES ('\u001b\u0001é\u001f');\u000c\nSELECT 1;",
      [
        ['CREATE INDEX i ON t (a)', 1, 1],
        ["INSERT INTO t VALUES ('\u001b\u0001é\u001f')", 2, 2],
        ['SELECT 1', 3, 3],
      ],
    ],
    ['nested comments and E strings', "/* /* ; */ ; */ SELECT E'\\';';", [["SELECT E'\\';'", 1, 1]]],
  ])('%s', (_title, text, expected) => {
    const { statements, error } = parseFile(text);
    expect(error).toBeNull();
    expect(statements.map(({ sql, line, endLine }) => [sql, line, endLine])).toEqual(expected);
    for (const { sql, start, end } of statements) expect(text.slice(start, end)).toBe(sql);
  });
});

test.each([
  ['SELECT 1;\nSELEC 2;', 2, 1],
  ["SELECT 'é',\n  FROM FROM;", 2, 3],
  ["SELECT 'open", 1, 8],
])('a syntax error has a place: %j', (text, line, column) => {
  const { statements, error } = parseFile(text);
  expect(statements).toEqual([]);
  expect(error).toMatchObject({ line, column });
});

test('comments, not what looks like them', () => {
  const text = "-- a\nSELECT '-- b', $$/* c */$$; /* d */";
  expect(commentsOf(text).map(({ text: comment, line }) => [comment, line])).toEqual([
    ['-- a', 1],
    ['/* d */', 2],
  ]);
});

test.each([
  ['SELECT  1 ;', '-- note\nselect 1', true],
  ['SELECT "a"', 'SELECT a', true],
  ['SELECT 1', 'SELECT 2', false],
  ['SELECT 1', 'SELECT 1; SELECT 1', false],
  ["SELECT 'a b'", "SELECT 'a  b'", false],
  ["SELECT 'a\u0001'", "SELECT 'a\u0002'", false],
  ["SELECT 'a\u0001'", "SELECT 'a '", false],
  ['SELEC', 'selec', false],
])('%j and %j are the same statements: %s', (left, right, expected) => {
  expect(sameStatements(left, right)).toBe(expected);
});
