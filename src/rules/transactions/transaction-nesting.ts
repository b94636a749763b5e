import type { MigrationTrace, StatementTrace } from '../../run/trace.ts';
import { at } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';

const begins = ['TRANS_STMT_BEGIN', 'TRANS_STMT_START'];
const ends = ['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK'];

export const transactionNesting: Rule = {
  name: 'transaction-nesting',
  about: 'statement',
  severity: 'warning',
  summary: 'BEGIN inside a transaction, or COMMIT of one that the file did not begin.',
  why: 'Postgres has no transactions inside transactions: BEGIN in an open one is only a warning, and the first COMMIT ends all of it. Where the tool has begun the transaction, that COMMIT ends the tool’s: what comes after commits statement by statement, and the tool’s own record of the migration is no longer part of what it records.',
  instead:
    'Leave BEGIN and COMMIT to the tool; or tell it to run the file without a transaction, and write both.',
  sources: ['https://www.postgresql.org/docs/current/sql-begin.html'],
  peers: ['squawk transaction-nesting', 'pgfence nested-transaction', 'migrationpilot MP053'],
  bad: [
    {
      title: 'A second BEGIN',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'BEGIN;\nALTER TABLE users ADD COLUMN age int;\nBEGIN;\nCOMMIT;\nCOMMIT;',
      transaction: 'none',
      line: 3,
    },
    {
      title: 'COMMIT in the tool’s transaction',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN age int;\nCOMMIT;\nALTER TABLE users ADD COLUMN size int;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'BEGIN and COMMIT where the tool has none',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'BEGIN;\nALTER TABLE users ADD COLUMN age int;\nCOMMIT;',
      transaction: 'none',
    },
    {
      title: 'A savepoint',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'SAVEPOINT a;\nALTER TABLE users ADD COLUMN age int;\nRELEASE SAVEPOINT a;',
    },
  ],
  check: (context) =>
    context.migrations.flatMap((migration) => {
      // Whether the file itself has a transaction open, whatever the tool does around it.
      let open = false;
      for (const statement of migration.statements) {
        const kind = kindOf(statement);
        if (kind === null) continue;
        const place = { migration, statement };
        if (begins.includes(kind)) {
          if (open) return [draft(place, 'begin')];
          if (wrapped(context, statement)) return [draft(place, 'wrapped')];
          open = true;
        } else if (ends.includes(kind)) {
          if (!open) return onlyWayOut(context, migration, statement) ? [] : [draft(place, 'end')];
          open = false;
        }
      }
      return [];
    }),
};

/**
 * Where every migration shares the deploy's transaction, a COMMIT is the only way to a statement that refuses one: it is
 * meant where nothing else comes after it.
 */
function onlyWayOut({ tool }: RuleContext, migration: MigrationTrace, commit: StatementTrace): boolean {
  const after = migration.statements.filter(({ index }) => index > commit.index);
  return (
    tool.sharesTransaction === true &&
    tool.noTransaction.directive === null &&
    after.length > 0 &&
    after.every(({ source }) => source === 'documented')
  );
}

const kindOf = ({ node }: StatementTrace): string | null =>
  node !== null && 'TransactionStmt' in node ? (node.TransactionStmt.kind ?? null) : null;

/**
 * Has the tool begun one before the file's first statement? Of plain files nobody knows what runs them: one that has
 * its own BEGIN is most likely sent as it is.
 */
const wrapped = ({ tool }: RuleContext, { index, notices }: StatementTrace): boolean =>
  tool.name !== 'plain' &&
  index === 0 &&
  notices.some((notice) => notice.startsWith('there is already a transaction in progress'));

function draft(place: Parameters<typeof at>[0], what: 'begin' | 'wrapped' | 'end'): FindingDraft {
  const words = {
    begin: [
      'BEGIN inside a transaction does nothing, and the first COMMIT ends it all',
      'Postgres has no transactions inside transactions. Remove the second BEGIN and its COMMIT; for a part that may fail there are savepoints.',
    ],
    wrapped: [
      'The tool has begun a transaction already: this BEGIN does nothing, and the COMMIT ends the tool’s',
      'The tool’s record of the migration is then no longer part of its transaction. Leave BEGIN and COMMIT to the tool.',
    ],
    end: [
      'The transaction that ends here is not one that the file began',
      'Where the tool has begun it, all that follows commits statement by statement, and a failure leaves half of the migration behind. Leave the transaction to the tool.',
    ],
  } as const;
  const [title, message] = words[what];
  return { ...at(place), object: null, title, message, evidence: null, fix: null };
}
