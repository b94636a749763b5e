import { nameParts, statementsOf } from '../statements.ts';
import { advice, convention } from './convention.ts';

export const domainCreateWithConstraint = convention({
  name: 'domain-create-with-constraint',
  summary: 'A new domain has a constraint.',
  why: 'A constraint of a domain cannot be changed for one table alone: a new one is checked in all of them at once, under locks that keep writers out, and no statement names them.',
  instead:
    'The base type, with CHECK constraints on the tables, which can be added NOT VALID and validated one by one.',
  sources: ['https://www.postgresql.org/docs/current/sql-createdomain.html'],
  peers: ['squawk ban-create-domain-with-constraint', 'pgfence'],
  bad: [
    { title: 'CHECK', base: '', migration: "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');" },
    { title: 'NOT NULL', base: '', migration: '\nCREATE DOMAIN "Email" AS text NOT NULL;', line: 2 },
  ],
  good: [
    { title: 'A name for a type', base: '', migration: 'CREATE DOMAIN email AS text;' },
    { title: 'A default', base: '', migration: "CREATE DOMAIN country AS text DEFAULT 'DE';" },
  ],
  check: (context) =>
    [...statementsOf(context, 'CreateDomainStmt')].flatMap((place) => {
      const limits = (place.node.constraints ?? []).some(
        (each) =>
          'Constraint' in each && ['CONSTR_CHECK', 'CONSTR_NOTNULL'].includes(each.Constraint.contype ?? ''),
      );
      const { name } = nameParts(place.node.domainname);
      return limits
        ? [
            advice(
              place,
              name,
              `The domain ${name} has a constraint`,
              'It is hard to change once tables use it: put CHECK constraints on the tables.',
            ),
          ]
        : [];
    }),
});
