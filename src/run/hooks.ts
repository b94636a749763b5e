import type { Hook } from '../tools/tool.ts';
import { toServerError } from './server-error.ts';
import type { Outcome, Session } from './session.ts';
import { readSettings, settingsLeft } from './settings.ts';
import type { ServerError } from './trace.ts';

/**
 * Runs a tool's hooks of one moment, in their order.
 *
 * @param send sends one hook's SQL
 * @returns the first error, at its place in the hook's file
 */
export async function runHooks(
  hooks: readonly Hook[],
  when: Hook['when'],
  send: (sql: string) => Promise<Outcome>,
): Promise<ServerError | null> {
  for (const { when: moment, file, sql } of hooks) {
    if (moment !== when) continue;
    const { error } = await send(sql);
    if (error !== null) return { ...toServerError(error, { file: sql, sent: sql, start: 0 }), file };
  }
  return null;
}

/**
 * Runs what comes before everything.
 *
 * @returns also a way to make the session as good as new between two migrations: what the hooks have set stays,
 * since in production they ran before each of the deploys that these migrations came with
 */
export async function runBeforeAll(
  session: Session,
  hooks: readonly Hook[],
  send: (sql: string) => Promise<Outcome>,
): Promise<{ readonly error: ServerError | null; readonly renew: () => Promise<void> }> {
  const asNew = async () => {
    const { error } = await session.send('DISCARD ALL');
    if (error !== null) throw error;
  };
  if (!hooks.some(({ when }) => when === 'before-all')) return { error: null, renew: asNew };
  const before = await readSettings(session.client, []);
  const error = await runHooks(hooks, 'before-all', send);
  if (error !== null) return { error, renew: asNew };
  const left = settingsLeft(before, await readSettings(session.client, []));
  return {
    error,
    renew: async () => {
      await asNew();
      for (const { name, after } of left) {
        await session.client.query('SELECT pg_catalog.set_config($1, $2, false)', [name, after ?? '']);
      }
    },
  };
}
