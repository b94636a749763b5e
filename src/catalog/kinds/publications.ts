import { literal } from '../../sql/names.ts';
import { containerToken } from '../template.ts';
import { shownConnection } from './hidden.ts';
import { defineKind, topLevel } from './kind.ts';
import { seesSubscriptions } from './queries.ts';

interface PublicationRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly all_tables: boolean;
  readonly actions: string;
  readonly via_root: boolean;
  readonly generated: string | null;
  readonly tables: readonly { sql: string; columns: string | null; filter: string | null }[] | null;
  readonly schemas: readonly string[] | null;
  readonly stored: string;
}

export const publications = defineKind<PublicationRow>({
  types: ['publication'],
  // Row filters, columns and schemas are of 15.
  query: ({ major }) => `
    SELECT p.oid, p.pubname::text AS name, quote_ident(p.pubname) AS sql, p.puballtables AS all_tables, p.pubviaroot AS via_root,
           concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
             CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END) AS actions,
           to_jsonb(p)->>'pubgencols' AS generated, member.tables, ${major >= 15 ? 'held.schemas' : 'NULL::json AS schemas'},
           concat_ws('|', (to_jsonb(p) - '{oid,pubname,pubowner}'::text[])::text, coalesce(member.stored, '-')
             ${major >= 15 ? ", coalesce(held.stored, '-')" : ''}) AS stored
    FROM pg_publication p
    LEFT JOIN (
      SELECT m.prpubid, json_agg(json_build_object('sql', format('%I.%I', n.nspname, c.relname),
               'columns', ${
                 major >= 15
                   ? `(SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname) FROM pg_attribute a
                 WHERE a.attrelid = m.prrelid AND a.attnum = ANY (m.prattrs))`
                   : 'NULL'
               }, 'filter', ${major >= 15 ? 'pg_get_expr(m.prqual, m.prrelid)' : 'NULL'})
               ORDER BY n.nspname, c.relname) AS tables,
             string_agg((to_jsonb(m) - 'oid')::text, ',' ORDER BY m.prrelid) AS stored
      FROM pg_publication_rel m JOIN pg_class c ON c.oid = m.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      GROUP BY m.prpubid) member ON member.prpubid = p.oid
    ${
      major >= 15
        ? `LEFT JOIN (
      SELECT m.pnpubid, json_agg(quote_ident(n.nspname) ORDER BY n.nspname) AS schemas,
             string_agg(m.pnnspid::text, ',' ORDER BY m.pnnspid) AS stored
      FROM pg_publication_namespace m JOIN pg_namespace n ON n.oid = m.pnnspid GROUP BY m.pnpubid) held ON held.pnpubid = p.oid`
        : ''
    }
    WHERE NOT EXISTS (SELECT FROM pg_depend ext WHERE ext.classid = 'pg_publication'::regclass AND ext.objid = p.oid
      AND ext.deptype = 'e')`,
  object: (row) => {
    const options = [
      row.actions === 'insert, update, delete, truncate' ? '' : `publish = '${row.actions}'`,
      row.via_root ? 'publish_via_partition_root = true' : '',
      row.generated === null || row.generated === 'n' || row.generated === 'false'
        ? ''
        : 'publish_generated_columns = stored',
    ].filter((option) => option !== '');
    return topLevel({
      type: 'publication',
      identity: `pg_publication:${row.oid}`,
      scope: null,
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE PUBLICATION ${containerToken}${row.all_tables ? ' FOR ALL TABLES' : ''}`,
        options.length === 0 ? '' : ` WITH (${options.join(', ')})`,
        ';',
      ].join(''),
      tail: [
        ...(row.tables ?? []).map(({ sql, columns, filter }) =>
          [
            `ALTER PUBLICATION ${containerToken} ADD TABLE ONLY ${sql}`,
            columns === null ? '' : ` (${columns})`,
            filter === null ? '' : ` WHERE (${filter})`,
            ';',
          ].join(''),
        ),
        ...(row.schemas ?? []).map(
          (schema) => `ALTER PUBLICATION ${containerToken} ADD TABLES IN SCHEMA ${schema};`,
        ),
      ].join('\n'),
      stored: row.stored,
      facts: { allTables: row.all_tables },
    });
  },
});

const noSubscriptions = `(SELECT 0::oid AS oid, ''::name AS subname, '{}'::text[] AS subpublications, false AS subenabled,
      ''::name AS subslotname, '' AS subsynccommit, 0::oid AS subdbid WHERE false)`;

interface SubscriptionRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly connection: string | null;
  readonly publications: string[];
  readonly options: Readonly<Record<string, unknown>>;
}

export const subscriptions = defineKind<SubscriptionRow>({
  types: ['subscription'],
  // Only a superuser may read the connection string. The slot's position and what is skipped once are data.
  query: (server) => `
    SELECT s.oid, s.subname::text AS name, quote_ident(s.subname) AS sql, s.subpublications AS publications,
           ${server.superuser ? 's.subconninfo' : 'NULL'} AS connection,
           json_build_object('enabled', s.subenabled, 'slot_name', s.subslotname, 'synchronous_commit', s.subsynccommit,
             'binary', ${server.major >= 14 ? 's.subbinary' : 'false'}) AS options
    FROM ${seesSubscriptions(server) ? 'pg_subscription' : noSubscriptions} s WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  object: (row) =>
    topLevel({
      type: 'subscription',
      identity: `pg_subscription:${row.oid}`,
      scope: null,
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE SUBSCRIPTION ${containerToken}`,
        `  CONNECTION ${row.connection === null ? '<not readable>' : literal(shownConnection(row.connection))}`,
        `  PUBLICATION ${[...row.publications].sort().join(', ')} WITH (`,
        ...Object.entries(row.options).map(([name, value]) => `    ${name} = ${value ?? 'NONE'},`),
        '  );',
      ].join('\n'),
    }),
});
