import { database, finding, links, lock, migration, report, statement } from '../__tests__/report/make.ts';
import { reports } from '../__tests__/report/reports.ts';
import type { MarkdownOptions } from '../src/report/markdown/markdown.ts';
import type { Finding, Report } from '../src/report/model.ts';

// The states in which a reviewer may find the comment, for `scripts/picture.ts --states`.

export const asOnGitHub: Pick<MarkdownOptions, 'id' | 'links'> = { id: 'default', links };

const many = <T>(count: number, at: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => at(index + 1));

const indexed = (name: string, file: string, number: number): Finding =>
  finding('create-index-blocking', 'error', {
    database: name,
    migration: String(number),
    file,
    line: 1,
    object: `public.table_${number}`,
    title: `Creating index table_${number}_idx blocks writes to public.table_${number}`,
    message: `The statement holds SHARE on public.table_${number} while it reads every row and builds the index (seen on the shadow), so every write to public.table_${number} waits (reads go on) for a time that grows with the table. Build it with CREATE INDEX CONCURRENTLY in a migration of its own.`,
    evidence: { lock: 'ShareLock', blocks: ['writes'], scan: true, rewrite: false },
    fix: { sql: `CREATE INDEX CONCURRENTLY table_${number}_idx ON table_${number} (a);`, verified: true },
  });

const index = (file: string, number: number) =>
  migration(file, {
    statements: [
      statement(1, `CREATE INDEX table_${number}_idx ON table_${number} (a)`, {
        locks: [lock('ShareLock', `table_${number}`)],
        scans: [`public.table_${number}`],
      }),
    ],
  });

const fileOf = (number: number) => `migrations/${String(number).padStart(4, '0')}_index_table_${number}.sql`;

const history = (count: number, bad: (number: number) => boolean): Report =>
  report({
    databases: [
      database({
        migrationCounts: { base: 42, new: count },
        migrations: many(count, (number) => index(fileOf(number), number)),
      }),
    ],
    findings: many(count, (number) => number)
      .filter(bad)
      .map((number) => indexed('app', fileOf(number), number)),
  });

const services = ['auth', 'billing', 'catalog', 'search', 'shipping'];
const serviceFile = (name: string) => `services/${name}/migrations/0043_index.sql`;

const fiveDatabases = report({
  databases: services.map((name, at) =>
    database({
      name,
      path: `services/${name}/migrations`,
      tool: at % 2 === 0 ? 'goose' : 'flyway',
      migrations: [index(serviceFile(name), at + 1)],
      ...(name === 'billing'
        ? {
            schemaChanges: [
              {
                change: 'added',
                type: 'index',
                name: 'public.table_2.table_2_idx',
                previousName: null,
                before: null,
                after: 'CREATE INDEX …',
                impact: 'none',
                dataLoss: false,
              },
            ],
          }
        : {}),
    }),
  ),
  findings: [indexed('billing', serviceFile('billing'), 2)],
});

const toolFails = report({
  undecided: {
    reason: 'base-does-not-apply',
    file: null,
    line: null,
    message:
      "The migrations of main do not run by themselves. The command `alembic upgrade head` ended with 1:\nModuleNotFoundError: No module named 'psycopg2'\nInstall the project's dependencies in a step before this one.",
  },
  databases: [database({ tool: 'alembic', migrations: [], migrationCounts: { base: 12, new: 1 } })],
});

const fork: Report = {
  ...reports.blocked,
  notes: [
    'This is what the run for a-stranger/shop reported of itself; whether the pull request may be merged is decided by its check.',
    ...reports.blocked.notes,
  ],
};

/** By the name of the picture. */
export const states: Readonly<Record<string, Report>> = {
  pass: reports.clean,
  warnings: reports.warnings,
  'one-finding': history(1, () => true),
  'many-findings': history(14, (number) => number !== 3),
  undecided: reports.undecided,
  'base-fails': reports['base-fails'],
  'tool-fails': toolFails,
  'history-tampered': reports['edited-history'],
  failing: reports.failing,
  '300-migrations': history(300, (number) => number % 100 === 0),
  '5-databases': fiveDatabases,
  fork,
  'no-change': reports.untouched,
  accepted: reports.accepted,
  'by-label': reports['by-label'],
};
