import { expect, test } from 'vitest';
import { readDump } from '../../src/sql/dump.ts';

test('meta-commands are blanked, and lines stay where they are', () => {
  const text =
    '--\n-- dump\n--\n\n\\restrict abc\n\nSET a = 0;\n\\connect shop\n  \\echo hi ; there\nSELECT 1;\n\\unrestrict abc\n';
  const { sql, copyData } = readDump(text);
  expect(copyData).toEqual([]);
  expect(sql).toHaveLength(text.length);
  expect(sql.split('\n').map((line) => line.trim())).toEqual([
    '--',
    '-- dump',
    '--',
    '',
    '',
    '',
    'SET a = 0;',
    '',
    '',
    'SELECT 1;',
    '',
    '',
  ]);
});

test('the data of COPY is taken out', () => {
  const text =
    'SELECT 1;\n-- Data\nCOPY public.a (id, name) FROM stdin;\n1\tone\n2\t; COPY x FROM stdin;\\n\n\\.\n\n\nCOPY b FROM stdin;\n\\.\nSELECT 2;\n';
  const { sql, copyData } = readDump(text);
  expect(copyData).toEqual([
    { at: text.indexOf('1\tone'), data: '1\tone\n2\t; COPY x FROM stdin;\\n\n' },
    { at: text.lastIndexOf('\\.'), data: '' },
  ]);
  expect(sql).toHaveLength(text.length);
  expect(sql.replace(/\s+/g, ' ')).toBe(
    'SELECT 1; -- Data COPY public.a (id, name) FROM stdin; COPY b FROM stdin; SELECT 2; ',
  );
});

test.each([
  ['a literal of several lines', "SELECT '\n\\not a command\n';"],
  ['a function', 'CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $_$\n\\x;\n COPY a FROM stdin;\n$_$;'],
  ['an E string', "SELECT E'it\\'s\n\\here';"],
  ['a block comment', '/* /* \n\\a */ \n\\b */ SELECT 1;'],
  ['a quoted name', 'SELECT 1 AS "\n\\a";'],
  ['a backslash in a line', "SELECT 'a\\b', 1 \\ 2;"],
  ['COPY to and from files', "COPY a TO stdout; COPY a FROM '/tmp/x';\n1\n\\."],
  ['a name with a dollar', 'SELECT a$b$c FROM t;\nSELECT 1;'],
])('nothing is taken out of %s', (_, text) => {
  const { sql, copyData } = readDump(text);
  expect(copyData).toEqual([]);
  expect(sql).toBe(text.replace(/\n\\\.$/, '\n  '));
});

test('data without an end goes to the end of the file', () => {
  expect(readDump('COPY a FROM stdin;\n1\n2\n').copyData).toEqual([{ at: 19, data: '1\n2\n' }]);
});
