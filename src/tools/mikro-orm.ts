import type { Call, NotInstalled, Project } from './command-adapter.ts';
import { byText } from './program-migrations.ts';
import { programTool } from './program-tool.ts';
import { andAbove, basename, treePath, within } from './reading/directories.ts';
import { isOf, javascriptCall } from './reading/javascript.ts';
import type { MigrationTool } from './tool.ts';
import { mikroOrmWords } from './words/javascript.ts';

function call(project: Project, args: readonly string[]): Call | NotInstalled {
  const { hostname, port, username, password, pathname } = new URL(project.url);
  const directory =
    andAbove(treePath(project.path)).find((folder) => project.has(within(folder, 'package.json'))) ?? '';
  return javascriptCall(project, {
    title: 'MikroORM',
    packages: ['@mikro-orm/cli', '@mikro-orm/migrations', '@mikro-orm/postgresql'],
    program: 'mikro-orm',
    directory,
    args,
    // What stands here wins over the config file.
    env: {
      MIKRO_ORM_CLIENT_URL: project.url,
      MIKRO_ORM_HOST: hostname,
      MIKRO_ORM_PORT: port,
      MIKRO_ORM_USER: decodeURIComponent(username),
      MIKRO_ORM_PASSWORD: decodeURIComponent(password),
      MIKRO_ORM_DB_NAME: decodeURIComponent(pathname.slice(1)),
    },
  });
}

/** MikroORM: classes `Migration<time>`, run by `mikro-orm migration:up`. */
export const mikroOrm: MigrationTool = programTool({
  name: 'mikro-orm',
  title: 'MikroORM',
  telling: /^Migration\d{14}[^/]*\.[cm]?[jt]s$/,
  because: async (tree, directory, [first = '']) => {
    const used = await isOf(tree, directory, [
      '@mikro-orm/core',
      '@mikro-orm/migrations',
      '@mikro-orm/postgresql',
    ]);
    return used === null ? null : `${used} uses MikroORM, and ${first} is there`;
  },
  files: /^Migration[^/]*(?<!\.d)\.[cm]?[jt]s$/,
  named: (file) => {
    const stem = basename(file).replace(/\.[^.]*$/, '');
    const [, version = stem, name = ''] = /^Migration(\d+)_?(.*)$/.exec(stem) ?? [];
    return { version, name, identity: stem, transaction: 'shared' };
  },
  order: (left, right) => byText(left.version, right.version) || byText(left.name, right.name),
  tables: ['public.mikro_orm_migrations'],
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'MikroORM does not notice, since it records names only: databases that ran the old class keep what it made, new ones get the new one.',
    },
    deleted: {
      does: 'ignores',
      says: 'MikroORM does not miss it: databases that ran it keep what it made, new ones never get it.',
    },
    renamed: {
      does: 'runs',
      says: 'MikroORM runs it a second time: it knows a migration by the name of its file.',
    },
    outOfOrder: {
      does: 'runs',
      says: 'MikroORM runs it after the migrations that were meant to follow it, while a new database gets it before them.',
    },
    duplicateVersion: {
      does: 'runs',
      says: 'MikroORM tells migrations apart by the whole name of the file.',
      legal: true,
    },
  },
  advice:
    'In MikroORM the class says `isTransactional() { return false; }`, and the config `migrations: { allOrNothing: false }`; give it a file of its own.',
  words: mikroOrmWords,
  command: {
    up: (project) => call(project, ['migration:up']),
    down: (project, { identity }) => call(project, ['migration:down', '--only', identity]),
    recorded: ({ name }) => name?.replace(/\.[cm]?[jt]s$/, '') ?? null,
  },
});
