import type pg from 'pg';
import { Undecided } from '../errors.ts';

/**
 * Creates the configured extensions as the superuser.
 *
 * @throws Undecided `shadow-unavailable` naming one that this server does not have
 */
export async function createExtensions(client: pg.Client, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM pg_catalog.pg_available_extensions ORDER BY name',
  );
  const available = rows.map(({ name }) => name);
  const missing = names.filter((name) => !available.includes(name));
  if (missing.length > 0) {
    throw new Undecided(
      'shadow-unavailable',
      `The shadow's PostgreSQL lacks the extension${missing.length === 1 ? '' : 's'} ${missing.join(', ')}. It has: ${available.join(', ')}. Remove what is not needed from extensions, or name a shadow that has it (--shadow docker with --postgres-image).`,
    );
  }
  for (const name of names) {
    try {
      await client.query(`CREATE EXTENSION IF NOT EXISTS ${client.escapeIdentifier(name)} CASCADE`);
    } catch (error) {
      throw new Undecided(
        'shadow-unavailable',
        `The extension ${name} cannot be created on the shadow: ${error instanceof Error ? error.message : error}`,
        { cause: error },
      );
    }
  }
}
