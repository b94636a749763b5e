import { containerText } from './ddl.ts';
import { compared, type Difference, subject } from './differences.ts';
import { judge } from './impact.ts';
import type { Catalog, CatalogObject, SchemaChange } from './model.ts';
import type { PairBy } from './pairing.ts';

/**
 * What changed between two catalogs, in a stable order; `by` says how objects are recognised. Parts of an added,
 * removed or renamed object are told by its line. Names are unquoted, `before` and `after` are SQL.
 */
export function diff(before: Catalog, after: Catalog, by: PairBy): SchemaChange[] {
  const { pairing, differences } = compared(before, after, by);
  return differences.map((difference) => {
    const { change, before: old, after: now } = difference;
    const judgement = judge(difference, pairing);
    return {
      change,
      type: subject(difference).type,
      name: subject(difference).name,
      previousName: change === 'renamed' ? (old?.name ?? null) : null,
      before: old === undefined ? null : shown(old, before, difference),
      after: now === undefined ? null : shown(now, after, difference),
      ...judgement,
      ...(difference.orderOnly ? { orderOnly: true } : {}),
    };
  });
}

/** What comes or goes as a whole is shown as a whole; a change of an object shows that object's own DDL. */
function shown(object: CatalogObject, catalog: Catalog, difference: Difference): string {
  const whole = difference.change === 'added' || difference.change === 'removed' || difference.orderOnly;
  return whole && object.text.place === 'head' ? containerText(catalog, object) : object.definition;
}
