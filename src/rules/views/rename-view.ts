import { identifier, qualified } from '../../sql/names.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { baseRelation, statementsOf } from '../statements.ts';

export const renameView: Rule = {
  name: 'rename-view',
  about: 'statement',
  severity: 'warning',
  summary: 'A view that base has gets another name.',
  why: 'From the moment of the rename every query of the running version that names the view fails, until the new version runs everywhere.',
  instead:
    'A second view with the new name, and the old one dropped when no running version reads it. With a view under the old name it is a notice.',
  sources: ['https://www.postgresql.org/docs/current/sql-alterview.html'],
  peers: ['pgsafe rename', 'migrationpilot MP098'],
  bad: [
    {
      title: 'A view',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW members AS SELECT id FROM users;',
      migration: 'ALTER VIEW members RENAME TO people;',
    },
    {
      title: 'A materialized view, as a table, with names that need quotes',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW "Member" AS SELECT id FROM users;',
      migration: '\nALTER TABLE public."Member" RENAME TO "Person";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A second view',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW members AS SELECT id FROM users;',
      migration: 'CREATE VIEW people AS SELECT id FROM users;',
    },
    {
      title: 'A view that the migration creates',
      base: '',
      migration: 'CREATE VIEW a AS SELECT 1 AS id;\nALTER VIEW a RENAME TO b;',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'RenameStmt')].flatMap((place) => {
      const { renameType, relation, newname = '' } = place.node;
      if (!['OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_TABLE'].includes(renameType ?? '')) return [];
      const view = baseRelation(context, place, relation, ['view', 'materialized-view']);
      if (view === undefined) return [];
      const name = nameOf(view);
      const shim = context.after?.byName('view', name) !== undefined;
      const [from, to] = [
        qualified(relation?.schemaname, relation?.relname ?? ''),
        qualified(relation?.schemaname, newname),
      ];
      return [
        {
          ...at(place),
          object: name,
          ...(shim ? { severity: 'notice' as const } : {}),
          title: shim
            ? `${name} is renamed to ${newname}; a view keeps the old name`
            : `Renaming ${name} to ${newname} breaks the version that is still running`,
          message: shim
            ? 'Queries of the version that is still running find the view. Drop it when none uses it.'
            : `Its queries name ${name} and fail from the moment of the rename until the new version runs everywhere. Leave a view under the old name in the same transaction.`,
          evidence: { ...evidenceOn(place.statement, view), scan: false, rewrite: false },
          fix: shim
            ? null
            : recipe(
                context,
                [
                  {
                    title: 'rename it, and keep the old name as a view in the same transaction',
                    sql: [
                      `ALTER ${view.kind === 'view' ? 'VIEW' : 'MATERIALIZED VIEW'} ${from} RENAME TO ${identifier(newname)};`,
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
        },
      ];
    }),
};
