import { Undecided } from '../errors.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import { loadParser } from '../sql/parse.ts';
import { ownerOfPairs } from './golang-migrate/owner.ts';
import { golangMigrateUrl, type UrlSettings } from './golang-migrate/url.ts';
import { refuseLink } from './reading/decode.ts';
import { otherDialect } from './reading/dialect.ts';
import { basename, byDirectory, exclusion, treePath } from './reading/directories.ts';
import { goTrim, sentText } from './reading/texts.ts';
import type {
  Bookkeeping,
  DetectedDatabase,
  Down,
  History,
  HistoryBehaviour,
  Migration,
  MigrationTool,
  Oddity,
  OrderKey,
  Span,
} from './tool.ts';

const title = 'golang-migrate';

/** source/parse.go. */
const fileName = /^([0-9]+)_(.*)\.(down|up)\.(.*)$/;
const largestVersion = 2n ** 64n - 1n;

interface Named {
  readonly entry: TreeEntry;
  readonly version: bigint;
  readonly name: string;
  readonly direction: 'up' | 'down';
}

function named(entry: TreeEntry): Named | null {
  const match = fileName.exec(basename(entry.path));
  if (match === null) return null;
  const version = BigInt(match[1] ?? 0);
  if (version > largestVersion) return null;
  return { entry, version, name: match[2] ?? '', direction: match[3] === 'up' ? 'up' : 'down' };
}

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  for (const [directory, entries] of byDirectory(tree.entries)) {
    if (exclusion(directory) === 'copied') continue;
    const pairs = entries.filter((entry) => /^\d+_.*\.up\.sql$/.test(basename(entry.path)));
    const [first] = pairs;
    if (first === undefined) continue;
    if ((await ownerOfPairs(tree, directory, entries)) !== 'golang-migrate') continue;
    const dialect = await otherDialect(tree, directory, pairs);
    if (dialect === null) {
      const because = `${basename(first.path)} is named as golang-migrate names files`;
      databases.push({ path: directory, tool: 'golang-migrate', because });
    } else notes.push(`${directory} was passed over: ${dialect}.`);
  }
  return { databases, notes };
};

/** What is directly in the directory, links and submodules refused: the tool would open them. */
const inside = (tree: Tree, directory: string): readonly TreeEntry[] =>
  byDirectory(tree.under(directory)).get(directory) ?? [];

async function history(tree: Tree, path: string, url: UrlSettings): Promise<History> {
  await loadParser();
  const directory = treePath(path);
  const entries = inside(tree, directory);
  const files = entries.flatMap((entry) => named(entry) ?? []);
  for (const { entry } of files) refuseLink(entry);
  const contents = await tree.read(files.map(({ entry }) => entry.path));
  const textOf = ({ entry }: Named): { bytes: Buffer; text: string } => {
    const bytes = contents.get(entry.path);
    if (bytes === undefined) {
      throw new Undecided('internal-error', `git has no contents for ${entry.path}.`, {
        place: { file: entry.path },
      });
    }
    return { bytes, text: sentText(title, entry.path, bytes) };
  };

  const downs = new Map(files.flatMap((file) => (file.direction === 'down' ? [[file.version, file]] : [])));
  const ups = files.filter(({ direction }) => direction === 'up');
  const versions = [...new Set(files.map(({ version }) => version))].sort(byNumber);
  const migrations = versions.flatMap((version, index): Migration[] => {
    const before = versions[index - 1];
    const downFile = downs.get(version);
    const down: Down | null =
      downFile === undefined
        ? null
        : {
            file: downFile.entry.path,
            sql: textOf(downFile).text,
            transaction: url.multiStatement ? 'none' : 'implicit',
          };
    const shared = {
      version: String(version),
      identity: String(version),
      down,
      extra: { previous: before === undefined ? '' : String(before) },
    };
    const here = ups.filter((file) => file.version === version);
    // Without a way up the tool writes the number down and runs nothing.
    if (here.length === 0 && downFile !== undefined) {
      const { name, entry } = downFile;
      return [
        { ...shared, name, file: entry.path, bytes: Buffer.alloc(0), sql: '', transaction: 'implicit' },
      ];
    }
    return here
      .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
      .map((file): Migration => {
        const { bytes, text: sql } = textOf(file);
        const sent = { ...shared, name: file.name, file: file.entry.path, bytes, sql };
        return url.multiStatement
          ? { ...sent, transaction: 'none', messages: cutAtSemicolons(sql) }
          : { ...sent, transaction: 'implicit' };
      });
  });
  return { migrations, notes: url.notes, oddities: oddities(entries, files) };
}

const byNumber = (left: bigint, right: bigint): number => (left < right ? -1 : left > right ? 1 : 0);

/** `x-multi-statement`: at every semicolon, whatever it stands in (database/multistmt). */
function cutAtSemicolons(sql: string): Span[] {
  const pieces: Span[] = [];
  for (let start = 0; start < sql.length; ) {
    const semicolon = sql.indexOf(';', start);
    const end = semicolon === -1 ? sql.length : semicolon + 1;
    if (goTrim(sql.slice(start, end)) !== '') pieces.push({ start, end });
    start = end;
  }
  return pieces;
}

function oddities(entries: readonly TreeEntry[], files: readonly Named[]): Oddity[] {
  const taken = new Set(files.map(({ entry }) => entry.path));
  const ups = new Set(files.flatMap(({ direction, version }) => (direction === 'up' ? [version] : [])));
  return [
    ...entries
      .filter(({ path }) => /\.sql$/i.test(path) && !taken.has(path))
      .map(({ path: file }): Oddity => ({ kind: 'never-runs', file, says: `${title} ${whyIgnored(file)}` })),
    ...files
      .filter(({ direction, version }) => direction === 'down' && !ups.has(version))
      .map(
        ({ entry, version }): Oddity => ({
          kind: 'never-runs',
          file: entry.path,
          says: `${title} takes version ${version} for applied without running anything, since there is a .down file and no ${version}_….up.sql beside it.`,
        }),
      ),
  ];
}

function whyIgnored(path: string): string {
  const name = basename(path);
  if (/^[0-9]+_.*\.(?:up|down)\./.test(name)) {
    return `passes over ${name} without a word: its number is larger than 64 bits.`;
  }
  if (/^[0-9]+_.*\.(?:up|down)\./i.test(name)) {
    return `passes over ${name} without a word: .up and .down must be in lower case.`;
  }
  const cure = /^[0-9]+_/.test(name)
    ? `name it ${name.replace(/\.sql$/i, '')}.up.sql`
    : 'name it <number>_<name>.up.sql';
  return `passes over ${name} without a word: ${cure} if it should run.`;
}

const order = (left: OrderKey, right: OrderKey): number =>
  byNumber(number(left.version), number(right.version)) ||
  Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));

const number = (version: string): bigint => BigInt(/^\d+/.exec(version)?.[0] ?? 0);

/** database/postgres: one row, taken away and written again around each migration. */
function bookkeepingFor(table: string): Bookkeeping {
  const quoted = `"public"."${table.replaceAll('"', '""')}"`;
  const set = (version: string, dirty: boolean) =>
    `TRUNCATE ${quoted};${version === '' && !dirty ? '' : ` INSERT INTO ${quoted} (version, dirty) VALUES (${version === '' ? -1 : version}, ${dirty});`}`;
  return {
    setup: `CREATE TABLE IF NOT EXISTS ${quoted} (version bigint not null primary key, dirty boolean not null);`,
    before: ({ version }) => set(version, true),
    after: ({ version }) => set(version, false),
    undo: ({ extra }) => set(String(extra?.previous ?? ''), false),
    relations: [`public.${table}`],
  };
}

const onHistoryChange: HistoryBehaviour = {
  edited: {
    does: 'ignores',
    says: `${title} never looks at a file that it has run: databases that ran the old text keep what it made, new ones get the new text, and nothing says that they differ.`,
  },
  deleted: {
    does: 'ignores',
    says: `${title} looks only for the file of the version that a database stands at: where this one is the newest there, every deploy stops with "no migration found for version …"; elsewhere nothing is missed, and new databases never get it.`,
    at: ({ newestOfBase }) =>
      newestOfBase
        ? `${title} stops at every deploy of a database that base has reached, which stands at this version: "no migration found for version …". A new database never gets it.`
        : `${title} does not miss a file below the version that a database stands at: databases that ran it keep what it made, new ones never get it.`,
  },
  renamed: {
    does: 'ignores',
    says: `${title} goes by the number alone: under the same number it notices nothing; under a higher one than the database stands at it runs the file a second time, under a lower one never.`,
    at: ({ newestOfBase }) =>
      newestOfBase
        ? {
            does: 'refuses',
            says: `${title} stops at every deploy of a database that base has reached, which stands at the old number: "no migration found for version …".`,
          }
        : null,
  },
  outOfOrder: {
    does: 'skips',
    says: `${title} keeps only the newest number and goes on from there: on every database that base has reached this file never runs, without an error or a warning, and only new databases get it.`,
  },
  duplicateVersion: {
    does: 'refuses',
    says: `${title} stops at the next deploy before it runs anything: "duplicate migration file".`,
    legal: false,
  },
};

function toolWith(url: UrlSettings): MigrationTool {
  return {
    name: 'golang-migrate',
    title,
    detect,
    configured: async (tree, path, { placeholders }) =>
      toolWith(await golangMigrateUrl(tree, treePath(path), placeholders)),
    order,
    history: (tree, path) => history(tree, path, url),
    bookkeeping: bookkeepingFor(url.table),
    sessions: 'one',
    onHistoryChange,
    noTransaction: url.multiStatement
      ? {
          directive: null,
          advice:
            'Nothing needs to be done: with x-multi-statement each part between two semicolons commits by itself.',
        }
      : {
          directive: null,
          advice:
            'Put the statement alone into a migration of its own: golang-migrate sends a file of one statement without a transaction.',
        },
  };
}

/** golang-migrate: `<number>_<name>.up.sql` and `.down.sql`, the whole file one message. */
export const golangMigrate: MigrationTool = toolWith({
  multiStatement: false,
  table: 'schema_migrations',
  notes: [],
});
