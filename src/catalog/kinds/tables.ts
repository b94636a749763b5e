import { containerToken } from '../template.ts';
import { defineKind, type HolderRow, optionsClause, topLevel } from './kind.ts';
import { relationsCte } from './queries.ts';

interface Row extends HolderRow {
  readonly nspid: number;
  readonly relkind: 'r' | 'p';
  readonly persistence: 'p' | 'u';
  readonly options: string[] | null;
  readonly toast_options: string[] | null;
  readonly method: string | null;
  readonly tablespace: string | null;
  readonly of_type: string | null;
  readonly partition_key: string | null;
  readonly partition_bound: string | null;
  readonly parents: { oid: number; sql: string; name: string; pending: boolean }[] | null;
  readonly row_security: boolean;
  readonly force_row_security: boolean;
  readonly replica_identity: 'd' | 'n' | 'f' | 'i';
  readonly replica_index: string | null;
  readonly cluster_index: string | null;
  readonly stored: string;
}

export const tables = defineKind<Row>({
  types: ['table'],
  query: ({ major }) => `
    WITH ${relationsCte(null, 'r', 'p')},
    parent AS (
      SELECT i.inhrelid, json_agg(json_build_object('oid', i.inhparent::int8, 'pending', ${pending(major)},
               'sql', format('%I.%I', n.nspname, c.relname), 'name', n.nspname || '.' || c.relname) ORDER BY i.inhseqno) AS parents,
             string_agg(i.inhparent || ' ' || ${pending(major)}, ',' ORDER BY i.inhseqno) AS stored
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhparent JOIN pg_namespace n ON n.oid = c.relnamespace
      GROUP BY i.inhrelid),
    marked AS (
      SELECT i.indrelid,
             max(quote_ident(c.relname)) FILTER (WHERE i.indisreplident) AS replica_index,
             max(quote_ident(c.relname)) FILTER (WHERE i.indisclustered) AS cluster_index,
             string_agg(c.oid || ' ' || i.indisreplident || ' ' || i.indisclustered, ',' ORDER BY c.oid) AS stored
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indisreplident OR i.indisclustered
      GROUP BY i.indrelid)
    SELECT rel.*, c.relpersistence AS persistence, c.reloptions::text[] AS options, toast.reloptions::text[] AS toast_options,
           nullif(am.amname, 'heap')::text AS method, quote_ident(ts.spcname) AS tablespace,
           CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS of_type,
           CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
           CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS partition_bound,
           parent.parents, c.relrowsecurity AS row_security, c.relforcerowsecurity AS force_row_security,
           c.relreplident AS replica_identity, marked.replica_index, marked.cluster_index,
           concat_ws('|', c.relkind, c.relpersistence, c.reloptions::text, coalesce(toast.reloptions::text, '-'), c.relam,
             c.reltablespace, c.reloftype, c.relpartbound::text, coalesce(parent.stored, '-'), c.relrowsecurity,
             c.relforcerowsecurity, c.relreplident, coalesce(marked.stored, '-'),
             (to_jsonb(pt) - 'partdefid')::text) AS stored
    FROM rel JOIN pg_class c ON c.oid = rel.relid
    LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
    LEFT JOIN pg_am am ON am.oid = c.relam
    LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
    LEFT JOIN pg_partitioned_table pt ON pt.partrelid = c.oid
    LEFT JOIN parent ON parent.inhrelid = c.oid
    LEFT JOIN marked ON marked.indrelid = c.oid`,
  object: (row) =>
    topLevel({
      type: 'table',
      identity: `pg_class:${row.relid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.relname,
      sqlName: row.relsql,
      template: `CREATE ${row.persistence === 'u' ? 'UNLOGGED ' : ''}TABLE ${containerToken} ${
        row.of_type === null ? '' : `OF ${row.of_type} `
      }(`,
      tail: tailOf(row),
      stored: row.stored,
      facts: {
        partitioned: row.relkind === 'p',
        partitionKey: row.partition_key,
        partitionBound: row.partition_bound,
        partitionOf: row.partition_bound === null ? null : (row.parents?.[0]?.name ?? null),
        inherits:
          row.partition_bound === null ? (row.parents ?? []).map((parent) => parent.name).join(', ') : '',
        unlogged: row.persistence === 'u',
        rowSecurity: row.row_security,
        forceRowSecurity: row.force_row_security,
        replicaIdentity: replicaIdentities[row.replica_identity],
        replicaIdentityIndex: row.replica_index,
        options: (row.options ?? []).join(', '),
      },
    }),
});

/** DETACH … CONCURRENTLY is of 14. */
const pending = (major: number): string => (major >= 14 ? 'i.inhdetachpending' : 'false');

const replicaIdentities = { d: 'default', n: 'nothing', f: 'full', i: 'index' } as const;

/** One statement for each property, so that a changed one is one changed line. */
function tailOf(row: Row): string {
  const close = [
    ')',
    row.partition_key === null ? '' : ` PARTITION BY ${row.partition_key}`,
    row.method === null ? '' : ` USING ${row.method}`,
    optionsClause([...(row.options ?? []), ...(row.toast_options ?? []).map((option) => `toast.${option}`)]),
    row.tablespace === null ? '' : ` TABLESPACE ${row.tablespace}`,
  ].join('');
  const alter = `ALTER TABLE ONLY ${containerToken}`;
  const parents = (row.parents ?? []).flatMap((parent) =>
    row.partition_bound === null
      ? [`${alter} INHERIT ${parent.sql};`]
      : [
          `ALTER TABLE ONLY ${parent.sql} ATTACH PARTITION ${containerToken} ${row.partition_bound};`,
          ...(parent.pending
            ? [
                `ALTER TABLE ONLY ${parent.sql} DETACH PARTITION ${containerToken} CONCURRENTLY; -- not finished`,
              ]
            : []),
        ],
  );
  const identities = {
    d: [],
    n: [`${alter} REPLICA IDENTITY NOTHING;`],
    f: [`${alter} REPLICA IDENTITY FULL;`],
    // The index may have been dropped since; the table then behaves like NOTHING.
    i: [
      row.replica_index === null
        ? `${alter} REPLICA IDENTITY NOTHING; -- its index was dropped`
        : `${alter} REPLICA IDENTITY USING INDEX ${row.replica_index};`,
    ],
  };
  return [
    `${close};`,
    ...parents,
    ...(row.row_security ? [`${alter} ENABLE ROW LEVEL SECURITY;`] : []),
    ...(row.force_row_security ? [`${alter} FORCE ROW LEVEL SECURITY;`] : []),
    ...identities[row.replica_identity],
    ...(row.cluster_index === null ? [] : [`${alter} CLUSTER ON ${row.cluster_index};`]),
  ].join('\n');
}
