import type { Call, NotInstalled, Project } from './command-adapter.ts';
import { byNumber, programTool, stampedName } from './program-tool.ts';
import { databaseName } from './rails/databases.ts';
import { declaredFile, railsSchema, schemaLoad } from './rails/schema.ts';
import { andAbove, dirname, treePath, within } from './reading/directories.ts';
import type { MigrationTool } from './tool.ts';
import { railsWords } from './words/rails.ts';

/** The application's root: where its Rakefile or Gemfile is. */
const rootOf = (project: Pick<Project, 'has' | 'path'>): string =>
  andAbove(treePath(project.path)).find((folder) =>
    ['Rakefile', 'Gemfile', 'bin/rails'].some((file) => project.has(within(folder, file))),
  ) ?? dirname(dirname(treePath(project.path)));

/**
 * What db:migrate would write down at its end is read by nobody, and structure.sql needs a pg_dump of the server's own
 * version for it.
 */
const noDump = `Rake::Task.tasks.each { |task| task.clear if task.name.match?(/(?:\\A|:)db:_dump(?::\\w+)?\\z/) }
`;

/** Rails 8 begins an empty database with the schema file, if there is one at this path: base's migrations are to make it. */
const noSchema = '/nonexistent/migration-gate-schema';

function call(
  project: Project,
  task: string,
  arguments_: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Call | NotInstalled {
  const directory = rootOf(project);
  const environment = project.job.RAILS_ENV ?? 'test';
  const config = project.text(within(directory, 'config/database.yml'));
  const database = databaseName(project.path, directory, config, environment);
  const name = database === null ? task : `${task}:${database}`;
  const url = database === null ? {} : { [`${database.toUpperCase()}_DATABASE_URL`]: project.url };
  const env = { RAILS_ENV: environment, DISABLE_DATABASE_ENVIRONMENT_CHECK: '1', ...url, ...more };
  const has = (file: string) => project.has(within(directory, file));
  const bundle = has('Gemfile') ? project.onPath('bundle') : null;
  const missing = `Rails is not installed in the job: set up Ruby and run bundle install before the gate (ruby/setup-ruby with bundler-cache: true), or give another command with apply-command.`;
  if (has('Gemfile') && bundle === null) return { missing };
  const run = has('bin/rails') ? ['ruby', 'bin/rails'] : ['rake'];
  const [program = 'rake', ...script] = bundle === null ? run : ['bundle', 'exec', ...run];
  const found = project.onPath(program);
  if (found === null) return { missing };
  const files = { [within(directory, 'lib/tasks/migration_gate.rake')]: noDump };
  return { program: found, args: [...script, name, ...arguments_], directory, env, files };
}

/** `20240101000000_create_users.rb`; one that was copied from an engine has its name, too: `….active_storage.rb`. */
const migrationFile = /^\d+_\w+(?:\.\w+)?\.rb$/;

const commanded = programTool({
  name: 'rails',
  title: 'Rails',
  telling: migrationFile,
  because: async (_, directory, [file]) =>
    /(?:^|\/)db\/(?:\w+_)?migrate$/.test(directory) ? `${file} is there` : null,
  files: migrationFile,
  below: true,
  named: (file, text) => {
    const named = stampedName(file, (version) => version);
    if (named === null) return null;
    return { ...named, transaction: /^\s*disable_ddl_transaction!/m.test(text) ? 'none' : 'single' };
  },
  order: byNumber,
  tables: ['public.schema_migrations', 'public.ar_internal_metadata'],
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'Rails does not notice, since it records numbers only: databases that ran the old file keep what it made, new ones get the new one.',
    },
    deleted: {
      does: 'ignores',
      says: 'Rails does not miss it (`db:migrate:status` shows “NO FILE”): databases that ran it keep what it made, new ones never get it.',
      loaded:
        'Rails does nothing at the next deploy: existing databases keep the rows in `schema_migrations` (`rails db:migrate:status` shows them as `********** NO FILE **********`) and cannot be rolled back past them any more.',
    },
    renamed: {
      does: 'ignores',
      says: 'Rails goes by the number: with the same one the file has run already, with another one it is run a second time.',
    },
    outOfOrder: {
      does: 'runs',
      says: 'Rails runs it after the migrations that were meant to follow it, while a new database gets it before them.',
    },
    duplicateVersion: {
      does: 'refuses',
      says: 'Rails stops before it runs anything: “Multiple migrations have the version number …” (DuplicateMigrationVersionError).',
      legal: false,
    },
  },
  advice:
    'In Rails the migration says `disable_ddl_transaction!` and gives `algorithm: :concurrently` to `add_index` or `remove_index`; give it a file of its own.',
  words: railsWords,
  command: {
    up: (project) => call(project, 'db:migrate', [], { SCHEMA: noSchema }),
    down: (project, { version }) => call(project, 'db:migrate:down', [`VERSION=${version}`]),
    recorded: ({ version }) => version ?? null,
    schemaFile: railsSchema((project, task, env) => call(project, task, [], env)),
  },
});

/** Rails (ActiveRecord): `db/migrate/<number>_<name>.rb`, run by `rails db:migrate`. */
export const rails: MigrationTool = {
  ...commanded,
  declaredFile,
  history: async (tree, path) => ({
    ...(await commanded.history(tree, path)),
    schemaLoad: await schemaLoad(tree, path),
  }),
};
