import type { Call, NotInstalled, Project } from './command-adapter.ts';
import { byText } from './program-migrations.ts';
import { programTool } from './program-tool.ts';
import { andAbove, basename, treePath, within } from './reading/directories.ts';
import { isOf, javascriptCall } from './reading/javascript.ts';
import type { MigrationTool } from './tool.ts';
import { kyselyWords } from './words/javascript.ts';

const extensions = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];
/** Where kysely-ctl looks for its config, in each directory from the working one upwards. */
const configs = ['.config/kysely.config', 'kysely.config'].flatMap((name) =>
  extensions.map((extension) => `${name}.${extension}`),
);

function call(project: Project, args: readonly string[]): Call | NotInstalled {
  const above = andAbove(treePath(project.path));
  const directory = above.find((folder) => configs.some((name) => project.has(within(folder, name))));
  if (directory === undefined) return { missing: withoutConfig(project, above) };
  return javascriptCall(project, {
    title: 'Kysely',
    packages: ['kysely', 'kysely-ctl', 'pg'],
    program: 'kysely',
    directory,
    args: ['migrate', ...args],
  });
}

/** Kysely's Migrator is a class, which every project may call in a script of its own. */
function withoutConfig(project: Project, above: readonly string[]): string {
  const manifest = above.map((folder) => within(folder, 'package.json')).find((file) => project.has(file));
  const scripts = manifest === undefined ? [] : migrating(project.text(manifest) ?? '');
  const own =
    scripts.length === 0 ? 'such as npm run migrate' : `which may be npm run ${scripts.join(' or ')}`;
  return `Kysely has no command of its own, and there is no kysely.config of kysely-ctl at ${treePath(project.path)} or above. Give the line that calls the project's Migrator with apply-command, ${own}.`;
}

/** Names of a package's scripts that sound as if they migrated forth. */
function migrating(manifest: string): string[] {
  try {
    const { scripts } = JSON.parse(manifest) as { scripts?: unknown };
    return Object.keys(scripts ?? {}).filter(
      (name) =>
        /^[\w:.-]*migrat[\w:.-]*$/i.test(name) &&
        !/down|roll|undo|revert|reset|make|create|new|gen|list|status/i.test(name),
    );
  } catch {
    return [];
  }
}

const stops = 'Kysely stops: “corrupted migrations: previously executed migration … is missing”';

/** Kysely: files in the order of their names, run by `kysely migrate latest`. */
export const kysely: MigrationTool = programTool({
  name: 'kysely',
  title: 'Kysely',
  telling: /^\d[^/]*\.[cm]?[jt]s$/,
  because: async (tree, directory, [first = '']) => {
    const used = await isOf(tree, directory, ['kysely']);
    const text = (await tree.read([first])).get(first)?.toString('utf8') ?? '';
    return used !== null && /kysely/i.test(text) ? `${used} uses Kysely, and ${first} too` : null;
  },
  files: /^(?!\.).*(?<!\.d)\.[cm]?[jt]s$/,
  named: (file) => {
    const stem = basename(file).replace(/\.[^.]*$/, '');
    const [, version = stem, name = ''] = /^([\d-]*\d)(?:[_-](.*))?$/.exec(stem) ?? [];
    return { version, name, identity: stem, transaction: 'shared' };
  },
  order: (left, right) => byText(`${left.version}_${left.name}`, `${right.version}_${right.name}`),
  tables: ['public.kysely_migration', 'public.kysely_migration_lock'],
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'Kysely does not notice, since it records names only: databases that ran the old file keep what it made, new ones get the new one.',
    },
    deleted: { does: 'refuses', says: `${stops}, on every database that has run it.` },
    renamed: { does: 'refuses', says: `${stops}: it knows a migration by the name of its file.` },
    outOfOrder: {
      does: 'refuses',
      says: 'Kysely stops: “corrupted migrations: expected previously executed migration … to be at index …”, unless it is told allowUnorderedMigrations.',
    },
    duplicateVersion: {
      does: 'runs',
      says: 'Kysely tells migrations apart by the whole name of the file.',
      legal: true,
    },
  },
  advice:
    'Kysely runs all pending migrations in one transaction, unless it is told otherwise for all of them: `kysely migrate latest --no-transaction`, or `migrateToLatest({ disableTransactions: true })`. Give such a statement a deploy of its own.',
  words: kyselyWords,
  command: {
    up: (project) => call(project, ['latest']),
    down: (project) => call(project, ['down']),
    recorded: ({ name }) => name ?? null,
  },
});
