import { Undecided } from '../errors.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import { literal, qualified } from '../sql/names.ts';
import { loadParser } from '../sql/parse.ts';
import { type GooseScript, parseGoose } from './goose/parser.ts';
import { type GooseSettings, gooseBehaviour, gooseSettings } from './goose/settings.ts';
import { refuseLink } from './reading/decode.ts';
import { basename, byDirectory, treePath } from './reading/directories.ts';
import { markedDirectories } from './reading/marks.ts';
import { sentText } from './reading/texts.ts';
import type { Bookkeeping, Down, History, Migration, MigrationTool, Oddity, OrderKey } from './tool.ts';

const mark = /^--[- ]*\+goose[ \t]+[Uu][Pp]\b/m;
const largestVersion = 2n ** 63n - 1n;

const detect: MigrationTool['detect'] = async (tree) => {
  const { directories, notes } = await markedDirectories(tree, mark);
  return {
    databases: directories.map((path) => ({
      path,
      tool: 'goose' as const,
      because: 'its files are marked "-- +goose Up"',
    })),
    notes,
  };
};

/** NumericComponent: the number before the first underscore, or why there is none. */
function versionOf(name: string): bigint | { readonly error: string } {
  const underscore = name.indexOf('_');
  if (underscore === -1) return { error: "no filename separator '_' found" };
  const digits = /^\+?(\d+)$/.exec(name.slice(0, underscore))?.[1];
  if (digits === undefined || BigInt(digits) > largestVersion) {
    return { error: `failed to parse version from migration file: ${name}` };
  }
  return BigInt(digits) < 1n ? { error: 'migration version must be greater than zero' } : BigInt(digits);
}

interface Versioned {
  readonly entry: TreeEntry;
  readonly version: bigint;
}

async function history(tree: Tree, path: string, settings: GooseSettings): Promise<History> {
  await loadParser();
  const directory = treePath(path);
  const files: Versioned[] = [];
  const oddities: Oddity[] = [];
  for (const entry of byDirectory(tree.under(directory)).get(directory) ?? []) {
    const name = basename(entry.path);
    const suffix = /\.(?:sql|go)$/.exec(name)?.[0];
    if (suffix === undefined) {
      if (/\.sql$/i.test(name)) oddities.push(upperCase(entry.path));
      continue;
    }
    const version = versionOf(name);
    if (typeof version === 'bigint') {
      if (!name.endsWith('_test.go')) files.push({ entry, version });
    } else if (suffix === '.sql') oddities.push(unnumbered(entry.path, version.error));
  }
  for (const { entry } of files) refuseLink(entry);
  files.sort((a, b) => (a.version < b.version ? -1 : a.version > b.version ? 1 : 0));
  const contents = await tree.read(files.map(({ entry }) => entry.path));
  const migrations = files.map(({ entry, version }) => {
    const bytes = contents.get(entry.path);
    if (bytes === undefined) {
      throw new Undecided('internal-error', `git has no contents for ${entry.path}.`, {
        place: { file: entry.path },
      });
    }
    const name = basename(entry.path);
    const common = {
      version: String(version),
      identity: String(version),
      name: name.slice(name.indexOf('_') + 1, name.lastIndexOf('.')),
      file: entry.path,
      bytes,
    };
    return name.endsWith('.go')
      ? { ...common, ...inGo(entry.path) }
      : { ...common, ...inSql(common, settings) };
  });
  const programs = migrations.filter(({ file }) => file.endsWith('.go'));
  return {
    migrations,
    notes: [
      ...settings.notes,
      ...notRun(programs),
      ...migrations.flatMap((one) => brokenDown(one, settings)),
    ],
    oddities,
  };
}

/** Its command does not look at the down part on the way up. */
function brokenDown({ file, bytes, refused }: Migration, { variables }: GooseSettings): string[] {
  if (refused !== undefined || file.endsWith('.go')) return [];
  const down = parseGoose(sentText('goose', file, bytes), 'down', variables);
  return 'message' in down
    ? [
        `goose cannot read the down part of ${file} (${down.message}); a Provider stops there on the way up too.`,
      ]
    : [];
}

type Part = Pick<Migration, 'sql' | 'transaction' | 'down'> & Partial<Migration>;

const inGo = (file: string): Part => ({
  sql: '',
  transaction: 'single',
  down: null,
  opaque: `${file} is a migration in Go, which only the project's own program can run: what it does to the schema was not checked. Write it in SQL, or review it by hand and merge it alone.`,
});

function inSql(file: Pick<Migration, 'file' | 'bytes'>, { variables }: GooseSettings): Part {
  const text = sentText('goose', file.file, file.bytes);
  const up = parseGoose(text, 'up', variables);
  const down = parseGoose(text, 'down', variables);
  if ('message' in up) {
    const says = `goose stops at this file: ${up.message.replace(/\?$/, '')}.`;
    return { sql: text, transaction: 'single', down: null, refused: { line: up.line, says } };
  }
  refuseUnknown(file.file, up);
  const transaction = up.useTransaction ? 'single' : 'none';
  const back: Down | null =
    'message' in down || down.statements.length === 0
      ? null
      : { file: file.file, sql: down.sql, transaction };
  return { sql: up.sql, transaction, messages: up.statements, down: back };
}

function refuseUnknown(file: string, { unknownVariables }: GooseScript): void {
  const [first] = unknownVariables;
  if (first === undefined) return;
  throw new Undecided(
    'invalid-configuration',
    `${file} takes ${unknownVariables.join(', ')} from the environment (goose ENVSUB), and nobody said what ${unknownVariables.length === 1 ? 'it is' : 'they are'}: add ${unknownVariables.map((name) => `${name}: "…"`).join(', ')} under placeholders: of this database in the config.`,
    { place: { file } },
  );
}

const upperCase = (file: string): Oddity => ({
  kind: 'never-runs',
  file,
  says: `goose passes over ${basename(file)} without a word: the suffix must be .sql in lower case.`,
});

const unnumbered = (file: string, error: string): Oddity => ({
  kind: 'never-runs',
  file,
  says: `goose never runs ${basename(file)}: its command and goose.Up stop every deploy at it (${error}), a Provider passes over it; name it <number>_<name>.sql, or move it out of the directory.`,
});

function notRun(programs: readonly Migration[]): string[] {
  const [first] = programs;
  if (first === undefined) return [];
  const more = programs.length === 1 ? '' : ` and ${programs.length - 1} more`;
  return [
    `${first.file}${more} ${programs.length === 1 ? 'is a migration' : 'are migrations'} in Go, which only the project's own program can run: the shadow does not have what ${programs.length === 1 ? 'it does' : 'they do'}.`,
  ];
}

const order = (left: OrderKey, right: OrderKey): number => {
  const [a, b] = [number(left.version), number(right.version)];
  return a < b ? -1 : a > b ? 1 : Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));
};

const number = (version: string): bigint => BigInt(/^\d+/.exec(version)?.[0] ?? 0);

/** internal/dialects/postgres.go; the name is not qualified there either. */
function bookkeepingFor(table: string): Bookkeeping {
  const [schema, name] = table.includes('.')
    ? [table.split('.')[0], table.split('.')[1] ?? '']
    : [undefined, table];
  const quoted = qualified(schema, name);
  return {
    setup: `CREATE TABLE ${quoted} (
		id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
		version_id bigint NOT NULL,
		is_applied boolean NOT NULL,
		tstamp timestamp NOT NULL DEFAULT now()
	);
INSERT INTO ${quoted} (version_id, is_applied) VALUES (0, true);`,
    before: () => '',
    after: ({ version }) =>
      `INSERT INTO ${quoted} (version_id, is_applied) VALUES (${literal(version)}, true);`,
    undo: ({ version }) => `DELETE FROM ${quoted} WHERE version_id = ${literal(version)};`,
    relations: [`${schema ?? 'public'}.${name}`],
  };
}

const toolWith = (settings: GooseSettings): MigrationTool => ({
  name: 'goose',
  title: 'goose',
  detect,
  configured: async (tree, _path, { placeholders, outOfOrder }) =>
    toolWith(await gooseSettings(tree, placeholders, outOfOrder)),
  order,
  history: (tree, path) => history(tree, path, settings),
  bookkeeping: bookkeepingFor(settings.table),
  // Each migration takes a connection from the pool of database/sql.
  sessions: 'each',
  onHistoryChange: gooseBehaviour(settings.allowMissing),
  noTransaction: {
    directive: '-- +goose NO TRANSACTION\n-- +goose Up',
    advice:
      'Put the statement alone into a migration of its own whose file has the line `-- +goose NO TRANSACTION` above `-- +goose Up`.',
  },
});

/** goose: `<number>_<name>.sql` with `-- +goose Up` and `-- +goose Down` parts. */
export const goose: MigrationTool = toolWith({
  table: 'goose_db_version',
  allowMissing: false,
  variables: {},
  notes: [],
});
