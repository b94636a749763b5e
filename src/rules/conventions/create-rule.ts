import { statementsOf } from '../statements.ts';
import { advice, convention, written } from './convention.ts';

export const createRule = convention({
  name: 'create-rule',
  summary: 'A migration creates a rewrite rule.',
  why: 'A rule changes the query and not the row: functions in it run as often as the query says, RETURNING and row counts tell something else than what happened, and COPY passes it by.',
  instead: 'A trigger, which sees each row.',
  sources: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_rules'],
  peers: ['pgrubic GN002'],
  bad: [
    {
      title: 'DO INSTEAD NOTHING',
      base: 'CREATE TABLE t (id bigint);',
      migration: 'CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;',
    },
    {
      title: 'OR REPLACE',
      base: 'CREATE TABLE "T" (id bigint);',
      migration: '\nCREATE OR REPLACE RULE r AS ON UPDATE TO "T" DO ALSO NOTHING;',
      line: 2,
    },
  ],
  good: [
    { title: 'A view', base: 'CREATE TABLE t (id bigint);', migration: 'CREATE VIEW v AS SELECT id FROM t;' },
    { title: 'A table', base: '', migration: 'CREATE TABLE t (id bigint);' },
  ],
  check: (context) =>
    [...statementsOf(context, 'RuleStmt')].map((place) =>
      advice(
        place,
        written(place.node.relation),
        `${written(place.node.relation)} gets a rewrite rule`,
        'Use a trigger: rules change queries and not rows.',
      ),
    ),
});
