import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember } from './queries.ts';

interface LanguageRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly trusted: boolean;
  readonly handler: string | null;
  readonly inline: string | null;
  readonly validator: string | null;
  readonly stored: string;
}

export const languages = defineKind<LanguageRow>({
  types: ['language'],
  query: () => `
    SELECT l.oid, l.lanname::text AS name, quote_ident(l.lanname) AS sql, l.lanpltrusted AS trusted,
           nullif(l.lanplcallfoid, 0)::regproc::text AS handler, nullif(l.laninline, 0)::regproc::text AS inline,
           nullif(l.lanvalidator, 0)::regproc::text AS validator,
           (to_jsonb(l) - '{oid,lanname,lanowner,lanacl}'::text[])::text AS stored
    FROM pg_language l WHERE l.oid >= 16384 AND ${noExtensionMember('pg_language', 'l.oid')}`,
  object: (row) =>
    topLevel({
      type: 'language',
      identity: `pg_language:${row.oid}`,
      scope: null,
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE ${row.trusted ? 'TRUSTED ' : ''}LANGUAGE ${containerToken}`,
        row.handler === null ? '' : ` HANDLER ${row.handler}`,
        row.inline === null ? '' : ` INLINE ${row.inline}`,
        row.validator === null ? '' : ` VALIDATOR ${row.validator}`,
        ';',
      ].join(''),
      stored: row.stored,
    }),
});

interface MethodRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly kind: string;
  readonly handler: string;
  readonly stored: string;
}

export const accessMethods = defineKind<MethodRow>({
  types: ['access-method'],
  query: () => `
    SELECT a.oid, a.amname::text AS name, quote_ident(a.amname) AS sql, a.amtype AS kind, a.amhandler::text AS handler,
           concat_ws('|', a.amtype, a.amhandler::oid) AS stored
    FROM pg_am a WHERE a.oid >= 16384 AND ${noExtensionMember('pg_am', 'a.oid')}`,
  object: (row) =>
    topLevel({
      type: 'access-method',
      identity: `pg_am:${row.oid}`,
      scope: null,
      local: row.name,
      sqlName: row.sql,
      template: `CREATE ACCESS METHOD ${containerToken} TYPE ${row.kind === 't' ? 'TABLE' : 'INDEX'} HANDLER ${row.handler};`,
      stored: row.stored,
    }),
});
