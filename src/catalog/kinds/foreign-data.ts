import { literal } from '../../sql/names.ts';
import { containerToken } from '../template.ts';
import { optionsList } from './hidden.ts';
import { defineKind, partOfObject, topLevel } from './kind.ts';
import { noExtensionMember } from './queries.ts';

interface WrapperRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly handler: string | null;
  readonly validator: string | null;
  readonly options: string[] | null;
  readonly stored: string;
}

export const optionsClause = (options: readonly string[] | null): string =>
  options === null || options.length === 0 ? '' : ` OPTIONS (${optionsList(options)})`;

export const foreignDataWrappers = defineKind<WrapperRow>({
  types: ['foreign-data-wrapper'],
  query: () => `
    SELECT w.oid, w.fdwname::text AS name, quote_ident(w.fdwname) AS sql, w.fdwoptions AS options,
           nullif(w.fdwhandler, 0)::regproc::text AS handler, nullif(w.fdwvalidator, 0)::regproc::text AS validator,
           (to_jsonb(w) - '{oid,fdwname,fdwowner,fdwacl}'::text[])::text AS stored
    FROM pg_foreign_data_wrapper w WHERE ${noExtensionMember('pg_foreign_data_wrapper', 'w.oid')}`,
  object: (row) =>
    topLevel({
      type: 'foreign-data-wrapper',
      identity: `pg_foreign_data_wrapper:${row.oid}`,
      scope: null,
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE FOREIGN DATA WRAPPER ${containerToken}`,
        row.handler === null ? '' : ` HANDLER ${row.handler}`,
        row.validator === null ? '' : ` VALIDATOR ${row.validator}`,
        `${optionsClause(row.options)};`,
      ].join(''),
      stored: row.stored,
    }),
});

interface ServerRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly wrapper: string;
  readonly kind: string | null;
  readonly version: string | null;
  readonly options: string[] | null;
  readonly stored: string;
}

export const foreignServers = defineKind<ServerRow>({
  types: ['foreign-server'],
  query: () => `
    SELECT s.oid, s.srvname::text AS name, quote_ident(s.srvname) AS sql, quote_ident(w.fdwname) AS wrapper,
           s.srvtype AS kind, s.srvversion AS version, s.srvoptions AS options,
           (to_jsonb(s) - '{oid,srvname,srvowner,srvacl}'::text[])::text AS stored
    FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
    WHERE ${noExtensionMember('pg_foreign_server', 's.oid')}`,
  object: (row) =>
    topLevel({
      type: 'foreign-server',
      identity: `pg_foreign_server:${row.oid}`,
      scope: null,
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE SERVER ${containerToken}`,
        row.kind === null ? '' : ` TYPE ${literal(row.kind)}`,
        row.version === null ? '' : ` VERSION ${literal(row.version)}`,
        ` FOREIGN DATA WRAPPER ${row.wrapper}${optionsClause(row.options)};`,
      ].join(''),
      stored: row.stored,
    }),
});

interface MappingRow {
  readonly oid: number;
  readonly server_oid: number;
  readonly server: string;
  readonly server_sql: string;
  readonly user: string;
  readonly user_sql: string;
  readonly options: string[] | null;
  readonly stored: string;
}

export const userMappings = defineKind<MappingRow>({
  types: ['user-mapping'],
  query: () => `
    SELECT m.umid AS oid, m.srvid AS server_oid, m.srvname::text AS server, quote_ident(m.srvname) AS server_sql,
           CASE m.umuser WHEN 0 THEN 'public' ELSE m.usename::text END AS user,
           CASE m.umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(m.usename) END AS user_sql, m.umoptions AS options,
           concat_ws('|', m.umuser, m.umoptions::text) AS stored
    FROM pg_user_mappings m`,
  object: (row) =>
    partOfObject(
      { identity: `pg_foreign_server:${row.server_oid}`, name: row.server, sql: row.server_sql },
      {
        type: 'user-mapping',
        identity: `pg_user_mapping:${row.oid}`,
        local: row.user,
        // The name of the role is no name of the mapping.
        ownName: '',
        sqlName: row.user_sql,
        template: `CREATE USER MAPPING FOR ${row.user_sql} SERVER ${containerToken}${optionsClause(row.options)};`,
        stored: row.stored,
      },
    ),
});
