import { at } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { contains, loops } from './loops.ts';

/** Postgres keeps 64 subtransactions of a backend in shared memory; with more, every reader looks on disk. */
const most = 64;

export const savepointSubtransactions: Rule = {
  name: 'savepoint-subtransactions',
  about: 'statement',
  severity: 'notice',
  summary: 'A loop with an EXCEPTION block, or many savepoints, makes a subtransaction for each round.',
  why: 'Every EXCEPTION block and every SAVEPOINT that writes takes a transaction id of its own. Beyond 64 in one transaction the list no longer fits into shared memory, and every other session that looks at rows has to read it from `pg_subtrans`: all of the server gets slow, replicas most of all, until the transaction ends.',
  instead:
    'Test before instead of catching afterwards (`IF NOT EXISTS`, `ON CONFLICT DO NOTHING`), or batches that commit.',
  sources: [
    'https://www.postgresql.org/docs/current/plpgsql-control-structures.html#PLPGSQL-ERROR-TRAPPING',
    'https://www.postgresql.org/docs/current/subxacts.html',
  ],
  peers: ['migrationpilot MP076'],
  bad: [
    {
      title: 'A loop that catches errors',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: `DO $$
BEGIN
  FOR n IN 1..1000 LOOP
    BEGIN
      INSERT INTO users VALUES (n);
    EXCEPTION WHEN unique_violation THEN
      NULL;
    END;
  END LOOP;
END $$;`,
    },
    {
      title: 'In a loop over rows',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE "Copy" (id bigint PRIMARY KEY);',
      migration: `SELECT 1;
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id FROM users LOOP
    BEGIN
      INSERT INTO "Copy" VALUES (r.id);
    EXCEPTION WHEN others THEN
      RAISE NOTICE '%', SQLERRM;
    END;
  END LOOP;
END $$;`,
      line: 2,
    },
  ],
  good: [
    {
      title: 'One EXCEPTION block, no loop',
      base: "CREATE TYPE mood AS ENUM ('a');",
      migration: `DO $$
BEGIN
  CREATE TYPE mood AS ENUM ('a');
EXCEPTION WHEN duplicate_object THEN
  NULL;
END $$;`,
    },
    {
      title: 'ON CONFLICT instead',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: `DO $$
BEGIN
  FOR n IN 1..3 LOOP
    INSERT INTO users VALUES (n) ON CONFLICT DO NOTHING;
  END LOOP;
END $$;`,
    },
  ],
  check: (context) => [...inLoops(context), ...manySavepoints(context)],
};

function inLoops(context: RuleContext): FindingDraft[] {
  const told = new Set<number>();
  return loops(context).flatMap(({ place, body }) => {
    if (!contains(body, 'exceptions') || contains(body, 'PLpgSQL_stmt_commit')) return [];
    if (told.has(place.statement.index)) return [];
    told.add(place.statement.index);
    return [
      {
        ...at(place),
        object: null,
        title: 'Each round of the loop is a subtransaction of its own',
        message: `The EXCEPTION block makes one for every round. From ${most} on in one transaction all other sessions of the server get slower until it ends. Test before instead of catching afterwards.`,
        evidence: null,
        fix: null,
      },
    ];
  });
}

const manySavepoints = (context: RuleContext): FindingDraft[] =>
  context.migrations.flatMap((migration) => {
    const savepoints = migration.statements.filter(
      ({ node }) =>
        node !== null && 'TransactionStmt' in node && node.TransactionStmt.kind === 'TRANS_STMT_SAVEPOINT',
    );
    const statement = savepoints[most];
    if (statement === undefined) return [];
    return [
      {
        ...at({ migration, statement }),
        object: null,
        title: `${savepoints.length} savepoints in one transaction`,
        message: `From ${most} subtransactions on all other sessions of the server get slower until the transaction ends. Split the migration.`,
        evidence: null,
        fix: null,
      },
    ];
  });
