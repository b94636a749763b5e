import { supabasePrelude } from '../shadow/preludes/supabase.ts';
import { parseInChunks } from '../sql/chunks.ts';
import { loadParser } from '../sql/parse.ts';
import { compareText } from './plain/files.ts';
import { refuseLink } from './reading/decode.ts';
import { otherDialect } from './reading/dialect.ts';
import { basename, byDirectory, dirname, exclusion, treePath, within } from './reading/directories.ts';
import { outsideTransaction } from './reading/outside-transaction.ts';
import { sentText } from './reading/texts.ts';
import { pinnedToOnePipeline } from './supabase/version.ts';
import type {
  Bookkeeping,
  DetectedDatabase,
  History,
  HistoryBehaviour,
  Migration,
  MigrationTool,
  Oddity,
  OrderKey,
  Span,
} from './tool.ts';

const title = 'Supabase';

/** `20240101120000_add_users.sql`; the CLI takes any number of digits and compares them as text. */
const fileName = /^([0-9]+)_(.*)\.sql$/;

/** The first file of projects that an old CLI began: it held the platform's own dump and is passed over. */
const oldInit = /([0-9]{14})_init\.sql/;
const oldInitBefore = 20211209000000n;

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  const roots = tree.entries.flatMap(({ path }) => {
    if (basename(path) === 'config.toml' && basename(dirname(path)) === 'supabase') return [dirname(path)];
    return /(?:^|\/)supabase\/migrations\/\d+_[^/]*\.sql$/.test(path) ? [dirname(dirname(path))] : [];
  });
  for (const root of new Set(roots)) {
    const path = within(root, 'migrations');
    if (exclusion(path) === 'copied') continue;
    const sql = tree.under(path).filter((entry) => fileName.test(basename(entry.path)));
    if (sql.length === 0) continue;
    const config = within(root, 'config.toml');
    const dialect = await otherDialect(tree, path, sql);
    if (dialect !== null) notes.push(`${path} was passed over: ${dialect}.`);
    else
      databases.push({
        path,
        tool: 'supabase',
        because:
          tree.get(config) === undefined
            ? 'it is supabase/migrations, where the Supabase CLI keeps them'
            : `${config} is there`,
      });
  }
  return { databases, notes };
};

const history: MigrationTool['history'] = async (tree, path): Promise<History> => {
  await loadParser();
  const directory = treePath(path);
  const inside = byDirectory(tree.under(directory)).get(directory) ?? [];
  const sorted = [...inside].sort((a, b) => compareText(a.path, b.path));
  const oddities: Oddity[] = [];
  const files = sorted.filter((entry, index) => {
    const never = index === 0 && isOldInit(basename(entry.path)) ? 'init' : neverRuns(basename(entry.path));
    if (never === null) return true;
    if (/\.sql$/i.test(entry.path)) {
      oddities.push({ kind: 'never-runs', file: entry.path, says: neverRunsSays(entry.path, never) });
    }
    return false;
  });
  for (const file of files) refuseLink(file);
  const contents = await tree.read(files.map((file) => file.path));
  const pinned = await pinnedToOnePipeline(tree, directory);
  const migrations = files.flatMap(({ path: file }): Migration[] => {
    const bytes = contents.get(file);
    const [, version = '', name = ''] = fileName.exec(basename(file)) ?? [];
    if (bytes === undefined) return [];
    const sql = sentText(title, file, bytes);
    const split = messagesOf(sql, pinned !== null);
    return [
      {
        version,
        name,
        identity: version,
        file,
        bytes,
        sql,
        transaction: 'implicit',
        ...(split === null ? {} : { messages: split }),
      },
    ];
  });
  oddities.push(...unpadded(migrations));
  return { migrations, notes: await notesOn(tree, directory, migrations, pinned), oddities };
};

const isOldInit = (name: string): boolean => {
  const stamp = oldInit.exec(name)?.[1];
  return stamp !== undefined && BigInt(stamp) < oldInitBefore;
};

const neverRuns = (name: string): 'name' | null => (fileName.test(name) ? null : 'name');

const neverRunsSays = (file: string, why: 'init' | 'name'): string =>
  why === 'init'
    ? `The Supabase CLI passes over ${file}: a first file called init from before December 2021 held the platform's own objects. Give it another name if it should run.`
    : `The Supabase CLI passes over ${file}: it takes names of the form <timestamp>_name.sql only, digits first and .sql in lower case. Name it with supabase migration new.`;

/** Versions of different lengths: 10 comes before 9. */
function unpadded(migrations: readonly Migration[]): Oddity[] {
  return migrations.flatMap(({ version, file }, index): Oddity[] => {
    const before = migrations[index - 1]?.version;
    if (before === undefined || BigInt(before) <= BigInt(version)) return [];
    return [
      {
        kind: 'ambiguous-order',
        file,
        says: `Supabase orders versions as text, so that ${version} comes after ${before}. Use timestamps of one length, as supabase migration new writes them.`,
      },
    ];
  });
}

/**
 * A file is one pipeline with a single Sync: an implicit transaction block of all of its statements. What PostgreSQL refuses
 * in a block is sent apart by newer CLIs; older ones could only have it first in the file, where the block begins after it.
 */
function messagesOf(sql: string, onePipeline: boolean): Span[] | null {
  const messages: { start: number; end: number }[] = [];
  let apart = false;
  let statements = 0;
  let from = 0;
  const error = parseInChunks(sql, (statement) => {
    const alone = outsideTransaction(statement) !== null && (!onePipeline || statements === 0);
    const last = messages.at(-1);
    if (last === undefined || alone || apart) messages.push({ start: from, end: statement.end });
    else last.end = statement.end;
    apart = alone;
    statements += 1;
    from = statement.end;
  });
  return error !== null || messages.length < 2 ? null : messages;
}

async function notesOn(
  tree: Parameters<MigrationTool['history']>[0],
  directory: string,
  migrations: readonly Migration[],
  pinned: { readonly file: string; readonly version: string } | null,
): Promise<string[]> {
  const root = dirname(directory);
  const [config, roles] = ['config.toml', 'roles.sql'].map((name) => within(root, name));
  const text = (await tree.read([config ?? ''])).get(config ?? '')?.toString('utf8') ?? '';
  return [
    ...(/^\s*\[db\.migrations\][^[]*?^\s*enabled\s*=\s*false/m.test(text)
      ? [`${config} switches migrations off (db.migrations.enabled): supabase db push applies none of them.`]
      : []),
    ...(roles !== undefined && tree.get(roles) !== undefined
      ? [
          `${roles} is not run before the migrations, since supabase db push leaves it out unless asked: name it under setup: in .github/migration-gate.yml if they need its roles.`,
        ]
      : []),
    ...(pinned !== null && migrations.some(({ sql }) => /\bconcurrently\b/i.test(sql))
      ? [
          `${pinned.file} pins the Supabase CLI ${pinned.version}, which sends CREATE INDEX CONCURRENTLY in the same pipeline as the rest of its file.`,
        ]
      : []),
  ];
}

/** By the name of the file, bytewise, as the directory is listed. */
const order = (left: OrderKey, right: OrderKey): number =>
  compareText(`${left.version}_${left.name}`, `${right.version}_${right.name}`);

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** As an E'' literal where a backslash would be read in two ways. */
const literal = (text: string): string =>
  text.includes('\\') ? ` E${quoted(text.replaceAll('\\', '\\\\'))}` : quoted(text);

const bookkeeping: Bookkeeping = {
  setup: `CREATE SCHEMA IF NOT EXISTS supabase_migrations;
CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY);
ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[];
ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text`,
  before: () => '',
  after: ({ version, name, sql }) => {
    const statements: string[] = [];
    let from = 0;
    parseInChunks(sql, ({ end }) => {
      statements.push(sql.slice(from, end).replace(/^[\s;]+/, ''));
      from = end;
    });
    const list = `ARRAY[${statements.map(literal).join(', ')}]::text[]`;
    return `INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES (${literal(version)}, ${literal(name)}, ${list})`;
  },
  undo: ({ version }) =>
    `DELETE FROM supabase_migrations.schema_migrations WHERE version = ${literal(version)}`,
  relations: ['supabase_migrations.schema_migrations', 'supabase_migrations.seed_files'],
  schemas: ['supabase_migrations'],
};

const missing = 'Remote migration versions not found in local migrations directory.';

const onHistoryChange: HistoryBehaviour = {
  edited: {
    does: 'ignores',
    says: 'Supabase goes by the version alone and never compares contents: databases that ran the old text keep what it made, new ones get the new text.',
  },
  deleted: {
    does: 'refuses',
    says: `Supabase refuses to push while the database knows a version that has no file: "${missing}"`,
  },
  renamed: {
    does: 'refuses',
    says: `Supabase knows a migration by its number: under another number it is a file that is missing and one that is new, and the push stops with "${missing}"`,
    sameVersion: 'Supabase knows a migration by its number: another name behind it goes unnoticed.',
  },
  outOfOrder: {
    does: 'refuses',
    says: 'Supabase refuses a file whose number sorts before the newest applied one: "Found local migration files to be inserted before the last migration on remote database." With --include-all it runs.',
  },
  duplicateVersion: {
    does: 'refuses',
    says: 'Supabase keeps the number as its primary key, so that the second file of a number fails with a unique violation when it is recorded, and is rolled back.',
    legal: false,
  },
};

/** Migrations of the Supabase CLI (`supabase db push`, `supabase migration up`). */
export const supabase: MigrationTool = {
  name: 'supabase',
  title,
  detect,
  configured: async (_tree, _path, { outOfOrder }) =>
    outOfOrder === true
      ? {
          ...supabase,
          onHistoryChange: {
            ...onHistoryChange,
            outOfOrder: {
              does: 'runs',
              says: 'Supabase runs a late file with --include-all, after those that were meant to follow it.',
            },
          },
        }
      : supabase,
  order,
  history,
  bookkeeping,
  prelude: supabasePrelude,
  // RESET ALL stands before every file; what else a session keeps (temporary tables, a role) is not relied upon.
  sessions: 'each',
  onHistoryChange,
  noTransaction: {
    directive: null,
    advice:
      'Put the statement into a file of its own: the Supabase CLI sends a file as one pipeline, which is a transaction as soon as it holds a second statement (newer releases send CREATE INDEX CONCURRENTLY and its like apart wherever they stand).',
  },
};
