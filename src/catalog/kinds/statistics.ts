import { containerToken, maskPrefix, ownToken } from '../template.ts';
import { defineKind, type HolderRow, partOf } from './kind.ts';
import { relationsCte } from './queries.ts';

interface Row extends HolderRow {
  readonly nspid: number;
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly qualified: string;
  readonly statistics_schema: string;
  readonly statistics_nspid: number;
  readonly definition: string;
  readonly target: number | null;
  readonly stored: string;
}

export const statistics = defineKind<Row>({
  types: ['statistics'],
  query: () => `
    WITH ${relationsCte(null, 'r', 'p', 'm', 'f')}
    SELECT rel.*, s.oid, s.stxname::text AS name, quote_ident(s.stxname) AS sql, n.nspname::text AS statistics_schema,
           n.oid AS statistics_nspid, format('%I.%I', n.nspname, s.stxname) AS qualified,
           pg_get_statisticsobjdef(s.oid) AS definition, nullif(s.stxstattarget, -1)::int AS target,
           (to_jsonb(s) - '{oid,stxname,stxnamespace,stxowner}'::text[])::text AS stored
    FROM rel JOIN pg_statistic_ext s ON s.stxrelid = rel.relid JOIN pg_namespace n ON n.oid = s.stxnamespace`,
  object: (row) =>
    partOf(row, {
      type: 'statistics',
      identity: `pg_statistic_ext:${row.oid}`,
      scope: { identity: `pg_namespace:${row.statistics_nspid}`, name: row.statistics_schema },
      local: row.name,
      sqlName: row.sql,
      place: 'after',
      template: `${withoutTable(maskPrefix(row.definition, `CREATE STATISTICS ${row.qualified} `, `CREATE STATISTICS ${ownToken} `), row.relsql)};`,
      tail: row.target === null ? '' : `ALTER STATISTICS ${ownToken} SET STATISTICS ${row.target};`,
      stored: row.stored,
    }),
});

/** With the token for the table, which stands last. */
function withoutTable(definition: string, table: string): string {
  const end = ` FROM ${table}`;
  return definition.endsWith(end) ? `${definition.slice(0, -table.length)}${containerToken}` : definition;
}
