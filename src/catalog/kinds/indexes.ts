import { containerToken, maskPrefix, ownToken } from '../template.ts';
import { defineKind, type HolderRow, partOf } from './kind.ts';
import { relationsCte, storedIndex } from './queries.ts';

interface Row extends HolderRow {
  readonly nspid: number;
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly definition: string;
  readonly unique: boolean;
  readonly valid: boolean;
  readonly clustered: boolean;
  readonly replica_identity: boolean;
  readonly method: string;
  readonly predicate: string | null;
  readonly columns: number[];
  readonly tablespace: string | null;
  readonly statistics: string | null;
  readonly inherited_from: string | null;
  readonly stored: string;
}

export const indexes = defineKind<Row>({
  types: ['index'],
  // Indexes of constraints are part of the constraint; CLUSTER ON and REPLICA IDENTITY are part of the table.
  query: ({ major, only }) => `
    WITH ${relationsCte(only, 'r', 'p', 'm')},
    statistics AS (
      SELECT attrelid, string_agg(attnum || ' ' || attstattarget, ',' ORDER BY attnum) AS targets
      FROM pg_attribute WHERE attnum > 0 AND attstattarget >= 0 GROUP BY attrelid)
    SELECT rel.*, c.oid, c.relname::text AS name, quote_ident(c.relname) AS sql, pg_get_indexdef(c.oid) AS definition,
           i.indisunique AS unique, i.indisvalid AS valid, i.indisclustered AS clustered,
           i.indisreplident AS replica_identity, am.amname::text AS method, pg_get_expr(i.indpred, i.indrelid) AS predicate,
           string_to_array(i.indkey::text, ' ')::int[] AS columns, quote_ident(ts.spcname) AS tablespace,
           st.targets AS statistics, 'pg_class:' || inh.inhparent AS inherited_from,
           concat_ws('|', ${storedIndex('i', major)},
             c.relam, c.reltablespace, coalesce(c.reloptions::text, '-'), coalesce(st.targets, '-')) AS stored
    FROM rel JOIN pg_index i ON i.indrelid = rel.relid
    JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
    LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
    LEFT JOIN pg_inherits inh ON inh.inhrelid = c.oid
    LEFT JOIN statistics st ON st.attrelid = c.oid
    WHERE i.indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))`,
  object: (row) => {
    const create = `CREATE ${row.unique ? 'UNIQUE ' : ''}INDEX`;
    // Only indexes of partitioned tables are shown with ONLY; which it is follows from `valid` and the partitions.
    const masked = ['ON ONLY', 'ON'].reduce(
      (definition, on) =>
        maskPrefix(
          definition,
          `${create} ${row.sql} ${on} ${row.relsql} `,
          `${create} ${ownToken} ON ${containerToken} `,
        ),
      row.definition,
    );
    return partOf(row, {
      type: 'index',
      identity: `pg_class:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.name,
      sqlName: row.sql,
      place: 'after',
      template: `${masked}${row.tablespace === null ? '' : ` TABLESPACE ${row.tablespace}`};${row.valid ? '' : ' -- INVALID'}`,
      tail: row.statistics === null ? '' : `-- statistics targets of ${ownToken}: ${row.statistics}`,
      stored: row.stored,
      inheritedFrom: row.inherited_from,
      // 0 stands for an expression: then nobody knows cheaply which columns it is about.
      columns: row.columns.includes(0)
        ? []
        : row.columns.map((attnum) => `pg_attribute:${row.relid}.${attnum}`),
      facts: {
        unique: row.unique,
        valid: row.valid,
        clustered: row.clustered,
        replicaIdentity: row.replica_identity,
        method: row.method,
        predicate: row.predicate,
      },
    });
  },
});
