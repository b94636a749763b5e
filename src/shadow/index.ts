import { closest } from 'fastest-levenshtein';
import { Undecided, UserError } from '../errors.ts';
import { imageWith, MissingExtension } from './extensions.ts';
import type { Shadow, ShadowDatabase, ShadowOptions, ShadowProvider } from './shadow.ts';
import { watchDisk } from './watch-disk.ts';

export { cacheDirectory } from './cache.ts';

/** Loaded when chosen: what one provider needs is nothing to the others. A new provider is one line here. */
const providers: { readonly [name in Exclude<Shadow['provider'], 'url'>]: () => Promise<ShadowProvider> } = {
  embedded: async () => (await import('./embedded.ts')).embedded,
  local: async () => (await import('./local.ts')).local,
  docker: async () => (await import('./docker.ts')).docker,
};

type Named = keyof typeof providers;

/** Is the shadow a server that runs already? */
export const isServerUrl = (shadow: string): boolean => /^postgres(ql)?:\/\//i.test(shadow);

/** Begins what the usual shadow needs in any case, before it is known whether there will be one. Nobody waits for it. */
export function expectShadow({
  shadow,
  major,
  image = null,
}: { readonly shadow: string } & Pick<ShadowOptions, 'major' | 'image'>): void {
  if (image !== null || (shadow !== 'auto' && shadow !== 'embedded')) return;
  // What fails here fails again, and is told, when it is needed.
  import('./embedded.ts').then(
    ({ lookAhead }) => lookAhead(major),
    () => {},
  );
}

/**
 * Boots a throw-away Postgres.
 *
 * @param options.shadow `auto`, a provider's name, or a database URL
 * @throws UserError for a name that does not exist
 * @throws Undecided `shadow-unavailable` when no server could be started
 */
export async function startShadow(options: ShadowOptions & { readonly shadow: string }): Promise<Shadow> {
  const shadow = await chosen(options);
  const { limits } = options;
  if (limits === undefined) return shadow;
  // A clone may be of any size, and nothing but its owner ends it.
  const watch = options.existing === true ? null : watchDisk(shadow, limits);
  return {
    ...shadow,
    // On data a statement may well take minutes: only the whole run has a limit.
    ...timed(shadow, options.existing === true ? limits.statementMs * 1_000 : limits.statementMs),
    async [Symbol.asyncDispose]() {
      watch?.stop();
      await shadow[Symbol.asyncDispose]();
    },
  };
}

/** The database, and its copies, with connections that say how long a message may take. */
const timed = (
  { connection, admin, copy }: ShadowDatabase,
  limitMs: number,
): Pick<ShadowDatabase, 'connection' | 'admin' | 'copy'> => ({
  connection: { ...connection, limitMs },
  admin: { ...admin, limitMs },
  async copy() {
    const copied = await copy();
    return { ...copied, ...timed(copied, limitMs) };
  },
});

async function chosen(options: ShadowOptions & { readonly shadow: string }): Promise<Shadow> {
  const { shadow } = options;
  if (isServerUrl(shadow)) return (await import('./server-of-others.ts')).url(shadow).start(options);
  if (options.existing === true) {
    throw new UserError(
      'shadow-data: existing works on the data of a database that a URL names: set shadow to the postgresql:// URL of a clone that may be changed.',
    );
  }
  if (shadow === 'auto') return automatic(options);
  if (!Object.hasOwn(providers, shadow)) throw unknownShadow(shadow);
  if (options.image != null && shadow !== 'docker') {
    throw new UserError(
      `postgres-image names a container image, which only the docker shadow runs, not ${shadow}.`,
    );
  }
  return (await providers[shadow as Named]()).start(options);
}

/** What could not be had in this process: it is not asked again for the next shadow, which has to be the same. */
const lacking = new Map<string, Undecided>();

/** Without a network npm tries for minutes; where the machine has the server that is not waited for. */
const FETCH_MS_BESIDE_LOCAL = 45_000;

async function fetchMs(major: number): Promise<number | null> {
  const { findLocalBinaries } = await import('./local.ts');
  return findLocalBinaries(major).then(
    () => FETCH_MS_BESIDE_LOCAL,
    () => null,
  );
}

/**
 * An image, or an extension that only an image brings: docker. Else the embedded binaries, which are the same everywhere; where they cannot be had or do not run
 * (another platform or major, no npm, musl), the machine's own PostgreSQL of that major; last a container.
 */
async function automatic(options: ShadowOptions): Promise<Shadow> {
  if (options.image != null) return (await providers.docker()).start(options);
  const needed = imageWith(options.extensions, options.major);
  if (needed !== null) {
    const shadow = await (await providers.docker()).start({ ...options, image: needed.image });
    return { ...shadow, chosen: `${shadow.chosen ?? needed.image}, since it has ${needed.extension}` };
  }
  const reasons: string[] = [];
  for (const name of ['embedded', 'local', 'docker'] as const) {
    const key = `${name} ${options.major}`;
    try {
      const known = lacking.get(key);
      if (known !== undefined) throw known;
      const shadow = await (await providers[name]()).start({ ...options, fetchMs });
      if (reasons.length === 0) return shadow;
      const why = reasons.join(' ').replaceAll(/\s+/g, ' ').replace(/\.$/, '');
      return {
        ...shadow,
        chosen: `${shadow.chosen ?? "the machine's own"}, since there is no other: ${why}`,
      };
    } catch (error) {
      if (!(error instanceof Undecided) || error instanceof MissingExtension) throw error;
      lacking.set(key, error);
      reasons.push(`${name}: ${error.message}`);
    }
  }
  throw new Undecided(
    'shadow-unavailable',
    `No PostgreSQL ${options.major} could be started.\n${reasons.join('\n')}`,
  );
}

function unknownShadow(shadow: string): UserError {
  const known = ['auto', ...Object.keys(providers)];
  return new UserError(
    `There is no shadow ${JSON.stringify(shadow)}. There is: ${known.join(', ')}, or a URL (postgresql://…). Did you mean ${closest(shadow, known)}?`,
  );
}
