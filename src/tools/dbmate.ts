import { Undecided } from '../errors.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import { literal, qualified } from '../sql/names.ts';
import { loadParser, parseFile } from '../sql/parse.ts';
import { type DbmateError, type DbmateSection, parseDbmate } from './dbmate/parser.ts';
import { type DbmateSettings, dbmateSettings } from './dbmate/settings.ts';
import { refuseLink } from './reading/decode.ts';
import { basename, byDirectory, treePath } from './reading/directories.ts';
import { markedDirectories } from './reading/marks.ts';
import { blanked, sentText } from './reading/texts.ts';
import type {
  Bookkeeping,
  History,
  HistoryBehaviour,
  Migration,
  MigrationTool,
  Oddity,
  OrderKey,
} from './tool.ts';

/** db.go `migrationFileRegexp`. */
const fileName = /^(\d+)(.*)\.sql$/;

const detect: MigrationTool['detect'] = async (tree) => {
  const { directories, notes } = await markedDirectories(tree, /^--\s*migrate:up\b/m);
  const { together } = await dbmateSettings(tree, '', {}, null);
  // One database whose files are in several directories is found once.
  const rest = (path: string) =>
    together.some(([first, ...others]) => first !== path && others.includes(path));
  return {
    databases: directories
      .filter((path) => !rest(path))
      .map((path) => ({ path, tool: 'dbmate' as const, because: 'its files are marked "-- migrate:up"' })),
    notes,
  };
};

async function history(tree: Tree, path: string, settings: DbmateSettings): Promise<History> {
  await loadParser();
  const directory = treePath(path);
  const paths = settings.together.find((group) => group.includes(directory)) ?? [directory];
  const files: TreeEntry[] = [];
  const oddities: Oddity[] = [];
  for (const each of paths) {
    for (const entry of byDirectory(tree.under(each)).get(each) ?? []) {
      if (fileName.test(basename(entry.path))) files.push(entry);
      else if (/\.sql$/i.test(entry.path)) oddities.push(ignored(entry.path));
    }
  }
  for (const entry of files) refuseLink(entry);
  files.sort((a, b) => byName(a.path, b.path));
  const contents = await tree.read(files.map((entry) => entry.path));
  const migrations = files.map((entry) => {
    const bytes = contents.get(entry.path);
    if (bytes === undefined) {
      throw new Undecided('internal-error', `git has no contents for ${entry.path}.`, {
        place: { file: entry.path },
      });
    }
    return migration(entry.path, bytes);
  });
  return {
    migrations,
    notes: settings.notes,
    oddities: [...oddities, ...misplaced(migrations)],
    ...(paths.length > 1 ? { paths } : {}),
  };
}

function migration(file: string, bytes: Buffer): Migration {
  const text = sentText('dbmate', file, bytes);
  const [, version = '', rest = ''] = fileName.exec(basename(file)) ?? [];
  const common = { version, identity: version, name: rest.replace(/^[_-]/, ''), file, bytes };
  const parsed = parseDbmate(text);
  if ('message' in parsed)
    return { ...common, sql: text, transaction: 'single', down: null, refused: refusal(parsed) };
  const [section, second] = parsed;
  const { up, down } = section;
  const back = blanked(text, [down]);
  return {
    ...common,
    sql: blanked(text, [up]),
    transaction: up.transaction ? 'single' : 'implicit',
    down: isEmpty(back) ? null : { file, sql: back, transaction: down.transaction ? 'single' : 'implicit' },
    ...(second === undefined ? {} : { refused: twice(second, version) }),
  };
}

const isEmpty = (sql: string): boolean => {
  if (/^\s*[a-z(]/i.test(sql)) return false;
  const { statements, error } = parseFile(sql);
  return error === null && statements.length === 0;
};

const refusal = ({ line, message }: DbmateError): NonNullable<Migration['refused']> => ({
  line,
  says: `dbmate stops at this file: "${message}".`,
});

const twice = ({ up }: DbmateSection, version: string): NonNullable<Migration['refused']> => ({
  line: up.line,
  says: `dbmate runs and records the first \`-- migrate:up\` section and then stops at the second, which it records under the same version ${version}: "duplicate key value violates unique constraint".`,
});

const byName = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(basename(left)), Buffer.from(basename(right)));

const ignored = (file: string): Oddity => ({
  kind: 'never-runs',
  file,
  says: `dbmate passes over ${basename(file)} without a word: a migration's name begins with digits and ends in .sql.`,
});

/** Sorted as text, `10_` stands before `9_`. */
function misplaced(migrations: readonly Migration[]): Oddity[] {
  return migrations.flatMap((one, index): Oddity[] => {
    const before = migrations[index - 1];
    if (before === undefined || BigInt(before.version) <= BigInt(one.version)) return [];
    const width = Math.max(before.version.length, one.version.length);
    const padded = [before, one].map(({ file, version }) =>
      basename(file).replace(version, version.padStart(width, '0')),
    );
    return [
      {
        kind: 'ambiguous-order',
        file: before.file,
        says: `dbmate goes by the names as text, and so runs ${basename(before.file)} before ${basename(one.file)}: write numbers of the same length (${padded.join(', ')}), or times as \`dbmate new\` does.`,
      },
    ];
  });
}

const text = ({ version, name }: OrderKey): string => (name === '' ? version : `${version}_${name}`);

function bookkeepingFor(table: string): Bookkeeping {
  const [schema, name] = table.includes('.')
    ? [table.slice(0, table.indexOf('.')), table.slice(table.indexOf('.') + 1)]
    : ['public', table];
  const quoted = qualified(schema, name);
  return {
    setup: `${schema === 'public' ? '' : `create schema if not exists ${qualified('', schema)}; `}create table if not exists ${quoted} (version varchar primary key);`,
    before: () => '',
    after: ({ version }) => `insert into ${quoted} (version) values (${literal(version)});`,
    undo: ({ version }) => `delete from ${quoted} where version = ${literal(version)};`,
    relations: [`${schema}.${name}`],
  };
}

const behaviour = (strict: boolean): HistoryBehaviour => ({
  edited: {
    does: 'ignores',
    says: 'dbmate keeps numbers and no checksums: databases that ran the old text keep what it made, new ones get the new text, and nothing says that they differ.',
  },
  deleted: {
    does: 'ignores',
    says: 'dbmate does not miss a file that it has run: databases that ran it keep what it made, and new ones never get it.',
  },
  renamed: {
    does: 'ignores',
    says: 'dbmate goes by the digits alone: under the same ones it notices nothing, under others it runs the file a second time.',
  },
  outOfOrder: strict
    ? {
        does: 'refuses',
        says: 'dbmate is called with --strict and stops at the next deploy before it runs anything: "migration … is out of order with already applied migrations".',
      }
    : {
        does: 'runs',
        says: 'dbmate runs it after the migrations that were meant to follow it, while a new database gets it before them.',
      },
  duplicateVersion: {
    does: 'skips',
    says: 'dbmate records the digits alone: where one of the two has run the other never does, and a new database stops at the second with "duplicate key value violates unique constraint".',
    legal: false,
  },
});

const toolWith = (settings: DbmateSettings): MigrationTool => ({
  name: 'dbmate',
  title: 'dbmate',
  detect,
  configured: async (tree, path, { placeholders, outOfOrder }) =>
    toolWith(await dbmateSettings(tree, treePath(path), placeholders, outOfOrder)),
  order: (left, right) => Buffer.compare(Buffer.from(text(left)), Buffer.from(text(right))),
  history: (tree, path) => history(tree, path, settings),
  late: (added, base) => {
    if (settings.strict) {
      const newest = base.reduce((highest, { version }) => (version > highest ? version : highest), '');
      return added.filter(({ version }) => version < newest);
    }
    const newest = base.reduce((highest, { file }) => (byName(file, highest) > 0 ? file : highest), '');
    return added.filter(
      ({ file, version }) => byName(file, newest) < 0 && base.every((one) => one.version !== version),
    );
  },
  bookkeeping: bookkeepingFor(settings.table),
  // Each transaction takes a connection from the pool of database/sql.
  sessions: 'each',
  onHistoryChange: behaviour(settings.strict),
  noTransaction: {
    directive: '-- migrate:up transaction:false',
    advice:
      'Put the statement alone into a migration of its own that begins with `-- migrate:up transaction:false`; with a second statement beside it the server makes a transaction of both.',
  },
});

/** dbmate: `<digits>_<name>.sql` with `-- migrate:up` and `-- migrate:down` sections. */
export const dbmate: MigrationTool = toolWith({
  table: 'schema_migrations',
  strict: false,
  together: [],
  notes: [],
});
