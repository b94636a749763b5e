import { literal } from '../../sql/names.ts';
import type { CatalogObject } from '../model.ts';
import { containerToken, ownToken } from '../template.ts';
import { shownValue } from './hidden.ts';
import { defineKind, partOfObject, topLevel } from './kind.ts';

interface RoleRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly attributes: string;
  readonly connections: number;
  readonly valid_until: string | null;
}

// Roles belong to the server: those that the history makes are told, those of initdb are always there. Passwords are
// never read.
export const roles = defineKind<RoleRow>({
  types: ['role'],
  query: () => `
    SELECT r.oid, r.rolname::text AS name, quote_ident(r.rolname) AS sql, r.rolconnlimit AS connections,
           nullif(r.rolvaliduntil, 'infinity')::text AS valid_until,
           concat_ws(' ', CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END,
             CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END, CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
             CASE WHEN r.rolcanlogin THEN 'LOGIN' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END,
             CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END) AS attributes
    FROM pg_roles r WHERE r.oid >= 16384`,
  object: (row) =>
    topLevel({
      type: 'role',
      identity: `pg_authid:${row.oid}`,
      scope: null,
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE ROLE ${containerToken}`,
        row.attributes === '' ? '' : ` ${row.attributes}`,
        row.connections === -1 ? '' : ` CONNECTION LIMIT ${row.connections}`,
        row.valid_until === null ? '' : ` VALID UNTIL ${literal(row.valid_until)}`,
        ';',
      ].join(''),
    }),
});

interface MembershipRow {
  readonly oid: string;
  readonly group_oid: number;
  readonly group: string;
  readonly group_sql: string;
  readonly member: string;
  readonly member_sql: string;
  readonly options: string;
}

export const memberships = defineKind<MembershipRow>({
  types: ['role-membership'],
  // What several have granted counts once; who granted it is told by no statement that one would write again.
  query: ({ major }) => `
    SELECT format('%s.%s', m.roleid, m.member) AS oid, m.roleid AS group_oid, g.rolname::text AS group,
           quote_ident(g.rolname) AS group_sql, r.rolname::text AS member, quote_ident(r.rolname) AS member_sql,
           concat_ws(', ', CASE WHEN bool_or(m.admin_option) THEN 'ADMIN TRUE' END${
             major >= 16
               ? `, CASE WHEN bool_or(m.inherit_option) <> r.rolinherit THEN 'INHERIT ' || bool_or(m.inherit_option) END,
             CASE WHEN NOT bool_or(m.set_option) THEN 'SET FALSE' END`
               : ''
           }) AS options
    FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
    WHERE m.roleid >= 16384 OR m.member >= 16384
    GROUP BY m.roleid, m.member, g.rolname, r.rolname, r.rolinherit`,
  object: (row) => {
    const with_ = row.options === '' ? '' : ` WITH ${row.options.toUpperCase()}`;
    const described = {
      type: 'role-membership',
      identity: `pg_auth_members:${row.oid}`,
      local: row.member,
      ownName: '',
      sqlName: row.member_sql,
      stored: row.options,
    } as const;
    if (row.group_oid >= 16384) {
      return partOfObject(
        { identity: `pg_authid:${row.group_oid}`, name: row.group, sql: row.group_sql },
        { ...described, template: `GRANT ${containerToken} TO ${ownToken}${with_};` },
      );
    }
    return topLevel({
      ...described,
      scope: null,
      local: `${row.group}.${row.member}`,
      template: `GRANT ${row.group_sql} TO ${containerToken}${with_};`,
    });
  },
});

interface SettingRow {
  readonly role_oid: number;
  readonly role: string | null;
  readonly role_sql: string | null;
  readonly database: boolean;
  readonly name: string;
  readonly value: string;
}

const settingsWhere = (where: string) => () =>
  `
    SELECT s.setrole AS role_oid, r.rolname::text AS role, quote_ident(r.rolname) AS role_sql, s.setdatabase <> 0 AS database,
           split_part(c.config, '=', 1) AS name, substr(c.config, strpos(c.config, '=') + 1) AS value
    FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) c (config)
    WHERE ${where} AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))`;

/** Of roles, in all databases or in this one. */
export const roleSettings = defineKind<SettingRow>({
  types: ['setting'],
  query: settingsWhere('s.setrole <> 0'),
  object: settingObject,
});

export const databaseSettings = defineKind<SettingRow>({
  types: ['setting'],
  query: settingsWhere('s.setrole = 0'),
  object: settingObject,
});

function settingObject(row: SettingRow): CatalogObject {
  const value = shownValue(row.name, row.value);
  const where = row.database && row.role !== null ? ' IN DATABASE' : '';
  const local = `${row.name}${where.toLowerCase()}`;
  const described = {
    type: 'setting',
    identity: `pg_db_role_setting:${row.role_oid}.${local}`,
    local,
    sqlName: row.name,
  } as const;
  if (row.role !== null && row.role_sql !== null && row.role_oid >= 16384) {
    return partOfObject(
      { identity: `pg_authid:${row.role_oid}`, name: row.role, sql: row.role_sql },
      { ...described, template: `ALTER ROLE ${containerToken}${where} SET ${ownToken} TO ${value};` },
    );
  }
  const of = row.role === null ? 'database' : row.role;
  const whom = row.role_sql === null ? 'DATABASE' : `ROLE ${row.role_sql}`;
  return topLevel({
    ...described,
    scope: null,
    local: `${of}.${local}`,
    sqlName: row.name,
    template: `ALTER ${whom}${where} SET ${containerToken} TO ${value};`,
  });
}
