import type { Tree } from '../git/tree.ts';
import { behaviourOf } from './flyway/behaviour.ts';
import { bookkeepingOf } from './flyway/bookkeeping.ts';
import { detect } from './flyway/detect.ts';
import { historyOf, late, order } from './flyway/history.ts';
import { defaultSettings, type FlywaySettings, settingsFor } from './flyway/settings.ts';
import { treePath } from './reading/directories.ts';
import type { MigrationTool, ToolSettings } from './tool.ts';

const noSettings: ToolSettings = { placeholders: {}, outOfOrder: null };

/** The files' settings with what the project's own config adds to them. */
async function settingsWith(tree: Tree, path: string, given: ToolSettings): Promise<FlywaySettings> {
  const settings = await settingsFor(tree, treePath(path));
  return {
    ...settings,
    placeholders: { ...settings.placeholders, ...given.placeholders },
    outOfOrder: given.outOfOrder ?? settings.outOfOrder,
  };
}

const toolFor = (settings: FlywaySettings, given: ToolSettings): MigrationTool => ({
  name: 'flyway',
  title: 'Flyway',
  detect,
  configured: async (tree, path, asked) => toolFor(await settingsWith(tree, path, asked), asked),
  order,
  // Each tree by its own settings: a pull request may move a location or give a placeholder its value.
  history: async (tree, path) => historyOf(tree, path, await settingsWith(tree, path, given)),
  late,
  bookkeeping: bookkeepingOf(settings),
  sessions: 'one',
  sharesTransaction: settings.group,
  onHistoryChange: behaviourOf(settings),
  noTransaction: {
    directive: null,
    advice: `Put the statement into a script of its own: Flyway leaves the transaction out where it knows that a statement forbids one (CREATE and DROP INDEX CONCURRENTLY, VACUUM, ALTER SYSTEM and the like), and a file beside the script, \`V1__name.sql.conf\` with the line \`executeInTransaction=false\`, says so for all others (REINDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY, CALL).${
      settings.transactionalLock
        ? ' For indexes set flyway.postgresql.transactional.lock=false too: otherwise Flyway holds a transaction open on a second connection, for which CREATE INDEX CONCURRENTLY waits for ever.'
        : ''
    }`,
  },
});

/** Flyway: versioned and repeatable SQL scripts, applied by `flyway migrate`, a build plugin or Spring Boot. */
export const flyway: MigrationTool = toolFor(defaultSettings, noSettings);
