import { mustBeGiven } from './circumstances.ts';
import { judgeTypeChange } from './column-types.ts';
import { differs, type ImpactRow, lost, turnsOff, turnsOn, when } from './row.ts';

/** Tables and columns that are there with other properties. */
export const alteredTableRows: readonly ImpactRow[] = [
  {
    types: ['table'],
    change: 'altered',
    judge: (judged) =>
      when(turnsOn(judged, 'rowSecurity') || turnsOn(judged, 'forceRowSecurity'), 'breaking'),
    why: 'Roles that row level security applies to see only what a policy lets them see.',
  },
  {
    types: ['table'],
    change: 'altered',
    judge: (judged) =>
      when(turnsOff(judged, 'rowSecurity') || turnsOff(judged, 'forceRowSecurity'), 'behaviour'),
    why: 'Rows that policies hid are visible.',
  },
  {
    types: ['table'],
    change: 'altered',
    judge: ({ old, now }) =>
      when(
        old.facts.partitionOf !== null &&
          (now.facts.partitionOf === null || differs({ old, now }, 'partitionBound')),
        'breaking',
      ),
    why: 'The rows are no longer part of the partitioned table, or of another part of it.',
  },
  {
    types: ['table'],
    change: 'altered',
    judge: (judged) => when(differs(judged, 'inherits'), 'behaviour'),
    why: 'Queries of the parent table read other rows.',
  },
  {
    types: ['table'],
    change: 'altered',
    judge: (judged) => when(turnsOn(judged, 'unlogged'), 'risky'),
    why: 'An unlogged table is emptied after a crash and is not on replicas.',
  },
  {
    types: ['table'],
    change: 'altered',
    judge: (judged) =>
      when(differs(judged, 'replicaIdentity') && judged.now.facts.replicaIdentity === 'nothing', 'breaking'),
    why: 'UPDATE and DELETE fail on a published table without replica identity.',
  },

  {
    types: ['column'],
    change: 'altered',
    judge: (judged) =>
      differs(judged, 'dataType') ? judgeTypeChange(judged.old.facts, judged.now.facts) : null,
    why: 'The column has another type.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => when(differs(judged, 'collation'), 'behaviour'),
    why: 'Order and equality of the values change.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => when(turnsOn(judged, 'refusesNull'), 'risky'),
    why: 'Writes of NULL, until now allowed, fail.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => when(turnsOff(judged, 'refusesNull'), 'behaviour'),
    why: 'Readers may meet NULL.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => {
      if (!differs(judged, 'default')) return null;
      return judged.now.facts.default === null && mustBeGiven(judged.now) ? 'breaking' : 'behaviour';
    },
    why: 'INSERTs that leave the column out store something else, or fail.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => {
      if (!differs(judged, 'identity')) return null;
      if (judged.now.facts.identity === 'always') return 'breaking';
      if (judged.now.facts.identity === null) return mustBeGiven(judged.now) ? 'breaking' : 'behaviour';
      return judged.old.facts.identity === 'always' ? 'none' : 'behaviour';
    },
    why: 'INSERTs that give the identity column a value, or that do not, fail.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: (judged) => when(differs(judged, 'identityOptions'), 'behaviour'),
    why: 'The identity column counts in another way.',
  },
  {
    types: ['column'],
    change: 'altered',
    judge: ({ old, now }) => {
      if (old.facts.generated === null) return now.facts.generated === null ? null : lost;
      if (now.facts.generated === null) return 'breaking';
      return when(differs({ old, now }, 'generationExpression'), 'risky');
    },
    why: 'A generated column cannot be written, and one that is no longer generated has to be.',
  },
];
