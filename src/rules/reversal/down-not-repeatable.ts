import type { FindingDraft, Rule } from '../rule.ts';
import { atError, changesDetail, errorDetail, inMigration, inWords } from './places.ts';

export const downNotRepeatable: Rule = {
  name: 'down-not-repeatable',
  about: 'reversal',
  severity: 'error',
  summary: 'After its down a new migration cannot be applied again, or makes another schema.',
  why: 'Whoever takes a deploy back wants to deploy again, with the cause mended. Where the down leaves rows, roles or settings behind that the schema does not show, the migration stops at them.',
  instead:
    'Let the down remove what the migration brings, rows and roles included, or let the migration bear with what is there (`ON CONFLICT DO NOTHING`).',
  sources: ['https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT'],
  peers: ['none that we know of'],
  bad: [
    {
      title: 'Rows that the down leaves',
      base: 'CREATE TABLE plans (name text PRIMARY KEY);',
      migration: "INSERT INTO plans VALUES ('free');",
      down: 'SELECT 1;',
    },
    {
      title: 'Rows that only one of two statements has an answer for',
      base: 'CREATE TABLE plans (name text PRIMARY KEY);',
      migration: "CREATE VIEW plan_names AS SELECT name FROM plans;\nINSERT INTO plans VALUES ('free');",
      down: 'DROP VIEW plan_names;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'The down removes them',
      base: 'CREATE TABLE plans (name text PRIMARY KEY);',
      migration: "INSERT INTO plans VALUES ('free');",
      down: "DELETE FROM plans WHERE name = 'free';",
    },
    {
      title: 'The migration bears with them',
      base: 'CREATE TABLE plans (name text PRIMARY KEY);',
      migration: "INSERT INTO plans VALUES ('free') ON CONFLICT DO NOTHING;",
      down: 'SELECT 1;',
    },
  ],
  check: ({ reversal }) =>
    (reversal?.steps ?? []).flatMap(({ migration, back, again }, index, steps): FindingDraft[] => {
      if (back === null || again === null) return [];
      // What a down has left in the schema is told by a rule of its own.
      const known = steps.slice(0, index + 1).some((step) => (step.back?.leaves.length ?? 0) > 0);
      if (known) return [];
      if (again.error !== null) {
        const { error } = again;
        return [
          {
            ...atError(migration, error),
            title: `${migration.file} cannot be applied again after its down: ${error.message}`,
            message: `On the shadow the migration was applied, reverted by ${back.down.file} and applied again, which failed (SQLSTATE ${error.sqlstate}). The down leaves something behind that the schema does not show, such as rows or a role.`,
            detail: errorDetail(migration.sql, error),
          },
        ];
      }
      const [first] = again.differs;
      if (first === undefined) return [];
      return [
        {
          ...inMigration(migration, first.name),
          object: first.name,
          title: `${migration.file} makes another schema after its down: ${inWords(again.differs)}`,
          message: `On the shadow the migration was applied, reverted by ${back.down.file} and applied again, and the schema is not the one of the first time.`,
          detail: changesDetail(again.differs),
        },
      ];
    }),
};
