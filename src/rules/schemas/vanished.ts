import type { CatalogObject, ObjectType } from '../../catalog/model.ts';
import type { RuleContext } from '../rule.ts';

/** What base had and what is there under no name any more: neither kept, renamed nor made again. */
export function vanished(context: RuleContext): CatalogObject[] {
  const { before, after } = context;
  if (before === null || after === null) return [];
  return before.objects.filter(
    ({ identity, type, name }) =>
      after.byIdentity(identity) === undefined && after.byName(type, name) === undefined,
  );
}

/** `view public.live`, `foreign key orders_user_id_fkey of public.orders`. */
export function inWords({ type, name, container, local, facts }: CatalogObject): string {
  const part: readonly ObjectType[] = ['constraint', 'trigger', 'policy', 'index', 'rule'];
  if (!part.includes(type)) return `${type} ${name}`;
  return `${facts.kind === 'foreign-key' ? 'foreign key' : type} ${local} of ${container}`;
}
