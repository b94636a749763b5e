import { createHash } from 'node:crypto';
import { Undecided } from '../errors.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import { identifier, literal } from '../sql/names.ts';
import { loadParser } from '../sql/parse.ts';
import { refuseLink } from './reading/decode.ts';
import { otherDialect } from './reading/dialect.ts';
import { basename, byDirectory, exclusion, treePath } from './reading/directories.ts';
import { rustProof } from './reading/rust.ts';
import { otherByFeatures } from './reading/rust-features.ts';
import { sentText } from './reading/texts.ts';
import { futureOnes } from './reading/timestamps.ts';
import { type SqlxSettings, sqlxDefaults, sqlxSettings } from './sqlx/settings.ts';
import type {
  Bookkeeping,
  DetectedDatabase,
  History,
  Migration,
  MigrationTool,
  Oddity,
  OrderKey,
} from './tool.ts';

const title = 'SQLx';

interface Named {
  readonly entry: TreeEntry;
  /** Null: no number stands before the first `_`, at which SQLx stops. */
  readonly version: bigint | null;
  readonly name: string;
  readonly direction: 'up' | 'down';
}

/** migrate/source.rs: what stands before the first `_`, and whatever ends in `.sql` after it. */
function named(entry: TreeEntry): Named | null {
  const [, digits, rest] = /^([^_]*)_(.*)$/s.exec(basename(entry.path)) ?? [];
  if (digits === undefined || rest === undefined || !rest.endsWith('.sql')) return null;
  return {
    entry,
    version: number(digits),
    name: rest.replace(/(?:\.up\.sql|\.down\.sql|\.sql)$/, ''),
    direction: rest.endsWith('.down.sql') ? 'down' : 'up',
  };
}

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  for (const [directory, entries] of byDirectory(tree.entries)) {
    if (exclusion(directory) === 'copied') continue;
    const files = entries.filter((entry) => (named(entry)?.version ?? null) !== null);
    const ups = files.filter(({ path }) => !path.endsWith('.down.sql'));
    if (files.length === 0) continue;
    const because = await rustProof(tree, directory, 'sqlx');
    if (because === null) continue;
    const dialect =
      (await otherByFeatures(tree, directory, 'sqlx')) ??
      (await otherDialect(tree, directory, ups.length > 0 ? ups : files));
    if (dialect === null) databases.push({ path: directory, tool: 'sqlx', because });
    else notes.push(`${directory} was passed over: ${dialect}.`);
  }
  return { databases, notes };
};

async function history(tree: Tree, path: string, settings: SqlxSettings): Promise<History> {
  await loadParser();
  const entries = byDirectory(tree.under(treePath(path))).get(treePath(path)) ?? [];
  const files = entries.flatMap((entry) => named(entry) ?? []);
  for (const { entry } of files) refuseLink(entry);
  const contents = await tree.read(files.map(({ entry }) => entry.path));
  const read = ({ entry }: Named) => {
    const bytes = contents.get(entry.path);
    if (bytes === undefined)
      throw new Undecided('internal-error', `git has no contents for ${entry.path}.`, {
        place: { file: entry.path },
      });
    return { bytes, sql: sentText(title, entry.path, bytes) };
  };
  const downs = new Map(
    files.filter(({ direction }) => direction === 'down').map((file) => [file.version, file]),
  );
  const migrations = files
    .filter(({ direction }) => direction === 'up')
    .map((file): Migration => {
      const { bytes, sql } = read(file);
      const fileName = basename(file.entry.path);
      const version = file.version === null ? fileName.slice(0, fileName.indexOf('_')) : String(file.version);
      const down = downs.get(file.version);
      const back = down === undefined ? null : read(down);
      return {
        version,
        name: file.name,
        identity: version,
        file: file.entry.path,
        bytes,
        sql,
        transaction: transactionOf(sql),
        down:
          back === null || down === undefined
            ? null
            : { file: down.entry.path, sql: back.sql, transaction: transactionOf(back.sql) },
        ...(file.version === null
          ? {
              refused: {
                line: 1,
                says: `${title} stops before it runs anything: error parsing migration filename "${fileName}"; expected integer version prefix (e.g. \`01_foo.sql\`)`,
              },
            }
          : {}),
        extra: { checksum: checksum(sql, settings.ignoredChars) },
      };
    })
    .sort(order);
  return { migrations, notes: [], oddities: [...oddities(entries, files), ...futureOnes(title, migrations)] };
}

/** The first bytes decide; a byte order mark before them hides them. */
const transactionOf = (sql: string) => (sql.startsWith('-- no-transaction') ? 'implicit' : 'single');

function checksum(sql: string, ignored: readonly string[]): string {
  const counted = ignored.length === 0 ? sql : [...sql].filter((one) => !ignored.includes(one)).join('');
  return createHash('sha384').update(counted).digest('hex');
}

function oddities(entries: readonly TreeEntry[], files: readonly Named[]): Oddity[] {
  const read = new Set(files.map(({ entry }) => entry));
  const ups = new Set(files.filter(({ direction }) => direction === 'up').map(({ version }) => version));
  return [
    ...entries
      .filter((entry) => !read.has(entry) && /^\d.*\.sql$|_.*\.sql$/i.test(basename(entry.path)))
      .map(
        ({ path }): Oddity => ({
          kind: 'never-runs',
          file: path,
          says: `${title} passes over ${basename(path)}: it reads files named <number>_<name>.sql, with an underscore and in lower case.`,
        }),
      ),
    ...files
      .filter(({ direction, version }) => direction === 'down' && !ups.has(version))
      .map(
        ({ entry }): Oddity => ({
          kind: 'never-runs',
          file: entry.path,
          says: `${title} finds no way up to this way down: the other half must be called ${basename(entry.path).replace(/\.down\.sql$/, '.up.sql')}.`,
        }),
      ),
  ];
}

/** A version as Rust's `i64` reads it; null for what it refuses. */
function number(text: string): bigint | null {
  if (!/^[+-]?\d+$/.test(text)) return null;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, value) === value ? value : null;
}

/** As numbers; what is none, at which SQLx stops, last, so that the others are still looked at. */
function order(left: OrderKey, right: OrderKey): number {
  const [a, b] = [number(left.version), number(right.version)];
  if (a === null || b === null)
    return a === b
      ? Buffer.compare(Buffer.from(left.version), Buffer.from(right.version))
      : a === null
        ? 1
        : -1;
  return a < b ? -1 : a > b ? 1 : Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));
}

/** sqlx-postgres, migrate.rs. Names stand in it as in sqlx.toml, quotes and schema included. */
function bookkeepingFor({ table, createSchemas }: SqlxSettings): Bookkeeping {
  const parts = (table.match(/"(?:[^"]|"")+"|[^."\s]+/g) ?? []).map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase(),
  );
  return {
    setup: [
      ...createSchemas.map((schema) => `CREATE SCHEMA IF NOT EXISTS ${schema};`),
      `CREATE TABLE IF NOT EXISTS ${table} (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
    success BOOLEAN NOT NULL,
    checksum BYTEA NOT NULL,
    execution_time BIGINT NOT NULL
);`,
    ].join('\n'),
    before: () => '',
    after: ({ version, name, extra }) =>
      `INSERT INTO ${table} (version, description, success, checksum, execution_time) VALUES (${version}, ${literal(name.replaceAll('_', ' '))}, TRUE, '\\x${extra?.checksum ?? ''}', -1);`,
    undo: ({ version }) => `DELETE FROM ${table} WHERE version = ${version};`,
    relations: [parts.length > 1 ? parts.slice(-2).join('.') : `public.${parts[0] ?? identifier(table)}`],
  };
}

function toolWith(settings: SqlxSettings): MigrationTool {
  return {
    name: 'sqlx',
    title,
    detect,
    configured: async (tree, path) => toolWith(await sqlxSettings(tree, treePath(path))),
    order,
    history: (tree, path) => history(tree, path, settings),
    bookkeeping: bookkeepingFor(settings),
    sessions: 'one',
    onHistoryChange: {
      edited: {
        does: 'refuses',
        says: `${title} refuses to start on every database that ran the old text: "migration … was previously applied but has been modified". It compares checksums of the bytes, so that a comment or a line end counts.`,
      },
      deleted: {
        does: 'refuses',
        says: `${title} refuses to start: "migration … was previously applied but is missing in the resolved migrations" (unless it is called with --ignore-missing).`,
      },
      renamed: {
        does: 'refuses',
        says: `${title} knows a migration by its number: under another number it refuses to start, "migration … was previously applied but is missing in the resolved migrations"; under the same number it notices nothing.`,
        sameVersion: `${title} knows a migration by its number: another name behind it goes unnoticed.`,
      },
      outOfOrder: {
        does: 'runs',
        says: `${title} runs it after the migrations that were meant to follow it, while a new database gets it before them.`,
      },
      duplicateVersion: {
        does: 'refuses',
        says: `${title} takes the number for one migration: where the other file was applied it stops with "migration … was previously applied but has been modified", on a new database the second one breaks the primary key of its table.`,
        legal: false,
      },
    },
    noTransaction: {
      directive: '-- no-transaction',
      advice:
        'Put the statement alone into a migration of its own that begins with the line `-- no-transaction`, at the very first byte: SQLx then sends the file without BEGIN, and several statements of one file would still share a transaction.',
    },
  };
}

/** SQLx: `<number>_<name>.sql` or `.up.sql` and `.down.sql`, run by `sqlx migrate run` or by `migrate!()` in the program. */
export const sqlx: MigrationTool = toolWith(sqlxDefaults);
