import { blocks, lockTitle, strongest } from '../../run/locks.ts';
import type { StatementTrace } from '../../run/trace.ts';
import { parseDoBlock } from '../../sql/plpgsql.ts';
import { at, hiddenIn, isAbout, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { below, completed } from '../statements.ts';
import { queries } from '../transactions/loops.ts';

export const doBlockOrDynamicSqlOpaque: Rule = {
  name: 'do-block-or-dynamic-sql-opaque',
  about: 'statement',
  severity: 'notice',
  summary: 'DDL on an existing table is hidden in a DO block, a function or a procedure.',
  why: 'Whoever reads the migration does not see what it locks, and neither does a linter that reads the text. The shadow does; but a block that asks the database first (`IF EXISTS …`) may take another way in production than on an empty shadow. Where the hidden DDL is dangerous, the finding about it says so and this one is silent. So it is about a block that can only take one way: plain statements, and at most an `EXCEPTION` for what is there already.',
  instead: 'Write the statement itself; `IF [NOT] EXISTS` covers most of what such blocks are for.',
  sources: ['https://www.postgresql.org/docs/current/sql-do.html'],
  peers: [
    'migrationpilot MP063',
    'pgsafe unchecked-do-block',
    'safe-migrate opaque-dynamic-sql',
    'strong_migrations execute',
  ],
  bad: [
    {
      title: 'ALTER TABLE in a DO block',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: `DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'age') THEN
    ALTER TABLE users ADD COLUMN age int;
  END IF;
END $$;`,
    },
    {
      title: 'In a function that base has',
      base: `CREATE TABLE "User" (id bigint PRIMARY KEY);
CREATE FUNCTION tag() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'ALTER TABLE "User" ADD COLUMN tag text'; END $$;`,
      migration: 'SELECT 1;\nSELECT tag();',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A block of plain statements that forgives what is there already',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: `DO $$ BEGIN
 ALTER TABLE "users" ADD COLUMN "age" integer;
 ALTER TABLE "users" ALTER COLUMN "age" SET DEFAULT 18;
EXCEPTION
 WHEN duplicate_object THEN null;
 WHEN duplicate_column THEN null;
END $$;`,
    },
    {
      title: 'The statement itself',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS age int;',
    },
    {
      title: 'A block that locks nothing anybody waits for',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: `DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;`,
    },
  ],
  check: (context, found) =>
    [...completed(context)].flatMap((place) => {
      const { statement } = place;
      const hidden = hiddenIn(statement);
      if (hidden === null || statement.node === null || takesOneWay(statement)) return [];
      const lock = strongest(
        statement.locks.filter(
          ({ new: isNew, kind, mode }) => isNew && kind === 'table' && blocks(mode).length > 0,
        ),
      );
      if (lock === undefined || statement.rewrites.length > 0 || statement.scans.length > 0) return [];
      const told = found.some((draft) => isAbout(draft, place) && draft.evidence !== null);
      if (told) return [];
      return [
        {
          ...at(place),
          object: nameOf(lock),
          title: `${hidden.charAt(0).toUpperCase()}${hidden.slice(1)} hides what it does to ${nameOf(lock)}`,
          message: `On the shadow it took ${lockTitle(lock.mode)} on ${nameOf(lock)}; in production it may take another way, if it asks the database first. Write the statement itself where that is possible.`,
          evidence: { lock: lock.mode, blocks: blocks(lock.mode), scan: false, rewrite: false },
          fix: null,
        },
      ];
    }),
};

/** Nodes of a block that does one statement after the other. */
const straight = new Set(['PLpgSQL_stmt_block', 'PLpgSQL_stmt_execsql', 'PLpgSQL_stmt_return']);
/** What is there already: then the statement does nothing at all. */
const forgiven = /^duplicate_(?:object|table|column|schema|function|alias|database|prepared_statement)$/;

/** A DO block of plain statements: what the shadow saw is what it does everywhere. */
function takesOneWay({ node, sql }: StatementTrace): boolean {
  if (node === null || !('DoStmt' in node)) return false;
  const nodes = [...below(parseDoBlock(sql))];
  const sent = queries(nodes);
  return (
    sent.length > 0 &&
    sent.every((query) => !/^\s*(?:SELECT|WITH|CALL|EXECUTE)\b/i.test(query)) &&
    nodes.every((each) =>
      Object.entries(each).every(([kind, value]) =>
        kind === 'condname'
          ? forgiven.test(String(value))
          : !kind.startsWith('PLpgSQL_stmt_') || straight.has(kind),
      ),
    )
  );
}
