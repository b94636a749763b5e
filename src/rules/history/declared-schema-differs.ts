import type { Declared, MissingMigration } from '../../run/declared.ts';
import type { FindingDraft, Rule } from '../rule.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY);';

export const declaredSchemaDiffers: Rule = {
  name: 'declared-schema-differs',
  about: 'history',
  severity: 'error',
  summary: 'The schema that the repository declares is not what its migrations make.',
  why: 'The config names a dump (`declared-schema`: `schema.sql`) that people read and that new environments are built from, or the tool keeps one: Rails `db/schema.rb` or `db/structure.sql`, Prisma `schema.prisma`, Drizzle its snapshots. It is compared by name with what the migrations make: SQL and snapshots on a throw-away database, `schema.rb` by Rails, `schema.prisma` by `prisma migrate diff` where Prisma is installed. A file that was not written again after a migration, or that was written where another branch had run, gives its readers another schema than production has.\n\nA dump that is older than the newest migration is told even if the schemas are equal. With Prisma and Drizzle it is a warning where the database only has more than the file. What is so on base as well is a notice. Roles, owners and privileges are not compared.',
  instead: 'Run all migrations on an empty database and write the dump again with the tool’s own command.',
  sources: [
    'https://guides.rubyonrails.org/active_record_migrations.html#schema-dumping-and-you',
    'https://www.prisma.io/docs/orm/reference/prisma-cli-reference#migrate-diff',
    'https://orm.drizzle.team/docs/drizzle-kit-check',
  ],
  peers: ['prisma migrate diff --exit-code', 'drizzle-kit check'],
  bad: [
    {
      title: 'The dump was not written again',
      declared: users,
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users, '2_nick.sql': 'ALTER TABLE users ADD COLUMN nick text;' },
      line: null,
    },
    {
      title: 'The dump has a table that no migration makes',
      declared: `${users} CREATE TABLE of_another_branch (id int);`,
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users, '2_nick.sql': 'CREATE TABLE logs (id bigint PRIMARY KEY);' },
      line: null,
    },
  ],
  good: [
    {
      title: 'The dump is what the migrations make',
      declared: 'CREATE TABLE users (id bigint PRIMARY KEY, nick text);',
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users, '2_nick.sql': 'ALTER TABLE users ADD COLUMN nick text;' },
    },
    {
      title: 'No dump is declared',
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users, '2_nick.sql': 'ALTER TABLE users ADD COLUMN nick text;' },
    },
  ],
  check({ declared, baseRef, tool }): FindingDraft[] {
    if (declared == null) return [];
    if (declared.missing !== undefined) return [lacks(declared, declared.missing, tool.title, baseRef)];
    const { file, failure, differences, diff, lag = null, known = false, onlyMore = false, mend } = declared;
    if (failure === null && differences.length === 0 && lag === null) return [];
    const way = mend ?? 'Write it again after all migrations have run on an empty database.';
    const older = known ? ` It is so on ${baseRef} as well, and this pull request does not change it.` : '';
    const place = {
      ...(known ? { severity: 'notice' as const } : onlyMore ? { severity: 'warning' as const } : {}),
      migration: null,
      file,
      line: null,
      endLine: null,
      object: null,
      evidence: null,
      fix: null,
    };
    if (failure !== null) {
      return [
        {
          ...place,
          title: `${file} does not run on an empty database`,
          message: `It is declared to be the schema that the migrations make. ${failure}${older}`,
        },
      ];
    }
    if (differences.length === 0) {
      return [
        {
          ...place,
          title:
            mend === undefined
              ? `${file} is older than the migrations`
              : `${file} does not go with the migrations`,
          message: `${lag} The schemas are equal. ${way}${older}`,
        },
      ];
    }
    const count = differences.length === 1 ? 'one difference' : `${differences.length} differences`;
    return [
      {
        ...place,
        title: `${file} is not what the migrations make: ${count}`,
        message: `Lines with - are what the migrations make, lines with + what the file says. ${lag === null ? '' : `${lag} `}${way}${older}`,
        ...(diff === '' ? {} : { detail: { language: 'diff' as const, text: diff } }),
      },
    ];
  },
};

/** More of its SQL is counted and not shown. */
const MOST = 40;

/** What the tool itself finds that no migration has. */
function lacks(
  { file, known = false }: Declared,
  { asked, makes, absorbs, sql, lacking, others }: MissingMigration,
  title: string,
  baseRef: string,
): FindingDraft {
  const count = sql.length === 1 ? 'one statement' : `${sql.length} statements`;
  const harm = lacking
    ? 'The migrated database lacks what the file declares, and the code may ask for it.'
    : 'The database has more than the file says, or the same under another name: whoever makes the next migration finds this in it.';
  const older = known
    ? ` It is so on ${baseRef} as well, and this pull request does not change it.`
    : others === 0
      ? ''
      : ` ${others === 1 ? 'One more statement was' : `${others} more statements were`} missing before.`;
  const shown = sql.slice(0, MOST).map((each) => `${each};`);
  return {
    migration: null,
    file,
    line: null,
    endLine: null,
    object: null,
    evidence: null,
    fix: null,
    title: `${file} is not what the migrations make: ${count} missing`,
    message: `${title} (${asked}) shows the SQL that would make the migrated database what the file says. ${harm} Make the migration, or write into the file what the migrations make, whichever of the two is right.${older}`,
    commands: [makes, absorbs],
    ...(known ? { severity: 'notice' as const } : lacking ? {} : { severity: 'warning' as const }),
    detail: {
      language: 'sql',
      text: [...shown, ...(sql.length > MOST ? [`-- and ${sql.length - MOST} more`] : [])].join('\n'),
    },
  };
}
