import { guardsUniqueness } from './circumstances.ts';
import { columnStays, columnTakenOver, relationStays, relationTakenOver } from './old-names.ts';
import type { ImpactCase, ImpactRow } from './row.ts';

/** What has another name, or moved to another schema. */
export const renamedRows: readonly ImpactRow[] = [
  {
    kind: 'a schema is renamed',
    types: ['schema'],
    change: 'renamed',
    impact: 'breaking',
    why: 'Names written with the old schema fail, and a search_path that names it finds nothing.',
  },
  {
    kind: 'a table or view is renamed or moves to another schema',
    types: ['table', 'view', 'materialized-view'],
    change: 'renamed',
    applies: (judged) => !relationStays(judged) && !relationTakenOver(judged),
    impact: 'breaking',
    why: 'Statements that use the old name fail.',
  },
  {
    kind: 'a table or view is renamed, and a relation with all its columns has the old name',
    types: ['table', 'view', 'materialized-view'],
    change: 'renamed',
    applies: (judged) => relationStays(judged) && !relationTakenOver(judged),
    impact: 'risky',
    why: 'The old name answers to reads; writes need a view that Postgres can write through.',
  },
  {
    kind: 'a table or view is renamed, and another one takes its name over',
    types: ['table', 'view', 'materialized-view'],
    change: 'renamed',
    applies: relationTakenOver,
    impact: 'breaking',
    why: 'Another relation of base has the old name now: statements go on without an error and reach the wrong rows.',
  },
  {
    kind: 'a column is renamed',
    types: ['column'],
    change: 'renamed',
    applies: (judged) => !columnStays(judged) && !columnTakenOver(judged),
    impact: 'breaking',
    why: 'Statements that use the old name fail.',
  },
  {
    kind: 'a column is renamed, and a new column or a view answers to the old name',
    types: ['column'],
    change: 'renamed',
    applies: (judged) => columnStays(judged) && !columnTakenOver(judged),
    impact: 'risky',
    why: 'The old name answers; whether it holds the same values and can be written is for the migration to see to.',
  },
  {
    kind: 'a column is renamed, and another one takes its name over',
    types: ['column'],
    change: 'renamed',
    applies: columnTakenOver,
    impact: 'breaking',
    why: 'Another column of base has the old name now: statements go on without an error and mix up the values.',
  },
  {
    kind: 'a function or procedure is renamed or moves to another schema',
    types: ['function', 'procedure', 'aggregate'],
    change: 'renamed',
    applies: (judged) => !nameStays(judged),
    impact: 'breaking',
    why: 'Calls by the old name fail.',
  },
  {
    kind: 'a function is renamed, and a new one has the old name and arguments',
    types: ['function', 'procedure', 'aggregate'],
    change: 'renamed',
    applies: nameStays,
    impact: 'risky',
    why: 'Calls by the old name reach another function.',
  },
  {
    kind: 'a type or domain is renamed',
    types: ['type', 'domain'],
    change: 'renamed',
    applies: (judged) => !nameStays(judged),
    impact: 'breaking',
    why: 'Casts and parameters that use the old name fail.',
  },
  {
    kind: 'a type or domain is renamed, and a new one has the old name',
    types: ['type', 'domain'],
    change: 'renamed',
    applies: nameStays,
    impact: 'risky',
    why: 'The old name means another type: values of the two do not compare without a cast.',
  },
  {
    kind: 'a sequence is renamed',
    types: ['sequence'],
    change: 'renamed',
    impact: 'breaking',
    why: 'nextval() by the old name fails; defaults of columns follow the sequence.',
  },
  {
    kind: 'a primary key, UNIQUE or EXCLUDE constraint is renamed',
    types: ['constraint'],
    change: 'renamed',
    applies: ({ old }) => guardsUniqueness(old),
    impact: 'risky',
    why: 'ON CONFLICT ON CONSTRAINT with the old name fails, and code that reads the name from an error no longer knows it.',
  },
  {
    kind: 'a CHECK or foreign key is renamed',
    types: ['constraint'],
    change: 'renamed',
    applies: ({ old }) => !guardsUniqueness(old),
    impact: 'behaviour',
    why: 'Code that reads the name from an error no longer knows it.',
  },
  {
    kind: 'an index or policy is renamed',
    types: ['index', 'policy'],
    change: 'renamed',
    impact: 'none',
    why: 'Statements do not name it.',
  },
  {
    kind: 'a trigger is renamed',
    types: ['trigger'],
    change: 'renamed',
    impact: 'behaviour',
    why: 'Triggers fire in the order of their names.',
  },
];

function nameStays({ old, pairing }: ImpactCase): boolean {
  return pairing.after.byName(old.type, old.name) !== undefined;
}
