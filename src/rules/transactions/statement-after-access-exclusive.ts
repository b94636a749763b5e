import { blocks, lockTitle, strongest } from '../../run/locks.ts';
import type { MigrationTrace, ObservedLock, StatementTrace } from '../../run/trace.ts';
import { at, builtIndexes, nameOf } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { isQuery } from '../tables/blocking-scan.ts';
import { isExplained } from '../tables/table-rewrite.ts';
import { apart, counted, listed } from '../wording.ts';
import { readsAll } from './ddl-and-dml-mixed.ts';

/** From so many rows on an INSERT of plain values takes long enough to be felt. */
const manyRows = 1_000;

export const statementAfterAccessExclusive: Rule = {
  name: 'statement-after-access-exclusive',
  about: 'statement',
  severity: 'error',
  summary: 'A lock that others wait for is held while the transaction reads or fills other tables.',
  why: `Locks are held until COMMIT. An ALTER TABLE that takes a millisecond blocks its table for as long as the rest of the transaction takes: a backfill of another table, a validation, a copy. Brief statements after it, such as another ALTER TABLE or an INSERT of some rows, are not reported.

It is a warning where the later statement has a condition: how many rows it reads then depends on the data.`,
  instead: 'Put what takes time before the ALTER TABLE, or into a migration of its own.',
  sources: ['https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES'],
  peers: [
    'eugene E4',
    'pgfence statement-after-access-exclusive',
    'postgres-language-server runningStatementWhileHoldingAccessExclusive',
  ],
  bad: [
    {
      title: 'A copy of another table',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE TABLE names (id bigint PRIMARY KEY, name text);',
      migration: 'ALTER TABLE orders ADD COLUMN note text;\nINSERT INTO names SELECT id, name FROM users;',
      line: 2,
    },
    {
      title: 'A backfill of all rows, with names that need quotes',
      base: 'CREATE TABLE "Order" (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY, name text);',
      migration: 'ALTER TABLE "Order" ADD COLUMN note text;\n\nUPDATE users SET name = upper(name);',
      line: 3,
    },
    {
      title: 'A backfill with a condition: a warning',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE TABLE teams (id bigint PRIMARY KEY, name text);',
      migration:
        "ALTER TABLE users ADD COLUMN slug text;\nUPDATE teams SET name = 'none' WHERE name IS NULL;",
      line: 2,
    },
  ],
  good: [
    {
      title: 'The slow part first',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE TABLE names (id bigint PRIMARY KEY, name text);',
      migration: 'INSERT INTO names SELECT id, name FROM users;\nALTER TABLE orders ADD COLUMN note text;',
    },
    {
      title: 'Brief statements one after the other',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE states (id bigint PRIMARY KEY, name text);',
      migration:
        "ALTER TABLE orders ADD COLUMN note text;\nALTER TABLE orders ALTER COLUMN note SET DEFAULT '';\nINSERT INTO states VALUES (1, 'new'), (2, 'paid');\nUPDATE states SET name = 'sent' WHERE id = 2;",
    },
  ],
  check: (context, found) =>
    context.migrations.flatMap((migration) => inMigration(context, migration, found)),
};

/** One finding for each lock's time: at the first statement that takes long while it is held. */
function inMigration(
  context: RuleContext,
  migration: MigrationTrace,
  found: readonly FindingDraft[],
): FindingDraft[] {
  const told = new Set<string>();
  return migration.statements.flatMap((statement) => {
    const lock = strongest(heldBefore(context, statement));
    if (lock === undefined) return [];
    const read = slowWork(migration, statement, found);
    if (read === null) return [];
    // A lock that is taken anew in the next transaction is another one.
    const key = `${lock.oid} ${lock.since}`;
    if (told.has(key)) return [];
    told.add(key);
    const name = nameOf(lock);
    const since = migration.statements.find(({ index }) => index === lock.since);
    return [
      {
        ...at({ migration, statement }),
        object: name,
        ...(read.all ? {} : { severity: 'warning' as const }),
        title: `${lockTitle(lock.mode)} on ${name} is held while ${read.what}`,
        message: `${since === undefined ? earlier(lock) : `Line ${since.line}`} locked ${name}, and until COMMIT all reads and writes of it wait: ${span(migration, lock)}. ${read.all ? 'How long that takes grows with the other table.' : 'How long that takes depends on the data.'} Put the slow part before the lock, or into ${apart(context)}.`,
        evidence: { lock: lock.mode, blocks: blocks(lock.mode), scan: false, rewrite: false },
        fix: null,
        explains: read.relations,
      },
    ];
  });
}

/**
 * Locks of earlier statements of the transaction that everybody waits for. Weaker ones come from foreign keys, which
 * add-foreign-key-both-tables-lock is about.
 */
const heldBefore = (context: RuleContext, { locks }: StatementTrace): ObservedLock[] =>
  locks.filter(
    ({ new: isNew, kind, mode, oid }) =>
      !isNew &&
      kind === 'table' &&
      mode === 'AccessExclusiveLock' &&
      // Who waits for a table that is gone afterwards fails however short the wait.
      (context.after === null || context.after.byIdentity(`pg_class:${oid}`) !== undefined),
  );

/** What takes time in a statement and has not been told by a rule about the statement itself. */
function slowWork(
  migration: MigrationTrace,
  statement: StatementTrace,
  found: readonly FindingDraft[],
): { readonly what: string; readonly all: boolean; readonly relations: readonly string[] } | null {
  const place = { migration, statement };
  // It builds the indexes of what is empty then.
  if (statement.node !== null && 'TruncateStmt' in statement.node) return null;
  const query = isQuery(statement.node);
  const built = new Set(builtIndexes(statement).map(({ table }) => table));
  const read = [
    ...new Set([
      ...statement.scans,
      ...statement.rewrites,
      ...statement.locks
        .filter(({ kind, names }) => kind === 'table' && names.some((name) => built.has(withoutSchema(name))))
        .map(nameOf),
    ]),
  ].filter((relation) => !isExplained(found, place, relation) && !isLocked(statement, relation));
  if (read.length > 0) {
    const what = `${listed(read)} ${read.length === 1 ? 'is' : 'are'} read`;
    return { what, all: !query || readsAll(statement.node), relations: read };
  }
  const written = statement.rowsWritten ?? 0;
  if (written < manyRows) return null;
  return { what: `${counted(written, 'row')} are written`, all: false, relations: [] };
}

const earlier = ({ since }: ObservedLock): string =>
  since < 0 ? 'An earlier migration of the same transaction' : 'An earlier statement';

/** Those who use what is read wait themselves, and other rules are about that. */
const isLocked = ({ locks }: StatementTrace, relation: string): boolean =>
  locks.some((lock) => nameOf(lock) === relation && blocks(lock.mode).includes('reads'));

const withoutSchema = (name: string): string => name.slice(name.indexOf('.') + 1);

/** `over 3 more statements, which write 12 rows here`. */
function span({ statements }: MigrationTrace, lock: ObservedLock): string {
  const over = statements.filter(
    ({ index, locks }) =>
      index > lock.since &&
      locks.some(({ oid, mode, since }) => oid === lock.oid && mode === lock.mode && since === lock.since),
  );
  const rows = over.reduce((sum, { rowsWritten }) => sum + (rowsWritten ?? 0), 0);
  return `over ${counted(over.length, 'more statement')}${rows > 0 ? `, which write ${counted(rows, 'row')} even on the empty shadow` : ''}`;
}
