import { containerToken, ownToken } from '../template.ts';
import { defineKind, type HolderRow, partOf } from './kind.ts';
import { relationsCte } from './queries.ts';

interface Row extends HolderRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly permissive: boolean;
  readonly command: 'r' | 'a' | 'w' | 'd' | '*';
  readonly roles: string;
  readonly using: string | null;
  readonly check: string | null;
  readonly stored: string;
}

export const policies = defineKind<Row>({
  types: ['policy'],
  // Role 0 stands for PUBLIC.
  query: () => `
    WITH ${relationsCte(null, 'r', 'p')}
    SELECT rel.relid, rel.relname, rel.nspname, rel.relsql, p.oid, p.polname::text AS name, quote_ident(p.polname) AS sql,
           p.polpermissive AS permissive, p.polcmd AS command,
           (SELECT string_agg(CASE WHEN r.oid = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.oid)) END, ', '
              ORDER BY pg_get_userbyid(r.oid)) FROM unnest(p.polroles) AS r (oid)) AS roles,
           pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check,
           (to_jsonb(p) - '{oid,polname}'::text[])::text AS stored
    FROM rel JOIN pg_policy p ON p.polrelid = rel.relid`,
  object: (row) =>
    partOf(row, {
      type: 'policy',
      identity: `pg_policy:${row.oid}`,
      local: row.name,
      sqlName: row.sql,
      place: 'after',
      template: [
        `CREATE POLICY ${ownToken} ON ${containerToken}`,
        row.permissive ? '' : ' AS RESTRICTIVE',
        row.command === '*' ? '' : ` FOR ${commands[row.command]}`,
        row.roles === 'PUBLIC' ? '' : ` TO ${row.roles}`,
        row.using === null ? '' : ` USING (${row.using})`,
        row.check === null ? '' : ` WITH CHECK (${row.check})`,
        ';',
      ].join(''),
      stored: row.stored,
      facts: { permissive: row.permissive, command: row.command === '*' ? 'ALL' : commands[row.command] },
    }),
});

const commands = { r: 'SELECT', a: 'INSERT', w: 'UPDATE', d: 'DELETE' } as const;
