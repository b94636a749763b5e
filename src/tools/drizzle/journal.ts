import { Undecided } from '../../errors.ts';
import type { Tree } from '../../git/tree.ts';
import { within } from '../reading/directories.ts';

/** One line of `meta/_journal.json`. */
export interface JournalEntry {
  /** The file's name without `.sql`. */
  readonly tag: string;
  /** Milliseconds since 1970. What the database remembers of a migration, and all that is compared. */
  readonly when: number;
}

export interface Journal {
  /** Path from the repository root. */
  readonly path: string;
  readonly dialect: string;
  readonly entries: readonly JournalEntry[];
}

/** Where the journal of a directory is. */
export const journalPath = (directory: string): string => within(directory, 'meta/_journal.json');

/** What drizzle-kit calls PostgreSQL, now and up to 0.20. */
export const isPostgres = (dialect: string): boolean =>
  ['postgresql', 'postgres', 'pg'].includes(dialect.toLowerCase());

/**
 * The journal of a directory, null where it has none.
 *
 * @throws Undecided when the journal is nothing that Drizzle could read
 */
export async function readJournal(tree: Tree, directory: string): Promise<Journal | null> {
  const path = journalPath(directory);
  if (tree.get(path) === undefined) return null;
  const text = (await tree.read([path])).get(path)?.toString('utf8') ?? '';
  const journal = record(parsed(text, path));
  if (!Array.isArray(journal.entries)) {
    throw broken(path, 1, 'it has no list of entries');
  }
  const entries = journal.entries.map((value: unknown, index): JournalEntry => {
    const { tag, when } = record(value);
    if (typeof tag !== 'string' || typeof when !== 'number') {
      throw broken(path, 1, `entry ${index + 1} has no tag or no when`);
    }
    return { tag, when };
  });
  return { path, dialect: typeof journal.dialect === 'string' ? journal.dialect : '', entries };
}

/** The dialect that a journal or snapshot says, without asking whether the rest of it can be read. */
export const dialectIn = (text: string): string | null =>
  /"dialect"\s*:\s*"([^"\n]{1,40})"/.exec(text)?.[1] ?? null;

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const conflict = text.split('\n').findIndex((line) => /^(?:<{7}|={7}|>{7})/.test(line));
    const why = conflict === -1 ? 'it is no JSON' : 'it holds the marks of a merge conflict';
    throw broken(path, conflict + 1 || 1, why, error);
  }
}

const broken = (path: string, line: number, why: string, cause?: unknown): Undecided =>
  new Undecided(
    'invalid-configuration',
    `Drizzle stops the deployment: ${path} cannot be read, since ${why}. Take base's version of the file and generate your migration again.`,
    { place: { file: path, line }, cause },
  );

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
