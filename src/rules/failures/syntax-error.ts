import { psqlLine } from '../../sql/psql.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { type Failure, failureDraft, failures } from './server-error.ts';

/** 42601 syntax_error. */
export const isSyntaxError = ({ error }: Failure): boolean => error.sqlstate === '42601';

export const syntaxError: Rule = {
  name: 'syntax-error',
  about: 'failure',
  severity: 'error',
  summary: 'PostgreSQL cannot read a statement of the migration.',
  why: 'The deploy stops at this migration. What the file did before the error is taken back only where the tool runs it in one transaction.',
  instead:
    'Correct the statement at the caret. Syntax of a newer major version is an error on an older one: set `postgres-version` to what production runs.',
  sources: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  peers: ['squawk syntax-error'],
  bad: [
    {
      title: 'A misspelt key word',
      base: '',
      migration: 'CREATE TABEL users (id bigint PRIMARY KEY);',
    },
    {
      title: 'A comma too many, three lines down',
      base: '',
      migration: 'CREATE TABLE users (\n  id bigint PRIMARY KEY,\n  email text,\n);',
      line: 4,
    },
    {
      title: 'A line that only psql reads',
      base: '',
      migration: '\\set ON_ERROR_STOP on\nCREATE TABLE users (id bigint PRIMARY KEY);',
      line: 1,
    },
  ],
  good: [
    {
      title: 'A statement that can be read',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);',
    },
    { title: 'A file with nothing but a comment', base: '', migration: '-- nothing to do here' },
  ],
  check: (context) =>
    failures(context)
      .filter(isSyntaxError)
      .map((failure) => ({
        ...failureDraft(context, failure),
        title: `Syntax error: ${failure.error.message}`,
        message: `PostgreSQL ${context.postgresMajor} cannot read this statement, so the migration stops here and no later one runs.${forPsql(context, failure)}`,
      })),
};

/** The server's own words say nothing of where such a line comes from. */
function forPsql(context: RuleContext, { migration, error }: Failure): string {
  const found = psqlLine(context.sources.get(error.file ?? migration.file) ?? '');
  if (found === null || found.line > error.line) return '';
  return ` Line ${found.line} is for psql alone: ${found.what}. ${context.tool.title} sends the file to the server, which knows nothing of it. Take such lines out, and write data as INSERT.`;
}
