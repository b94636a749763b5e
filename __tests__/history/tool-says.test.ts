import { beforeAll, describe, expect, test } from 'vitest';
import { compareHistories } from '../../src/history/compare.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { plain } from '../../src/tools/plain.ts';
import type { History, Migration, MigrationTool } from '../../src/tools/tool.ts';
import { migrationOf } from '../run/migrations.ts';

beforeAll(loadParser);

/** `1`: runs once; `R views`: whenever it changed; `A grants`: at every deploy. In the tool's order. */
const historyOf = (files: Readonly<Record<string, string>>): History => ({
  migrations: Object.entries(files).map(([key, sql]): Migration => {
    const [kind = '', name] = key.split(' ');
    if (name === undefined)
      return migrationOf(sql, { version: kind, identity: kind, file: `db/${kind}.sql` });
    const repeatable = kind === 'R' ? 'on-change' : 'always';
    return migrationOf(sql, { version: '', name, identity: name, file: `db/${key}.sql`, repeatable });
  }),
  notes: [],
});

function compare(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
  tool: MigrationTool = plain,
) {
  const read = historyOf(head);
  const { changes, pending, edited } = compareHistories({
    tool,
    base: historyOf(base),
    branch: read,
    head: read,
    mergeBase: null,
  });
  return {
    changes: changes.map(({ kind, file }) => `${kind} ${file}`),
    pending: pending.map(({ file }) => file.slice(3, -4)),
    edited: edited.length,
  };
}

const base = { '1': 'SELECT 1;', 'R views': 'SELECT 2;', 'A grants': 'SELECT 3;' };
const nothing = { changes: [], pending: [], edited: 0 };

describe('migrations that run again', () => {
  test.each<[string, Readonly<Record<string, string>>, string[]]>([
    ['unchanged ones do not', base, []],
    [
      'an edit is pending, and with it what runs at every deploy',
      { ...base, 'R views': 'SELECT 4;' },
      ['R views', 'A grants'],
    ],
    ['one of every deploy that was edited', { ...base, 'A grants': 'SELECT 4;' }, ['A grants']],
    [
      'a new migration brings in only what runs at every deploy',
      { ...base, '2': 'SELECT 5;' },
      ['2', 'A grants'],
    ],
    ['a new one is pending', { ...base, 'R more': 'SELECT 5;' }, ['A grants', 'R more']],
    [
      'the tool’s order holds',
      { '1': 'SELECT 1;', '2': 'SELECT 5;', 'R views': 'SELECT 4;', 'A grants': 'SELECT 3;' },
      ['2', 'R views', 'A grants'],
    ],
    ['one that is gone is no change of history', { '1': 'SELECT 1;', 'A grants': 'SELECT 3;' }, []],
    [
      'nor is it renamed',
      { '1': 'SELECT 1;', 'R other': 'SELECT 2;', 'A grants': 'SELECT 3;' },
      ['R other', 'A grants'],
    ],
  ])('%s', (_, head, pending) => {
    expect(compare(base, head)).toEqual({ ...nothing, pending });
  });

  test('they neither are late nor make others late', () => {
    const numbered: MigrationTool = {
      ...plain,
      order: (left, right) => (left.version || 'zzz').localeCompare(right.version || 'zzz'),
    };
    expect(compare(base, { ...base, '2': 'SELECT 5;' }, numbered).changes).toEqual([]);
    expect(
      compare(
        { '1': 'SELECT 1;' },
        { '1': 'SELECT 1;', 'R views': 'SELECT 2;' },
        { ...plain, order: (left, right) => left.version.localeCompare(right.version) },
      ).changes,
    ).toEqual([]);
    expect(
      compare({ 'R views': 'SELECT 2;' }, { '1': 'SELECT 1;', 'R views': 'SELECT 2;' }, numbered).changes,
    ).toEqual([]);
  });

  test('that all of them have no version makes no duplicates', () => {
    expect(compare(base, { ...base, 'R a': 'SELECT 7;', 'R b': 'SELECT 8;' }).changes).toEqual([]);
  });
});

describe('the tool’s own idea of late', () => {
  const one = { '5': 'SELECT 1;' };
  const both = { ...one, '3': 'SELECT 2;', '7': 'SELECT 3;' };

  test('replaces the order of the versions', () => {
    expect(compare(one, both).changes).toEqual(['out-of-order db/3.sql']);
    expect(compare(one, both, { ...plain, late: () => [] }).changes).toEqual([]);
    const newest: MigrationTool = {
      ...plain,
      late: (added) => added.filter(({ version }) => version === '7'),
    };
    expect(compare(one, both, newest).changes).toEqual(['out-of-order db/7.sql']);
  });

  test('is asked with what is new and what base has', () => {
    const asked: string[][] = [];
    const tool: MigrationTool = {
      ...plain,
      late: (added, known) => {
        asked.push(
          added.map(({ version }) => version),
          known.map(({ version }) => version),
        );
        return added;
      },
    };
    compare(
      { ...one, 'R views': 'SELECT 9;' },
      { ...both, 'R views': 'SELECT 9;', 'R new': 'SELECT 10;' },
      tool,
    );
    expect(asked).toEqual([['3', '7'], ['5']]);
  });

  test('what it then skips is not pending', () => {
    const skips: MigrationTool = {
      ...plain,
      late: (added) => added.filter(({ version }) => version === '3'),
      onHistoryChange: { ...plain.onHistoryChange, outOfOrder: { does: 'skips', says: 'It is skipped.' } },
    };
    expect(compare(one, both, skips).pending).toEqual(['7']);
  });
});
