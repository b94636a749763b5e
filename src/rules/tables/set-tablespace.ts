import { at, evidenceOn, nameOf } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { baseRelation, type StatementOf, statementsOf } from '../statements.ts';
import { blocksWhom, whoWaits } from '../wording.ts';

const setup =
  "SET allow_in_place_tablespaces = on;\nCREATE TABLESPACE fast LOCATION '';\nGRANT CREATE ON TABLESPACE fast TO PUBLIC;";

export const setTablespace: Rule = {
  name: 'set-tablespace',
  about: 'statement',
  severity: 'error',
  summary: 'SET TABLESPACE copies an existing table or index to another place.',
  why: 'The files are copied block by block under ACCESS EXCLUSIVE, and written to the write-ahead log. All reads and writes of the table wait; for an index, every query of its table that is planned.',
  instead:
    'pg_repack with `--tablespace`, outside of migrations; for an index a second one in the other tablespace, built CONCURRENTLY.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-TABLESPACE'],
  peers: ['migrationpilot MP095', 'pgrubic US017, US018'],
  bad: [
    {
      title: 'A table',
      setup,
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users SET TABLESPACE fast;',
      since: 15,
    },
    {
      title: 'An index',
      setup,
      base: 'CREATE TABLE "User" (id bigint);\nCREATE INDEX "User_id" ON "User" (id);',
      migration: '\nALTER INDEX "User_id" SET TABLESPACE fast;',
      line: 2,
      since: 15,
    },
  ],
  good: [
    {
      title: 'The tablespace that it is in',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users SET TABLESPACE pg_default;',
    },
    {
      title: 'A new table',
      setup,
      base: '',
      migration: 'CREATE TABLE users (id bigint) TABLESPACE fast;',
      since: 15,
    },
  ],
  check: (context) => [...statementsOf(context, 'AlterTableStmt')].flatMap((place) => moved(context, place)),
};

function moved(context: RuleContext, place: StatementOf<'AlterTableStmt'>): FindingDraft[] {
  const { node, statement } = place;
  const moves = (node.cmds ?? []).some(
    (each) => 'AlterTableCmd' in each && each.AlterTableCmd.subtype === 'AT_SetTableSpace',
  );
  const relation = baseRelation(context, place, node.relation, ['table', 'index', 'materialized-view']);
  if (!moves || relation === undefined) return [];
  const isIndex = relation.kind === 'index';
  // Of an index no rewrite is told: its lock is all there is to see, and the same tablespace again is rare.
  if (!isIndex && !statement.rewrites.includes(nameOf(relation))) return [];
  const name = nameOf(relation);
  const evidence = { ...evidenceOn(statement, relation), scan: true, rewrite: true };
  return [
    {
      ...at(place),
      object: name,
      title: `SET TABLESPACE copies ${name} and ${blocksWhom(evidence, 'it')}`,
      message: `${whoWaits(statement, relation, evidence, 'its files are copied')}${isIndex ? ' Queries of its table wait as well, since planning them locks all indexes.' : ''} Use pg_repack outside of migrations.`,
      evidence,
      fix: null,
      explains: [name],
    },
  ];
}
