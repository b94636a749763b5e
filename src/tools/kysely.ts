import type { Project } from './command-adapter.ts';
import { byText } from './program-migrations.ts';
import { programTool } from './program-tool.ts';
import { andAbove, basename, treePath, within } from './reading/directories.ts';
import { isOf, javascriptCall } from './reading/javascript.ts';
import type { MigrationTool } from './tool.ts';

function call(project: Project, args: readonly string[]) {
  const configs = [
    'kysely.config.ts',
    'kysely.config.js',
    'kysely.config.mts',
    'kysely.config.mjs',
    '.config/kysely.config.ts',
  ];
  const above = andAbove(treePath(project.path));
  const directory =
    above.find((folder) => configs.some((name) => project.has(within(folder, name)))) ??
    above.find((folder) => project.has(within(folder, 'package.json'))) ??
    '';
  return javascriptCall(project, {
    title: 'Kysely',
    packages: ['kysely', 'kysely-ctl', 'pg'],
    program: 'kysely',
    directory,
    args: ['migrate', ...args],
  });
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
    'Kysely runs all pending migrations in one transaction, unless its Migrator is told `disableTransactions: true` for all of them; run such a statement with a migrator of its own, in a deploy of its own.',
  command: {
    up: (project) => call(project, ['latest']),
    down: (project) => call(project, ['down']),
    recorded: ({ name }) => name ?? null,
  },
});
