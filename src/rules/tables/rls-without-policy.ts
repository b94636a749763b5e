import { alterTables } from '../alter-table.ts';
import { at, evidenceOn } from '../observed.ts';
import type { Rule } from '../rule.ts';

export const rlsWithoutPolicy: Rule = {
  name: 'rls-without-policy',
  about: 'statement',
  severity: 'warning',
  summary: 'Row level security is switched on for an existing table that has no policy.',
  why: 'Without a policy nothing is allowed: every role but the owner sees no row and can write none, without an error for reads. With FORCE that holds for the owner too. The version that is still running finds its table empty.',
  instead:
    'Create the policies in the same transaction, before ENABLE ROW LEVEL SECURITY. Policies have no effect until it is on, so that they can be deployed and looked at first.',
  sources: ['https://www.postgresql.org/docs/current/ddl-rowsecurity.html'],
  peers: ['migrationpilot MP057, MP079', 'safe-migrate restrictive-policy'],
  bad: [
    {
      title: 'No policy',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ENABLE ROW LEVEL SECURITY;',
    },
    {
      title: 'Only a restrictive one, and FORCE',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration:
        'CREATE POLICY p ON "User" AS RESTRICTIVE USING (id > 0);\nALTER TABLE "User" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A policy in the same migration',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON users USING (id > 0);',
    },
    {
      title: 'A table that the migration creates',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ENABLE ROW LEVEL SECURITY;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      if (!alter.commands.some(({ subtype }) => subtype === 'AT_EnableRowSecurity')) return [];
      const before = context.before?.byIdentity(`pg_class:${alter.table.oid}`);
      const after = context.after?.byIdentity(`pg_class:${alter.table.oid}`);
      if (before?.facts.rowSecurity === true || after?.facts.rowSecurity !== true) return [];
      const allows = context.after?.objects.some(
        ({ type, containerIdentity, facts }) =>
          type === 'policy' && containerIdentity === after.identity && facts.permissive === true,
      );
      if (allows === true) return [];
      const forced = after.facts.forceRowSecurity === true;
      return [
        {
          ...at(alter),
          object: alter.name,
          title: `${alter.name} looks empty to every role ${forced ? 'after this' : 'but its owner'}`,
          message: `Row level security without a permissive policy allows nothing${forced ? ', and FORCE makes that hold for the owner too' : ' to any role but the owner of the table and superusers'}. Create the policies first; they have no effect until row level security is on.`,
          evidence: { ...evidenceOn(alter.statement, alter.table), scan: false },
          fix: null,
        },
      ];
    }),
};
