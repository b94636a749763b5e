/** One entry of an access control list. */
export interface Item {
  /** Oid of the role; 0 = PUBLIC. */
  readonly grantee: number;
  readonly grantor: number;
  /** The role's quoted name. */
  readonly name: string;
  readonly privilege: string;
  readonly grantable: boolean;
}

/**
 * The GRANT and REVOKE statements that lead from the usual privileges of an object to those that it has; [] where
 * nothing differs. The owner is not counted as a role: ownership that changes hands takes the privileges with it.
 *
 * @param subject `TABLE public.t`, as it stands after ON
 * @param column the column that the privileges are for
 */
export function grants(
  acl: {
    readonly kind: string;
    readonly owner: string;
    readonly items: readonly Item[];
    readonly usual: readonly Item[];
  },
  subject: string,
  column: string | null = null,
): string[] {
  const items = byRole(acl.items);
  const usual = byRole(acl.usual);
  const full = fullSets(acl);
  const list = (privileges: readonly string[]): string => {
    const all = full?.every((privilege) => privileges.includes(privilege));
    const words = all ? ['ALL'] : [...privileges].sort();
    return words.map((word) => (column === null ? word : `${word} (${column})`)).join(', ');
  };
  const lines: string[] = [];
  for (const role of [...new Set([...usual.keys(), ...items.keys()])].sort()) {
    const has = items.get(role) ?? new Map<string, boolean>();
    const had = usual.get(role) ?? new Map<string, boolean>();
    const name = role === ownerRole ? acl.owner : role;
    const taken = [...had.keys()].filter((privilege) => !has.has(privilege));
    if (taken.length > 0) lines.push(`REVOKE ${list(taken)} ON ${subject} FROM ${name};`);
    for (const grantable of [false, true]) {
      const given = [...has]
        .filter(([privilege, may]) => may === grantable && had.get(privilege) !== may)
        // The owner may grant whatever it has.
        .filter(([privilege]) => role !== ownerRole || !had.has(privilege))
        .map(([privilege]) => privilege);
      if (given.length === 0) continue;
      lines.push(`GRANT ${list(given)} ON ${subject} TO ${name}${grantable ? ' WITH GRANT OPTION' : ''};`);
    }
  }
  return lines;
}

/** No role can have this name: it is not quoted. */
const ownerRole = ' owner';

/** Role, privilege, and whether it may be passed on. What several have granted counts once. */
function byRole(items: readonly Item[]): Map<string, Map<string, boolean>> {
  const roles = new Map<string, Map<string, boolean>>();
  for (const { grantee, grantor, name, privilege, grantable } of items) {
    const role = grantee === grantor ? ownerRole : name;
    const privileges = roles.get(role) ?? new Map<string, boolean>();
    privileges.set(privilege, grantable || privileges.get(privilege) === true);
    roles.set(role, privileges);
  }
  return roles;
}

/** Everything that can be granted on such an object; null where that is one privilege only. A new object's owner has
 * all, so that a privilege of a later major does not make GRANT ALL another statement. */
function fullSets({
  kind,
  usual,
}: {
  readonly kind: string;
  readonly usual: readonly Item[];
}): readonly string[] | null {
  if (kind === 'c') return ['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'];
  const all = usual.filter(({ grantee, grantor }) => grantee === grantor).map(({ privilege }) => privilege);
  return all.length > 1 ? all : null;
}
