import type { MigrationRerun } from '../../run/rerun.ts';
import type { FindingDraft, Rule } from '../rule.ts';
import { counted } from '../wording.ts';
import { atError, atLine, changesDetail, errorDetail, inMigration, inWords } from './places.ts';

export const notIdempotent: Rule = {
  name: 'not-idempotent',
  about: 'reversal',
  severity: 'notice',
  summary: 'A new migration that is run a second time after it succeeded fails or changes something.',
  why: 'It matters where a migration may run twice: its record is lost, two environments are merged, or a database was built from a dump. Told only with `check-rerun: true`.',
  instead:
    'Let each statement bear with its own result: `IF NOT EXISTS`, `CREATE OR REPLACE`, `ON CONFLICT DO NOTHING`.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtable.html'],
  peers: ['squawk prefer-robust-stmts'],
  bad: [
    {
      title: 'A view that is there already',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'SELECT 1;\nCREATE VIEW user_ids AS SELECT id FROM users;',
      line: 2,
      rerun: true,
    },
    {
      title: 'Rows that come twice',
      base: 'CREATE TABLE plans (name text);',
      migration: "INSERT INTO plans VALUES ('free');",
      rerun: true,
    },
  ],
  good: [
    {
      title: 'CREATE OR REPLACE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE OR REPLACE VIEW user_ids AS SELECT id FROM users;',
      rerun: true,
    },
    {
      title: 'ON CONFLICT',
      base: 'CREATE TABLE plans (name text PRIMARY KEY);',
      migration: "INSERT INTO plans VALUES ('free') ON CONFLICT DO NOTHING;",
      rerun: true,
    },
  ],
  check: ({ rerun }) => (rerun?.migrations ?? []).flatMap(secondRun),
};

function secondRun({ migration, again, cutOffs }: MigrationRerun): FindingDraft[] {
  const { error, differs, inserts } = again;
  if (error !== null) {
    // The worse case at the same statement has been told.
    if (cutOffs.some(({ run }) => run.error?.line === error.line)) return [];
    return [
      {
        ...atError(migration, error),
        title: `${migration.file} cannot be run a second time: ${error.message}`,
        message: `After it had succeeded it was run again on the shadow and stopped at this statement (SQLSTATE ${error.sqlstate}).`,
        detail: errorDetail(migration.sql, error),
      },
    ];
  }
  const [change] = differs;
  if (change !== undefined) {
    return [
      {
        ...inMigration(migration, change.name),
        object: change.name,
        title: `A second run of ${migration.file} changes the schema once more: ${inWords(differs)}`,
        message:
          'After it had succeeded it was run again on the shadow, which did not leave the schema as it was.',
        detail: changesDetail(differs),
      },
    ];
  }
  return inserts.map(({ line, rows }) => ({
    ...atLine(migration, line),
    title: `A second run of ${migration.file} inserts ${counted(rows, 'row')} once more`,
    message:
      'After it had succeeded it was run again on the shadow, and the rows are there twice. ON CONFLICT DO NOTHING needs a unique key; INSERT … SELECT … WHERE NOT EXISTS does without.',
  }));
}
