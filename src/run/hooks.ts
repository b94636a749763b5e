import { basename } from 'node:path/posix';
import type { Bookkeeping, Hook, Migration } from '../tools/tool.ts';
import { underWay } from '../under-way.ts';
import { toServerError } from './server-error.ts';
import type { Outcome, Session } from './session.ts';
import { readSettings, settingsLeft } from './settings.ts';
import type { ServerError } from './trace.ts';

/** Why a deploy stopped at a hook. */
export interface HookFailure {
  readonly error: ServerError;
  /** The hook was observed, and its own trace says what went wrong. */
  readonly traced: boolean;
}

/** Runs one hook. */
export type RunHook = (hook: Hook) => Promise<HookFailure | null>;

/**
 * Runs a tool's hooks of one moment, in their order.
 *
 * @returns the first failure
 */
export async function runHooks(
  hooks: readonly Hook[],
  when: Hook['when'],
  run: RunHook,
): Promise<HookFailure | null> {
  for (const hook of hooks) {
    const failure = hook.when === when ? await run(hook) : null;
    if (failure !== null) return failure;
  }
  return null;
}

/** Sends a hook as one message. Its error is at its place in the hook's file. */
export const asMessage =
  (send: (sql: string) => Promise<Outcome>): RunHook =>
  async ({ file, sql }) => {
    const { error } = await underWay(
      () => ({ file, line: 1 }),
      () => send(sql),
    );
    if (error === null) return null;
    return { error: { ...toServerError(error, { file: sql, sent: sql, start: 0 }), file }, traced: false };
  };

/**
 * Runs what comes before everything.
 *
 * @returns also a way to make the session as good as new between two migrations: what the hooks have set stays,
 * since in production they ran before each of the deploys that these migrations came with
 */
export async function runBeforeAll(
  session: Session,
  hooks: readonly Hook[],
  run: RunHook,
): Promise<{ readonly failure: HookFailure | null; readonly renew: () => Promise<void> }> {
  const asNew = async () => {
    const { error } = await session.send('DISCARD ALL');
    if (error !== null) throw error;
  };
  if (!hooks.some(({ when }) => when === 'before-all')) return { failure: null, renew: asNew };
  const before = await readSettings(session.client, []);
  const failure = await runHooks(hooks, 'before-all', run);
  if (failure !== null) return { failure, renew: asNew };
  const left = settingsLeft(before, await readSettings(session.client, []));
  return {
    failure,
    renew: async () => {
      await asNew();
      for (const { name, after } of left) {
        await session.client.query('SELECT pg_catalog.set_config($1, $2, false)', [name, after ?? '']);
      }
    },
  };
}

/** Hooks of head that base does not have as they are: news like a new migration. */
export function changedHooks(base: readonly Hook[], head: readonly Hook[]): readonly Hook[] {
  const key = ({ when, file, sql }: Hook): string => JSON.stringify([when, file, sql]);
  const known = new Set(base.map(key));
  return head.filter((hook) => !known.has(key(hook)));
}

/**
 * A hook as a migration, for observing it.
 *
 * @param transaction `shared`: the one that is open where it runs; without one it is a message
 */
export function asMigration({ file, sql }: Hook, transaction: 'shared' | 'single'): Migration {
  const name = basename(file);
  return {
    version: name,
    name,
    identity: file,
    file,
    bytes: Buffer.from(sql),
    sql,
    transaction,
    repeatable: 'always',
  };
}

/** Hooks are not recorded. */
export const unrecorded: Bookkeeping = { setup: '', before: () => '', after: () => '', relations: [] };
