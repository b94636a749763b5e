import type { Prelude } from '../../tools/tool.ts';
import { authSchema } from './supabase-auth.ts';
import { functionsSchema, realtimeSchema, vaultSchema } from './supabase-realtime.ts';
import { storageSchema } from './supabase-storage.ts';

/**
 * A Supabase project before its first migration: roles, schemas and tables that the platform's services have made.
 * Nobody logs in as these roles, so none has a password, and none is superuser.
 */
function roles(major: number): string {
  return `
CREATE ROLE anon NOLOGIN;
CREATE ROLE authenticated NOLOGIN;
CREATE ROLE service_role NOLOGIN BYPASSRLS;
CREATE ROLE authenticator LOGIN NOINHERIT;
CREATE ROLE dashboard_user NOLOGIN;
CREATE ROLE pgbouncer NOLOGIN;
CREATE ROLE supabase_admin NOLOGIN BYPASSRLS;
CREATE ROLE supabase_auth_admin NOLOGIN NOINHERIT;
CREATE ROLE supabase_storage_admin NOLOGIN NOINHERIT;
CREATE ROLE supabase_functions_admin NOLOGIN NOINHERIT;
CREATE ROLE supabase_realtime_admin NOLOGIN NOINHERIT;
CREATE ROLE supabase_replication_admin NOLOGIN;
CREATE ROLE supabase_read_only_user NOLOGIN BYPASSRLS;
CREATE ROLE supabase_etl_admin NOLOGIN;
GRANT anon, authenticated, service_role TO authenticator, supabase_storage_admin;
${major >= 14 ? 'GRANT pg_read_all_data TO supabase_read_only_user;' : ''}
-- The platform lets postgres hand its API roles on, and put policies and triggers on its services' tables.
GRANT anon, authenticated, service_role, authenticator TO postgres WITH ADMIN OPTION;
GRANT supabase_auth_admin, supabase_storage_admin, supabase_functions_admin, supabase_realtime_admin TO postgres;
${major < 16 ? createRoleBefore16 : ''}
${major >= 15 ? `GRANT SET ON PARAMETER ${settable.join(', ')} TO postgres;` : ''}
ALTER ROLE postgres CREATEROLE BYPASSRLS;
ALTER ROLE postgres SET search_path TO "$user", public, extensions;
ALTER ROLE supabase_admin SET search_path TO "$user", public, auth, extensions;
ALTER ROLE supabase_auth_admin SET search_path TO auth;
ALTER ROLE supabase_storage_admin SET search_path TO storage;
ALTER ROLE anon SET statement_timeout = '3s';
ALTER ROLE authenticated SET statement_timeout = '8s';
ALTER ROLE authenticator SET statement_timeout = '8s';
ALTER ROLE authenticator SET lock_timeout = '8s';
-- Histories name the database, which is called postgres everywhere: its settings reach nobody here.
ALTER DATABASE postgres OWNER TO postgres;
`;
}

/**
 * Before 16 whoever may create roles may also grant itself those that read the server's files and run programs. Without
 * their rows nobody can be granted them; the server itself knows them by number.
 */
const createRoleBefore16 = `
SET allow_system_table_mods = on;
DELETE FROM pg_catalog.pg_authid
  WHERE rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files');
RESET allow_system_table_mods;
`;

/**
 * Settings that the platform lets postgres give to roles: the API reads its own from the role that it logs in as. Since 15
 * nobody but a superuser may set one that no loaded library knows.
 */
const settable = [
  ...[
    'db_schemas db_anon_role db_pre_request db_extra_search_path db_max_rows db_aggregates_enabled db_plan_enabled',
    'db_tx_end db_root_spec db_timezone_enabled db_channel_enabled jwt_secret jwt_role_claim_key openapi_mode',
    'openapi_security_active openapi_server_proxy_uri server_cors_allowed_origins server_timing_enabled log_level',
    'client_error_verbosity',
  ]
    .flatMap((names) => names.split(' '))
    .map((name) => `"pgrst.${name}"`),
  ...[
    '"safeupdate.enabled"',
    'session_replication_role',
    'log_min_messages',
    'log_lock_waits',
    'track_io_timing',
  ],
];

const schemas = `
CREATE SCHEMA extensions AUTHORIZATION postgres;
GRANT USAGE ON SCHEMA extensions TO anon, authenticated, service_role, dashboard_user;
CREATE SCHEMA graphql_public AUTHORIZATION supabase_admin;
CREATE SCHEMA graphql AUTHORIZATION supabase_admin;
GRANT USAGE ON SCHEMA graphql, graphql_public TO postgres, anon, authenticated, service_role;
CREATE SCHEMA pgsodium AUTHORIZATION supabase_admin;
CREATE SCHEMA pgbouncer AUTHORIZATION pgbouncer;
CREATE SCHEMA _realtime AUTHORIZATION postgres;

GRANT USAGE ON SCHEMA public TO postgres, anon, authenticated, service_role;
${['postgres', 'supabase_admin']
  .flatMap((role) =>
    ['TABLES', 'FUNCTIONS', 'SEQUENCES'].map(
      (kind) =>
        `ALTER DEFAULT PRIVILEGES FOR ROLE ${role} IN SCHEMA public GRANT ALL ON ${kind} TO postgres, anon, authenticated, service_role;`,
    ),
  )
  .join('\n')}
`;

export const supabasePrelude: Prelude = {
  title: 'Supabase',
  says: "Supabase's platform objects were created first: roles anon, authenticated, service_role, authenticator and those of its services, and schemas auth, storage, realtime, vault, extensions, graphql_public and supabase_functions. What migrations do to them is observed.",
  image: 'supabase/postgres',
  present: "to_regclass('auth.users') IS NOT NULL",
  installed: [
    { name: 'uuid-ossp', schema: 'extensions' },
    { name: 'pgcrypto', schema: 'extensions' },
    { name: 'pg_stat_statements', schema: 'extensions' },
    { name: 'pg_graphql', schema: 'graphql' },
    { name: 'supabase_vault', schema: 'vault' },
    { name: 'pgjwt', schema: 'extensions' },
    { name: 'pgsodium', schema: 'pgsodium' },
  ],
  creatable: [
    'autoinc',
    'bloom',
    'dict_xsyn',
    'earthdistance',
    'insert_username',
    'moddatetime',
    'pg_prewarm',
    'pgrowlocks',
    'pgstattuple',
    'refint',
  ],
  extensionSchema: 'extensions',
  sql: ({ major }) =>
    [roles(major), schemas, authSchema, storageSchema, realtimeSchema, functionsSchema, vaultSchema].join(''),
};
