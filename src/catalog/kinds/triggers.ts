import { containerToken, maskPrefix, ownToken } from '../template.ts';
import { defineKind, type HolderRow, partOf } from './kind.ts';
import { relationsCte } from './queries.ts';

interface Row extends HolderRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly definition: string;
  readonly bits: number;
  readonly constraint: boolean;
  readonly function: string;
  readonly columns: string | null;
  readonly enabled: 'O' | 'D' | 'R' | 'A';
  readonly inherited_from: string | null;
  readonly stored: string;
}

export const triggers = defineKind<Row>({
  types: ['trigger'],
  query: () => `
    WITH ${relationsCte(null, 'r', 'p', 'v', 'f')}
    SELECT rel.relid, rel.relname, rel.nspname, rel.relsql, t.oid, t.tgname::text AS name, quote_ident(t.tgname) AS sql,
           pg_get_triggerdef(t.oid) AS definition, t.tgtype::int AS bits, t.tgconstraint <> 0 AS constraint,
           (SELECT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE p.oid = t.tgfoid) AS function,
           (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.position)
            FROM unnest(t.tgattr::int2[]) WITH ORDINALITY k (attnum, position)
            JOIN pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = k.attnum) AS columns,
           t.tgenabled AS enabled, CASE WHEN t.tgparentid <> 0 THEN 'pg_trigger:' || t.tgparentid END AS inherited_from,
           (to_jsonb(t) - '{oid,tgname,tgparentid,tgconstraint}'::text[])::text AS stored
    FROM rel JOIN pg_trigger t ON t.tgrelid = rel.relid AND NOT t.tgisinternal`,
  object: (row) => {
    const create = `CREATE ${row.constraint ? 'CONSTRAINT ' : ''}TRIGGER`;
    const when = events(row);
    return partOf(row, {
      type: 'trigger',
      identity: `pg_trigger:${row.oid}`,
      local: row.name,
      sqlName: row.sql,
      place: 'after',
      template: `${maskPrefix(
        row.definition,
        `${create} ${row.sql} ${when} ON ${row.relsql} `,
        `${create} ${ownToken} ${when} ON ${containerToken} `,
      )};`,
      tail:
        row.enabled === 'O'
          ? ''
          : `ALTER TABLE ${containerToken} ${states[row.enabled]} TRIGGER ${ownToken};`,
      stored: row.stored,
      inheritedFrom: row.inherited_from,
      facts: { enabled: row.enabled, function: row.function },
    });
  },
});

const states = { D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' } as const;

/** The words between name and table as pg_get_triggerdef writes them, from the bits of pg_trigger.tgtype. */
function events({ bits, columns }: Row): string {
  const list = [
    ...(bits & 4 ? ['INSERT'] : []),
    ...(bits & 8 ? ['DELETE'] : []),
    ...(bits & 16 ? [columns === null ? 'UPDATE' : `UPDATE OF ${columns}`] : []),
    ...(bits & 32 ? ['TRUNCATE'] : []),
  ];
  return `${bits & 2 ? 'BEFORE' : bits & 64 ? 'INSTEAD OF' : 'AFTER'} ${list.join(' OR ')}`;
}
