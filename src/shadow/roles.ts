/**
 * Who is who on the shadow.
 *
 * The migration role has the name that most development databases and dumps have for theirs (`OWNER TO
 * postgres`, `GRANT … TO postgres`), so that such statements are about itself; the superuser has one that no
 * history will touch.
 */
export const ADMIN = 'migration_gate_admin';
export const OWNER = 'postgres';
export const DATABASE = 'shadow';

/**
 * Predefined roles that a managed Postgres lets its administrator hand on (`GRANT pg_read_all_data TO
 * reporting` stands in many histories). Given with ADMIN only: the role itself gains nothing by it. None that
 * reads or writes the server's files, runs programs or opens connections.
 */
const grantable: readonly { readonly role: string; readonly since: number }[] = [
  { role: 'pg_monitor', since: 16 },
  { role: 'pg_read_all_data', since: 16 },
  { role: 'pg_write_all_data', since: 16 },
  { role: 'pg_read_all_settings', since: 16 },
  { role: 'pg_read_all_stats', since: 16 },
  { role: 'pg_stat_scan_tables', since: 16 },
  { role: 'pg_signal_backend', since: 16 },
  { role: 'pg_checkpoint', since: 16 },
  { role: 'pg_use_reserved_connections', since: 16 },
  { role: 'pg_maintain', since: 17 },
  { role: 'pg_signal_autovacuum_worker', since: 18 },
];

/** Run once by the superuser in the database `postgres` of a new cluster. The owner has no password yet. */
export function setupStatements(major: number): readonly string[] {
  const granted = grantable.filter(({ since }) => major >= since).map(({ role }) => role);
  return [
    // Before 16 a role with CREATEROLE can grant itself pg_execute_server_program and run programs.
    `CREATE ROLE ${OWNER} LOGIN ${major >= 16 ? 'CREATEROLE' : 'NOCREATEROLE'}`,
    ...(granted.length === 0
      ? []
      : [`GRANT ${granted.join(', ')} TO ${OWNER} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`]),
    createDatabase(DATABASE),
  ];
}

/** Run once by the superuser in the database of the shadow, which the migration role owns. */
export const databaseStatements = (major: number): readonly string[] =>
  // It belongs to pg_database_owner since 15. That it has changed hands is our doing, and no privilege of the user's.
  major >= 15
    ? []
    : [
        `ALTER SCHEMA public OWNER TO ${OWNER}`,
        `UPDATE pg_init_privs SET initprivs = nspacl FROM pg_namespace
         WHERE classoid = 'pg_namespace'::regclass AND objoid = pg_namespace.oid AND nspname = 'public'`,
      ];

/** Owned by the migration role, who owns schema `public` thereby. */
export function createDatabase(name: string): string {
  return `CREATE DATABASE ${name} OWNER ${OWNER} TEMPLATE template0`;
}
