import { coversOnlyNewColumns, rowSecurity, wasUniqueIndex } from './circumstances.ts';
import { type ImpactRow, when } from './row.ts';

/** What is new on something that the running version knows. */
export const addedRows: readonly ImpactRow[] = [
  {
    types: ['column'],
    change: 'added',
    judge: ({ now: { facts } }) =>
      when(
        facts.refusesNull === true &&
          facts.hasDefault !== true &&
          facts.identity === null &&
          facts.generated === null,
        'breaking',
      ),
    why: 'INSERTs of the running version do not give the column a value, and it refuses NULL.',
  },
  {
    types: ['constraint'],
    change: 'added',
    judge: (judged) => (coversOnlyNewColumns(judged) || wasUniqueIndex(judged) ? 'none' : 'risky'),
    why: 'Writes that were fine until now may be refused.',
  },
  {
    types: ['index'],
    change: 'added',
    judge: (judged) => when(judged.now.facts.unique === true && !coversOnlyNewColumns(judged), 'risky'),
    why: 'Duplicates that were fine until now are refused.',
  },
  { types: ['trigger'], change: 'added', judge: () => 'behaviour', why: 'Writes do more than before.' },
  {
    types: ['policy'],
    change: 'added',
    judge: (judged) => {
      if (!rowSecurity(judged)) return 'none';
      return judged.now.facts.permissive === true ? 'behaviour' : 'risky';
    },
    why: 'Other rows are visible than before.',
  },
  {
    types: ['function', 'procedure'],
    change: 'added',
    judge: ({ now, pairing }) =>
      when(
        pairing.before.objects.some(
          (object) =>
            object.type === now.type &&
            object.ownName === now.ownName &&
            pairing.afterOf(object) !== undefined &&
            pairing.afterOf(object)?.scope === now.scope,
        ),
        'behaviour',
      ),
    why: 'A second function of that name can make calls ambiguous.',
  },
];
