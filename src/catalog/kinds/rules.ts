import { containerToken, maskPrefix, ownToken } from '../template.ts';
import { defineKind, type HolderRow, partOf } from './kind.ts';
import { relationsCte } from './queries.ts';

interface Row extends HolderRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly definition: string;
  readonly event: string;
  readonly enabled: 'O' | 'D' | 'R' | 'A';
  readonly stored: string;
}

export const rules = defineKind<Row>({
  types: ['rule'],
  query: () => `
    WITH ${relationsCte(null, 'r', 'p', 'v', 'f')}
    SELECT rel.relid, rel.relname, rel.nspname, rel.relsql, w.oid, w.rulename::text AS name, quote_ident(w.rulename) AS sql,
           pg_get_ruledef(w.oid) AS definition, w.ev_enabled AS enabled,
           CASE w.ev_type WHEN '1' THEN 'SELECT' WHEN '2' THEN 'UPDATE' WHEN '3' THEN 'INSERT' ELSE 'DELETE' END AS event,
           concat_ws('|', w.ev_type, w.ev_enabled, w.is_instead, md5(w.ev_qual::text), md5(w.ev_action::text)) AS stored
    FROM rel JOIN pg_rewrite w ON w.ev_class = rel.relid AND w.rulename <> '_RETURN'`,
  object: (row) =>
    partOf(row, {
      type: 'rule',
      identity: `pg_rewrite:${row.oid}`,
      local: row.name,
      sqlName: row.sql,
      place: 'after',
      template: maskPrefix(
        row.definition,
        `CREATE RULE ${row.sql} AS\n    ON ${row.event} TO ${row.relsql} `,
        `CREATE RULE ${ownToken} AS\n    ON ${row.event} TO ${containerToken} `,
      ),
      tail:
        row.enabled === 'O' ? '' : `ALTER TABLE ${containerToken} ${states[row.enabled]} RULE ${ownToken};`,
      stored: row.stored,
      facts: { event: row.event, enabled: row.enabled },
    }),
});

const states = { D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' } as const;
