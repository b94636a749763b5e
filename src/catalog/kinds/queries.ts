import type { Server } from './kind.ts';

/** Pieces of SQL that several kinds share. */

/** Up to 13 nobody but a superuser may read the rows of subscriptions. */
export const seesSubscriptions = ({ major, superuser }: Server): boolean => major >= 14 || superuser;

/** True for schemas of users: only a server in a special mode lets anyone make others that begin with pg_. */
export const userSchema = (alias: string): string =>
  `${alias}.nspname NOT LIKE 'pg\\_%' AND ${alias}.nspname <> 'information_schema'`;

/** The definition of a `pg_index` row with columns by number, without its name and marks; as text, '-' for none. */
export const storedIndex = (alias: string, major: number): string =>
  `coalesce(concat_ws(' ', ${[
    'indnkeyatts',
    'indisunique',
    ...(major >= 15 ? ['indnullsnotdistinct'] : []),
    'indisprimary',
    'indisexclusion',
    'indimmediate',
    'indisvalid',
    'indisready',
    'indislive',
    'indkey',
    'indcollation',
    'indclass',
    'indoption',
  ]
    .map((column) => `${alias}.${column}`)
    .join(', ')}, md5(${alias}.indexprs::text), 'p' || md5(${alias}.indpred::text)), '-')`;

/** True unless the object belongs to an extension. */
export const noExtensionMember = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend ext WHERE ext.classid = '${catalog}'::regclass
     AND ext.objid = ${oid} AND ext.objsubid = 0 AND ext.deptype = 'e')`;

/**
 * Relations of users as `rel`: relid, relname, nspid, nspname, relsql (quoted), relkind. Members of
 * extensions and temporary relations are left out, and with them everything that joins `rel`.
 *
 * @param only oids; null = all of them
 */
export const relationsCte = (
  only: readonly string[] | null,
  ...kinds: readonly string[]
): string => `rel AS MATERIALIZED (
  SELECT c.oid AS relid, c.relname::text AS relname, n.oid AS nspid, n.nspname::text AS nspname,
         format('%I.%I', n.nspname, c.relname) AS relsql, c.relkind
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${userSchema('n')} AND c.relpersistence <> 't'
    AND c.relkind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})
    AND ${noExtensionMember('pg_class', 'c.oid')}${only === null ? '' : `\n    AND c.oid = ANY ('{${only.join(',')}}'::oid[])`})`;

/**
 * A column's options (text[], null: none) without the mark that builds with `pg_attver` give each column they make or
 * change, which says nothing and is never the same twice. `a` is pg_attribute.
 */
export const columnOptions = "(SELECT array_agg(o) FROM unnest(a.attoptions) o WHERE o !~ '^pg_attver=')";
