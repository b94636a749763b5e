import type { HistoryBehaviour } from '../tool.ts';

const edited: HistoryBehaviour['edited'] = {
  does: 'ignores',
  says: 'node-pg-migrate records names only: databases that ran the old text keep what it made, new ones get the new text.',
};
const duplicateVersion: HistoryBehaviour['duplicateVersion'] = {
  does: 'runs',
  says: 'node-pg-migrate tells migrations apart by the whole name.',
  legal: true,
};

/** What it does about a changed history. */
export const checked: HistoryBehaviour = {
  edited,
  duplicateVersion,
  deleted: {
    does: 'refuses',
    says: 'node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”, since what ran and the files must stand in one order. Only where the newest was deleted does nothing notice.',
    at: ({ newestOfBase, afterAllOfHead }) =>
      newestOfBase && afterAllOfHead
        ? 'node-pg-migrate does not miss its newest migration: databases that ran it keep what it made, new ones never get it.'
        : 'node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”, since what ran and the files must stand in one order.',
  },
  renamed: {
    does: 'refuses',
    says: 'node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”, since it knows a migration by its name.',
  },
  outOfOrder: {
    does: 'refuses',
    says: "node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”. Give the file a number after base's newest.",
  },
};

/** With `--no-check-order`. */
export const unchecked: HistoryBehaviour = {
  edited,
  duplicateVersion,
  deleted: {
    does: 'ignores',
    says: 'node-pg-migrate, told not to check the order, does not miss it: databases that ran it keep what it made, new ones never get it.',
  },
  renamed: {
    does: 'runs',
    says: 'node-pg-migrate, told not to check the order, runs the renamed one a second time: it knows a migration by its name.',
  },
  outOfOrder: {
    does: 'runs',
    says: 'node-pg-migrate, told not to check the order, runs it after the migrations that were meant to follow it, while a new database gets it before them.',
  },
};
