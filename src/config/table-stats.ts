import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { quoted } from './nearest.ts';

/** Size of one table in production, as the user's file says. */
export interface TableSize {
  /** Estimated number of rows (`pg_class.reltuples`). */
  readonly rows: number;
  /** Bytes on disk with indexes and TOAST; null where the file does not say. */
  readonly bytes: number | null;
}

/** Sizes by unquoted `schema.table`. */
export type TableStats = ReadonlyMap<string, TableSize>;

/** Far more than any database has tables. */
const longest = 20 * 1024 * 1024;

const count = z.coerce.number({ error: 'must be a number' }).min(0, 'must not be negative');
const row = z.object({
  schema: z.string().min(1).default('public'),
  table: z.string().min(1, 'must name a table'),
  rows: count,
  bytes: z
    .union([z.literal('').transform(() => null), z.null(), count])
    .optional()
    .transform((bytes) => bytes ?? null),
});

/**
 * Reads table statistics: a JSON array of objects, or CSV with a header line, of `schema`, `table`, `rows` and
 * `bytes` (`schema` and `bytes` may be missing; other columns are passed over).
 *
 * @throws UserError with file and line (CSV) or element (JSON)
 */
export function readTableStats(file: string, text: string): TableStats {
  const wrong = (message: string, line?: number): never => {
    throw new UserError(`${file}${line === undefined ? '' : `:${line}`}: ${message}`, {
      place: { file, line },
    });
  };
  if (text.length > longest) wrong('Table statistics of more than 20 MB are not read.');
  const json = text.trimStart().startsWith('[') || file.toLowerCase().endsWith('.json');
  const { rows, lineOf } = json ? fromJson(text, wrong) : fromCsv(text, wrong);
  const stats = new Map<string, TableSize>();
  for (const [index, raw] of rows.entries()) {
    const result = row.safeParse(raw);
    if (!result.success) {
      const issue = result.error.issues[0];
      const where = json ? `element ${index + 1}: ` : '';
      const what = issue?.path.length ? `${issue.path.join('.')} ${issue.message}` : issue?.message;
      wrong(`${where}${what}. It takes schema, table, rows and bytes.`, lineOf(index));
      continue;
    }
    const { schema, table, rows: estimate, bytes } = result.data;
    stats.set(`${schema}.${table}`, { rows: estimate, bytes });
  }
  return stats;
}

/**
 * The option names a file of whoever runs the gate; the config's key one of the repository, read from head.
 *
 * @param option the option's file
 * @param path what the config's key says
 * @param wrong reports wrong use at the line of that key
 */
export async function tableStatsOf(
  option: string | null,
  head: Tree,
  path: string | null,
  wrong: (message: string) => never,
): Promise<TableStats | null> {
  if (option !== null) {
    const text = await readFile(option, 'utf8').catch((error: Error) => {
      throw new UserError(`The table statistics cannot be read: ${error.message}`, { cause: error });
    });
    return readTableStats(option, text);
  }
  if (path === null) return null;
  const entry = head.get(path.replace(/^\.\//, ''));
  if (entry === undefined || !entry.mode.startsWith('100')) return wrong(`There is no file ${quoted(path)}.`);
  return readTableStats(entry.path, (await head.read([entry.path])).get(entry.path)?.toString('utf8') ?? '');
}

type Wrong = (message: string, line?: number) => never;
interface Rows {
  readonly rows: readonly unknown[];
  lineOf(index: number): number | undefined;
}

function fromJson(text: string, wrong: Wrong): Rows {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return wrong(`This is not valid JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(value)) return wrong('This is not a JSON array of tables.');
  return { rows: value, lineOf: () => undefined };
}

function fromCsv(text: string, wrong: Wrong): Rows {
  try {
    const records = parse(text, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      skip_empty_lines: true,
      trim: true,
      info: true,
    }) as unknown as { record: unknown; info: { lines: number } }[];
    return { rows: records.map(({ record }) => record), lineOf: (index) => records[index]?.info.lines };
  } catch (error) {
    const { message, lines } = error as Error & { lines?: number };
    return wrong(`This is neither JSON nor CSV: ${message}`, lines);
  }
}
