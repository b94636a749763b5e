import type { Tree } from '../git/tree.ts';
import { byText, programMigrations } from './program-migrations.ts';
import {
  andAbove,
  basename,
  byDirectory,
  dirname,
  exclusion,
  resolved,
  treePath,
  within,
} from './reading/directories.ts';
import { isOf, javascriptCall } from './reading/javascript.ts';
import { literalsOf } from './reading/literals.ts';
import type { Bookkeeping, DetectedDatabase, HistoryBehaviour, MigrationTool } from './tool.ts';
import { knexWords } from './words/javascript.ts';

/** As `knex migrate:make` names files. */
const stamped = /^\d{14}_[^/]+\.[cm]?[jt]s$/;
/** `loadExtensions` of Knex (lib/migrations/common/MigrationsLoader.js), without languages that need a compiler of their own. */
const loaded = /(?<!\.d)\.(?:[cm]?[jt]s|co|coffee|eg|iced|litcoffee|ls)$/;
const knexfile = /(?:^|\/)knexfile\.[cm]?[jt]s$/;

/** What a knexfile says as literals. */
interface KnexConfig {
  readonly file: string | null;
  /** The environments that it names. */
  readonly environments: readonly string[];
  readonly table: string;
  readonly schema: string;
}

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const files = tree.entries.filter(
    ({ path, mode }) => mode.startsWith('100') && stamped.test(basename(path)),
  );
  for (const [directory, entries] of byDirectory(files)) {
    if (exclusion(directory) === 'copied') continue;
    const config = await knexfileFor(tree, directory);
    const used = await isOf(tree, directory, ['knex', 'objection']);
    const first = entries[0]?.path ?? '';
    if (config !== null)
      databases.push({ path: directory, tool: 'knex', because: `${config.file} is there` });
    else if (used !== null && /knex/.test((await tree.read([first])).get(first)?.toString('utf8') ?? ''))
      databases.push({ path: directory, tool: 'knex', because: `${used} uses Knex, and ${first} too` });
  }
  return { databases, notes: [] };
};

/** The knexfile that names the directory, or stands at it or above and names none. */
async function knexfileFor(tree: Tree, directory: string): Promise<{ file: string; text: string } | null> {
  const files = tree.entries.filter(({ path }) => knexfile.test(path)).map(({ path }) => path);
  const contents = await tree.read(files);
  const found = files.map((file) => {
    const text = contents.get(file)?.toString('utf8') ?? '';
    const named = [...literalsOf(text)].flatMap(([key, value]) =>
      /(?:^|\.)migrations\.directory$/.test(key) && typeof value === 'string'
        ? [resolved(dirname(file), value)]
        : [],
    );
    return { file, text, named };
  });
  const above = andAbove(directory);
  return (
    found.find(({ named }) => named.includes(directory)) ??
    above.flatMap((folder) =>
      found.filter(({ file, named }) => named.length === 0 && dirname(file) === folder),
    )[0] ??
    null
  );
}

async function configFor(tree: Tree, directory: string): Promise<KnexConfig> {
  const found = await knexfileFor(tree, directory);
  if (found === null) return { file: null, environments: [], table: 'knex_migrations', schema: 'public' };
  const literals = [...literalsOf(found.text)];
  const said = (key: string): string | null => {
    const value = literals.find(([path]) => path === key || path.endsWith(`.${key}`))?.[1];
    return typeof value === 'string' ? value : null;
  };
  return {
    file: found.file,
    environments: ['development', 'production', 'staging', 'test'].filter((name) =>
      new RegExp(`^\\s*["']?${name}["']?\\s*:`, 'm').test(found.text),
    ),
    table: said('migrations.tableName') ?? 'knex_migrations',
    schema: said('migrations.schemaName') ?? 'public',
  };
}

const bookkeepingFor = ({ table, schema }: KnexConfig): Bookkeeping => ({
  setup: '',
  before: () => '',
  after: () => '',
  relations: [`${schema}.${table}`, `${schema}.${table}_lock`],
});

const missing = 'Knex stops: “The migration directory is corrupt, the following files are missing: …”';
const onHistoryChange: HistoryBehaviour = {
  edited: {
    does: 'ignores',
    says: 'Knex does not notice, since it records names only: databases that ran the old file keep what it made, new ones get the new one.',
  },
  deleted: { does: 'refuses', says: `${missing}, on every database that has run it.` },
  renamed: {
    does: 'refuses',
    says: `${missing}. The name that it records has the suffix in it, so that .js made .ts is another migration too.`,
  },
  outOfOrder: {
    does: 'runs',
    says: 'Knex runs it after the migrations that were meant to follow it, while a new database gets it before them.',
  },
  duplicateVersion: {
    does: 'runs',
    says: 'Knex tells migrations apart by the whole name of the file.',
    legal: true,
  },
};

function toolFor(config: KnexConfig): MigrationTool {
  return {
    name: 'knex',
    title: 'Knex',
    detect,
    configured: async (tree, path) => toolFor(await configFor(tree, treePath(path))),
    order: (left, right) => byText(`${left.version}_${left.name}`, `${right.version}_${right.name}`),
    history: async (tree, path) => {
      const migrations = await programMigrations(tree, path, named, { files: loaded });
      return { migrations: migrations.sort((a, b) => byText(a.identity, b.identity)), notes: [] };
    },
    bookkeeping: bookkeepingFor(config),
    sessions: 'one',
    onHistoryChange,
    noTransaction: {
      directive: null,
      advice:
        "In Knex the migration says `exports.config = { transaction: false }` and sends the statement with `knex.raw('…')`; give it a file of its own.",
    },
    words: knexWords,
    command: {
      up: (project) => call(config, project, ['migrate:latest']),
      down: (project, { identity }) => call(config, project, ['migrate:down', identity]),
      recorded: ({ name }) => name ?? null,
    },
  };
}

const named = (file: string) => {
  const identity = basename(file);
  const [, version = identity, name = ''] = /^(\d+)_(.*)$/.exec(identity) ?? [];
  return { version, name, identity };
};

const call: (
  config: KnexConfig,
  ...rest: [Parameters<typeof javascriptCall>[0], readonly string[]]
) => ReturnType<typeof javascriptCall> = ({ file, environments, table }, project, args) => {
  const directory = file === null ? packageFolder(project.path, project.has) : dirname(file);
  const environment =
    environments.length === 0 || environments.includes('development') ? null : environments[0];
  return javascriptCall(project, {
    title: 'Knex',
    packages: ['knex', 'pg'],
    program: 'knex',
    directory,
    args: [
      ...args,
      '--client',
      'pg',
      '--connection',
      project.url,
      ...(file === null
        ? [
            '--migrations-directory',
            fromFolder(directory, treePath(project.path)),
            '--migrations-table-name',
            table,
          ]
        : ['--knexfile', basename(file)]),
      ...(environment == null ? [] : ['--env', environment]),
    ],
  });
};

const packageFolder = (path: string, has: (file: string) => boolean): string =>
  andAbove(treePath(path)).find((folder) => has(within(folder, 'package.json'))) ?? '';

const fromFolder = (folder: string, path: string): string =>
  folder === '' ? path : path.slice(folder.length + 1);

/** Knex: migrations in JavaScript and TypeScript, run by `knex migrate:latest`. */
export const knex: MigrationTool = toolFor({
  file: null,
  environments: [],
  table: 'knex_migrations',
  schema: 'public',
});
