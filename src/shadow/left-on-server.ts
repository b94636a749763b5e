import pg from 'pg';

/** What our databases and roles on a server of somebody else are called; only such are ever dropped. */
export const PREFIX = 'migration_gate_';

/** Names of our own making. */
export const copiesOf = async (client: pg.Client, name: string): Promise<string[]> =>
  (
    await client.query<{ datname: string }>(
      'SELECT datname FROM pg_catalog.pg_database WHERE pg_catalog.starts_with(datname, $1)',
      [`${name}_copy_`],
    )
  ).rows.map(({ datname }) => datname);

export const rolesOf = async (client: pg.Client): Promise<Set<string>> =>
  new Set(
    (await client.query<{ rolname: string }>('SELECT rolname FROM pg_catalog.pg_roles')).rows.map(
      ({ rolname }) => rolname,
    ),
  );

/** Roles that the history has made: they belong to the server and would outlive its database. */
export async function dropRoles(client: pg.Client, roles: readonly string[]): Promise<void> {
  for (const role of roles) {
    if (role.startsWith(PREFIX)) continue;
    await client.query(`DROP ROLE IF EXISTS ${client.escapeIdentifier(role)}`).catch(notOurs);
  }
}

/** Somebody else's by now, or something of theirs hangs on it. */
function notOurs(error: unknown): void {
  if (!(error instanceof pg.DatabaseError)) throw error;
}

/** What a run that was killed left here: ours by name, and its process is gone from this server's sessions. */
export async function removeLeftovers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT d.datname AS name FROM pg_catalog.pg_database d
     WHERE d.datname ~ '^(migration_gate_[0-9]+_[0-9a-f]{12}(_copy_[0-9a-f]{12})?|copy_[0-9a-f]{12})$' AND pg_catalog.pg_has_role(current_user, d.datdba, 'USAGE')
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a
         WHERE a.application_name = CASE WHEN d.datname LIKE 'migration%' THEN pg_catalog.regexp_replace(d.datname, '_copy_.*', '') ELSE a.application_name END
           AND a.application_name ~ '^migration[-_]gate' AND a.pid <> pg_catalog.pg_backend_pid())`,
  );
  for (const { name } of rows)
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
  // They own their copies too.
  for (const { name } of rows)
    await client.query(`DROP ROLE IF EXISTS ${client.escapeIdentifier(name)}`).catch(notOurs);
}
