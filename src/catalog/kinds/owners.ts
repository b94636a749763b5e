import { aspectOf, subjectOf } from './aspect.ts';
import { defineKind } from './kind.ts';
import { seesSubscriptions } from './queries.ts';

interface Row {
  readonly target: string;
  readonly owner: string;
  readonly owner_oid: number;
  /** The database's owner, for whom nothing needs to be said. */
  readonly usual: boolean;
}

export const owners = defineKind<Row>({
  types: ['owner'],
  // A sequence of a column has its table's owner, an index too.
  query: (server) => `
    SELECT o.target, o.owner::int8::int AS owner_oid, quote_ident(pg_get_userbyid(o.owner)) AS owner,
           o.owner = d.datdba OR pg_get_userbyid(o.owner) = 'pg_database_owner' AS usual
    FROM pg_database d, (${owned
      .filter(([catalog]) => catalog !== 'pg_subscription' || seesSubscriptions(server))
      .map(selectOf)
      .join('\nUNION ALL ')}) o (target, owner)
    WHERE d.datname = current_database()`,
  object: (row, targets) => {
    const target = targets(row.target);
    if (target === undefined || target.member !== null) return null;
    const follows = target.object.type === 'sequence' && target.object.parent !== null;
    const subject = subjectOf(target);
    const statement = `ALTER ${subject} OWNER TO ${row.owner};`;
    return aspectOf(target, {
      type: 'owner',
      template: row.usual || follows ? '' : statement,
      definition: statement,
      stored: String(row.owner_oid),
      facts: { owner: row.owner, subject },
    });
  },
});

const owned: readonly (readonly [catalog: string, column: string, where?: string])[] = [
  ['pg_class', 'relowner', "o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND o.relpersistence <> 't'"],
  ['pg_type', 'typowner', "o.typtype IN ('b', 'c', 'd', 'e', 'p', 'r') AND o.typcategory <> 'A'"],
  ['pg_proc', 'proowner'],
  ['pg_collation', 'collowner'],
  ['pg_conversion', 'conowner'],
  ['pg_operator', 'oprowner'],
  ['pg_opclass', 'opcowner'],
  ['pg_opfamily', 'opfowner'],
  ['pg_language', 'lanowner'],
  ['pg_statistic_ext', 'stxowner'],
  ['pg_ts_config', 'cfgowner'],
  ['pg_ts_dict', 'dictowner'],
  ['pg_foreign_data_wrapper', 'fdwowner'],
  ['pg_foreign_server', 'srvowner'],
  ['pg_event_trigger', 'evtowner'],
  ['pg_publication', 'pubowner'],
  ['pg_subscription', 'subowner'],
  // initdb made the schema public.
  ['pg_namespace', 'nspowner', "o.nspname NOT LIKE 'pg\\_%' AND o.nspname <> 'information_schema'"],
];

function selectOf([catalog, column, where = 'true']: (typeof owned)[number]): string {
  const made = catalog === 'pg_namespace' ? 'true' : 'o.oid >= 16384';
  return `SELECT '${catalog}:' || o.oid, o.${column} FROM ${catalog} o WHERE ${made} AND ${where}`;
}
