import type { Tree, TreeEntry } from '../../git/tree.ts';
import { sample } from './dialect.ts';
import { byDirectory, dirname, exclusion } from './directories.ts';

/** Names of files that no tool's detection asks for: sources that are not named like a migration, pictures, texts. */
const beside =
  /(?:^|\/)(?!(?:[VUB]?\d|R__|Migration\d)[^/]*$)[^/]*\.(?:[cm]?[jt]sx?|py|rb|java|kt|rs|cs|php|swift|dart|c|cc|cpp|h|hpp|css|scss|less|html?|vue|svelte|mdx?|rst|snap|proto|graphql|ipynb)$|\.(?:png|jpe?g|gif|svg|webp|ico|woff2?|ttf|mp4|pdf|map|lock|csv|gz|zip)$/i;

/** Config files of the kinds above whose place tells a tool something. */
const config =
  /(?:^|\/)(?:drizzle|prisma|knexfile|ormconfig|mikro-orm|flyway|graphile|\.gmrc|liquibase|package|Cargo|go)[^/]*$/i;

/** Files that some tool's detection opens wherever they stand. */
const opened =
  /(?:^|\/)(?:package\.json|Cargo\.toml|go\.mod|config\.(?:ya?ml|toml)|_journal\.json|migration_lock\.toml|sqitch\.(?:plan|conf)|\.gmrc[^/]*|atlas\.(?:hcl|sum)|(?:flyway|sqlx|diesel|refinery)\.(?:toml|conf)|pom\.xml|build\.gradle[^/]*)$/;

/** Beyond that many files a repository is read as it is asked for. */
const mostAtOnce = 5_000;

/** Names of files that migrations usually have, for what is said of directories that are not looked into. */
const likeMigration = /(?:^|\/)(?:[VUR]?\d[^/]*|R__[^/]*|migration)\.sql$/i;

/** What detection looks at. */
export interface Surveyed {
  readonly tree: Tree;
  /** Directories of tests, examples and documentation that hold what looks like migrations. */
  readonly illustrative: readonly string[];
}

/**
 * The tree as detection needs it: without what is of no use to it, which is most of a large repository, and with every
 * file read once only, however many tools ask for it.
 *
 * @param everywhere tests and examples too
 */
export function surveyedTree(tree: Tree, everywhere: boolean): Surveyed {
  const known = new Map<string, ReturnType<typeof exclusion>>();
  const excluded = (directory: string): ReturnType<typeof exclusion> => {
    const before = known.get(directory);
    if (before !== undefined) return before;
    const answer = exclusion(directory);
    known.set(directory, answer);
    return answer;
  };
  const illustrative = new Set<string>();
  const entries = tree.entries.filter(({ path }) => {
    if (beside.test(path) && !config.test(path)) return false;
    const directory = dirname(path);
    const why = excluded(directory);
    if (why === 'illustrative' && !everywhere && likeMigration.test(path)) illustrative.add(directory);
    return why === null || (why === 'illustrative' && everywhere);
  });
  const kept = new Set(entries);
  const contents = new Map<string, Buffer | null>();
  // One process of git for all of it, rather than one for each directory and tool.
  let first: Promise<void> | undefined;
  const readAtOnce = async () => {
    for (const [path, bytes] of await tree.read(likely(entries))) contents.set(path, bytes);
  };
  const surveyed: Tree = {
    ref: tree.ref,
    sha: tree.sha,
    entries,
    get: tree.get,
    under: (directory) =>
      directory === '' ? entries : tree.under(directory).filter((entry) => kept.has(entry)),
    read: async (paths) => {
      first ??= readAtOnce();
      await first;
      const unread = paths.filter((path) => !contents.has(path) && tree.get(path) !== undefined);
      if (unread.length > 0) {
        const read = await tree.read(unread);
        for (const path of unread) contents.set(path, read.get(path) ?? null);
      }
      return new Map(
        paths.flatMap((path) => {
          const bytes = contents.get(path) ?? null;
          return bytes === null ? [] : [[path, bytes] as const];
        }),
      );
    },
  };
  return { tree: surveyed, illustrative: [...illustrative] };
}

/** What will be asked for: config files, and of each directory the SQL files that its dialect is told from. */
function likely(entries: readonly TreeEntry[]): string[] {
  const files = entries.filter(({ mode }) => mode.startsWith('100'));
  const sql = byDirectory(files.filter(({ path }) => /\.sql$/i.test(path)));
  return [
    ...files.filter(({ path }) => opened.test(path)).map(({ path }) => path),
    ...[...sql.values()].flatMap((inside) => sample(inside.map(({ path }) => path))),
  ].slice(0, mostAtOnce);
}
