import type { MigrationRerun } from '../../run/rerun.ts';
import type { FindingDraft, Rule } from '../rule.ts';
import { listed } from '../wording.ts';
import { atError, changesDetail, errorDetail, inMigration, inWords } from './places.ts';

export const rerunFails: Rule = {
  name: 'rerun-fails',
  about: 'reversal',
  severity: 'error',
  summary: 'A migration whose statements commit one by one cannot be run again after it stopped half-way.',
  why: 'Without a transaction around it a migration that fails at its third statement leaves the first two behind: a lock timeout, a deadlock or a lost connection is enough. The tool then runs it again from its first statement, which stops at what is there already, and somebody has to mend production by hand.',
  instead:
    'Let every statement bear with its own result (`IF NOT EXISTS`, `IF EXISTS`, `ON CONFLICT DO NOTHING`), or put each into a migration of its own.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY'],
  peers: ['squawk prefer-robust-stmts'],
  bad: [
    {
      title: 'The first statement stays behind when the second fails',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE VIEW user_ids AS SELECT id FROM users;\nCREATE OR REPLACE VIEW some_ids AS SELECT id FROM users;',
      transaction: 'none',
      rerun: true,
    },
    {
      title: 'The second one does',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE OR REPLACE VIEW user_ids AS SELECT id FROM users;\nCREATE VIEW some_ids AS SELECT id FROM users;\nCREATE OR REPLACE VIEW no_ids AS SELECT id FROM users;',
      transaction: 'none',
      line: 2,
      rerun: true,
    },
  ],
  good: [
    {
      title: 'Every statement bears with its own result',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE OR REPLACE VIEW user_ids AS SELECT id FROM users;\nCREATE OR REPLACE VIEW some_ids AS SELECT id FROM users;',
      transaction: 'none',
      rerun: true,
    },
    {
      title: 'IF NOT EXISTS',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE SCHEMA IF NOT EXISTS app;\nCREATE TABLE IF NOT EXISTS app.teams (id bigint PRIMARY KEY);',
      transaction: 'none',
      rerun: true,
    },
  ],
  check: ({ rerun }) => (rerun?.migrations ?? []).flatMap(stops),
};

/** One finding for each statement at which a second run fails, however many stops lead to it. */
function stops({ migration, cutOffs }: MigrationRerun): FindingDraft[] {
  const failing = cutOffs.filter(({ run }) => run.error !== null);
  const lines = [...new Set(failing.map(({ run }) => run.error?.line))];
  const findings = lines.flatMap((line): FindingDraft[] => {
    const group = failing.filter(({ run }) => run.error?.line === line);
    const [first] = group;
    if (first?.run.error == null) return [];
    const { error } = first.run;
    return [
      {
        ...atError(migration, error),
        title: `${migration.file} cannot be run again after it stopped behind ${behindLines(group)}: ${error.message}`,
        message: `Its statements commit one by one. On the shadow it was stopped there and run again from its start, which failed at this statement (SQLSTATE ${error.sqlstate}). A lock timeout or a lost connection would leave production so. Let the statement bear with its own result, or put it into a migration of its own.`,
        detail: errorDetail(migration.sql, error),
      },
    ];
  });
  const differing = cutOffs.find(({ run }) => run.error === null && run.differs.length > 0);
  const [change] = differing?.run.differs ?? [];
  if (differing === undefined || change === undefined) return findings;
  return [
    ...findings,
    {
      ...inMigration(migration, change.name),
      object: change.name,
      title: `${migration.file} makes another schema when it stopped behind ${behindLines([differing])} and is run again: ${inWords(differing.run.differs)}`,
      message:
        'Its statements commit one by one. On the shadow it was stopped there and run again from its start: it succeeds, but not with the schema of a run without a stop.',
      detail: changesDetail(differing.run.differs),
    },
  ];
}

const behindLines = (group: MigrationRerun['cutOffs']): string =>
  `line${group.length === 1 ? '' : 's'} ${listed(group.map(({ after }) => String(after.line)))}`;
