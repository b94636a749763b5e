import type { HistoryBehaviour } from '../tool.ts';
import type { Layout } from './layout.ts';

/** What Drizzle's migrator does about a changed history. */
export const onHistoryChange: Readonly<Record<Layout, HistoryBehaviour>> = {
  journal: {
    edited: {
      does: 'ignores',
      says: 'Drizzle records a hash of every migration and never compares it: databases that ran the old text keep what it made, new ones get the new text.',
    },
    deleted: {
      does: 'ignores',
      says: 'Drizzle misses a file only while its journal lists it: databases that ran it keep what it made, new ones never get it. To bring it back takes its entry in the journal too.',
    },
    renamed: {
      does: 'ignores',
      says: 'Drizzle knows a migration by its `when` in the journal alone: another name changes nothing, while another `when` makes it run again where that is later than the newest one applied.',
    },
    outOfOrder: {
      does: 'skips',
      says: 'Drizzle runs only what has a later `when` than the newest migration in the database: this one is passed over without a word, for good, while a new database gets it. Delete it and let `drizzle-kit generate` make it again on top of base.',
    },
    duplicateVersion: {
      does: 'skips',
      says: 'Drizzle runs only what has a later `when` than the newest migration in the database: of two with the same `when` a database that has one never gets the other.',
      legal: false,
    },
  },
  folders: {
    edited: {
      does: 'ignores',
      says: 'Drizzle records a hash of every migration and never compares it: databases that ran the old text keep what it made, new ones get the new text.',
    },
    deleted: {
      does: 'ignores',
      says: 'Drizzle does not miss a folder that is gone: databases that ran it keep what it made, new ones never get it.',
    },
    renamed: {
      does: 'runs',
      says: 'Drizzle knows a migration by the name of its folder and runs the renamed one a second time.',
    },
    outOfOrder: {
      does: 'runs',
      says: 'Drizzle runs it after the migrations that were meant to follow it, while a new database gets it before them.',
    },
    duplicateVersion: {
      does: 'runs',
      says: 'Drizzle tells migrations apart by the whole name of the folder.',
      legal: true,
    },
  },
};
