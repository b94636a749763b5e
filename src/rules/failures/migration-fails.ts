import { isViewDependency } from '../columns/alter-column-type-view-dependency.ts';
import { buildsOnPartitioned } from '../indexes/create-index-partitioned-parent.ts';
import { backsConstraint } from '../indexes/drop-index-backing-constraint.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { usesNewEnumValue } from '../types/enum-value-used-same-txn.ts';
import { commitsInTransaction } from './commit-in-transaction.ts';
import { refusesTransaction } from './concurrently-in-transaction.ts';
import { aboutMissing, aboutSurroundings, missesObject } from './missing-object.ts';
import { type Failure, failureDraft, failures } from './server-error.ts';
import { isSyntaxError } from './syntax-error.ts';

/** Failures that a rule of their own explains better. */
const explained: readonly ((failure: Failure) => boolean)[] = [
  isSyntaxError,
  refusesTransaction,
  isViewDependency,
  backsConstraint,
  buildsOnPartitioned,
  usesNewEnumValue,
  commitsInTransaction,
];

export const migrationFails: Rule = {
  name: 'migration-fails',
  about: 'failure',
  severity: 'error',
  summary: 'The migration fails on a database with base’s schema.',
  why: 'The shadow has exactly the schema that base’s migrations make. What fails there fails in the deploy, and later migrations do not run.',
  instead:
    'Correct the statement at the caret. If production has an object that base’s migrations do not make, bring it into the history (or into `setup:` of the config), so that both can be checked.',
  sources: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  peers: ['atlas (dev database)', 'migrationpilot simulate', 'safe-migrate schema-drift'],
  bad: [
    {
      title: 'A column that is not there',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users DROP COLUMN emial;',
    },
    {
      title: 'A table that exists already',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE teams (id bigint PRIMARY KEY);\n\nCREATE TABLE users (id bigint PRIMARY KEY);',
      line: 3,
    },
  ],
  good: [
    {
      title: 'Names that base has',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN email text;',
    },
    {
      title: 'IF EXISTS makes a missing object harmless',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'DROP INDEX IF EXISTS users_emial_idx;',
    },
  ],
  check: (context) =>
    failures(context)
      .filter((failure) => !explained.some((explains) => explains(failure)))
      // That a renamed file cannot run a second time is what renamed-applied-migration says.
      .filter(({ migration }) => !isRenamed(context, migration.file))
      // That the tool cannot record a version twice is what duplicate-version says.
      .filter((failure) => !isRecordedTwice(context, failure))
      .map((failure) => ({
        ...failureDraft(context, failure),
        title: `The migration fails: ${failure.error.message}`,
        message: `PostgreSQL ${context.postgresMajor} refuses this statement on a database with base's schema (SQLSTATE ${failure.error.sqlstate}${hint(failure)}), so the deploy stops here and no later migration runs.${cure(context, failure)}`,
      })),
};

/** What to do about it, as far as the error tells. */
function cure(context: RuleContext, failure: Failure): string {
  const surroundings = aboutSurroundings(context, failure);
  if (surroundings !== '') return ` ${surroundings}`;
  return missesObject(failure) ? ` ${aboutMissing(context, failure)}` : '';
}

const isRenamed = (context: RuleContext, file: string): boolean =>
  context.historyChanges.some((change) => change.kind === 'renamed' && change.file === file);

/** 23505: unique_violation, here of the tool's own table. */
const isRecordedTwice = (context: RuleContext, { migration, error }: Failure): boolean =>
  error.sqlstate === '23505' &&
  context.tool.bookkeeping.relations.includes(`${error.object?.schema}.${error.object?.table}`) &&
  context.historyChanges.some(({ kind, file }) => kind === 'duplicate-version' && file === migration.file);

/** 42501: a superuser's right that the shadow's migration role lacks on purpose. */
const hint = ({ error }: Failure): string =>
  error.sqlstate === '42501' ? '; the migrations run as the owner of the database, not as a superuser' : '';
