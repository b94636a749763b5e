import type { CatalogObject } from '../../catalog/model.ts';
import { type Failure, failureDraft, failures } from '../failures/server-error.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';

/** 0A000 for a type change; 2BP01, where what depends is a view, for DROP COLUMN. */
export const isViewDependency = ({ error }: Failure): boolean =>
  (error.sqlstate === '0A000' && /^cannot alter type of a column used (?:by|in) /.test(error.message)) ||
  (error.sqlstate === '2BP01' &&
    /^cannot drop column /.test(error.message) &&
    /(?:^|\n)(?:materialized )?view /.test(error.detail ?? ''));

export const alterColumnTypeViewDependency: Rule = {
  name: 'alter-column-type-view-dependency',
  about: 'failure',
  severity: 'error',
  summary: 'A column that a view uses is dropped or gets another type, which Postgres refuses.',
  why: 'A view has the types of its columns fixed when it is made. As long as one depends on the column, `ALTER COLUMN … TYPE` fails with 0A000 and `DROP COLUMN` with 2BP01, and the deploy stops. So do generated columns, triggers and policies that name the column of a type change. Developers’ databases often lack the view.',
  instead:
    'Drop the view and create it again around the change, in the same transaction, so that no query misses it. `CASCADE` would drop it for good.',
  sources: [
    'https://www.postgresql.org/docs/current/ddl-depend.html',
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE',
  ],
  peers: ['migrationpilot MP052', 'atlas (dev database)'],
  bad: [
    {
      title: 'Another type under a view',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));\nCREATE VIEW names AS SELECT id, name FROM users;',
      migration: 'ALTER TABLE users ALTER COLUMN name TYPE text;',
    },
    {
      title: 'A dropped column under a materialized view',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text);\nCREATE MATERIALIZED VIEW "Mails" AS SELECT "eMail" FROM "User";',
      migration: 'SELECT 1;\nALTER TABLE "User"\n  DROP COLUMN "eMail";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'The view is dropped and made again',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));\nCREATE VIEW names AS SELECT id, name FROM users;',
      migration:
        'DROP VIEW names;\nALTER TABLE users ALTER COLUMN name TYPE text;\nCREATE VIEW names AS SELECT id, name FROM users;',
    },
    {
      title: 'A column that the view does not use',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20), note varchar(20));\nCREATE VIEW names AS SELECT id, name FROM users;',
      migration: 'ALTER TABLE users ALTER COLUMN note TYPE text;',
    },
  ],
  check: (context) =>
    failures(context)
      .filter(isViewDependency)
      .map((failure) => {
        const { error } = failure;
        const dependents = (error.detail ?? '')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '');
        return {
          ...failureDraft(context, failure),
          title: `The migration fails: ${error.message}`,
          message: `PostgreSQL ${context.postgresMajor} refuses this as long as something depends on the column (SQLSTATE ${error.sqlstate}${dependents.length === 0 ? '' : `; ${dependents.slice(0, 5).join('; ')}`}), so the deploy stops here and no later migration runs. Drop what depends on it and create it again, in the same transaction.`,
          fix: around(context, failure),
        };
      }),
};

/** The statement between DROP VIEW and CREATE VIEW, where one view depends on the column and nothing on the view. */
function around(context: RuleContext, { migration, error }: Failure): Fix | null {
  const failed = migration.statements.find(
    ({ line, endLine }) => line <= error.line && error.line <= endLine,
  );
  // What is gone with DROP COLUMN would have to leave the view, too, and only its author knows how.
  if (failed?.node == null || !('AlterTableStmt' in failed.node) || error.sqlstate !== '0A000') return null;
  const names = [...(error.detail ?? '').matchAll(/ on view (.+?) depends on column /g)].map(
    ([, name]) => name ?? '',
  );
  const [only, ...more] = names;
  if (only === undefined || more.length > 0) return null;
  const view = viewNamed(context, only);
  if (view === undefined || isUsed(context, view)) return null;
  const create = view.definition
    .split('\n')
    .filter((line) => !line.startsWith('-- '))
    .join('\n')
    .trim();
  return {
    sql: [
      `DROP VIEW ${view.text.sqlName};`,
      `${failed.sql};`,
      create.endsWith(';') ? create : `${create};`,
      '-- Privileges and comments of the view have to be given again.',
    ].join('\n'),
    sameSchema: false,
  };
}

/** As the server writes it: with the schema only where the search_path does not find it. */
function viewNamed(context: RuleContext, written: string): CatalogObject | undefined {
  const found = (context.before?.objects ?? []).filter(
    ({ type, text, name, local }) =>
      type === 'view' && (name === written || local === written || text.sqlName === written),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** Does another view's query name it? Text is enough to refrain. */
const isUsed = (context: RuleContext, view: CatalogObject): boolean =>
  (context.before?.objects ?? []).some(
    ({ type, definition, identity }) =>
      (type === 'view' || type === 'materialized-view' || type === 'function' || type === 'trigger') &&
      identity !== view.identity &&
      definition.includes(view.local),
  );
