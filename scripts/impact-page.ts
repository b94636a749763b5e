import { impactCases } from '../__tests__/catalog/impact-cases/index.ts';
import { impactRows } from '../src/catalog/impact.ts';
import type { Impact } from '../src/catalog/model.ts';

const order: readonly Impact[] = ['breaking', 'risky', 'behaviour', 'none'];
const cell = (text: string): string => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').replace(/</g, '&lt;');
const sql = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return `\`${cell(line).replace(/`/g, "'").replace(/&lt;/g, '<')}\``;
};

/** `docs/impact.md`: what the running version notices of a change, by the rows that judge it and what was tried. */
export function impactPage(): string {
  const rows = [...new Map(impactRows.map((row) => [`${row.kind} ${row.impact}`, row])).values()];
  const kinds = order.flatMap((impact) => [
    `## ${impact[0]?.toUpperCase()}${impact.slice(1)}`,
    '',
    '| change | why | data lost | can be taken back |',
    '|:--|:--|:--|:--|',
    ...rows
      .filter((row) => row.impact === impact)
      .map(
        ({ kind, why, dataLoss, reversible }) =>
          `| ${cell(kind)} | ${cell(why)} | ${dataLoss ? 'yes' : ''} | ${dataLoss || reversible === false ? 'no' : 'yes'} |`,
      ),
    '',
  ]);
  const tried = Object.entries(impactCases).flatMap(([group, cases]) => [
    `### ${group}`,
    '',
    '| the running version sends | the change | afterwards | prepared before | impact |',
    '|:--|:--|:--|:--|:--|',
    ...cases.map(
      ({ statement, change, after, prepared = after, impact }) =>
        `| ${sql(statement)} | ${sql(typeof change === 'string' ? change : change.join('; '))} | ${after} | ${prepared === after ? '' : prepared} | ${impact} |`,
    ),
    '',
  ]);
  return `${[
    ...introduction,
    ...kinds,
    '## What was tried',
    '',
    'Statements of a running version, sent before and after a change to PostgreSQL 13 to 18: on a new connection, and as a statement that was prepared before the change, as drivers and poolers keep them. `ok` = the same result, `other` = it works and its result is another one, else the SQLSTATE. The tests send them again.',
    '',
    ...tried,
  ]
    .join('\n')
    .trimEnd()}\n`;
}

const introduction = [
  '# What a change does to the version that is still running',
  '',
  'Migrations are applied before the new version of an application runs everywhere. For that time the old version sends its statements to the new schema. Each change in the schema diff says what becomes of them:',
  '',
  '| impact | statements of the running version |',
  '|:--|:--|',
  '| `breaking` | fail, or what they would read is lost |',
  '| `risky` | may fail: by the data, or by the way in which the application talks to the server |',
  '| `behaviour` | work, and do something else |',
  '| `none` | do the same |',
  '',
  '`dataLoss` tells that stored values are gone or may have been changed; `reversible` that the former schema can be brought back with all that it held, whatever was written in between; `why` is the sentence of the tables below. Where several kinds of change meet in one object, the worst counts.',
  '',
  'What is compared are catalogs, before and after, so that it does not matter whether a change was written as SQL, in a `DO` block, in a function or by an ORM. What is part of something new is told by its line and breaks nothing. A rename is lowered from `breaking` when something new answers to the old name with all its columns: a view for a table, a second column for a column. Which role the application has is not known: row level security and privileges are judged for one that is no owner.',
  '',
  '## Code that still uses it',
  '',
  'For tables, views and columns that are dropped or renamed, the gate looks for lines that name them: in base’s tree, which is the version that runs while the migration is applied, and in head’s. To remove the code and drop the column in one pull request is the classic mistake: it looks clean, and for the time of the rollout every query fails.',
  '',
  '- **Likely uses** are SQL strings in which the column stands with its table, models and schema files (Prisma, Drizzle, Django, ActiveRecord, SQLAlchemy, TypeORM, Sequelize, Diesel, Ecto, Eloquent, JPA, GORM), calls of query builders for the table (Knex, Kysely, Supabase), and `user.lastLoginAt` for `users.last_login_at`. One in base makes the drop or rename an **error**: remove the code, deploy, then drop. Without one it stays a warning.',
  '- A word that every program is full of (`name`, `status`, `id`, `type`) counts only in SQL with its table, in a model of the table or in a call for it.',
  '- Migrations, vendored and generated code, lock files, documents and comments are left out. Tests, fixtures and seeds are shown and raise nothing. `ignored_columns`, `@ignore` and Diesel’s `select_expression` say that a column is not used.',
  '- At most ten lines are shown. A search ends after 50,000 files, 200 MB or three seconds, and says so; files of more than 1 MB are not read.',
  '',
  'It is a search, not a proof: SQL that is put together at run time, reports and other repositories are not seen.',
  '',
];
