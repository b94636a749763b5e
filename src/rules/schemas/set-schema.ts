import { identifier, qualified } from '../../sql/names.ts';
import { oldNameAnswers } from '../impact.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { baseRelation, statementsOf } from '../statements.ts';

export const setSchema: Rule = {
  name: 'set-schema',
  about: 'statement',
  severity: 'warning',
  summary: 'A table or view that base has moves to another schema.',
  why: 'From that moment every query of the running version fails that names it with the old schema, or without one where the new schema is not on the search_path.',
  instead:
    'Leave a view under the old name in the same transaction: Postgres lets the running version read and write through it. With that it is a notice.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-SCHEMA'],
  peers: ['pgsafe set-schema', 'migrationpilot MP071', 'pgrubic US022'],
  bad: [
    {
      title: 'A table',
      base: 'CREATE SCHEMA core;\nCREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users SET SCHEMA core;',
    },
    {
      title: 'A view, with names that need quotes',
      base: 'CREATE SCHEMA "Core";\nCREATE VIEW "One" AS SELECT 1 AS n;',
      migration: '\nALTER VIEW public."One" SET SCHEMA "Core";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A table that the migration creates',
      base: 'CREATE SCHEMA core;',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users SET SCHEMA core;',
    },
    {
      title: 'A view in the other schema instead',
      base: 'CREATE SCHEMA core;\nCREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE VIEW core.users AS SELECT * FROM public.users;',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'AlterObjectSchemaStmt')].flatMap((place) => {
      const { relation, newschema = '' } = place.node;
      const moved = baseRelation(context, place, relation, ['table', 'view', 'materialized-view']);
      if (moved === undefined || moved.schema === newschema) return [];
      const name = nameOf(moved);
      const shim = oldNameAnswers(context, ['table', 'view', 'materialized-view'], name);
      const from = qualified(relation?.schemaname, relation?.relname ?? '');
      const old = qualified(moved.schema, moved.relation);
      return [
        {
          ...at(place),
          object: name,
          ...(shim ? { severity: 'notice' as const } : {}),
          title: shim
            ? `${name} moves to ${newschema}; a view keeps the old name`
            : `Moving ${name} to ${newschema} breaks the version that is still running`,
          message: shim
            ? 'Queries of the version that is still running find the view. Check that they can write through it too, and drop it when no running version uses it.'
            : `Its queries look for it in ${moved.schema} and fail until the new version runs everywhere. Leave a view there in the same transaction.`,
          evidence: { ...evidenceOn(place.statement, moved), scan: false, rewrite: false },
          fix: shim
            ? null
            : recipe(
                context,
                [
                  {
                    title: 'move it, and keep the old name as a view in the same transaction',
                    sql: [
                      `ALTER ${words[moved.kind] ?? 'TABLE'} ${from} SET SCHEMA ${identifier(newschema)};`,
                      `CREATE VIEW ${old} AS SELECT * FROM ${qualified(newschema, moved.relation)};`,
                    ],
                  },
                  {
                    title: 'when no version that is running uses the old name any more',
                    sql: [`DROP VIEW ${old};`],
                  },
                ],
                { sameSchema: true },
              ),
        },
      ];
    }),
};

const words: Readonly<Record<string, string>> = {
  table: 'TABLE',
  view: 'VIEW',
  'materialized-view': 'MATERIALIZED VIEW',
};
