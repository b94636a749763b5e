import { Undecided } from '../errors.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import { literal } from '../sql/names.ts';
import { sqlOfMetadata } from './hasura/metadata.ts';
import { databaseOf, kindOf, type Project, projectOf } from './hasura/project.ts';
import { decodeMigration, refuseLink } from './reading/decode.ts';
import { otherDialect } from './reading/dialect.ts';
import { basename, dirname, exclusion, treePath } from './reading/directories.ts';
import { rustProof } from './reading/rust.ts';
import type {
  Bookkeeping,
  DetectedDatabase,
  Down,
  History,
  Migration,
  MigrationTool,
  Oddity,
  OrderKey,
} from './tool.ts';

/** `<version>_<name>/up.sql`, and in the first version of the format `<version>_<name>.up.sql`. */
const folder = /^(\d+)_(.*)$/;
const named = /^(\d+)_(.*)\.(up|down)\.(sql|yaml)$/;

const detect: MigrationTool['detect'] = async (tree) => {
  const candidates = new Map<string, TreeEntry[]>();
  for (const entry of tree.entries) {
    if (!entry.mode.startsWith('100')) continue;
    const name = basename(entry.path);
    const own = dirname(entry.path);
    const directory =
      name === 'up.sql' && folder.test(basename(own)) ? dirname(own) : named.test(name) ? own : null;
    if (directory === null || exclusion(directory) === 'copied') continue;
    const list = candidates.get(directory);
    if (list === undefined) candidates.set(directory, [entry]);
    else list.push(entry);
  }
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  for (const [path, entries] of candidates) {
    const project = await projectOf(tree, path);
    const flat = entries.every((entry) => dirname(entry.path) === path);
    if (project === null && (flat || !entries.every(hasTimestamp))) continue;
    if (project === null && (await rustProof(tree, path, 'diesel')) !== null) continue;
    const other = await otherKind(tree, path, project, entries);
    if (other !== null) notes.push(`${path} was passed over: ${other}.`);
    else {
      const because =
        project === null
          ? `${entries[0]?.path ?? path} is named as Hasura names migrations`
          : `${project.file} is Hasura's`;
      databases.push({ path, tool: 'hasura', because });
    }
  }
  return { databases, notes };
};

/** Milliseconds since 1970 and a name, as the command makes folders: without its config nothing less is proof. */
const hasTimestamp = (entry: TreeEntry): boolean => /^\d{13}_./.test(basename(dirname(entry.path)));

/** Hasura speaks to other databases too. */
async function otherKind(
  tree: Tree,
  path: string,
  project: Project | null,
  entries: readonly TreeEntry[],
): Promise<string | null> {
  const kind = project === null ? null : await kindOf(tree, project, databaseOf(path));
  if (kind !== null && kind !== 'postgres' && kind !== 'pg') {
    return `the metadata says that ${databaseOf(path)} is ${kind.slice(0, 40)}`;
  }
  const sql = entries.filter((entry) => entry.path.endsWith('.sql'));
  return kind === null && sql.length > 0 ? otherDialect(tree, path, sql) : null;
}

interface Files {
  readonly version: string;
  readonly name: string;
  /** Path of `up.sql`, `down.yaml` and so on, by that name. */
  readonly files: Map<string, string>;
}

async function history(tree: Tree, path: string): Promise<History> {
  const directory = treePath(path);
  const found = new Map<string, Files>();
  const oddities: Oddity[] = [];
  for (const entry of tree.under(directory)) {
    const rest = entry.path.slice(directory === '' ? 0 : directory.length + 1);
    const [first = '', second, ...deeper] = rest.split('/');
    if (deeper.length > 0) continue;
    const raw = second === undefined ? first : `${first}.${second}`;
    const match = named.exec(raw);
    if (match === null) {
      const says = neverRuns(first, second);
      if (says !== null && entry.mode.startsWith('100')) {
        oddities.push({ kind: 'never-runs', file: entry.path, says });
      }
      if (second === undefined && entry.mode === '120000' && folder.test(first)) refuseLink(entry);
      continue;
    }
    refuseLink(entry);
    const [, version = '', name = '', direction = '', kind = ''] = match;
    const key = second === undefined ? `${version}_${name}` : first;
    const files = found.get(key) ?? { version, name, files: new Map() };
    files.files.set(`${direction}.${kind}`, entry.path);
    found.set(key, files);
  }
  const contents = await tree.read([...found.values()].flatMap(({ files }) => [...files.values()]));
  const migrations = [...found.values()].flatMap((one) => migration(one, contents));
  return {
    migrations: migrations.sort((a, b) => order(a, b) || (a.file < b.file ? -1 : 1)),
    notes: [],
    oddities,
  };
}

/** The command passes over whatever does not look like a migration. */
function neverRuns(first: string, second: string | undefined): string | null {
  if (second === undefined) {
    return /\.sql$/i.test(first)
      ? 'Hasura passes over this file: it runs up.sql in folders called <version>_<name>.'
      : null;
  }
  if (!/\.sql$/i.test(second)) return null;
  return folder.test(first)
    ? 'Hasura passes over this file: in the folder of a migration it reads up.sql and down.sql, spelled so.'
    : 'Hasura passes over this file: the name of its folder does not begin with a number and an underscore.';
}

function migration({ version, name, files }: Files, contents: ReadonlyMap<string, Buffer>): Migration[] {
  // A file of no bytes is none to the command.
  const present = (kind: string) => {
    const file = files.get(kind);
    const bytes = file === undefined ? undefined : contents.get(file);
    return file === undefined || bytes === undefined || bytes.length === 0 ? null : { file, bytes };
  };
  const up = present('up.sql');
  const metadata = present('up.yaml');
  const down = present('down.sql');
  const base = { version, name, identity: String(BigInt(version)), transaction: 'single' as const };
  if (up !== null) {
    const sql = text(up.file, up.bytes);
    const alone = /^\s*-- hasura:no-transaction\s*?(?:\n|$)/.test(sql);
    const way: Down | null =
      down === null ? null : { file: down.file, sql: text(down.file, down.bytes), transaction: 'single' };
    return [{ ...base, ...up, sql, transaction: alone ? 'implicit' : 'single', down: way }];
  }
  if (metadata !== null) {
    const read = sqlOfMetadata(metadata.bytes.toString('utf8'));
    return [{ ...base, ...metadata, sql: read, down: null }];
  }
  const other = down ?? present('down.yaml');
  if (other === null) return [];
  const says = `Hasura stops: ${version} up migration not found (up.sql is missing or empty, and there is a way back).`;
  return [{ ...base, ...other, sql: '', refused: { line: 1, says } }];
}

function text(file: string, bytes: Buffer): string {
  const { text: sql, encoding, byteOrderMark } = decodeMigration(file, bytes);
  if (encoding !== 'utf-8') {
    throw new Undecided(
      'invalid-configuration',
      `${file} is ${encoding.toUpperCase()}, which Hasura sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`,
      { place: { file } },
    );
  }
  return byteOrderMark ? `\ufeff${sql}` : sql;
}

function order(left: OrderKey, right: OrderKey): number {
  const [a, b] = [left, right].map(({ version }) => (/^\d+$/.test(version) ? BigInt(version) : 0n));
  if (a === undefined || b === undefined || a === b) return 0;
  return a < b ? -1 : 1;
}

const bookkeeping = (version: number, database: string): Bookkeeping => ({
  setup: `CREATE SCHEMA IF NOT EXISTS hdb_catalog;
CREATE FUNCTION hdb_catalog.gen_hasura_uuid() RETURNS uuid LANGUAGE sql AS $$select gen_random_uuid()$$;
CREATE TABLE hdb_catalog.hdb_version (hasura_uuid uuid PRIMARY KEY DEFAULT hdb_catalog.gen_hasura_uuid(), version text NOT NULL, upgraded_on timestamptz NOT NULL, cli_state jsonb NOT NULL DEFAULT '{}'::jsonb, console_state jsonb NOT NULL DEFAULT '{}'::jsonb);
INSERT INTO hdb_catalog.hdb_version (version, upgraded_on) VALUES ('48', now());${
    version >= 3
      ? ''
      : '\nCREATE TABLE hdb_catalog.schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);'
  }`,
  before: () => '',
  after: ({ identity }) =>
    version >= 3
      ? `UPDATE hdb_catalog.hdb_version SET cli_state = cli_state || jsonb_build_object('migrations', coalesce(cli_state->'migrations', '{}') || jsonb_build_object(${literal(database)}, coalesce(cli_state->'migrations'->${literal(database)}, '{}') || jsonb_build_object(${literal(identity)}, false)));`
      : `INSERT INTO hdb_catalog.schema_migrations (version, dirty) VALUES (${identity}, false);`,
  undo: ({ identity }) =>
    version >= 3
      ? `UPDATE hdb_catalog.hdb_version SET cli_state = cli_state #- ARRAY['migrations', ${literal(database)}, ${literal(identity)}];`
      : `DELETE FROM hdb_catalog.schema_migrations WHERE version = ${identity};`,
  relations: [],
  schemas: ['hdb_catalog'],
});

const toolFor = (version: number, database: string): MigrationTool => ({
  name: 'hasura',
  title: 'Hasura',
  detect,
  configured: async (tree, path) => {
    const project = await projectOf(tree, path);
    return toolFor(project?.version ?? 3, databaseOf(treePath(path)));
  },
  order,
  history,
  bookkeeping: bookkeeping(version, database),
  sessions: 'each',
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'Hasura never looks at a migration again that it has applied: databases that ran the old text keep what it made, new ones get the new text.',
    },
    deleted: {
      does: 'ignores',
      says: 'Hasura applies the others without missing it (`hasura migrate status` says "Not Present"): databases that ran it keep what it made, new ones never get it.',
    },
    renamed: {
      does: 'ignores',
      says: 'Hasura goes by the number in front of the name: a new name goes unnoticed, and under a new number the migration runs a second time.',
    },
    outOfOrder: {
      does: 'runs',
      says: 'Hasura runs it after the migrations that were meant to follow it, while a new database gets it before them.',
    },
    duplicateVersion: {
      does: 'refuses',
      says: 'Hasura refuses to start: "found duplicate migrations for version …".',
      legal: false,
    },
  },
  noTransaction: {
    directive: '-- hasura:no-transaction',
    advice:
      'Put the statement alone into a migration whose first line is `-- hasura:no-transaction`, which the newest command understands; with older ones `hasura migrate apply --no-transaction` does it for all migrations of that call.',
  },
});

/** Hasura's migrations, applied by `hasura migrate apply` or the engine's cli-migrations image. */
export const hasura: MigrationTool = toolFor(3, 'default');
