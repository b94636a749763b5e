import { competes } from './calls.ts';
import { acceptsDefaults, mustBeGiven, rowSecurity, wasUniqueIndex } from './circumstances.ts';
import { hadAnEqual } from './equal-constraints.ts';
import { replacesColumn } from './old-names.ts';
import type { ImpactCase, ImpactRow } from './row.ts';

/** What is new on something that the running version knows. */
export const addedRows: readonly ImpactRow[] = [
  {
    kind: 'a column is added that refuses NULL and has no default',
    types: ['column'],
    change: 'added',
    applies: (judged) => mustBeGiven(judged.now) && !replacesColumn(judged),
    impact: 'breaking',
    why: 'INSERTs of the running version do not give the column a value, and it refuses NULL.',
  },
  {
    kind: 'a column is added that can be left out',
    types: ['column'],
    change: 'added',
    applies: (judged) => !mustBeGiven(judged.now) && !replacesColumn(judged),
    impact: 'none',
    why: 'The running version does not name it, and INSERTs may leave it out; a prepared SELECT * has to be prepared again.',
  },
  {
    kind: 'a column is added under the name of one that is dropped',
    types: ['column'],
    change: 'added',
    applies: replacesColumn,
    impact: 'risky',
    why: 'The running version reads and writes it as if it were the one that had the name before.',
  },
  {
    kind: 'a constraint is added, NOT VALID or not',
    types: ['constraint'],
    change: 'added',
    applies: (judged) => !refusesNothingNew(judged),
    impact: 'risky',
    why: 'Writes that were fine until now may be refused.',
  },
  {
    kind: 'a constraint is added that refuses nothing new',
    types: ['constraint'],
    change: 'added',
    applies: refusesNothingNew,
    impact: 'none',
    why: 'It is not enforced, was there before under another name or as a unique index, or is about new columns whose defaults it accepts.',
  },
  {
    kind: 'a unique index is added',
    types: ['index'],
    change: 'added',
    applies: (judged) => judged.now.facts.unique === true && !acceptsDefaults(judged),
    impact: 'risky',
    why: 'Duplicates that were fine until now are refused.',
  },
  {
    kind: 'an index is added',
    types: ['index'],
    change: 'added',
    applies: (judged) => judged.now.facts.unique !== true || acceptsDefaults(judged),
    impact: 'none',
    why: 'It changes how rows are found, not which.',
  },
  {
    kind: 'a trigger is added',
    types: ['trigger'],
    change: 'added',
    impact: 'behaviour',
    why: 'Writes do more than before, and fail where it does.',
  },
  {
    kind: 'a rule is added',
    types: ['rule'],
    change: 'added',
    impact: 'behaviour',
    why: 'Writes do something else than they say.',
  },
  {
    kind: 'a policy is added where row security is on',
    types: ['policy'],
    change: 'added',
    applies: (judged) => rowSecurity(judged) && judged.now.facts.permissive === true,
    impact: 'behaviour',
    why: 'More rows are visible and accepted than before.',
  },
  {
    kind: 'a restrictive policy is added where row security is on',
    types: ['policy'],
    change: 'added',
    applies: (judged) => rowSecurity(judged) && judged.now.facts.permissive !== true,
    impact: 'risky',
    why: 'Rows that were visible are hidden, and writes that were fine are refused.',
  },
  {
    kind: 'a policy is added where row security is off',
    types: ['policy'],
    change: 'added',
    applies: (judged) => !rowSecurity(judged),
    impact: 'none',
    why: 'Row level security is off: no policy applies.',
  },
  {
    kind: 'a second function is added that takes as many arguments',
    types: ['function', 'procedure', 'aggregate'],
    change: 'added',
    applies: competes,
    impact: 'risky',
    why: 'Calls may become ambiguous, or reach the new function of that name.',
  },
  {
    kind: 'an event trigger is added',
    types: ['event-trigger'],
    change: 'added',
    impact: 'none',
    why: 'It fires for changes of the schema, not for statements of an application.',
  },
];

function refusesNothingNew(judged: ImpactCase): boolean {
  return (
    judged.now.facts.enforced === false ||
    acceptsDefaults(judged) ||
    wasUniqueIndex(judged) ||
    hadAnEqual(judged)
  );
}
