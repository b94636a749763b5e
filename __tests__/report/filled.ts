import type { Report } from '../../src/report/model.ts';
import { database, finding, lock, migration, otherPull, report, statement } from './make.ts';

/** A report that holds the text in every place that a pull request, its tools or its server can fill. */
export function filledWith(text: string): Report {
  // A path that git and file systems can hold.
  const file = `migrations/1_${text.replace(/[\0/]/g, '_').slice(0, 200)}.sql`;
  // The comment has to hold all of it.
  const some = text.slice(0, 120);
  const of = { database: text, file, line: 2 };
  const change = { type: 'column', name: text, previousName: text, before: text, after: text } as const;
  return report({
    base: { ref: text, sha: null },
    head: { ref: text, sha: null },
    databases: [
      database({
        name: text,
        path: 'migrations',
        shadow: { provider: 'url', postgresVersion: `17.10 ${text}`, chosen: null, baseFromCache: false },
        historyChanges: [
          { kind: 'renamed', file: `${file}2`, previousFile: file, version: text },
          { kind: 'deleted', file: `${file}3`, previousFile: null, version: text },
        ],
        migrations: [
          migration(file, {
            version: text,
            name: text,
            error: { sqlstate: '42601', message: text, detail: text, hint: text, line: 2, column: 3 },
            statements: [
              statement(1, `SELECT 1,\n${text}`, {
                endLine: 9_999,
                locks: [{ ...lock('AccessExclusiveLock', text), schema: text }],
              }),
            ],
          }),
          migration(`${file}4`, {
            version: text,
            statements: [statement(2, text, { locks: [lock('ShareLock', text)] })],
          }),
        ],
        schemaChanges: [{ ...change, change: 'altered', impact: 'breaking', dataLoss: true, why: text }],
        divergence: [{ ...change, change: 'altered', impact: 'none', dataLoss: false }],
        schemaDiff: [{ object: text, diff: `+${text}` }],
      }),
      database({ name: `other ${text}`, path: `p ${text}`, migrations: [migration('x.sql')] }),
    ],
    findings: [
      finding('migration-fails', 'error', { ...of, title: text, message: text }),
      finding('create-index-blocking', 'error', {
        ...of,
        file: `${file}4`,
        object: `${text}.${text}`,
        title: `Names ${text} here`,
        message: `It holds ${text} on ${text}.`,
        evidence: { lock: 'ShareLock', blocks: ['writes'], scan: true, rewrite: false },
        fix: { sql: text, verified: true },
        uses: [
          { file, line: 3, text, tree: 'base' },
          { file, line: 4, text, tree: 'head' },
        ],
      }),
      finding('edited-applied-migration', 'warning', {
        ...of,
        title: text,
        message: text,
        detail: { language: 'diff', text },
      }),
      finding('missing-lock-timeout', 'notice', { ...of, object: text, title: text, message: text }),
      finding('set-not-null', 'error', {
        ...of,
        title: text,
        message: text,
        allowed: { reason: text, file, line: 1 },
      }),
    ],
    openPullRequests: {
      others: [
        otherPull({
          name: some,
          title: some,
          ref: some,
          database: some,
          collisions: [{ kind: 'same-version', file, otherFile: `${file}5`, says: some }],
          orders: {
            outcome: 'fails',
            failures: [{ first: 'this', file, line: 3, sqlstate: '42703', message: some, sql: some }],
          },
        }),
        otherPull({
          title: some,
          database: some,
          orders: {
            outcome: 'differ',
            differences: [
              { ...change, before: some, after: some, change: 'altered', impact: 'none', dataLoss: false },
            ],
          },
        }),
        otherPull({ name: `${some}1`, database: some }),
        otherPull({ name: `${some}2`, database: some, orders: { outcome: 'not-tried', why: some } }),
      ],
      notes: [some],
    },
    notes: [text],
    notChecked: [text],
  });
}
