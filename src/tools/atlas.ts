import { Undecided } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { loadParser } from '../sql/parse.ts';
import { atlasBehaviour, staleSum } from './atlas/behaviour.ts';
import { atlasBookkeeping } from './atlas/bookkeeping.ts';
import { atlasDirectives } from './atlas/directives.ts';
import { type AtlasEntry, atlasFiles, atlasStatements } from './atlas/files.ts';
import { type AtlasSettings, atlasDirectories, atlasSettings } from './atlas/settings.ts';
import { atlasHashes, type SumMismatch, sumMismatch } from './atlas/sum.ts';
import { refuseLink } from './reading/decode.ts';
import { otherDialect } from './reading/dialect.ts';
import { basename, byDirectory, dirname, exclusion, treePath, within } from './reading/directories.ts';
import { sentText } from './reading/texts.ts';
import type {
  DetectedDatabase,
  History,
  Migration,
  MigrationTool,
  Oddity,
  OrderKey,
  TransactionRule,
} from './tool.ts';

const sumFile = 'atlas.sum';

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  const named = await atlasDirectories(tree);
  const because = new Map<string, string>();
  for (const { path } of tree.entries) {
    if (basename(path) === sumFile) because.set(dirname(path), `${path} is there`);
  }
  for (const { hcl, path } of named) if (!because.has(path)) because.set(path, `${hcl} names it`);
  const files = byDirectory(tree.entries);
  for (const [path, reason] of because) {
    const here = (files.get(path) ?? []).filter((entry) => entry.path.endsWith('.sql'));
    if (here.length === 0 || exclusion(path) === 'copied') continue;
    const other = named.find((one) => one.path === path && one.otherDialect);
    const dialect =
      other === undefined ? await otherDialect(tree, path, here) : `${other.hcl} names another database`;
    if (dialect === null) databases.push({ path, tool: 'atlas', because: reason });
    else notes.push(`${path} was passed over: ${dialect}.`);
  }
  return { databases, notes };
};

interface State {
  readonly settings: AtlasSettings;
  /** The tree that the next deploy reads, in which atlas.sum has to fit; null: any. */
  readonly deployed: Tree | null;
}

async function history(tree: Tree, path: string, { settings, deployed }: State): Promise<History> {
  await loadParser();
  const directory = treePath(path);
  const all = atlasFiles(tree, directory, settings.format);
  for (const { entry } of all) refuseLink(entry);
  const contents = await readAll(tree, all);
  const bytesOf = ({ entry }: AtlasEntry): Buffer => contents.get(entry.path) ?? Buffer.alloc(0);
  const hashes = new Map(
    atlasHashes(all.map((file) => ({ name: file.name, bytes: bytesOf(file) }))).map(({ name, hash }) => [
      name,
      hash,
    ]),
  );
  const read = all.map((file) => {
    const text = sentText('Atlas', file.entry.path, bytesOf(file));
    return { file, text, directives: atlasDirectives(text) };
  });
  const { migrations: plan, notes } = withoutCheckpoints(read);
  const mismatch =
    deployed === null || deployed === tree ? await mismatchOf(tree, directory, settings.format) : null;
  const migrations = plan.map(({ file, text, directives }): Migration => {
    const { sql, statements, error } = atlasStatements(text, settings.format);
    const { transaction, wrong } = transactionOf(directives.txMode, settings, file.name);
    const stale = mismatch !== null && mismatch.file === file.name && mismatch.reason === 'added';
    const refused = stale
      ? { line: 1, says: staleSum(file.name) }
      : error !== null
        ? {
            line: error.line,
            says: `Atlas stops at this file: scanning statements from "${file.name}": ${error.message}.`,
          }
        : wrong;
    return {
      version: file.version,
      name: file.description,
      identity: file.version,
      file: file.entry.path,
      bytes: bytesOf(file),
      sql,
      transaction,
      messages: statements,
      ...(refused === null ? {} : { refused }),
      extra: { hash: hashes.get(file.name) ?? '', statements: statements.length },
    };
  });
  return {
    migrations,
    notes: [...settings.notes, ...notes, ...unseenDirectives(read)],
    oddities: oddities(tree, directory, all),
  };
}

async function readAll(tree: Tree, files: readonly AtlasEntry[]): Promise<ReadonlyMap<string, Buffer>> {
  const contents = await tree.read(files.map(({ entry }) => entry.path));
  const missing = files.find(({ entry }) => !contents.has(entry.path));
  if (missing === undefined) return contents;
  const { path: file } = missing.entry;
  throw new Undecided('internal-error', `git has no contents for ${file}.`, { place: { file } });
}

interface ReadFile {
  readonly file: AtlasEntry;
  readonly text: string;
  readonly directives: ReturnType<typeof atlasDirectives>;
}

/**
 * A checkpoint stands for all before it, on new databases only; those that have a history never run it. What they ran is
 * the history, as long as the files are there.
 */
function withoutCheckpoints(read: readonly ReadFile[]): {
  readonly migrations: readonly ReadFile[];
  readonly notes: readonly string[];
} {
  const last = read.findLast(({ directives }) => directives.checkpoint);
  if (last === undefined) return { migrations: read, notes: [] };
  const ordinary = read.filter(({ directives }) => !directives.checkpoint);
  if (!read.slice(0, read.indexOf(last)).some(({ directives }) => !directives.checkpoint)) {
    return { migrations: [last, ...ordinary], notes: [] };
  }
  return {
    migrations: ordinary,
    notes: [
      `${last.file.entry.path} is a checkpoint: Atlas starts new databases with it, and those that have a history never run it. Whether it ends in the same schema as the files before it was not compared.`,
    ],
  };
}

function transactionOf(
  given: readonly string[],
  { txMode }: AtlasSettings,
  name: string,
): { readonly transaction: TransactionRule; readonly wrong: { line: number; says: string } | null } {
  const rules: Readonly<Record<string, TransactionRule>> = { file: 'single', none: 'none', all: 'shared' };
  const [mode = txMode] = given;
  const transaction = rules[mode] ?? 'single';
  const stop = (why: string) => ({
    transaction,
    wrong: { line: 1, says: `Atlas stops at this file: ${why}.` },
  });
  if (given.length > 1) return stop(`multiple txmode values found in file "${name}"`);
  if (given.length === 0) return { transaction, wrong: null };
  if (mode === 'all')
    return stop(`txmode "all" is not allowed in file directive "${name}". Use "file" instead`);
  if (mode !== 'none' && mode !== 'file')
    return stop(`unknown txmode "${mode}" found in file directive "${name}"`);
  if (txMode === 'all') {
    return stop(`cannot set txmode directive to "${mode}" in "${name}" when txmode "all" is set globally`);
  }
  return { transaction, wrong: null };
}

const unseenDirectives = (read: readonly ReadFile[]): string[] =>
  read.flatMap(({ file, directives }) =>
    directives.unseen === null
      ? []
      : [
          `Atlas does not see the atlas:${directives.unseen} directive of ${file.entry.path}: an empty line with a bare line feed (no CRLF) must follow the comments at the top.`,
        ],
  );

function oddities(tree: Tree, directory: string, all: readonly AtlasEntry[]): Oddity[] {
  const taken = new Set(all.map(({ entry }) => entry.path));
  const ignored = (byDirectory(tree.under(directory)).get(directory) ?? [])
    .filter(({ path }) => /\.sql$/i.test(path) && !taken.has(path) && !/\.down\.sql$/.test(path))
    .map(
      ({ path: file }): Oddity => ({
        kind: 'never-runs',
        file,
        says: `Atlas passes over ${basename(file)} without a word: the suffix must be .sql in lower case.`,
      }),
    );
  const misplaced = all.flatMap(({ entry, version }, index): Oddity[] => {
    const before = all[index - 1];
    if (before === undefined || !/^\d+$/.test(version) || !/^\d+$/.test(before.version)) return [];
    if (BigInt(before.version) <= BigInt(version) || before.name.includes('/')) return [];
    return [
      {
        kind: 'ambiguous-order',
        file: before.entry.path,
        says: `Atlas goes by the names as text, and so runs ${before.name} before ${basename(entry.path)}: write versions of the same length.`,
      },
    ];
  });
  return [...ignored, ...misplaced];
}

async function mismatchOf(tree: Tree, directory: string, format: string): Promise<SumMismatch | null> {
  const path = within(directory, sumFile);
  const sum = (await tree.read([path])).get(path);
  if (sum === undefined) return null;
  const files = atlasFiles(tree, directory, format);
  const contents = await readAll(tree, files);
  return sumMismatch(
    sum.toString('utf8'),
    files.map(({ name, entry }) => ({ name, bytes: contents.get(entry.path) ?? Buffer.alloc(0) })),
  );
}

const text = ({ version, name }: OrderKey): string => (name === '' ? version : `${version}_${name}`);

const toolWith = (state: State, mismatch: SumMismatch | null): MigrationTool => ({
  name: 'atlas',
  title: 'Atlas',
  detect,
  configured: async (tree, path, { placeholders, outOfOrder }) => {
    const directory = treePath(path);
    const settings = await atlasSettings(tree, directory, placeholders, outOfOrder);
    return toolWith({ settings, deployed: tree }, await mismatchOf(tree, directory, settings.format));
  },
  order: (left, right) => Buffer.compare(Buffer.from(text(left)), Buffer.from(text(right))),
  history: (tree, path) => history(tree, path, state),
  late: (added, base) => {
    const versions = base.map(({ version }) => version);
    const newest = versions.reduce((highest, version) => (version > highest ? version : highest), '');
    return added.filter(({ version }) => version < newest);
  },
  bookkeeping: atlasBookkeeping(state.settings.revisionsSchema),
  sessions: 'one',
  sharesTransaction: state.settings.txMode === 'all',
  onHistoryChange: atlasBehaviour(state.settings.execOrder, mismatch),
  noTransaction: {
    directive: '-- atlas:txmode none\n',
    advice:
      'Put the statement alone into a migration of its own whose first line is `-- atlas:txmode none`, with an empty line after it, and run `atlas migrate hash`.',
  },
});

/** Atlas, versioned: `<version>_<name>.sql` and atlas.sum, applied by `atlas migrate apply`. */
export const atlas: MigrationTool = toolWith(
  {
    settings: {
      execOrder: 'linear',
      txMode: 'file',
      format: 'atlas',
      revisionsSchema: 'atlas_schema_revisions',
      notes: [],
    },
    deployed: null,
  },
  null,
);
