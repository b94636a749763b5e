import { statementsOf } from '../statements.ts';
import { advice, convention } from './convention.ts';

export const grantToPublic = convention({
  name: 'grant-to-public',
  severity: 'warning',
  summary: 'A right is granted to PUBLIC, or all of them to anybody.',
  why: 'PUBLIC is every role of the server, those of other applications and future ones included. ALL PRIVILEGES holds TRUNCATE and TRIGGER, which hardly any application needs.',
  instead: 'Grant what is needed to the role that needs it.',
  sources: ['https://www.postgresql.org/docs/current/sql-grant.html'],
  peers: ['migrationpilot MP085, MP091', 'safe-migrate overbroad-grant'],
  bad: [
    {
      title: 'To PUBLIC',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'GRANT SELECT ON users TO PUBLIC;',
    },
    {
      title: 'ALL',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: '\nGRANT ALL ON users TO CURRENT_USER;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'One right, one role',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'GRANT SELECT ON users TO CURRENT_USER;',
    },
    {
      title: 'Taken away',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'REVOKE ALL ON users FROM PUBLIC;',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'GrantStmt')].flatMap((place) => {
      const { is_grant, privileges = [], grantees = [] } = place.node;
      if (is_grant !== true) return [];
      const everybody = grantees.some(
        (each) => 'RoleSpec' in each && each.RoleSpec.roletype === 'ROLESPEC_PUBLIC',
      );
      if (!everybody && privileges.length > 0) return [];
      return [
        advice(
          place,
          null,
          everybody ? 'A right is granted to every role of the server' : 'All rights are granted at once',
          'Grant what is needed to the role that needs it.',
        ),
      ];
    }),
});
