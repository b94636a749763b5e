import type { ShadowDatabase } from '../shadow/shadow.ts';
import { buildBase, type Start, start } from './base.ts';
import type { RehearsalInput } from './rehearsal.ts';

/** Base as the new migrations found it, for what is tried on it. */
export interface Untouched extends AsyncDisposable {
  /** A database of the caller's own. */
  copy(): Promise<ShadowDatabase>;
  /** It does not lie beside the database of the new migrations: roles and pictures of that one are not touched. */
  readonly apart: boolean;
  /** A copy will probably be wanted: it may be begun. */
  expect(): void;
}

/**
 * Of a kept base another server is begun when somebody wants it, since most pull requests need none; of one that was
 * just built a copy is made before anything else happens to it.
 *
 * @param begin a server that base has been built on, with nobody connected to the database
 */
export async function untouchedBase(begin: Start, input: RehearsalInput): Promise<Untouched> {
  return begin.done !== null && begin.done === begin.keys.length - 1
    ? onServersOfTheirOwn(input)
    : onTheSameServer(await begin.shadow.copy());
}

function onServersOfTheirOwn(input: RehearsalInput): Untouched {
  const begun: Promise<ShadowDatabase>[] = [];
  const another = (): Promise<ShadowDatabase> => {
    const server = anotherServer(input);
    begun.push(server);
    // Whoever asks for it is told.
    server.catch(() => {});
    return server;
  };
  let first: Promise<ShadowDatabase> | null = null;
  let taken = false;
  let source: Promise<ShadowDatabase> | null = null;
  return {
    apart: true,
    expect() {
      first ??= another();
    },
    async copy() {
      first ??= another();
      if (!taken) {
        taken = true;
        return first;
      }
      source ??= another();
      return (await source).copy();
    },
    async [Symbol.asyncDispose]() {
      const servers = await Promise.allSettled(begun);
      for (const each of servers) if (each.status === 'fulfilled') await each.value[Symbol.asyncDispose]();
    },
  };
}

async function anotherServer(input: RehearsalInput): Promise<ShadowDatabase> {
  const begin = await start({ ...input, onProgress: () => {} }, input.base, input.hooks.base);
  try {
    // What was kept may be gone by now.
    await buildBase(begin, input);
    return begin.shadow;
  } catch (error) {
    await begin.shadow[Symbol.asyncDispose]();
    throw error;
  }
}

function onTheSameServer(source: ShadowDatabase): Untouched {
  let spare: Promise<ShadowDatabase> | null = null;
  return {
    apart: false,
    expect() {
      spare ??= source.copy();
      spare.catch(() => {});
    },
    async copy() {
      const made = spare ?? source.copy();
      spare = null;
      return made;
    },
    async [Symbol.asyncDispose]() {},
  };
}
