import {
  becameConstraint,
  guardsUniqueness,
  losesItsColumns,
  relationNamed,
  rowSecurity,
} from './circumstances.ts';
import { type ImpactRow, lost } from './row.ts';

/** What is gone. */
export const removedRows: readonly ImpactRow[] = [
  {
    types: ['schema'],
    change: 'removed',
    judge: ({ old, pairing }) =>
      pairing.before.objects.some((object) => object.type === 'table' && object.scope === old.identity)
        ? lost
        : 'breaking',
    why: 'Everything in the schema is gone.',
  },
  {
    types: ['table'],
    change: 'removed',
    judge: () => lost,
    why: 'Every statement that names the table fails, and its rows are gone.',
  },
  {
    types: ['column'],
    change: 'removed',
    // The values of a generated column can be computed again.
    judge: ({ old }) => (old.facts.generated === null ? lost : 'breaking'),
    why: 'Statements that name the column fail, and its values are gone.',
  },
  {
    types: ['sequence'],
    change: 'removed',
    judge: () => lost,
    why: 'nextval() fails, and the position is gone.',
  },
  {
    types: ['view', 'materialized-view'],
    change: 'removed',
    judge: ({ old, pairing }) => (relationNamed(old.name, pairing.after.byName) ? 'risky' : 'breaking'),
    why: 'Every statement that names the view fails.',
  },
  {
    types: ['constraint'],
    change: 'removed',
    judge: (judged) => {
      if (losesItsColumns(judged)) return 'none';
      return guardsUniqueness(judged.old) ? 'risky' : 'behaviour';
    },
    why: 'The database no longer refuses what the constraint refused; ON CONFLICT needs a unique one.',
  },
  {
    types: ['index'],
    change: 'removed',
    judge: (judged) => {
      if (losesItsColumns(judged) || judged.old.facts.valid === false) return 'none';
      if (becameConstraint(judged)) return 'none';
      return judged.old.facts.unique === true ? 'risky' : 'behaviour';
    },
    why: 'Queries that used the index get slower; ON CONFLICT needs a unique one.',
  },
  {
    types: ['policy'],
    change: 'removed',
    judge: (judged) => {
      if (!rowSecurity(judged)) return 'none';
      return judged.old.facts.permissive === true ? 'risky' : 'behaviour';
    },
    why: 'Other rows are visible than before.',
  },
  {
    types: ['trigger'],
    change: 'removed',
    judge: () => 'behaviour',
    why: 'Writes no longer do what the trigger did.',
  },
];
