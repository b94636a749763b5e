import type { Call, NotInstalled, Project } from './command-adapter.ts';
import { byNumber, programTool, stampedName } from './program-tool.ts';
import { andAbove, treePath, within } from './reading/directories.ts';
import type { MigrationTool } from './tool.ts';

function call(project: Project, args: readonly string[]): Call | NotInstalled {
  const directory =
    andAbove(treePath(project.path)).find((folder) => project.has(within(folder, 'mix.exs'))) ?? '';
  const mix = project.onPath('mix');
  if (mix === null) {
    return {
      missing:
        'Ecto cannot run: there is no mix in the job. Set up Elixir (erlef/setup-beam), run mix deps.get and mix compile before the gate, or give another command with apply-command.',
    };
  }
  return { program: mix, args, directory, env: project.job.MIX_ENV === undefined ? { MIX_ENV: 'test' } : {} };
}

/** Ecto: `priv/<repo>/migrations/<number>_<name>.exs`, run by `mix ecto.migrate`. */
export const ecto: MigrationTool = programTool({
  name: 'ecto',
  title: 'Ecto',
  telling: /^\d+_[^/]+\.exs$/,
  because: async (_, directory, [file]) =>
    /(?:^|\/)priv\/[^/]+\/migrations$/.test(directory) ? `${file} is there` : null,
  files: /^\d+_[^/]+\.exs$/,
  below: true,
  named: (file, text) => {
    const named = stampedName(file, (version) => version);
    if (named === null) return null;
    return { ...named, transaction: /^\s*@disable_ddl_transaction\s+true/m.test(text) ? 'none' : 'single' };
  },
  order: byNumber,
  tables: ['public.schema_migrations'],
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'Ecto does not notice, since it records numbers only: databases that ran the old file keep what it made, new ones get the new one.',
    },
    deleted: {
      does: 'ignores',
      says: 'Ecto does not miss it: databases that ran it keep what it made, new ones never get it.',
    },
    renamed: {
      does: 'ignores',
      says: 'Ecto goes by the number: with the same one the file has run already, with another one it is run a second time.',
    },
    outOfOrder: {
      does: 'runs',
      says: 'Ecto runs it after the migrations that were meant to follow it, while a new database gets it before them.',
    },
    duplicateVersion: {
      does: 'refuses',
      says: "Ecto stops where both are pending: “migrations can't be executed, migration version … is duplicated”; where one has run, the other never does.",
      legal: false,
    },
  },
  advice:
    'In Ecto the migration says `@disable_ddl_transaction true` and `@disable_migration_lock true`, and `create index(…, concurrently: true)`; give it a file of its own.',
  command: {
    up: (project) => call(project, ['ecto.migrate']),
    down: (project) => call(project, ['ecto.rollback', '--step', '1']),
    recorded: ({ version }) => version ?? null,
  },
});
