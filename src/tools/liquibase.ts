import type { Tree } from '../git/tree.ts';
import { bookkeepingOf } from './liquibase/bookkeeping.ts';
import { detect } from './liquibase/detect.ts';
import { historyOf, late } from './liquibase/history.ts';
import { defaultSettings, type LiquibaseSettings, settingsFor } from './liquibase/settings.ts';
import type { HistoryBehaviour, MigrationTool, ToolSettings } from './tool.ts';

const noSettings: ToolSettings = { placeholders: {}, outOfOrder: null };

async function settingsWith(tree: Tree, path: string, given: ToolSettings): Promise<LiquibaseSettings> {
  const settings = await settingsFor(tree, path);
  return {
    ...settings,
    parameters: new Map([...settings.parameters, ...Object.entries(given.placeholders)]),
  };
}

const onHistoryChange: HistoryBehaviour = {
  edited: {
    does: 'refuses',
    says: 'Liquibase refuses to update: "Validation Failed: 1 changesets check sum … was: 9:… but is now: 9:…" wherever the old text ran, for a comment inside the SQL too. With validCheckSum it goes on, and such databases keep what the old text made.',
  },
  deleted: {
    does: 'ignores',
    says: 'Liquibase does not miss a changeset that ran: databases that have it keep what it made, new ones never get it.',
  },
  renamed: {
    does: 'runs',
    says: 'Liquibase knows a changeset by its id, its author and the path of its file, and runs it a second time under a new one; a logicalFilePath keeps the old path.',
  },
  outOfOrder: {
    does: 'runs',
    says: 'Liquibase runs it after the changesets that stand behind it in the changelog and have run, while a new database gets it before them.',
  },
  duplicateVersion: {
    does: 'refuses',
    says: 'Liquibase refuses to update: "Validation Failed: 1 changesets had duplicate identifiers".',
    legal: false,
  },
};

const toolFor = (settings: LiquibaseSettings, given: ToolSettings): MigrationTool => ({
  name: 'liquibase',
  title: 'Liquibase',
  detect,
  configured: async (tree, path, asked) => toolFor(await settingsWith(tree, path, asked), asked),
  // Only the changelog knows an order; this one tells two changesets apart.
  order: (left, right) => (left.version < right.version ? -1 : left.version > right.version ? 1 : 0),
  history: async (tree, path) => historyOf(tree, path, await settingsWith(tree, path, given)),
  late,
  bookkeeping: bookkeepingOf(settings),
  sessions: 'one',
  onHistoryChange,
  noTransaction: {
    directive: '--liquibase formatted sql\n--changeset author:id runInTransaction:false',
    advice:
      'Put the statement alone into a changeset with `runInTransaction:false`: Liquibase then sends it outside of a transaction. What fails there leaves the changeset unrecorded, so that it runs again.',
  },
});

/** Liquibase: changelogs of formatted SQL, applied by `liquibase update`, a build plugin or Spring Boot. */
export const liquibase: MigrationTool = toolFor(defaultSettings, noSettings);
