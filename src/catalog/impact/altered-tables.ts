import { hasPermissivePolicy } from './circumstances.ts';
import { differs, type ImpactRow, type Sides, turnsOff, turnsOn } from './row.ts';

const table = { types: ['table'], change: 'altered' } as const;

/** Tables that are there with other properties. */
export const alteredTableRows: readonly ImpactRow[] = [
  {
    ...table,
    kind: 'row level security is enabled, and no policy lets anything through',
    applies: (judged) => startsToHide(judged) && !hasPermissivePolicy(judged),
    impact: 'breaking',
    why: 'Roles that it applies to see no row, and their writes are refused.',
  },
  {
    ...table,
    kind: 'row level security is enabled with policies',
    applies: (judged) => startsToHide(judged) && hasPermissivePolicy(judged),
    impact: 'breaking',
    why: 'Roles that it applies to see and write only what a policy lets them.',
  },
  {
    ...table,
    kind: 'FORCE ROW LEVEL SECURITY where row level security is off',
    applies: (judged) => !startsToHide(judged) && turnsOn(judged, 'forceRowSecurity'),
    impact: 'none',
    why: 'FORCE without ENABLE ROW LEVEL SECURITY does nothing.',
  },
  {
    ...table,
    kind: 'row level security is disabled or no longer forced',
    applies: (judged) => turnsOff(judged, 'rowSecurity') || turnsOff(judged, 'forceRowSecurity'),
    impact: 'behaviour',
    why: 'Rows that policies hid are visible.',
  },
  {
    ...table,
    kind: 'a partition is detached or gets other bounds',
    applies: ({ old, now }) =>
      old.facts.partitionOf !== null &&
      (now.facts.partitionOf === null || differs({ old, now }, 'partitionBound')),
    impact: 'breaking',
    why: 'Its rows are no longer found through the partitioned table, which refuses rows that belong there.',
  },
  {
    ...table,
    kind: 'a table is attached as a partition',
    applies: ({ old, now }) => old.facts.partitionOf === null && now.facts.partitionOf !== null,
    impact: 'behaviour',
    why: 'Queries of the partitioned table find its rows too, and it refuses rows outside its bounds.',
  },
  {
    ...table,
    kind: 'a table becomes partitioned, or no longer is',
    applies: (judged) => differs(judged, 'partitioned') || differs(judged, 'partitionKey'),
    impact: 'risky',
    reversible: false,
    why: 'Unique constraints must hold the partition key, and a row for which there is no partition is refused.',
  },
  {
    ...table,
    kind: 'a table inherits from others than before',
    applies: (judged) => differs(judged, 'inherits'),
    impact: 'behaviour',
    why: 'Queries of the parent table read other rows.',
  },
  {
    ...table,
    kind: 'a table becomes UNLOGGED',
    applies: (judged) => turnsOn(judged, 'unlogged'),
    impact: 'risky',
    why: 'An unlogged table is emptied after a crash and is not on replicas.',
  },
  {
    ...table,
    kind: 'a table gets REPLICA IDENTITY NOTHING',
    applies: (judged) => differs(judged, 'replicaIdentity') && judged.now.facts.replicaIdentity === 'nothing',
    impact: 'breaking',
    why: 'UPDATE and DELETE fail on a published table without replica identity.',
  },
];

/** Does row level security apply to someone to whom it did not? FORCE means the owner, who else is exempt. */
function startsToHide({ old, now }: Sides): boolean {
  if (now.facts.rowSecurity !== true) return false;
  return turnsOn({ old, now }, 'rowSecurity') || turnsOn({ old, now }, 'forceRowSecurity');
}
