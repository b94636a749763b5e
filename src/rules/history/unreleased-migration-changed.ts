import type { HistoryChange } from '../../history/change.ts';
import type { FindingDraft, Rule } from '../rule.ts';
import { fileList, grouped } from './way-out.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY);';
const logs = 'CREATE TABLE logs (id bigint PRIMARY KEY);';

export const unreleasedMigrationChanged: Rule = {
  name: 'unreleased-migration-changed',
  about: 'history',
  severity: 'notice',
  summary: 'A migration that base has and the newest release lacks was changed.',
  why: 'The config says by `applied-ref` that only releases are deployed: what the newest one lacks may still be edited, deleted, renamed or overtaken. Databases that follow the base branch all the same (of developers, of a staging environment) have run the old text and have to be made anew.\n\nFrom that migration on, everything that is not released is run and judged again as this pull request has it.',
  instead: 'Nothing, if no database that matters follows the base branch.',
  sources: ['https://atlasgo.io/versioned/lint'],
  peers: ['atlas migrate lint --git-base'],
  bad: [
    {
      title: 'A file that no release has is edited',
      released: { '1_users.sql': users },
      base: { '1_users.sql': users, '2_logs.sql': logs },
      migration: {
        '1_users.sql': users,
        '2_logs.sql': 'CREATE TABLE logs (id bigint PRIMARY KEY, at date);',
      },
    },
    {
      title: 'A file that no release has is deleted',
      released: { '1_users.sql': users },
      base: { '1_users.sql': users, '2_logs.sql': logs },
      migration: { '1_users.sql': users },
      line: null,
    },
  ],
  good: [
    {
      title: 'A new file',
      released: { '1_users.sql': users },
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users, '2_logs.sql': logs },
    },
    {
      title: 'A new file after one that is not released',
      released: {},
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users, '2_logs.sql': logs },
    },
  ],
  check: ({ freed = { ref: '', changes: [] } }) => grouped(freed.changes, (some) => told(some, freed.ref)),
};

const verbs: Partial<Record<HistoryChange['kind'], string>> = {
  deleted: 'was deleted',
  renamed: 'was renamed',
  'out-of-order': 'sorts before a migration of base',
  'duplicate-version': 'has the version of a migration of base',
};

function told(changes: readonly HistoryChange[], ref: string): FindingDraft {
  const [first] = changes;
  const single = changes.length === 1;
  return {
    migration: single ? (first?.version ?? null) : null,
    file: first?.file ?? null,
    line: first?.line ?? null,
    endLine: first?.line ?? null,
    object: null,
    title: single
      ? `${first?.file} ${verbs[first?.kind ?? 'edited'] ?? 'was changed'}, which no release has`
      : `${changes.length} migrations were changed that no release has`,
    message: `${ref} lacks ${single ? 'it' : 'them'} and is what counts as applied (applied-ref). Databases that follow the base branch have run the old text and have to be made anew.`,
    evidence: null,
    fix: null,
    ...(single && first?.diff
      ? { detail: { language: 'diff' as const, text: first.diff } }
      : single
        ? {}
        : { detail: { language: 'text' as const, text: fileList(changes.map(({ file }) => file)) } }),
  };
}
