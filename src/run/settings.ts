import type pg from 'pg';
import type { LeftSetting } from './trace.ts';

/** Every setting that a session can change, as `SHOW` prints it; null: a custom one that nobody has set. */
export type Settings = ReadonlyMap<string, string | null>;

/**
 * Reads the session's settings. `role` and `session_authorization` are in no view. What belongs to one
 * transaction or only follows from other settings is left out; settings of extensions and of the
 * application's own (`app.tenant`) are in no view either, so that they are asked for by name.
 *
 * @param custom names with a dot that the migration mentions
 */
export async function readSettings(client: pg.Client, custom: readonly string[]): Promise<Settings> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `SELECT s.name, pg_catalog.current_setting(s.name) AS value FROM pg_catalog.pg_settings s
     WHERE s.context OPERATOR(pg_catalog.=) ANY ('{user,superuser}'::pg_catalog.text[])
       AND s.name OPERATOR(pg_catalog.<>)
         ALL ('{transaction_isolation,transaction_read_only,transaction_deferrable}'::pg_catalog.text[])
     UNION ALL SELECT c, pg_catalog.current_setting(c, true)
       FROM pg_catalog.unnest($1::pg_catalog.text[]) c`,
    [['role', 'session_authorization', ...custom]],
  );
  return new Map(rows.map(({ name, value }) => [name, value]));
}

/**
 * What differs, in order of name. A name that is only there afterwards came with a library (the first DO block
 * loads PL/pgSQL and its settings); a custom setting that is empty afterwards was set locally.
 */
export function settingsLeft(before: Settings, after: Settings): LeftSetting[] {
  return [...before]
    .map(([name, value]) => ({ name, before: value, after: after.get(name) ?? null }))
    .filter(({ before: was, after: is }) => was !== is && !(was === null && is === ''))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
