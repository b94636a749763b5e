import { containerToken } from '../template.ts';
import { optionsClause } from './foreign-data.ts';
import { defineKind, type HolderRow, topLevel } from './kind.ts';
import { relationsCte } from './queries.ts';

interface Row extends HolderRow {
  readonly nspid: number;
  readonly server: string;
  readonly options: string[] | null;
  readonly partition_bound: string | null;
  readonly parents: readonly string[] | null;
  readonly stored: string;
}

export const foreignTables = defineKind<Row>({
  types: ['foreign-table'],
  query: () => `
    WITH ${relationsCte(null, 'f')}
    SELECT rel.*, quote_ident(s.srvname) AS server, f.ftoptions AS options,
           CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS partition_bound, parent.parents,
           concat_ws('|', f.ftserver, f.ftoptions::text, c.relpartbound::text, coalesce(parent.stored, '-')) AS stored
    FROM rel JOIN pg_class c ON c.oid = rel.relid JOIN pg_foreign_table f ON f.ftrelid = rel.relid
    JOIN pg_foreign_server s ON s.oid = f.ftserver
    LEFT JOIN (
      SELECT i.inhrelid, json_agg(format('%I.%I', n.nspname, p.relname) ORDER BY i.inhseqno) AS parents,
             string_agg(i.inhparent::text, ',' ORDER BY i.inhseqno) AS stored
      FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace n ON n.oid = p.relnamespace
      GROUP BY i.inhrelid) parent ON parent.inhrelid = rel.relid`,
  object: (row) =>
    topLevel({
      type: 'foreign-table',
      identity: `pg_class:${row.relid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.relname,
      sqlName: row.relsql,
      template: `CREATE FOREIGN TABLE ${containerToken} (`,
      tail: [
        `) SERVER ${row.server}${optionsClause(row.options)};`,
        ...(row.parents ?? []).map((parent) =>
          row.partition_bound === null
            ? `ALTER FOREIGN TABLE ${containerToken} INHERIT ${parent};`
            : `ALTER TABLE ONLY ${parent} ATTACH PARTITION ${containerToken} ${row.partition_bound};`,
        ),
      ].join('\n'),
      stored: row.stored,
    }),
});
