import { relationNamed } from './circumstances.ts';
import type { ImpactRow } from './row.ts';

/** What has another name, or moved to another schema. */
export const renamedRows: readonly ImpactRow[] = [
  {
    types: ['table', 'view', 'materialized-view'],
    change: 'renamed',
    judge: ({ old, pairing }) => (relationNamed(old.name, pairing.after.byName) ? 'risky' : 'breaking'),
    why: 'Statements that use the old name fail.',
  },
  {
    types: ['column'],
    change: 'renamed',
    judge: ({ old, now, pairing }) =>
      pairing.after.byName('column', `${now.container}.${old.local}`) === undefined ? 'breaking' : 'risky',
    why: 'Statements that use the old name fail.',
  },
  {
    types: ['function', 'procedure'],
    change: 'renamed',
    judge: ({ old, pairing }) =>
      pairing.after.byName(old.type, old.name) === undefined ? 'breaking' : 'risky',
    why: 'Calls by the old name fail.',
  },
  {
    types: ['constraint'],
    change: 'renamed',
    judge: () => 'behaviour',
    why: 'ON CONFLICT ON CONSTRAINT and code that reads the name from an error notice it.',
  },
  { types: ['index', 'policy'], change: 'renamed', judge: () => 'none', why: 'Statements do not name it.' },
  {
    types: ['trigger'],
    change: 'renamed',
    judge: () => 'behaviour',
    why: 'Triggers fire in the order of their names.',
  },
];
