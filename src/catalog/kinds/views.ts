import { containerToken } from '../template.ts';
import { defineKind, type HolderRow, optionsClause, topLevel } from './kind.ts';
import { columnOptions, relationsCte } from './queries.ts';
import { asNewMajorsPrint } from './view-query.ts';

interface Row extends HolderRow {
  readonly nspid: number;
  readonly relkind: 'v' | 'm';
  /** As this major prints it. */
  readonly printed: string;
  readonly options: string[] | null;
  readonly method: string | null;
  readonly tablespace: string | null;
  readonly populated: boolean;
  readonly cluster_index: string | null;
  readonly columns:
    | readonly {
        readonly attnum: number;
        readonly name: string;
        readonly sql: string;
        readonly type: string;
        readonly default: string | null;
        readonly storage: string | null;
        readonly statistics: number | null;
        readonly options: string[] | null;
      }[]
    | null;
  readonly stored: string;
}

export const views = defineKind<Row>({
  types: ['view', 'materialized-view'],
  query: () => `
    WITH ${relationsCte(null, 'v', 'm')}
    SELECT rel.*, pg_get_viewdef(c.oid) AS printed, c.reloptions::text[] AS options,
           nullif(am.amname, 'heap')::text AS method, quote_ident(ts.spcname) AS tablespace,
           c.relispopulated AS populated, output.columns,
           (SELECT quote_ident(ic.relname) FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid
            WHERE i.indrelid = c.oid AND i.indisclustered) AS cluster_index,
           concat_ws('|', c.relkind, md5(rw.ev_action::text), coalesce(c.reloptions::text, '-'), c.relam, c.reltablespace,
             (SELECT i.indexrelid FROM pg_index i WHERE i.indrelid = c.oid AND i.indisclustered), output.stored) AS stored
    FROM rel JOIN pg_class c ON c.oid = rel.relid
    JOIN pg_rewrite rw ON rw.ev_class = c.oid AND rw.rulename = '_RETURN'
    LEFT JOIN pg_am am ON am.oid = c.relam LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
    LEFT JOIN (
      SELECT a.attrelid,
             json_agg(json_build_object('attnum', a.attnum, 'name', a.attname, 'sql', quote_ident(a.attname),
               'type', format_type(a.atttypid, a.atttypmod), 'default', pg_get_expr(d.adbin, d.adrelid),
               'storage', CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                 WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END END,
               'statistics', nullif(a.attstattarget, -1), 'options', ${columnOptions}) ORDER BY a.attnum) AS columns,
             string_agg(concat_ws(' ', a.attname, a.atttypid, a.atttypmod, md5(d.adbin::text), a.attstorage, a.attstattarget,
               ${columnOptions}::text), '|' ORDER BY a.attnum) AS stored
      FROM rel JOIN pg_attribute a ON a.attrelid = rel.relid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      GROUP BY a.attrelid) output ON output.attrelid = c.oid`,
  object: (row, _targets, { major }) => {
    const definition = asNewMajorsPrint(row.printed, major);
    const materialized = row.relkind === 'm';
    const columns = row.columns ?? [];
    return topLevel({
      type: materialized ? 'materialized-view' : 'view',
      identity: `pg_class:${row.relid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.relname,
      sqlName: row.relsql,
      template: [
        `CREATE ${materialized ? 'MATERIALIZED ' : ''}VIEW ${containerToken}`,
        row.method === null ? '' : ` USING ${row.method}`,
        optionsClause(row.options),
        row.tablespace === null ? '' : ` TABLESPACE ${row.tablespace}`,
        ' AS\n',
        definition,
      ].join(''),
      tail: [
        ...columns
          .filter((column) => column.default !== null)
          .map(
            (column) =>
              `ALTER VIEW ${containerToken} ALTER COLUMN ${column.sql} SET DEFAULT ${column.default};`,
          ),
        ...(materialized ? columns.flatMap((column) => columnStatements(column)) : []),
        ...(row.cluster_index === null
          ? []
          : [`ALTER MATERIALIZED VIEW ${containerToken} CLUSTER ON ${row.cluster_index};`]),
        // The select list does not tell the types that readers get. One a line, so that a diff shows which is new.
        '-- columns:',
        ...columns.map((column) => `--   ${column.sql} ${column.type}`),
      ].join('\n'),
      stored: row.stored,
      facts: {
        query: definition,
        options: (row.options ?? []).join(', '),
        securityInvoker: row.options?.includes('security_invoker=true') ?? false,
        populated: row.populated,
      },
      members: columns.map((column) => ({
        identity: `pg_attribute:${row.relid}.${column.attnum}`,
        name: column.name,
        definition: column.type,
      })),
    });
  },
});

function columnStatements(column: NonNullable<Row['columns']>[number]): string[] {
  const alter = `ALTER MATERIALIZED VIEW ${containerToken} ALTER COLUMN ${column.sql} SET`;
  return [
    ...(column.storage === null ? [] : [`${alter} STORAGE ${column.storage};`]),
    ...(column.statistics === null ? [] : [`${alter} STATISTICS ${column.statistics};`]),
    ...(column.options === null ? [] : [`${alter} (${[...column.options].sort().join(', ')});`]),
  ];
}
