import { expect, test } from 'vitest';
import { irreversibleComment } from '../../src/sql/irreversible.ts';
import { loadParser } from '../../src/sql/parse.ts';

await loadParser();

test.each([
  [
    '-- migration-gate:irreversible: the rows are gone\nDROP TABLE a;',
    { reason: 'the rows are gone', line: 1 },
  ],
  ['DROP TABLE a;\n  -- migration-gate:irreversible: late', { reason: 'late', line: 2 }],
  ['/* migration-gate:irreversible: in a block */ SELECT 1;', { reason: 'in a block', line: 1 }],
  ['-- migration-gate:irreversible without a colon', { reason: 'without a colon', line: 1 }],
  ['-- migration-gate:irreversible', { reason: null, line: 1 }],
  ['SELECT 1;\n-- migration-gate:irreversible:  \n', { reason: null, line: 2 }],
  ['-- migration-gate:irreversible\n-- migration-gate:irreversible: said', { reason: 'said', line: 2 }],
  ["SELECT '-- migration-gate:irreversible: no comment';", null],
  ['-- migration-gate:irreversibles: another word', null],
  ['SELECT 1;', null],
])('%j', (sql, found) => {
  expect(irreversibleComment(sql)).toEqual(found);
});
