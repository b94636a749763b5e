import { beforeAll, describe, expect, test } from 'vitest';
import { allowComments } from '../../src/sql/allow.ts';
import { loadParser } from '../../src/sql/parse.ts';

beforeAll(loadParser);

const rules = ['drop-table', 'drop-column', 'set-not-null'];

/** `rule@line → scope: reason` of each, and `problem@line text` of what does not hold. */
const read = (sql: string) => {
  const { allows, problems } = allowComments(sql, rules);
  return [
    ...allows.map(
      ({ rule, line, scope, statementIndex, reason }) =>
        `${rule}@${line} → ${scope === 'file' ? 'file' : `#${statementIndex}`}: ${reason}`,
    ),
    ...problems.map(({ problem, line, text }) => `${problem}@${line} ${text}`),
  ];
};

const one = '-- migration-gate:allow drop-table: unused since March';

describe('where it belongs', () => {
  test.each<[string, string, string[]]>([
    ['nothing', 'DROP TABLE a;', []],
    ['above the statement', `SELECT 1;\n${one}\nDROP TABLE a;`, ['drop-table@2 → #1: unused since March']],
    ['above the first statement', `${one}\nDROP TABLE a;`, ['drop-table@1 → #0: unused since March']],
    [
      'above, with other comments between',
      `SELECT 1;\n${one}\n-- and so on\nDROP TABLE a;`,
      ['drop-table@2 → #1: unused since March'],
    ],
    [
      'above, with a blank line between',
      `SELECT 1;\n${one}\n\nDROP TABLE a;`,
      ['drop-table@2 → #1: unused since March'],
    ],
    [
      'at the top, a blank line below',
      `${one}\n\nDROP TABLE a;`,
      ['drop-table@1 → file: unused since March'],
    ],
    [
      'at the top, before another comment',
      `${one}\n\n-- the table\nDROP TABLE a;`,
      ['drop-table@1 → file: unused since March'],
    ],
    [
      'at the top, in the block of the first statement',
      `-- the table\n${one}\n-- goes\nDROP TABLE a;`,
      ['drop-table@2 → #0: unused since March'],
    ],
    [
      'two at the top, one of each kind',
      `${one}\n\n-- migration-gate:allow drop-column: b\nDROP TABLE a;`,
      ['drop-table@1 → file: unused since March', 'drop-column@3 → #0: b'],
    ],
    ['a blank line with spaces', `${one}\n  \t\nDROP TABLE a;`, ['drop-table@1 → file: unused since March']],
    ['CRLF', `${one}\r\n\r\nDROP TABLE a;\r\n`, ['drop-table@1 → file: unused since March']],
    [
      'on the line itself',
      `SELECT 1;\nDROP TABLE a; ${one}\nSELECT 2;`,
      ['drop-table@2 → #1: unused since March'],
    ],
    [
      'on the last line of a statement',
      `DROP TABLE\n  a; ${one}\nSELECT 2;`,
      ['drop-table@2 → #0: unused since March'],
    ],
    [
      'after the last of two on a line',
      `SELECT 1; DROP TABLE a; ${one}`,
      ['drop-table@1 → #1: unused since March'],
    ],
    [
      'inside a statement',
      `ALTER TABLE a\n  ${one}\n  DROP COLUMN b;`,
      ['drop-table@2 → #0: unused since March'],
    ],
    [
      'before the semicolon',
      `DROP TABLE a -- migration-gate:allow drop-table: x\n;`,
      ['drop-table@1 → #0: x'],
    ],
    [
      'in a block comment',
      'SELECT 1;\n/* migration-gate:allow drop-table: x */\nDROP TABLE a;',
      ['drop-table@2 → #1: x'],
    ],
    [
      'several in a block comment',
      'SELECT 1;\n/*\n * migration-gate:allow drop-table: x\n * migration-gate:allow drop-column: y\n */\nDROP TABLE a;',
      ['drop-table@3 → #1: x', 'drop-column@4 → #1: y'],
    ],
    ['in a file of comments only', one, ['drop-table@1 → file: unused since March']],
    [
      'in a file that nobody can parse',
      `SELECT 1;\n${one}\nDROP TABEL a;`,
      ['drop-table@2 → file: unused since March'],
    ],
    ['in a file that nobody can scan', `${one}\nSELECT 'open`, ['drop-table@1 → file: unused since March']],
    [
      'after characters of more than one byte',
      `SELECT 'é😀';\n${one}\nDROP TABLE a;`,
      ['drop-table@2 → #1: unused since March'],
    ],
  ])('%s', (_, sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });
});

describe('what is no acceptance', () => {
  test.each<[string, string, string[]]>([
    ['no reason', '-- migration-gate:allow drop-table\nDROP TABLE a;', ['no-reason@1 drop-table']],
    [
      'no reason after the colon',
      '-- migration-gate:allow drop-table:  \nDROP TABLE a;',
      ['no-reason@1 drop-table'],
    ],
    [
      'a reason without a colon',
      '-- migration-gate:allow drop-table we know\nDROP TABLE a;',
      ['no-reason@1 drop-table'],
    ],
    [
      'no reason in a block comment',
      '/* migration-gate:allow drop-table: */\nDROP TABLE a;',
      ['no-reason@1 drop-table'],
    ],
    [
      'an unknown rule',
      '-- migration-gate:allow drop-tabel: x\nDROP TABLE a;',
      ['unknown-rule@1 drop-tabel'],
    ],
    ['no rule', '-- migration-gate:allow\nDROP TABLE a;', ['unknown-rule@1 migration-gate:allow']],
    ['nothing below it', `DROP TABLE a;\n${one}\n`, ['no-statement@2 drop-table']],
    ['in a string', `SELECT '${one}';`, []],
    ['in a dollar-quoted body', `DO $$ BEGIN\n${one}\nDROP TABLE a; END $$;`, []],
    ['another word', '-- migration-gate:allowance drop-table: x\nDROP TABLE a;', []],
  ])('%s', (_, sql, expected) => {
    expect(read(sql)).toEqual(expected);
  });
});
