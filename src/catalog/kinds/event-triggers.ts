import { literal } from '../../sql/names.ts';
import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly event: string;
  readonly function: string;
  readonly tags: string[] | null;
  readonly enabled: 'O' | 'D' | 'R' | 'A';
  readonly stored: string;
}

export const eventTriggers = defineKind<Row>({
  types: ['event-trigger'],
  query: () => `
    SELECT t.oid, t.evtname::text AS name, quote_ident(t.evtname) AS sql, t.evtevent::text AS event,
           format('%I.%I', n.nspname, p.proname) AS function, t.evttags AS tags, t.evtenabled AS enabled,
           (to_jsonb(t) - '{oid,evtname,evtowner}'::text[])::text AS stored
    FROM pg_event_trigger t JOIN pg_proc p ON p.oid = t.evtfoid JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE ${noExtensionMember('pg_event_trigger', 't.oid')}`,
  object: (row) =>
    topLevel({
      type: 'event-trigger',
      identity: `pg_event_trigger:${row.oid}`,
      scope: null,
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE EVENT TRIGGER ${containerToken} ON ${row.event}`,
        ...(row.tags === null ? [] : [`  WHEN TAG IN (${[...row.tags].sort().map(literal).join(', ')})`]),
        `  EXECUTE FUNCTION ${row.function}();`,
      ].join('\n'),
      tail: row.enabled === 'O' ? '' : `ALTER EVENT TRIGGER ${containerToken} ${states[row.enabled]};`,
      stored: row.stored,
      facts: { enabled: row.enabled, function: row.function },
    }),
});

const states = { D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' } as const;
