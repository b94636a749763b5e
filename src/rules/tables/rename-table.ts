import { identifier, qualified } from '../../sql/names.ts';
import { hiddenRenames } from '../hidden-renames.ts';
import { oldNameAnswers } from '../impact.ts';
import { at, evidenceOn, nameOf, places } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { withUses } from '../uses.ts';

export const renameTable: Rule = {
  name: 'rename-table',
  about: 'statement',
  severity: 'warning',
  summary: 'A table that base has gets another name.',
  why: 'From the moment of the rename every query of the running version that names the table fails, until the new version runs everywhere.',
  instead:
    'Leave a view under the old name in the same transaction: Postgres lets the running version read and write through it. With that it is a notice.',
  sources: ['https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS'],
  peers: [
    'squawk renaming-table',
    'atlas BC101',
    'strong_migrations rename_table',
    'online_migrations rename_table',
    'pgfence rename-table',
    'migrationpilot MP028',
    'pgsafe rename',
  ],
  bad: [
    {
      title: 'A table that base has',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users RENAME TO people;',
    },
    {
      title: 'Names that need quotes',
      base: 'CREATE SCHEMA "App";\nCREATE TABLE "App"."User" (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE "App"."User" RENAME TO "Person";',
    },
  ],
  good: [
    {
      title: 'A table that the migration creates',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users RENAME TO people;',
    },
    {
      title: 'A second name for it: a view',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE VIEW people AS SELECT * FROM users;',
    },
  ],
  check: (context) => {
    const written = fromText(context);
    return [...written, ...hiddenRenames(context, 'table', new Set(written.map(({ object }) => object)))];
  },
};

const fromText = (context: RuleContext): FindingDraft[] =>
  [...places(context)].flatMap((place) => {
    const { node } = place.statement;
    if (node === null || !('RenameStmt' in node) || node.RenameStmt.renameType !== 'OBJECT_TABLE') return [];
    const { relation, newname = '' } = node.RenameStmt;
    const table = context.resolve(relation?.schemaname, relation?.relname ?? '', place.statement);
    if (table === undefined || table.kind !== 'table') return [];
    const name = nameOf(table);
    const view = oldNameAnswers(context, ['table'], name);
    const [from, to] = [
      qualified(relation?.schemaname, relation?.relname ?? ''),
      qualified(relation?.schemaname, newname),
    ];
    const finding: FindingDraft = {
      ...at(place),
      object: name,
      ...(view ? { severity: 'notice' as const } : {}),
      title: view
        ? `${name} is renamed to ${newname}; a view keeps the old name`
        : `Renaming ${name} to ${newname} breaks the version that is still running`,
      message: view
        ? 'Queries of the version that is still running find the view. Check that they can write through it too, and drop it when no running version uses it.'
        : `Its queries name ${name} and fail from the moment of the rename until the new version runs everywhere. Leave a view under the old name in the same transaction.`,
      evidence: { ...evidenceOn(place.statement, table), scan: false },
      fix: view
        ? null
        : recipe(
            context,
            [
              {
                title: 'rename it, and keep the old name as a view in the same transaction',
                sql: [
                  `ALTER TABLE ${from} RENAME TO ${identifier(newname)};`,
                  `CREATE VIEW ${from} AS SELECT * FROM ${to};`,
                ],
              },
              {
                title: 'when no version that is running uses the old name any more',
                sql: [`DROP VIEW ${from};`],
              },
            ],
            { sameSchema: true },
          ),
    };
    return [
      withUses(context, finding, [name], {
        what: 'Keep the old name until no running version uses it.',
        keeps: view,
      }),
    ];
  });
