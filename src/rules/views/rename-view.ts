import { identifier, qualified } from '../../sql/names.ts';
import { capital, hiddenChanges, oldNameAnswers } from '../impact.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
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
    {
      title: 'Hidden in a function',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW members AS SELECT id FROM users;\nCREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN ALTER VIEW members RENAME TO people; END';",
      migration: 'SELECT f();',
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
  check: (context) => {
    const written = fromText(context);
    return [...written, ...hidden(context, new Set(written.map(({ object }) => object)))];
  },
};

/** Views that a DO block or a function renames or moves. */
const hidden = (context: RuleContext, told: ReadonlySet<string | null>): FindingDraft[] =>
  hiddenChanges(context, ['view', 'materialized-view'], ['renamed'], told).map(
    ({ change, name, place, where }) => {
      const stays = change.impact !== 'breaking';
      return {
        ...at(place),
        object: name,
        ...(stays ? { severity: 'notice' as const } : {}),
        title: `${capital(where)} renames ${name} to ${change.name}${stays ? '; the old name stays available' : ', which breaks the version that is still running'}`,
        message: stays
          ? 'Queries of the version that is still running find the old name. Drop it when none uses it.'
          : `Its queries name ${name} and fail from the moment of the rename until the new version runs everywhere. Leave a view under the old name in the same transaction.`,
        evidence: null,
        fix: null,
      };
    },
  );

const fromText = (context: RuleContext): FindingDraft[] =>
  [...statementsOf(context, 'RenameStmt')].flatMap((place) => {
    const { renameType, relation, newname = '' } = place.node;
    if (!['OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_TABLE'].includes(renameType ?? '')) return [];
    const view = baseRelation(context, place, relation, ['view', 'materialized-view']);
    if (view === undefined) return [];
    const name = nameOf(view);
    const shim = oldNameAnswers(context, ['view', 'materialized-view'], name);
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
  });
