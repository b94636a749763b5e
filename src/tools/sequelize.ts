import type { Project } from './command-adapter.ts';
import { byText } from './program-migrations.ts';
import { programTool } from './program-tool.ts';
import { andAbove, basename, resolved, treePath, within } from './reading/directories.ts';
import { isOf, javascriptCall } from './reading/javascript.ts';
import type { MigrationTool } from './tool.ts';
import { sequelizeWords } from './words/javascript.ts';

function call(project: Project, args: readonly string[]) {
  const path = treePath(project.path);
  const directory =
    andAbove(path).find(
      (folder) => project.has(within(folder, '.sequelizerc')) || project.has(within(folder, 'package.json')),
    ) ?? '';
  const named = resolved(directory, '.') === '' ? path : path.slice(directory.length + 1);
  return javascriptCall(project, {
    title: 'Sequelize',
    packages: ['sequelize', 'sequelize-cli', 'pg'],
    program: 'sequelize-cli',
    directory,
    args: [...args, '--url', project.url, '--migrations-path', named],
  });
}

/** Sequelize: `<time>-<name>.js`, run by `sequelize-cli db:migrate`. */
export const sequelize: MigrationTool = programTool({
  name: 'sequelize',
  title: 'Sequelize',
  telling: /^\d{14}-[^/]+\.[cm]?[jt]s$/,
  because: async (tree, directory, [first = '']) => {
    const settings = andAbove(directory)
      .map((folder) => within(folder, '.sequelizerc'))
      .find((file) => tree.get(file) !== undefined);
    if (settings !== undefined) return `${settings} is there`;
    const used = await isOf(tree, directory, ['sequelize-cli', 'sequelize', 'umzug']);
    if (used === null) return null;
    const text = (await tree.read([first])).get(first)?.toString('utf8') ?? '';
    return /queryInterface|sequelize/i.test(text) ? `${used} uses Sequelize, and ${first} too` : null;
  },
  files: /^(?!\.).*(?<!\.d)\.(?:js|cjs|ts|cts)$/,
  named: (file) => {
    const base = basename(file);
    const [, version = base, name = ''] = /^(\d+)-?(.*)$/.exec(base) ?? [];
    return { version, name, identity: base, transaction: 'none' };
  },
  order: (left, right) => byText(`${left.version}-${left.name}`, `${right.version}-${right.name}`),
  tables: ['public.SequelizeMeta'],
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'Sequelize does not notice, since it records names only: databases that ran the old file keep what it made, new ones get the new one.',
    },
    deleted: {
      does: 'ignores',
      says: 'Sequelize does not miss it: databases that ran it keep what it made, new ones never get it.',
    },
    renamed: {
      does: 'runs',
      says: 'Sequelize runs it a second time: it knows a migration by the name of its file, suffix included.',
    },
    outOfOrder: {
      does: 'runs',
      says: 'Sequelize runs it after the migrations that were meant to follow it, while a new database gets it before them.',
    },
    duplicateVersion: {
      does: 'runs',
      says: 'Sequelize tells migrations apart by the whole name of the file.',
      legal: true,
    },
  },
  advice:
    'Sequelize opens no transaction by itself: `queryInterface.sequelize.query(…)`, or `addIndex` with `concurrently: true`, without a `transaction` option; give it a file of its own.',
  words: sequelizeWords,
  command: {
    up: (project) => call(project, ['db:migrate']),
    down: (project, { identity }) => call(project, ['db:migrate:undo', '--name', identity]),
    recorded: ({ name }) => name ?? null,
  },
});
