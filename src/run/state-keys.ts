import { createHash } from 'node:crypto';
import type { Hook, Migration } from '../tools/tool.ts';
import { productVersion } from '../version.ts';
import type { RehearsalInput } from './rehearsal.ts';

/**
 * A key for each state on the way of a history: element `n` stands for the database after its first `n` migrations. Equal
 * keys mean equal databases: everything that is sent to the server on the way, and everything that decides how, is in
 * it. (What the server itself brings, its build and settings, the shadow adds.)
 */
export function stateKeys(
  input: RehearsalInput,
  migrations: readonly Migration[],
  hooks: readonly Hook[],
): readonly string[] {
  const { tool, prelude } = { ...input, prelude: input.tool.prelude };
  let state = digest([
    productVersion(),
    tool.name,
    tool.bookkeeping.setup,
    input.superuser,
    input.extensions,
    input.setup,
    input.baseline,
    hooks,
    // A platform's objects depend on what the whole history asks for.
    prelude === undefined
      ? null
      : [...input.base, ...input.pending, ...(input.fresh ?? [])].map(({ sql }) => sql),
  ]);
  const keys = [state];
  for (const migration of migrations) {
    const { sql, transaction, messages, copyData, refused } = migration;
    const { bookkeeping } = tool;
    state = digest([
      state,
      ...[sql, transaction, messages, copyData, refused],
      ...[bookkeeping.before(migration), bookkeeping.after(migration)],
    ]);
    keys.push(state);
  }
  return keys;
}

const digest = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');
