import { Undecided } from '../errors.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import { loadParser, parseFile } from '../sql/parse.ts';
import { decodeMigration, refuseLink } from './decode.ts';
import { nameOfOther, otherDialect } from './dialect.ts';
import { basename, byDirectory, exclusion, treePath } from './directories.ts';
import { outsideTransaction } from './outside-transaction.ts';
import type { DetectedDatabase, Migration, MigrationTool, OrderKey, TransactionRule } from './tool.ts';

/**
 * What orders a file: a dotted number (`7`, `0042`, `1.10.2`, `20240101120000`) or a date written with
 * separators (`2024_01_31_120000`), then the name.
 */
const fileName =
  /^(\d{4}[-_.]\d{1,2}[-_.]\d{1,2}(?:[-_.T]\d{2,6}){0,3}|\d+(?:\.\d+)*)(?:[-_.]?(.*?))?\.sql$/i;

/** Suffixes of files that are not part of the way forward. */
const notForward = /\.(down|rollback|revert|undo|seed|seeds)\.sql$/i;

export interface PlainFile {
  readonly entry: TreeEntry;
  readonly version: string;
  readonly name: string;
}

/** The forward migrations among the files of one directory, unordered, and what was left out and why. */
export function plainFiles(entries: readonly TreeEntry[]): {
  readonly files: readonly PlainFile[];
  readonly notes: readonly string[];
} {
  const names = new Set(entries.map((entry) => basename(entry.path)));
  const files: PlainFile[] = [];
  const notes: string[] = [];
  const left: string[] = [];
  const others = new Map<string, string[]>();
  for (const entry of entries) {
    const name = basename(entry.path);
    if (!/\.sql$/i.test(name)) continue;
    const match = fileName.exec(name);
    if (match === null) {
      left.push(name);
      continue;
    }
    if (notForward.test(name) || isDownOfPair(name, names)) continue;
    const dialect = nameOfOther(name.replace(/^\d+[-_.]/, '').split('.').slice(1).join('.'));
    if (dialect !== null) {
      others.set(dialect, [...(others.get(dialect) ?? []), name]);
      continue;
    }
    files.push({ entry, version: match[1] ?? '', name: (match[2] ?? '').replace(/[._-]up$/i, '') });
    if (!name.endsWith('.sql')) {
      notes.push(
        `${entry.path} is taken as a migration although its suffix is in upper case, which some runners ignore.`,
      );
    }
  }
  if (left.length > 0) {
    notes.push(`Not taken as migrations, since their names do not begin with a number: ${listed(left)}.`);
  }
  for (const [dialect, found] of others) {
    notes.push(`Not taken as migrations, since their names say ${dialect}: ${listed(found)}.`);
  }
  return { files, notes };
}

/** `1_x_down.sql` is a way back only beside `1_x_up.sql` or `1_x.sql`: `3_scale_down.sql` is a migration. */
function isDownOfPair(name: string, names: ReadonlySet<string>): boolean {
  const match = /^(.*)[-_](down|rollback|revert|undo)\.sql$/i.exec(name);
  const stem = match?.[1];
  if (stem === undefined) return false;
  return [`${stem}_up.sql`, `${stem}-up.sql`, `${stem}.sql`, `${stem}.up.sql`].some((other) =>
    names.has(other),
  );
}

const detect: MigrationTool['detect'] = async (tree) => {
  const strong: DetectedDatabase[] = [];
  const weak: DetectedDatabase[] = [];
  const notes: string[] = [];
  for (const [directory, entries] of byDirectory(tree.entries)) {
    const { files } = plainFiles(entries.filter((entry) => entry.mode !== '160000'));
    if (files.length === 0) continue;
    const named = namedForMigrations(directory);
    if (files.length === 1 && !named) continue;
    if (exclusion(directory) === 'copied') continue;
    const dialect = await otherDialect(
      tree,
      directory,
      files.map((file) => file.entry),
    );
    if (dialect !== null) {
      notes.push(`${shown(directory)} was passed over: ${dialect}.`);
      continue;
    }
    const because = `${files.length} numbered SQL ${files.length === 1 ? 'file' : 'files'} (${basename(files[0]?.entry.path ?? '')}${files.length === 1 ? '' : ', …'}), order assumed from the numbers`;
    (named ? strong : weak).push({ path: directory, tool: 'plain', because });
  }
  if (strong.length > 0) {
    for (const { path } of weak) {
      notes.push(
        `${shown(path)} holds numbered SQL files too, but its name does not say migrations; it was passed over. Name it under databases: in the config if it should be checked.`,
      );
    }
  }
  return { databases: strong.length > 0 ? strong : weak, notes };
};

const namedForMigrations = (directory: string): boolean =>
  directory.split('/').some((segment) => /migrat|^(?:db|database|schema|ddl|sql)$/i.test(segment));

async function history(
  tree: Tree,
  path: string,
): Promise<{ migrations: Migration[]; notes: readonly string[] }> {
  await loadParser();
  const directory = treePath(path);
  const inside = byDirectory(tree.under(directory)).get(directory) ?? [];
  const { files, notes } = plainFiles(inside);
  for (const { entry } of files) refuseLink(entry);
  const contents = await tree.read(files.map((file) => file.entry.path));
  const migrations = files.map(({ entry, version, name }): Migration => {
    const bytes = contents.get(entry.path);
    if (bytes === undefined) {
      throw new Undecided('internal-error', `git has no contents for ${entry.path}.`, {
        place: { file: entry.path },
      });
    }
    const { text: sql, encoding } = decodeMigration(entry.path, bytes);
    if (encoding !== 'utf-8') {
      throw new Undecided(
        'invalid-configuration',
        `${entry.path} is ${encoding.toUpperCase()}, which psql and most scripts send to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`,
        { place: { file: entry.path } },
      );
    }
    return {
      version,
      name,
      identity: basename(entry.path),
      file: entry.path,
      bytes,
      sql,
      transaction: transactionRule(sql),
    };
  });
  return { migrations: migrations.sort(order), notes };
}

/**
 * One transaction a file, as runners of this kind do, unless the file says otherwise or PostgreSQL would
 * refuse one of its statements there.
 */
function transactionRule(sql: string): TransactionRule {
  if (/^--[ \t]*no-transaction\b/i.test(sql)) return 'none';
  return parseFile(sql).statements.some((statement) => outsideTransaction(statement) !== null)
    ? 'none'
    : 'single';
}

/** By number part after part, whatever their length and padding; then by name, bytewise as `ls` and git do. */
function order(left: OrderKey, right: OrderKey): number {
  return compareNumbers(left.version, right.version) || compareText(left.name, right.name);
}

export function compareNumbers(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.match(/\d+/g)?.map(BigInt) ?? []);
  for (let part = 0; part < Math.max(a?.length ?? 0, b?.length ?? 0); part += 1) {
    const [x, y] = [a?.[part], b?.[part]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

export const compareText = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

const shown = (directory: string): string => (directory === '' ? 'The root of the repository' : directory);

const listed = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;

/** Numbered SQL files that the project's own script runs. No tool is known, so its order is assumed. */
export const plain: MigrationTool = {
  name: 'plain',
  title: 'Plain SQL files',
  detect,
  order,
  history,
  bookkeeping: { setup: '', before: () => '', after: () => '', relations: [] },
  sessions: 'each',
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'Plain SQL files have no tool that compares contents: databases that ran the old text keep what it made, new ones get the new text.',
    },
    deleted: {
      does: 'ignores',
      says: 'Plain SQL files have no tool that misses a file: databases that ran it keep what it made, new ones never get it.',
    },
    renamed: {
      does: 'depends',
      says: 'Plain SQL files are remembered by name or by number, depending on the script that runs them: one that goes by the name runs a renamed file a second time.',
    },
    outOfOrder: {
      does: 'runs',
      says: 'Plain SQL files are usually each run once, so a late number still runs, after those that were meant to follow it; a script that only remembers the highest number never runs it.',
    },
    duplicateVersion: {
      does: 'runs',
      says: 'Plain SQL files with the same number run in the order of their names, and a script that remembers numbers runs only one of them.',
      legal: false,
    },
  },
  noTransaction: {
    directive: '-- no-transaction',
    advice:
      'Put the statement into a file of its own that begins with the line `-- no-transaction`, and have the script that runs your files send it without BEGIN.',
  },
};
