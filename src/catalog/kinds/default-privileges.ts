import { grants, type Item } from './grants.ts';
import { defineKind, partOfObject, topLevel } from './kind.ts';
import { exploded } from './privileges.ts';

interface Row {
  readonly oid: number;
  readonly role: string;
  readonly schema: string | null;
  readonly schema_oid: number | null;
  readonly schema_sql: string | null;
  readonly kind: string;
  readonly owner: string;
  readonly items: readonly Item[];
  readonly usual: readonly Item[];
}

export const defaultPrivileges = defineKind<Row>({
  types: ['default-privilege'],
  // In a schema they add to those of the whole database, which stand in place of the built-in ones.
  query: () => `
    SELECT a.oid, pg_get_userbyid(a.defaclrole)::text AS role, quote_ident(pg_get_userbyid(a.defaclrole)) AS owner,
           n.nspname::text AS schema, n.oid AS schema_oid, quote_ident(n.nspname) AS schema_sql, a.defaclobjtype AS kind,
           ${exploded('a.defaclacl')} AS items,
           CASE WHEN a.defaclnamespace = 0
             THEN ${exploded("acldefault(CASE a.defaclobjtype WHEN 'S' THEN 's' ELSE a.defaclobjtype END::\"char\", a.defaclrole)")}
             ELSE '[]'::json END AS usual
    FROM pg_default_acl a LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace`,
  object: (row) => {
    const what = objects[row.kind] ?? `kind ${row.kind}`;
    const of = `ALTER DEFAULT PRIVILEGES FOR ROLE ${row.owner}${row.schema_sql === null ? '' : ` IN SCHEMA ${row.schema_sql}`}`;
    const lines = grants(row, what).map((line) => `${of} ${line}`);
    if (lines.length === 0) return null;
    const described = {
      type: 'default-privilege',
      identity: `pg_default_acl:${row.oid}`,
      local: `${row.role}.${what.toLowerCase()}`,
      ownName: what,
      sqlName: what,
      template: lines.join('\n'),
      stored: row.items.map((item) => `${item.grantee} ${item.privilege} ${item.grantable}`).join(' '),
      facts: { role: row.role },
    } as const;
    if (row.schema === null || row.schema_oid === null) return topLevel({ ...described, scope: null });
    return partOfObject(
      { identity: `pg_namespace:${row.schema_oid}`, name: row.schema, sql: row.schema_sql ?? '' },
      described,
    );
  },
});

const objects: Readonly<Record<string, string>> = {
  r: 'TABLES',
  S: 'SEQUENCES',
  f: 'FUNCTIONS',
  T: 'TYPES',
  n: 'SCHEMAS',
  L: 'LARGE OBJECTS',
};
