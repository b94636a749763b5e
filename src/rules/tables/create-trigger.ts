import { at, evidenceOn, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { baseRelation, statementsOf } from '../statements.ts';
import { triggerBefore } from './triggers.ts';

export const createTrigger: Rule = {
  name: 'create-trigger',
  about: 'convention',
  severity: 'notice',
  byDefault: 'off',
  summary: 'A trigger is added to an existing table.',
  why: 'The trigger takes SHARE ROW EXCLUSIVE until the transaction ends, so that writes wait, and from then on every write of the running version does more than it did. The lock is brief and the schema changes show the trigger, which is why the rule is off until somebody wants every trigger looked at.',
  instead: 'Try the trigger under production’s rate of writes first, and set a lock_timeout.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtrigger.html'],
  peers: ['pgfence create-trigger', 'migrationpilot MP090', 'pgsafe add-trigger', 'postgres-language-server'],
  bad: [
    {
      title: 'For each row',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
      migration: 'CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();',
    },
    {
      title: 'A constraint trigger, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS \'BEGIN RETURN new; END\';',
      migration:
        '\nCREATE CONSTRAINT TRIGGER "Look" AFTER INSERT ON "User" DEFERRABLE FOR EACH ROW EXECUTE FUNCTION look();',
      line: 2,
    },
  ],
  good: [
    {
      title: 'On a table that the migration creates',
      base: "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();',
    },
    {
      title: 'In place of one of that name',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
      migration:
        'CREATE OR REPLACE TRIGGER users_touch BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();',
      since: 14,
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'CreateTrigStmt')].flatMap((place) => {
      const { trigname = '', row, relation } = place.node;
      const table = baseRelation(context, place, relation);
      if (table === undefined || triggerBefore(context, table, trigname) !== undefined) return [];
      const name = nameOf(table);
      return [
        {
          ...at(place),
          object: `${name}.${trigname}`,
          title: `${name} gets a trigger: ${trigname}`,
          message: `Writes to ${name} wait until the transaction ends, and from then on every ${row === true ? 'row that is' : 'statement that is'} written calls the function, also those of the version that is still running.`,
          evidence: { ...evidenceOn(place.statement, table), scan: false },
          fix: null,
        },
      ];
    }),
};
