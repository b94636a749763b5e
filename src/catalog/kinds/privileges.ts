import { identifier } from '../../sql/names.ts';
import { containerToken, ownToken } from '../template.ts';
import { aspectOf, subjectOf } from './aspect.ts';
import { aboutDatabase } from './comments.ts';
import { grants, type Item } from './grants.ts';
import { defineKind, type Target, topLevel } from './kind.ts';

interface Row {
  readonly target: string;
  readonly kind: string;
  readonly owner: string;
  /** The extension that the object is a member of. */
  readonly extension: string | null;
  /** How the server names an object that is not in the snapshot. */
  readonly described: string | null;
  readonly items: readonly Item[];
  readonly usual: readonly Item[];
}

export const privileges = defineKind<Row>({
  types: ['privilege'],
  // At first an object has what initdb (which does not tell of information_schema) or an extension's script gave it,
  // else what every new one has. Many objects have the same list.
  query: ({ major }) => `
    WITH given AS (
      SELECT 'pg_class:' || c.oid AS target, 'pg_class'::regclass AS class, c.oid AS id, 0 AS sub,
             CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END AS kind, c.relowner AS owner, c.relacl AS acl
      FROM pg_class c WHERE c.relacl IS NOT NULL AND c.relpersistence <> 't'
        AND c.relnamespace IS DISTINCT FROM to_regnamespace('information_schema')
      UNION ALL SELECT format('pg_attribute:%s.%s', a.attrelid, a.attnum), 'pg_class'::regclass, a.attrelid, a.attnum,
             'c', c.relowner, a.attacl
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND c.relpersistence <> 't'
      ${others
        .map(
          ([
            catalog,
            kind,
            prefix,
          ]) => `UNION ALL SELECT '${catalog}:' || o.oid, '${catalog}'::regclass, o.oid, 0,
             '${kind}', o.${prefix}owner, o.${prefix}acl FROM ${catalog} o WHERE o.${prefix}acl IS NOT NULL`,
        )
        .join('\n')}
      UNION ALL SELECT 'database', 'pg_database'::regclass, d.oid, 0, 'd', d.datdba, d.datacl
      FROM pg_database d WHERE d.datacl IS NOT NULL AND d.datname = current_database()
      ${major >= 15 ? "UNION ALL SELECT 'parameter ' || p.parname, 'pg_parameter_acl'::regclass, p.oid, 0, 'p', 10, p.paracl FROM pg_parameter_acl p" : ''}),
    changed AS (
      SELECT given.*, coalesce(i.initprivs, acldefault(given.kind::"char", given.owner), '{}'::aclitem[]) AS initial
      FROM given LEFT JOIN pg_init_privs i ON i.classoid = given.class AND i.objoid = given.id AND i.objsubid = given.sub
      WHERE given.acl IS DISTINCT FROM coalesce(i.initprivs, acldefault(given.kind::"char", given.owner))),
    list AS (
      SELECT text, ${exploded('acl')} AS items
      FROM (SELECT DISTINCT ON (acl::text) acl::text AS text, acl
            FROM (SELECT acl FROM changed UNION ALL SELECT initial FROM changed) AS each_one) AS different)
    SELECT g.target, g.kind, quote_ident(pg_get_userbyid(g.owner)) AS owner, 'pg_extension:' || ext.refobjid AS extension,
           CASE WHEN ext.objid IS NOT NULL OR g.id < 16384 AND g.class NOT IN ('pg_namespace'::regclass, 'pg_database'::regclass)
             THEN (pg_identify_object(g.class, g.id, g.sub)).identity END AS described,
           list.items, usual.items AS usual
    FROM changed g JOIN list ON list.text = g.acl::text JOIN list usual ON usual.text = g.initial::text
    LEFT JOIN pg_depend ext ON ext.classid = g.class AND ext.objid = g.id AND ext.objsubid = 0 AND ext.deptype = 'e'`,
  object: (row, targets) => {
    const found = targets(row.target);
    const subject = found === undefined ? unknownSubject(row) : grantSubject(found, row.kind);
    if (subject === null) return null;
    // A column of a view has no line of its own.
    const column =
      row.kind !== 'c' || found === undefined
        ? null
        : found.member === null
          ? ownToken
          : identifier(found.member);
    const lines = grants(row, subject, column);
    if (lines.length === 0) return null;
    const facts = {
      subject,
      gives: lines.some((line) => line.startsWith('GRANT')),
      takesAway: lines.some((line) => line.startsWith('REVOKE')),
    };
    const template = lines.join('\n');
    const stored = [...row.items.map(storedItem)].sort().join(' ');
    if (found !== undefined) return aspectOf(found, { type: 'privilege', template, stored, facts });
    if (row.target === 'database') return aboutDatabase('privilege', lines.join(' '), stored, '', facts);
    return topLevel({
      type: 'privilege',
      identity: `privilege:${row.target}`,
      scope: null,
      parent: row.extension,
      local: row.described ?? row.target,
      sqlName: subject,
      template,
      stored,
      facts,
    });
  },
});

const others = [
  ['pg_proc', 'f', 'pro'],
  ['pg_type', 'T', 'typ'],
  ['pg_namespace', 'n', 'nsp'],
  ['pg_language', 'l', 'lan'],
  ['pg_foreign_data_wrapper', 'F', 'fdw'],
  ['pg_foreign_server', 'S', 'srv'],
] as const;

/** An ACL as a JSON array of `Item`. */
export const exploded = (acl: string): string => `
  (SELECT coalesce(json_agg(json_build_object('grantee', x.grantee::int8, 'grantor', x.grantor::int8,
     'name', CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
     'privilege', x.privilege_type, 'grantable', x.is_grantable)), '[]') FROM aclexplode(${acl}) x)`;

const storedItem = (item: Item): string => `${item.grantee} ${item.privilege} ${item.grantable}`;

/** The object as GRANT names it. */
function grantSubject(target: Target, kind: string): string {
  if (kind === 'c' || kind === 'r') return `TABLE ${containerToken}`;
  if (kind === 'T') return `TYPE ${containerToken}`;
  if (kind === 'F') return `FOREIGN DATA WRAPPER ${containerToken}`;
  if (kind === 'S') return `FOREIGN SERVER ${containerToken}`;
  return subjectOf(target);
}

function unknownSubject({ target, kind, described }: Row): string | null {
  if (target === 'database') return 'DATABASE';
  if (target.startsWith('parameter ')) return `PARAMETER ${target.slice('parameter '.length)}`;
  if (described === null) return null;
  return `${kindWords[kind] ?? 'TABLE'} ${described}`;
}

const kindWords: Readonly<Record<string, string>> = {
  r: 'TABLE',
  c: 'TABLE',
  s: 'SEQUENCE',
  f: 'FUNCTION',
  T: 'TYPE',
  n: 'SCHEMA',
  l: 'LANGUAGE',
  F: 'FOREIGN DATA WRAPPER',
  S: 'FOREIGN SERVER',
};
