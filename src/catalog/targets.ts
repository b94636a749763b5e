import type { Target, Targets } from './kinds/kind.ts';
import type { CatalogObject } from './model.ts';

/**
 * Finds objects in a list that still grows, by identity: also parts without a line of their own, the index of a
 * constraint and the sequence of an identity column, which are shown by what they belong to.
 */
export function targetsOf(objects: readonly CatalogObject[]): Targets {
  const known = new Map<string, CatalogObject>();
  const parts = new Map<string, Target>();
  let seen = 0;
  return (identity) => {
    for (; seen < objects.length; seen += 1) {
      const object = objects[seen];
      if (object === undefined) continue;
      known.set(object.identity, object);
      for (const member of object.members) parts.set(member.identity, { object, member: member.name });
      if (object.type === 'constraint' && typeof object.facts.index === 'string') {
        parts.set(object.facts.index, { object, member: 'index' });
      } else if (object.type === 'column' && typeof object.facts.identitySequence === 'string') {
        parts.set(object.facts.identitySequence, { object, member: 'sequence' });
      }
    }
    const object = known.get(identity);
    return object === undefined ? parts.get(identity) : { object, member: null };
  };
}
