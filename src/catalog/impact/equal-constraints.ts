import type { CatalogObject } from '../model.ts';
import type { ImpactCase } from './row.ts';

/** Did a constraint of another name ask the same of the same columns before? */
export function hadAnEqual({ now, pairing }: ImpactCase): boolean {
  const wanted = demand(now);
  if (wanted === null) return false;
  const columns = now.columns.map((identity) => {
    const column = pairing.after.byIdentity(identity);
    return column && pairing.beforeOf(column)?.identity;
  });
  return pairing.before.objects.some(
    (old) =>
      old.type === 'constraint' &&
      old.facts.enforced !== false &&
      demand(old) === wanted &&
      old.columns.length === columns.length &&
      columns.every((column) => column !== undefined && old.columns.includes(column)),
  );
}

/**
 * What a key asks, without the names of its columns: `REFERENCES public.users(id)`, `UNIQUE`; null for what is told by
 * names, such as a CHECK. A foreign key's columns stand in an order, which one of several may have changed.
 */
function demand({ facts, columns }: CatalogObject): string | null {
  const clause = String(facts.clause);
  if (facts.kind === 'foreign-key') {
    const at = clause.indexOf(' REFERENCES ');
    return at < 0 || columns.length !== 1 ? null : clause.slice(at).replace(/ NOT VALID$/, '');
  }
  if ((facts.kind !== 'unique' && facts.kind !== 'primary-key') || clause.includes('WITHOUT OVERLAPS'))
    return null;
  return clause.includes('NULLS NOT DISTINCT') ? 'UNIQUE NULLS NOT DISTINCT' : 'UNIQUE';
}
