import { at, evidenceOn, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { baseRelation, statementsOf } from '../statements.ts';

export const renameConstraint: Rule = {
  name: 'rename-constraint',
  about: 'statement',
  severity: 'notice',
  summary: 'A constraint of an existing table gets another name.',
  why: '`INSERT … ON CONFLICT ON CONSTRAINT name` fails when the name is gone, and applications that tell from the name in an error what was wrong (“that address is taken”) show the user something else.',
  instead: 'Search the application for the name first, and let it know both for the time of the rollout.',
  sources: ['https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT'],
  peers: ['none that we know of'],
  bad: [
    {
      title: 'A unique constraint',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE);',
      migration: 'ALTER TABLE users RENAME CONSTRAINT users_email_key TO users_email_unique;',
    },
    {
      title: 'A foreign key, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Order" (id bigint PRIMARY KEY, "userId" bigint CONSTRAINT "Order_user" REFERENCES "User" (id));',
      migration: '\nALTER TABLE "Order" RENAME CONSTRAINT "Order_user" TO "Order_userId_fkey";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'In a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users RENAME CONSTRAINT users_pkey TO users_id;',
    },
    {
      title: 'A constraint that the migration added',
      base: '',
      migration:
        'CREATE TABLE people (id bigint PRIMARY KEY, age int);\nALTER TABLE people ADD CONSTRAINT a CHECK (age > 0);\nALTER TABLE people RENAME CONSTRAINT a TO people_age_check;',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'RenameStmt')].flatMap((place) => {
      const { renameType, relation, subname = '', newname = '' } = place.node;
      if (renameType !== 'OBJECT_TABCONSTRAINT') return [];
      const table = baseRelation(context, place, relation);
      if (table === undefined) return [];
      const name = nameOf(table);
      const constraint = context.before?.byName('constraint', `${name}.${subname}`);
      if (constraint === undefined) return [];
      const unique = ['primary-key', 'unique', 'exclusion'].includes(String(constraint.facts.kind));
      return [
        {
          ...at(place),
          object: `${name}.${subname}`,
          title: `Whoever knows the constraint ${subname} of ${name} by its name no longer finds it`,
          message: `${unique ? `ON CONFLICT ON CONSTRAINT ${subname} fails in the version that is still running, and errors` : 'Errors'} name ${newname} from now on. Search the application for the old name.`,
          evidence: { ...evidenceOn(place.statement, table), scan: false },
          fix: null,
        },
      ];
    }),
};
