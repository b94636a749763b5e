import { parse } from 'smol-toml';
import { Undecided } from '../errors.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import { literal } from '../sql/names.ts';
import { loadParser } from '../sql/parse.ts';
import { refuseLink } from './reading/decode.ts';
import { otherDialect } from './reading/dialect.ts';
import { basename, dirname, exclusion, treePath, within } from './reading/directories.ts';
import { rustProof } from './reading/rust.ts';
import { otherByFeatures } from './reading/rust-features.ts';
import { sentText } from './reading/texts.ts';
import { futureOnes } from './reading/timestamps.ts';
import type {
  DetectedDatabase,
  History,
  Migration,
  MigrationTool,
  OrderKey,
  TransactionRule,
} from './tool.ts';

const title = 'Diesel';

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  const directories = new Map<string, TreeEntry[]>();
  for (const entry of tree.entries) {
    if (basename(entry.path) !== 'up.sql') continue;
    const directory = dirname(dirname(entry.path));
    if (exclusion(directory) === 'copied' || !/^\d/.test(basename(dirname(entry.path)))) continue;
    directories.set(directory, [...(directories.get(directory) ?? []), entry]);
  }
  for (const [directory, entries] of directories) {
    const because = await rustProof(tree, directory, 'diesel');
    if (because === null) continue;
    const dialect =
      (await otherByFeatures(tree, directory, 'diesel')) ?? (await otherDialect(tree, directory, entries));
    if (dialect === null) databases.push({ path: directory, tool: 'diesel', because });
    else notes.push(`${directory} was passed over: ${dialect}.`);
  }
  return { databases, notes };
};

/** Folders directly below, with what is directly in each; hidden and empty ones are none to Diesel. */
function folders(tree: Tree, directory: string): Map<string, TreeEntry[]> {
  const found = new Map<string, TreeEntry[]>();
  for (const entry of tree.under(directory)) {
    const rest = entry.path.slice(directory === '' ? 0 : directory.length + 1);
    const slash = rest.indexOf('/');
    if (rest.startsWith('.')) continue;
    if (slash === -1) {
      if (entry.mode === '120000' || entry.mode === '160000') refuseLink(entry);
      continue;
    }
    const folder = rest.slice(0, slash);
    found.set(folder, [...(found.get(folder) ?? []), entry]);
  }
  return found;
}

async function history(tree: Tree, path: string): Promise<History> {
  await loadParser();
  const directory = treePath(path);
  const all = folders(tree, directory);
  const inside = (folder: string, name: string) => within(within(directory, folder), name);
  const contents = await tree.read(
    [...all.keys()].flatMap((folder) =>
      ['up.sql', 'down.sql', 'metadata.toml'].map((name) => inside(folder, name)),
    ),
  );
  const migrations = [...all].map(([folder, entries]): Migration => {
    for (const entry of entries) {
      if (['up.sql', 'down.sql', 'metadata.toml'].includes(basename(entry.path))) refuseLink(entry);
    }
    const file = inside(folder, 'up.sql');
    const bytes = contents.get(file);
    if (bytes === undefined) throw notAMigration(directory, folder, entries);
    const transaction = transactionOf(contents.get(inside(folder, 'metadata.toml')));
    const back = contents.get(inside(folder, 'down.sql'));
    const version = versionOf(folder);
    const sql = sentText(title, file, bytes);
    return {
      version,
      name: folder.includes('_') ? folder.slice(folder.indexOf('_') + 1) : '',
      identity: version,
      file,
      bytes,
      sql,
      transaction,
      down:
        back === undefined
          ? null
          : {
              file: inside(folder, 'down.sql'),
              sql: sentText(title, inside(folder, 'down.sql'), back),
              transaction,
            },
      ...(sql === ''
        ? {
            refused: {
              line: 1,
              says: `${title} stops: Failed to run ${folder} with: Attempted to run an empty migration.`,
            },
          }
        : {}),
    };
  });
  const loose = tree
    .under(directory)
    .filter((entry) => dirname(entry.path) === directory && /\.sql$/i.test(entry.path));
  return {
    migrations: migrations.sort(order),
    notes: [],
    oddities: [
      ...loose.map(({ path: file }) => ({
        kind: 'never-runs' as const,
        file,
        says: `${title} passes over ${basename(file)}: it reads ${within('<version>_<name>', 'up.sql')} in folders only.`,
      })),
      ...futureOnes(title, migrations),
    ],
  };
}

/** migrations_internals: what stands before the first `_`, without dashes. */
const versionOf = (folder: string): string => (folder.split('_')[0] ?? '').replaceAll('-', '');

/**
 * A metadata.toml that does not say `run_in_transaction` says no (the field's default is false), one that is no TOML
 * is taken for none. Without a transaction the file is one message all the same.
 */
function transactionOf(metadata: Buffer | undefined): TransactionRule {
  if (metadata === undefined) return 'single';
  try {
    const { run_in_transaction: inTransaction = false } = parse(metadata.toString('utf8'));
    return inTransaction === false ? 'implicit' : 'single';
  } catch {
    return 'single';
  }
}

const notAMigration = (directory: string, folder: string, entries: readonly TreeEntry[]): Undecided =>
  new Undecided(
    'invalid-configuration',
    `Diesel stops at ${within(directory, folder)}: "Invalid migration directory: the directory's name should be <timestamp>_<name_of_migration>, and it should contain up.sql and optionally down.sql." There is only ${entries
      .slice(0, 3)
      .map((entry) => basename(entry.path))
      .join(', ')} in it. Restore up.sql, or remove the folder.`,
    { place: { file: within(directory, folder) } },
  );

const bytewise = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

/** Versions are compared as text, however many digits they have. */
const order = (left: OrderKey, right: OrderKey): number =>
  bytewise(left.version.replaceAll('-', ''), right.version.replaceAll('-', '')) ||
  bytewise(left.name, right.name);

/** Diesel: `<version>_<name>/up.sql` and `down.sql`, run by `diesel migration run` or by `embed_migrations!()` in the program. */
export const diesel: MigrationTool = {
  name: 'diesel',
  title,
  detect,
  order,
  history,
  bookkeeping: {
    // diesel, migration/setup_migration_table.sql
    setup: `CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
       version VARCHAR(50) PRIMARY KEY NOT NULL,
       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);`,
    before: () => '',
    after: ({ version }) => `INSERT INTO __diesel_schema_migrations (version) VALUES (${literal(version)});`,
    undo: ({ version }) => `DELETE FROM __diesel_schema_migrations WHERE version = ${literal(version)};`,
    relations: ['public.__diesel_schema_migrations'],
  },
  sessions: 'one',
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: `${title} remembers versions only and never looks at a file that it has run: databases that ran the old text keep what it made, new ones get the new text, and nothing says that they differ.`,
    },
    deleted: {
      does: 'ignores',
      says: `${title} does not miss a file when it deploys: databases that ran it keep what it made, new ones never get it, and taking it back stops with "Unable to find migration version … to revert in the migrations directory."`,
    },
    renamed: {
      does: 'runs',
      says: `${title} knows a migration by what stands before the first underscore of its folder, dashes aside: under another version it runs a second time, under the same one nothing is noticed.`,
      sameVersion: `${title} knows a migration by what stands before the first underscore of its folder, dashes aside: another name behind it goes unnoticed.`,
    },
    outOfOrder: {
      does: 'runs',
      says: `${title} runs it after the migrations that were meant to follow it, while a new database gets it before them.`,
    },
    duplicateVersion: {
      does: 'skips',
      says: `${title} keeps one migration for each version and drops the other without a word: where one of the two was applied the other never runs, and on a new database it is left open which one does.`,
      legal: false,
    },
  },
  noTransaction: {
    directive: null,
    advice:
      'Put the statement alone into a migration of its own, with a file metadata.toml beside up.sql that says `run_in_transaction = false`: Diesel then sends the file without BEGIN, and several statements of one file would still share a transaction.',
  },
};
