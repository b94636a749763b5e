import { parseFile } from '../../sql/parse.ts';
import { at, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { listed } from '../wording.ts';
import { contains, loops, queries } from './loops.ts';

export const batchesInOneTransaction: Rule = {
  name: 'batches-in-one-transaction',
  about: 'statement',
  severity: 'warning',
  summary: 'A loop writes an existing table in batches, and all batches share one transaction.',
  why: 'Batches are there so that row locks are brief and VACUUM can clean up between them. Inside one DO block without COMMIT none of that happens: every row that a batch has written stays locked until the last one is done, and a failure at the end takes all of it back.',
  instead:
    'A script outside of migrations that commits after each batch; or COMMIT in the loop, in a file that the tool runs without a transaction.',
  sources: ['https://www.postgresql.org/docs/current/plpgsql-transactions.html'],
  peers: ['strong_migrations (backfilling data)', 'excellent_migrations backfill'],
  bad: [
    {
      title: 'UPDATE in a loop',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name text);',
      migration: `DO $$
BEGIN
  LOOP
    UPDATE users SET name = 'none' WHERE id IN (SELECT id FROM users WHERE name IS NULL LIMIT 1000);
    EXIT WHEN NOT FOUND;
  END LOOP;
END $$;`,
    },
    {
      title: 'DELETE in a FOR loop, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: `SELECT 1;
DO $$
BEGIN
  FOR n IN 1..3 LOOP
    DELETE FROM public."User" WHERE id < n * 1000;
  END LOOP;
END $$;`,
      line: 2,
    },
  ],
  good: [
    {
      title: 'COMMIT after each batch',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name text);',
      migration: `DO $$
BEGIN
  LOOP
    UPDATE users SET name = 'none' WHERE id IN (SELECT id FROM users WHERE name IS NULL LIMIT 1000);
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END $$;`,
      transaction: 'none',
    },
    {
      title: 'A table that the migration creates',
      base: '',
      migration: `CREATE TABLE numbers (n int);
DO $$
BEGIN
  FOR i IN 1..3 LOOP
    INSERT INTO numbers VALUES (i);
  END LOOP;
END $$;`,
    },
  ],
  check(context) {
    const told = new Set<string>();
    return loops(context).flatMap(({ place, body }) => {
      if (contains(body, 'PLpgSQL_stmt_commit')) return [];
      const written = [
        ...new Set(
          queries(body).flatMap((query) =>
            parseFile(query).statements.flatMap(({ node }) => {
              const target =
                'UpdateStmt' in node
                  ? node.UpdateStmt.relation
                  : 'DeleteStmt' in node
                    ? node.DeleteStmt.relation
                    : undefined;
              const table = context.resolve(target?.schemaname, target?.relname ?? '', place.statement);
              return table?.kind === 'table' ? [nameOf(table)] : [];
            }),
          ),
        ),
      ];
      const key = `${place.migration.file} ${place.statement.index}`;
      if (written.length === 0 || told.has(key)) return [];
      told.add(key);
      return [
        {
          ...at(place),
          object: written[0] ?? null,
          title: `The batches of ${listed(written)} share one transaction`,
          message: `Every row that the loop writes stays locked until the whole block has ended, and a failure takes all of it back: in batches it is only slower. Run it outside of migrations with a COMMIT after each batch.`,
          evidence: null,
          fix: null,
          growsWithTable: true,
        },
      ];
    });
  },
};
