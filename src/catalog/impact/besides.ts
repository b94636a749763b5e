import { type Difference, subject } from '../differences.ts';
import type { CatalogObject, Impact, ObjectType } from '../model.ts';
import type { Judgement } from './row.ts';

const plain = (impact: Impact, why: string): Judgement => ({
  impact,
  dataLoss: false,
  reversible: true,
  why,
});

const unseen: ReadonlySet<ObjectType> = new Set([
  'comment',
  'security-label',
  'statistics',
  'default-privilege',
]);

/**
 * What stands beside an object: who owns it, who may use it, what is said of it; and what belongs to roles.
 * Null for everything else.
 */
export function judgeBesides(difference: Difference): Judgement | null {
  const { change, before, after } = difference;
  const { type } = subject(difference);
  if (unseen.has(type)) return plain('none', 'Statements of the running version do the same.');
  if (type === 'owner') {
    return plain(
      'behaviour',
      'The former owner may no longer change it, and a view reads with the rights of the new one.',
    );
  }
  if (type === 'privilege') {
    const gives = (side: CatalogObject | undefined): boolean =>
      side !== undefined && side.facts.gives === true;
    const takes = (side: CatalogObject | undefined): boolean =>
      side !== undefined && side.facts.takesAway === true;
    if (gives(before) || takes(after)) {
      return plain('risky', 'A role may have lost a privilege that the running version uses.');
    }
    return plain('none', 'Somebody may do more than before.');
  }
  if (type === 'setting') return plain('behaviour', 'New sessions begin with another setting.');
  if (type === 'role-membership') {
    return change === 'removed'
      ? plain('risky', 'A role has lost the privileges of another one.')
      : plain('none', 'A role may do more than before.');
  }
  return null;
}
