import type { Shadow, ShadowDatabase } from '../shadow/shadow.ts';
import { buildBase, type Start, start } from './base.ts';
import type { RehearsalInput } from './rehearsal.ts';

/** Base as the new migrations found it, for what is tried on it. */
export interface Untouched extends AsyncDisposable {
  /** A database of the caller's own. */
  copy(): Promise<BaseCopy>;
  /** It does not lie beside the database of the new migrations: roles and pictures of that one are not touched. */
  readonly apart: boolean;
  /** A copy will probably be wanted: what takes long may be begun. */
  expect(): void;
}

export interface BaseCopy {
  readonly database: ShadowDatabase;
  /** Has the very files that base had: what is known of base's oids and row versions holds for it. */
  readonly sameFiles: boolean;
}

/**
 * Of a kept base another server is begun when somebody wants it, since most pull requests need none; of one that was
 * just built a copy is made before anything else happens to it. Roles are the server's: a copy beside the database would
 * keep new migrations from dropping them, and those that they make would be in the way of what is tried.
 *
 * @param begin a server that base has been built on, with nobody connected to the database
 */
export async function untouchedBase(begin: Start, input: RehearsalInput): Promise<Untouched> {
  const { done, keys, shadow } = begin;
  const kept = shadow.kept?.() ?? null;
  if (done !== null && done === keys.length - 1) return onServersOfTheirOwn(input, kept);
  const copy = await shadow.copy();
  if (!namesRoles(input) || input.program !== null || shadow.provider === 'url') return copiesOf(copy);
  // Its making has put the migrations' own role right.
  await copy[Symbol.asyncDispose]();
  return onServersOfTheirOwn(input, kept);
}

const namesRoles = ({ pending, hooks }: RehearsalInput): boolean =>
  [...pending, ...hooks.head].some(({ sql }) => /\b(create|drop)\s+(role|user|group)\b/i.test(sql));

/** @param kept `Shadow.kept` of base */
function onServersOfTheirOwn(input: RehearsalInput, kept: string | null): Untouched {
  const begun: Promise<Shadow>[] = [];
  const another = (): Promise<Shadow> => {
    const server = anotherServer(input);
    begun.push(server);
    // Whoever asks for it is told.
    server.catch(() => {});
    return server;
  };
  // What was kept may be gone by now, or made anew.
  const sameFiles = (shadow: Shadow): boolean => kept !== null && shadow.kept?.() === kept;
  let first: Promise<Shadow> | null = null;
  let taken = false;
  let source: Promise<Shadow> | null = null;
  return {
    apart: true,
    expect() {
      first ??= another();
    },
    async copy() {
      first ??= another();
      if (!taken) {
        taken = true;
        const shadow = await first;
        return { database: shadow, sameFiles: sameFiles(shadow) };
      }
      source ??= another();
      const shadow = await source;
      return { database: await shadow.copy(), sameFiles: sameFiles(shadow) };
    },
    async [Symbol.asyncDispose]() {
      const servers = await Promise.allSettled(begun);
      for (const each of servers) if (each.status === 'fulfilled') await each.value[Symbol.asyncDispose]();
    },
  };
}

async function anotherServer(input: RehearsalInput): Promise<Shadow> {
  const begin = await start({ ...input, onProgress: () => {} }, input.base, input.hooks.base);
  try {
    await buildBase(begin, input);
    return begin.shadow;
  } catch (error) {
    await begin.shadow[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * @param source a database that is as base has it, and stays so. Copies of it change the role, which is the server's: none
 *   is begun before somebody wants it
 */
export const copiesOf = (source: Pick<ShadowDatabase, 'copy'>): Untouched => ({
  apart: false,
  expect() {},
  copy: async () => ({ database: await source.copy(), sameFiles: true }),
  async [Symbol.asyncDispose]() {},
});
