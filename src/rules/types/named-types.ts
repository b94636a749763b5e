import type { DropStmt, Node } from '@pgsql/types';
import type { CatalogObject } from '../../catalog/model.ts';
import type { Place } from '../observed.ts';
import type { RuleContext } from '../rule.ts';
import { candidates, nameParts } from '../statements.ts';

/** Base's enum, composite type, range or domain of that name. */
export function baseType(
  context: RuleContext,
  place: Place,
  names: readonly Node[] | undefined,
): CatalogObject | undefined {
  for (const name of candidates(nameParts(names), place)) {
    const found = context.before?.byName('type', name) ?? context.before?.byName('domain', name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Types and domains that a DROP TYPE or DROP DOMAIN names. */
export const droppedTypes = (context: RuleContext, place: Place, node: DropStmt): CatalogObject[] =>
  (node.objects ?? []).flatMap((object) =>
    'TypeName' in object ? (baseType(context, place, object.TypeName.names) ?? []) : [],
  );
