import type { CatalogObject } from '../model.ts';
import type { ImpactCase, ImpactRow } from './row.ts';

const unseen = ['comment', 'security-label', 'statistics', 'default-privilege'] as const;
const changes = ['added', 'removed', 'altered', 'renamed'] as const;

/** What stands beside an object: who owns it, who may use it, what is said of it; and what belongs to roles. */
export const besideRows: readonly ImpactRow[] = [
  ...changes.flatMap((change): ImpactRow[] => [
    {
      kind: 'a comment, security label, statistics object or default privilege is made, changed or dropped',
      types: unseen,
      change,
      impact: 'none',
      why: 'Statements of the running version do the same.',
    },
    {
      kind: 'an object gets another owner',
      types: ['owner'],
      change,
      impact: 'behaviour',
      why: 'The former owner may no longer change it, and a view reads with the rights of the new one.',
    },
    {
      kind: 'a privilege is revoked, or replaced',
      types: ['privilege'],
      change,
      applies: (judged) => takesAway(judged, change),
      impact: 'risky',
      why: 'A role may have lost a privilege that the running version uses.',
    },
    {
      kind: 'a privilege is granted',
      types: ['privilege'],
      change,
      applies: (judged) => !takesAway(judged, change),
      impact: 'none',
      why: 'Somebody may do more than before.',
    },
    {
      kind: 'a setting of a role or database is made, changed or dropped',
      types: ['setting'],
      change,
      impact: 'behaviour',
      why: 'New sessions begin with another setting.',
    },
  ]),
  {
    kind: 'a role leaves another one',
    types: ['role-membership'],
    change: 'removed',
    impact: 'risky',
    why: 'A role has lost the privileges of another one.',
  },
  {
    kind: 'a role becomes member of another one',
    types: ['role-membership'],
    change: 'added',
    impact: 'none',
    why: 'A role may do more than before.',
  },
  {
    kind: 'a membership of a role changes',
    types: ['role-membership'],
    change: 'altered',
    impact: 'behaviour',
    why: 'Who may pass the membership on, or act as the role, is another.',
  },
];

/** Is something that was granted not granted any more, or something revoked that is there by itself? */
function takesAway({ old, now }: ImpactCase, change: ImpactRow['change']): boolean {
  const before = change === 'added' ? [] : linesOf(old);
  const after = change === 'removed' ? [] : linesOf(now);
  const revoked = after.filter((line) => line.startsWith('REVOKE') && !before.includes(line));
  return revoked.length > 0 || before.some((line) => line.startsWith('GRANT') && !isCovered(line, after));
}

const linesOf = ({ definition }: CatalogObject): string[] => definition.split('\n');

/** `GRANT SELECT ON t TO app;` is covered by `GRANT SELECT, INSERT ON t TO app;`. */
function isCovered(line: string, by: readonly string[]): boolean {
  const [privileges, rest] = partsOf(line);
  return by.some((other) => {
    const [theirs, otherRest] = partsOf(other);
    return (
      otherRest === rest && (theirs.includes('ALL') || privileges.every((each) => theirs.includes(each)))
    );
  });
}

/** What a GRANT gives, and the rest of it. */
function partsOf(line: string): [privileges: string[], rest: string] {
  const found = /^GRANT (.*?) (ON .*)$/s.exec(line);
  return [(found?.[1] ?? line).split(', '), found?.[2] ?? ''];
}
