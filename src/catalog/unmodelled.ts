import type { Server } from './kinds/kind.ts';
import { seesSubscriptions } from './kinds/queries.ts';

/** How many objects of one kind the snapshot does not hold. */
export interface UnmodelledRow {
  readonly kind: string;
  readonly n: number;
}

/** Catalogs whose objects are modelled, are part of a modelled object, or hold data and statistics only. */
const known = [
  'pg_am',
  'pg_amop',
  'pg_amproc',
  'pg_attrdef',
  'pg_auth_members',
  'pg_authid',
  'pg_cast',
  'pg_class',
  'pg_collation',
  'pg_constraint',
  'pg_conversion',
  'pg_database',
  'pg_default_acl',
  'pg_event_trigger',
  'pg_extension',
  'pg_foreign_data_wrapper',
  'pg_foreign_server',
  'pg_language',
  'pg_largeobject',
  'pg_largeobject_metadata',
  'pg_namespace',
  'pg_opclass',
  'pg_operator',
  'pg_opfamily',
  'pg_policy',
  'pg_proc',
  'pg_publication',
  'pg_publication_namespace',
  'pg_publication_rel',
  'pg_rewrite',
  'pg_statistic_ext',
  'pg_subscription',
  'pg_tablespace',
  'pg_transform',
  'pg_trigger',
  'pg_ts_config',
  'pg_ts_dict',
  'pg_ts_parser',
  'pg_ts_template',
  'pg_type',
  'pg_user_mapping',
];

const literals = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

// Everything that initdb made has an oid below 16384, whatever schema it is in.
const strange = (catalog: string, column: string, modelled: readonly string[], one: string): string => `
  SELECT concat('${one} of kind ', o.${column}) AS kind FROM ${catalog} o
  WHERE o.oid >= 16384 AND o.${column} NOT IN (${literals(modelled)})
    AND NOT EXISTS (SELECT FROM pg_depend ext WHERE ext.classid = '${catalog}'::regclass AND ext.objid = o.oid
      AND ext.deptype = 'e')`;

/**
 * What exists and is not modelled: tablespaces, which lie outside of the database, and whatever a later major adds.
 * Nearly every object depends on something, so a catalog that nobody here has heard of shows in pg_depend.
 */
export const unmodelledQuery = (server: Server): string => `
  SELECT kind, count(*)::int AS n FROM (
    SELECT 'tablespace' AS kind FROM pg_tablespace WHERE oid >= 16384
    ${seesSubscriptions(server) ? '' : "UNION ALL SELECT 'subscription that only a superuser may read' FROM pg_stat_subscription"}
    UNION ALL ${strange('pg_class', 'relkind', ['r', 'p', 'v', 'm', 'S', 'i', 'I', 't', 'c', 'f'], 'relation')}
    UNION ALL ${strange('pg_type', 'typtype', ['b', 'c', 'd', 'e', 'p', 'r', 'm'], 'type')}
    UNION ALL ${strange('pg_proc', 'prokind', ['f', 'p', 'a', 'w'], 'routine')}
    UNION ALL ${strange('pg_constraint', 'contype', ['c', 'f', 'n', 'p', 'u', 't', 'x'], 'constraint')}
    UNION ALL
    SELECT 'object of ' || c.relname FROM (
      SELECT DISTINCT d.classid, d.objid FROM pg_depend d
      -- By name: not every major has all of them.
      WHERE d.objid >= 16384 AND d.classid NOT IN (
          SELECT k.oid FROM pg_class k WHERE k.relnamespace = 'pg_catalog'::regnamespace AND k.relname IN (${literals(known)}))
        AND NOT EXISTS (SELECT FROM pg_depend ext WHERE ext.classid = d.classid AND ext.objid = d.objid
          AND ext.deptype = 'e')) made
    JOIN pg_class c ON c.oid = made.classid) AS found
  GROUP BY kind ORDER BY kind COLLATE "C"`;

/** "1 tablespace", "2 tablespaces", "2 objects of pg_propgraph". */
export const unmodelledPhrases = (rows: readonly UnmodelledRow[]): string[] =>
  rows.map(({ kind, n }) => `${n} ${n === 1 ? kind : kind.replace(/^\w+/, (word) => `${word}s`)}`);
