import { describe, expect, test } from 'vitest';
import { psqlLine, readPsql } from '../../src/sql/psql.ts';

const read = (text: string, files: Record<string, string> = {}, given: Record<string, string> = {}) =>
  readPsql(text, {
    file: 'db/deploy/a.sql',
    directory: 'db',
    variables: new Map(Object.entries({ DBNAME: 'shop', ...given })),
    given: new Set(Object.keys(given)),
    include: (path) => files[path],
  });

describe('what is left for the server', () => {
  test('meta-commands become spaces: lines and columns stay', () => {
    const text = '\\set ON_ERROR_STOP on\r\nSELECT 1; \\echo x\nSELECT 2;\n';
    expect(read(text).sql).toBe(`${' '.repeat(21)}\r\nSELECT 1;        \nSELECT 2;\n`);
  });

  test('data of a COPY goes into copyData, at its statement', () => {
    const text = 'COPY t FROM stdin;\n1\t2\n\\.\nSELECT 1;\nCOPY u FROM stdin;\n\\.\n';
    const { sql, copyData } = read(text);
    expect(sql).toBe('COPY t FROM stdin;\n   \n  \nSELECT 1;\nCOPY u FROM stdin;\n  \n');
    expect(copyData).toEqual([
      { at: 18, data: '1\t2\n' },
      { at: text.indexOf('stdin;', 30) + 6, data: '' },
    ]);
  });

  test('included files stand in their place', () => {
    const { sql, included } = read('\\i sql/b.sql\n\\ir c.sql', {
      'db/sql/b.sql': 'SELECT 1',
      'db/deploy/c.sql': 'SELECT 2;',
    });
    expect(sql.replace(/\s+/g, ' ').trim()).toBe('SELECT 1 ; SELECT 2;');
    expect(included).toEqual(['db/sql/b.sql', 'db/deploy/c.sql']);
  });

  test('the same database in a new session', () => {
    expect(read('\\connect shop\nSELECT 1;').sql).toBe('DISCARD ALL; \nSELECT 1;');
  });

  test('a value that was given stands for what a program prints', () => {
    const text = "\\set password `cat /run/secret`\nALTER ROLE a PASSWORD :'password';";
    expect(read(text, {}, { password: "it's" }).sql).toContain("ALTER ROLE a PASSWORD 'it''s';");
  });
});

describe('what cannot be followed', () => {
  test.each<[string, number, RegExp]>([
    ["SELECT 1;\nSELECT 'DROP TABLE a' \\gexec\n", 2, /\\gexec, which cannot be followed here\. A DO block/],
    ['\n\n\\! rm -rf /\n', 3, /step before the migration/],
    ['\\copy a from b.csv\n', 1, /COPY … FROM STDIN/],
    ['\\prompt name v\n', 1, /Give the value with \\set/],
    ['SELECT 1 \\gset\n', 1, /DO block can keep/],
    ['SELECT 1\\; SELECT 2;', 1, /without the backslash/],
    ['\\unheard_of\n', 1, /\\unheard_of/],
    ['\\connect other\n', 1, /not the database that is checked/],
    ['\\c - root\n', 1, /not the database that is checked/],
    ['\\set ON_ERROR_STOP off\n', 1, /no longer stops the script/],
    ['\\set AUTOCOMMIT off\n', 1, /AUTOCOMMIT/],
    ['\\set a `date`\n', 1, /give a under placeholders:/],
    ['SELECT 1;\nSELECT :unknown;', 2, /replaces :unknown, and nothing in the repository says by what/],
    ['\\set a :a\n', 1, /replaces :a/],
    ['\\if maybe\n\\endif\n', 1, /neither true nor false/],
    ['\\i /etc/passwd\n', 1, /not in the repository/],
    ['\\i ../../x.sql\n', 1, /not in the repository/],
    ['\\i ~/x.sql\n', 1, /not in the repository/],
    ['SELECT\n\\i sql/b.sql\n;', 2, /in the middle of a statement/],
    ['\\i loop.sql\n', 1, /in a circle/],
    ["\\set v 'a\\nb'\nSELECT :'v';\n", 2, /several lines/],
    ['\\o | cat\n', 1, /\\o/],
    ['\\encoding latin1\n', 1, /\\encoding/],
    ['COPY t FROM stdin;', 1, /finds no data/],
  ])('%j', (text, line, says) => {
    const { refused } = read(text, { 'db/loop.sql': '\\i loop.sql', 'db/sql/b.sql': 'SELECT 1;' });
    expect(refused).toEqual({ line, says: expect.stringMatching(says), stops: false });
  });

  test('a place in an included file is named', () => {
    expect(read('SELECT 1;\n\\i b.sql\n', { 'db/b.sql': 'SELECT 1;\n\\gexec\n' }).refused).toMatchObject({
      line: 2,
      says: expect.stringContaining('(in db/b.sql, line 2)'),
    });
  });

  test('a very long branch that is not taken', () => {
    const body = "INSERT INTO a VALUES (1, 'x');\n".repeat(20_000);
    const { sql, refused } = read(`\\if false\n${body}\\endif\nSELECT 1;`);
    expect(refused).toBeNull();
    expect(sql.trim()).toBe('SELECT 1;');
    expect(read(body).sql).toBe(body);
  });
});

test.each<[string, ReturnType<typeof psqlLine>]>([
  ['SELECT 1;', null],
  ["SELECT '\\echo'; -- \\echo\n", null],
  ['SELECT 1;\n\\set a 1\n', { line: 2, what: 'the psql command \\set' }],
  ['COPY a FROM stdin;\n1\n\\.\n', { line: 1, what: 'COPY … FROM STDIN with its data below' }],
  ['COPY a TO stdout;', null],
])('the line for psql alone in %j', (text, expected) => {
  expect(psqlLine(text)).toEqual(expected);
});
