import { noExtensionMember } from './kinds/queries.ts';

/**
 * Kinds of object that the snapshot does not hold. They are counted, so that a report can say what it did not
 * compare; a kind that gets modelled leaves this list.
 */
interface Unmodelled {
  readonly one: string;
  readonly many: string;
  /** A select of one row for each such object of users. */
  readonly rows: string;
}

// Everything that initdb made has an oid below 16384, whatever schema it is in.
const made = (catalog: string, alias = 'o'): string =>
  `FROM ${catalog} ${alias} WHERE ${alias}.oid >= 16384 AND ${noExtensionMember(catalog, `${alias}.oid`)}`;

const unmodelled: readonly Unmodelled[] = [
  { one: 'aggregate', many: 'aggregates', rows: `${made('pg_proc')} AND o.prokind = 'a'` },
  { one: 'rewrite rule', many: 'rewrite rules', rows: `${made('pg_rewrite')} AND o.rulename <> '_RETURN'` },
  { one: 'foreign table', many: 'foreign tables', rows: `${made('pg_class')} AND o.relkind = 'f'` },
  {
    one: 'base type',
    many: 'base types',
    rows: `${made('pg_type')} AND o.typtype IN ('b', 'p') AND o.typelem = 0`,
  },
  { one: 'operator', many: 'operators', rows: made('pg_operator') },
  { one: 'operator class', many: 'operator classes', rows: made('pg_opclass') },
  { one: 'operator family', many: 'operator families', rows: made('pg_opfamily') },
  { one: 'cast', many: 'casts', rows: made('pg_cast') },
  { one: 'collation', many: 'collations', rows: made('pg_collation') },
  { one: 'conversion', many: 'conversions', rows: made('pg_conversion') },
  { one: 'statistics object', many: 'statistics objects', rows: made('pg_statistic_ext') },
  { one: 'event trigger', many: 'event triggers', rows: made('pg_event_trigger') },
  { one: 'publication', many: 'publications', rows: made('pg_publication') },
  {
    one: 'subscription',
    many: 'subscriptions',
    rows: `FROM pg_subscription o WHERE o.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  },
  { one: 'language', many: 'languages', rows: made('pg_language') },
  { one: 'transform', many: 'transforms', rows: made('pg_transform') },
  { one: 'access method', many: 'access methods', rows: made('pg_am') },
  { one: 'foreign data wrapper', many: 'foreign data wrappers', rows: made('pg_foreign_data_wrapper') },
  { one: 'foreign server', many: 'foreign servers', rows: made('pg_foreign_server') },
  { one: 'user mapping', many: 'user mappings', rows: 'FROM pg_user_mappings o' },
  { one: 'text search configuration', many: 'text search configurations', rows: made('pg_ts_config') },
  { one: 'text search dictionary', many: 'text search dictionaries', rows: made('pg_ts_dict') },
  { one: 'text search parser', many: 'text search parsers', rows: made('pg_ts_parser') },
  { one: 'text search template', many: 'text search templates', rows: made('pg_ts_template') },
  {
    one: 'comment',
    many: 'comments',
    rows: `FROM pg_description o WHERE o.objoid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend ext
      WHERE ext.classid = o.classoid AND ext.objid = o.objoid AND ext.objsubid = 0 AND ext.deptype = 'e')
      AND o.classoid <> 'pg_extension'::regclass`,
  },
  { one: 'security label', many: 'security labels', rows: 'FROM pg_seclabel o WHERE o.objoid >= 16384' },
  {
    one: 'object with privileges of its own',
    many: 'objects with privileges of their own',
    rows: `FROM (
      SELECT 'pg_class'::regclass AS classid, oid AS objid FROM pg_class WHERE relacl IS NOT NULL
      UNION SELECT 'pg_class'::regclass, attrelid FROM pg_attribute WHERE attacl IS NOT NULL
      UNION SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE proacl IS NOT NULL
      UNION SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typacl IS NOT NULL
      UNION SELECT 'pg_namespace'::regclass, n.oid FROM pg_namespace n LEFT JOIN pg_init_privs i
        ON i.classoid = 'pg_namespace'::regclass AND i.objoid = n.oid AND i.objsubid = 0
        WHERE n.nspacl IS NOT NULL AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
          AND (n.oid >= 16384 OR n.nspacl IS DISTINCT FROM i.initprivs)) o
      WHERE (o.objid >= 16384 OR o.classid = 'pg_namespace'::regclass) AND NOT EXISTS (SELECT FROM pg_depend ext
        WHERE ext.classid = o.classid AND ext.objid = o.objid AND ext.objsubid = 0 AND ext.deptype = 'e')`,
  },
  {
    one: 'object owned by another role than the database',
    many: 'objects owned by another role than the database',
    rows: `FROM (
      SELECT 'pg_class'::regclass AS classid, oid AS objid, relowner AS owner FROM pg_class WHERE relkind NOT IN ('i', 'I', 't')
        AND relpersistence <> 't'
      UNION ALL SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc
      UNION ALL SELECT 'pg_type'::regclass, oid, typowner FROM pg_type WHERE typtype IN ('e', 'd', 'r')
      UNION ALL SELECT 'pg_namespace'::regclass, oid, nspowner FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%') o
      WHERE o.objid >= 16384 AND o.owner <> (SELECT datdba FROM pg_database WHERE datname = current_database())
        AND o.owner IS DISTINCT FROM to_regrole('pg_database_owner')
        AND NOT EXISTS (SELECT FROM pg_depend ext
          WHERE ext.classid = o.classid AND ext.objid = o.objid AND ext.objsubid = 0 AND ext.deptype = 'e')`,
  },
  { one: 'default privilege', many: 'default privileges', rows: 'FROM pg_default_acl o' },
];

/** One query that yields `n` for each entry, in their order. */
export const unmodelledQuery = unmodelled
  .map(({ rows }, position) => `SELECT ${position} AS position, count(*)::int AS n ${rows}`)
  .join('\nUNION ALL ');

/** "2 operators", "1 cast". */
export function unmodelledPhrases(rows: readonly { position: number; n: number }[]): string[] {
  return [...rows]
    .sort((a, b) => a.position - b.position)
    .flatMap(({ position, n }) => {
      const kind = unmodelled[position];
      return kind === undefined || n === 0 ? [] : [`${n} ${n === 1 ? kind.one : kind.many}`];
    });
}
