import type { CatalogObject } from '../model.ts';
import { guardsUniqueness, isRebuiltForItsColumn, rowSecurity } from './circumstances.ts';
import { differs, type ImpactCase, type ImpactRow, turnsOff, turnsOn } from './row.ts';
import { keepsColumns, onlyAppendsColumns } from './view-columns.ts';

const constraint = { types: ['constraint'], change: 'altered' } as const;
const index = { types: ['index'], change: 'altered' } as const;
const view = { types: ['view', 'materialized-view'], change: 'altered' } as const;
const routine = { types: ['function', 'procedure', 'aggregate'], change: 'altered' } as const;
const policy = { types: ['policy'], change: 'altered' } as const;
const sequence = { types: ['sequence'], change: 'altered' } as const;

/** Constraints, indexes, views, functions, policies and others that are there with another definition. */
export const alteredRows: readonly ImpactRow[] = [
  {
    ...constraint,
    kind: 'a CHECK gets another condition, or a foreign key other columns',
    applies: (judged) =>
      changesCondition(judged) &&
      isEnforced(judged) &&
      !guardsUniqueness(judged.now) &&
      !changesActions(judged),
    impact: 'risky',
    why: 'Other writes are refused than before.',
  },
  {
    ...constraint,
    kind: 'a foreign key gets other actions',
    applies: (judged) => changesActions(judged) && isEnforced(judged),
    impact: 'risky',
    why: 'A DELETE or UPDATE of the row that it refers to does something else to the rows with the key.',
  },
  {
    ...constraint,
    kind: 'a primary key, UNIQUE or EXCLUDE constraint gets other columns or options',
    applies: (judged) => changesCondition(judged) && isEnforced(judged) && guardsUniqueness(judged.now),
    impact: 'risky',
    why: 'It refuses other rows, and ON CONFLICT that relied on it may fail.',
  },
  {
    ...constraint,
    kind: 'a constraint is no longer enforced',
    applies: (judged) => changesCondition(judged) && judged.now.facts.enforced === false,
    impact: 'behaviour',
    reversible: false,
    why: 'The database no longer refuses what the constraint refused.',
  },
  {
    ...constraint,
    kind: 'a constraint is validated, or made anew for its column’s type',
    applies: (judged) =>
      isRebuiltForItsColumn(judged) || (turnsOn(judged, 'validated') && !changesCondition(judged)),
    impact: 'none',
    why: 'New rows were checked before as well.',
  },
  {
    ...constraint,
    kind: 'a constraint becomes NOT VALID, or its triggers are disabled',
    applies: (judged) =>
      !isRebuiltForItsColumn(judged) &&
      (differs(judged, 'triggersDisabled') || (turnsOff(judged, 'validated') && !changesCondition(judged))),
    impact: 'behaviour',
    why: 'Rows that it would refuse may be there.',
  },
  {
    ...index,
    kind: 'a unique index gets another definition',
    applies: (judged) => !isRebuiltForItsColumn(judged) && isUnique(judged),
    impact: 'risky',
    why: 'It refuses other rows, and ON CONFLICT that relied on it may fail.',
  },
  {
    ...index,
    kind: 'an index gets another definition',
    applies: (judged) => !isRebuiltForItsColumn(judged) && !isUnique(judged),
    impact: 'behaviour',
    why: 'Other queries can use it.',
  },
  {
    ...index,
    kind: 'an index is made anew for its column’s type',
    applies: isRebuiltForItsColumn,
    impact: 'none',
    why: 'The column’s own line says what its new type means.',
  },
  {
    ...view,
    kind: 'a view loses or changes columns',
    applies: ({ old, now }) => !keepsColumns(old, now),
    impact: 'breaking',
    why: 'Statements that read a column that is gone, or of another type, fail.',
  },
  {
    ...view,
    kind: 'a view gets or loses security_invoker',
    applies: (judged) => differs(judged, 'securityInvoker'),
    impact: 'risky',
    why: 'The tables below it are read with the rights of somebody else.',
  },
  {
    ...view,
    kind: 'a view gets a check option',
    applies: ({ old, now }) =>
      String(now.facts.options).includes('check_option') &&
      !String(old.facts.options).includes('check_option'),
    impact: 'risky',
    why: 'Writes through the view are refused when it would not show the row.',
  },
  {
    ...view,
    kind: 'a view gets columns at its end',
    applies: ({ old, now }) => onlyAppendsColumns(old, now),
    impact: 'none',
    why: 'What it had is there as before.',
  },
  {
    ...view,
    kind: 'a view gets another query with the same columns',
    applies: ({ old, now }) => keepsColumns(old, now) && !onlyAppendsColumns(old, now),
    impact: 'behaviour',
    why: 'The view shows other rows or values, or does so in another way.',
  },
  {
    ...routine,
    kind: 'a function returns another type, or its arguments are renamed or lose defaults',
    applies: changesSignature,
    impact: 'breaking',
    why: 'Calls get another result type, or name or leave out an argument that is not there.',
  },
  {
    ...routine,
    kind: 'a function becomes SECURITY DEFINER, or no longer is',
    applies: (judged) => !changesSignature(judged) && differs(judged, 'securityDefiner'),
    impact: 'risky',
    why: 'It runs with the rights of somebody else: what it may read and write is another.',
  },
  {
    ...routine,
    kind: 'a function does something else',
    applies: (judged) => !changesSignature(judged) && !differs(judged, 'securityDefiner'),
    impact: 'behaviour',
    why: 'Its calls do something else than before.',
  },
  {
    kind: 'a trigger changes, is enabled or disabled',
    types: ['trigger', 'rule'],
    change: 'altered',
    impact: 'behaviour',
    why: 'Writes do something else than before.',
  },
  {
    ...policy,
    kind: 'a policy changes where row security is on',
    applies: rowSecurity,
    impact: 'risky',
    why: 'Other rows are visible or accepted than before.',
  },
  {
    ...policy,
    kind: 'a policy changes where row security is off',
    applies: (judged) => !rowSecurity(judged),
    impact: 'none',
    why: 'Row level security is off: no policy applies.',
  },
  {
    ...sequence,
    kind: 'a sequence ends earlier',
    applies: endsEarlier,
    impact: 'risky',
    why: 'nextval() fails where the sequence comes to its end.',
  },
  {
    ...sequence,
    kind: 'a sequence counts in another way',
    applies: (judged) => !endsEarlier(judged),
    impact: 'behaviour',
    why: 'nextval() gives other numbers.',
  },
  {
    kind: 'an extension moves to another schema',
    types: ['extension'],
    change: 'altered',
    applies: (judged) => differs(judged, 'schema'),
    impact: 'breaking',
    why: 'Its functions and types are in another schema.',
  },
  {
    kind: 'an extension gets another version',
    types: ['extension'],
    change: 'altered',
    applies: (judged) => differs(judged, 'version'),
    impact: 'behaviour',
    reversible: false,
    why: 'Its functions may do something else; extensions seldom have a way back.',
  },
  {
    kind: 'a publication publishes something else',
    types: ['publication'],
    change: 'altered',
    impact: 'risky',
    why: 'Subscribers get other tables, columns or rows; UPDATE and DELETE fail on a table whose replica identity does not suffice.',
  },
  {
    kind: 'an event trigger changes',
    types: ['event-trigger'],
    change: 'altered',
    impact: 'none',
    why: 'It fires for changes of the schema, not for statements of an application.',
  },
];

/** A constraint's clause without the part that says whether old rows were checked. */
const condition = ({ facts }: CatalogObject): string => {
  const clause = String(facts.clause);
  return clause.endsWith(' NOT VALID') ? clause.slice(0, -' NOT VALID'.length) : clause;
};

function changesCondition(judged: ImpactCase): boolean {
  return !isRebuiltForItsColumn(judged) && condition(judged.old) !== condition(judged.now);
}

const isEnforced = ({ now }: ImpactCase): boolean => now.facts.enforced !== false;

/** ON DELETE and ON UPDATE of a foreign key that is otherwise as it was. */
function changesActions(judged: ImpactCase): boolean {
  const bare = (object: CatalogObject): string =>
    condition(object).replace(
      / ON (?:UPDATE|DELETE) (?:CASCADE|RESTRICT|SET (?:NULL|DEFAULT)(?: \([^)]*\))?)/g,
      '',
    );
  return (
    judged.now.facts.kind === 'foreign-key' &&
    changesCondition(judged) &&
    bare(judged.old) === bare(judged.now)
  );
}

const isUnique = ({ old, now }: ImpactCase): boolean =>
  old.facts.unique === true || now.facts.unique === true;

function changesSignature({ old, now }: ImpactCase): boolean {
  return (
    differs({ old, now }, 'returns') ||
    (old.facts.argumentNames !== null && differs({ old, now }, 'argumentNames')) ||
    Number(now.facts.defaults) < Number(old.facts.defaults)
  );
}

function endsEarlier({ old, now }: ImpactCase): boolean {
  const number = (value: unknown): bigint => BigInt(String(value ?? 0));
  const down = number(now.facts.increment) < 0n;
  const [then, later] = [old.facts[down ? 'min' : 'max'], now.facts[down ? 'min' : 'max']].map(number);
  if (then === undefined || later === undefined) return false;
  return (down ? later > then : later < then) || turnsOff({ old, now }, 'cycle');
}
