import { expect, test } from 'vitest';
import type { SchemaChange } from '../../src/catalog/model.ts';
import { changeCounts } from '../../src/report/change-counts.ts';

const change = (kind: SchemaChange['change'], type: SchemaChange['type']): SchemaChange => ({
  change: kind,
  type,
  name: 'public.x',
  previousName: null,
  before: null,
  after: null,
  impact: kind === 'removed' ? 'breaking' : 'none',
  dataLoss: false,
  reversible: true,
});

test('what is gone is named first where not all kinds of change are', () => {
  const changes = [
    change('added', 'extension'),
    change('altered', 'column'),
    change('added', 'table'),
    change('removed', 'constraint'),
    change('removed', 'column'),
    change('removed', 'table'),
    change('removed', 'column'),
  ];
  expect(changeCounts(changes, 7)).toBe(
    '1 table removed, 2 columns removed, 1 table added and 3 other kinds of change (4 breaking)',
  );
  expect(changeCounts(changes.slice(0, 4), 4)).toBe(
    '1 extension added, 1 column altered, 1 table added and 1 constraint removed (1 breaking)',
  );
});
