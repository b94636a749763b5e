import type { CatalogObject } from '../../catalog/model.ts';
import { identifier } from '../../sql/names.ts';
import { type Failure, failureDraft, failures } from '../failures/server-error.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { nameParts } from '../statements.ts';

/** 2BP01: the index is a constraint's. */
export const backsConstraint = ({ error }: Failure): boolean =>
  error.sqlstate === '2BP01' &&
  /^cannot drop index .* because constraint .* requires it$/s.test(error.message);

export const dropIndexBackingConstraint: Rule = {
  name: 'drop-index-backing-constraint',
  about: 'failure',
  severity: 'error',
  summary: 'DROP INDEX names the index of a primary key or UNIQUE constraint, which Postgres refuses.',
  why: 'The index of a constraint belongs to it. `DROP INDEX` fails with 2BP01, with or without CONCURRENTLY, and the deploy stops.',
  instead: '`ALTER TABLE … DROP CONSTRAINT`, which takes the index with it.',
  sources: [
    'https://www.postgresql.org/docs/current/ddl-depend.html',
    'https://www.postgresql.org/docs/current/sql-dropindex.html',
  ],
  peers: ['migrationpilot MP097'],
  bad: [
    {
      title: 'The index of a UNIQUE constraint',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);',
      migration: 'DROP INDEX users_email_key;',
    },
    {
      title: 'Of a primary key, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint, CONSTRAINT "User key" PRIMARY KEY (id));',
      migration: 'SELECT 1;\nDROP INDEX IF EXISTS public."User key";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'The constraint is dropped',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);\nCREATE UNIQUE INDEX ON users (email);',
      migration: 'ALTER TABLE users DROP CONSTRAINT users_email_key;',
    },
    {
      title: 'An index of no constraint',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX users_email_key ON users (email);',
      migration: 'DROP INDEX CONCURRENTLY users_email_key;',
      transaction: 'none',
    },
  ],
  check: (context) =>
    failures(context)
      .filter(backsConstraint)
      .map((failure) => {
        const { error } = failure;
        const constraint = constraintOf(context, failure);
        const table =
          constraint === undefined ? undefined : context.before?.byIdentity(constraint.containerIdentity);
        return {
          ...failureDraft(context, failure),
          title: `The migration fails: ${error.message}`,
          message: `The index belongs to a constraint, so PostgreSQL ${context.postgresMajor} refuses to drop it (SQLSTATE ${error.sqlstate}), the deploy stops here and no later migration runs. Drop the constraint; its index goes with it.`,
          fix:
            constraint === undefined || table === undefined
              ? null
              : {
                  sql: `ALTER TABLE ${table.text.sqlName} DROP CONSTRAINT ${identifier(constraint.local)};`,
                  sameSchema: false,
                },
        };
      }),
};

/** The constraint by the name of its index, when only one has it. */
function constraintOf(context: RuleContext, { migration, error }: Failure): CatalogObject | undefined {
  const failed = migration.statements.find(
    ({ line, endLine }) => line <= error.line && error.line <= endLine,
  );
  if (failed?.node == null || !('DropStmt' in failed.node)) return undefined;
  const names = (failed.node.DropStmt.objects ?? []).map((object) =>
    nameParts('List' in object ? object.List.items : [object]),
  );
  const found = (context.before?.objects ?? []).filter(
    ({ type, facts, local, container }) =>
      type === 'constraint' &&
      facts.index !== null &&
      names.some(
        ({ schema, name }) => name === local && (schema === undefined || container.startsWith(`${schema}.`)),
      ),
  );
  return found.length === 1 && names.length === 1 ? found[0] : undefined;
}
