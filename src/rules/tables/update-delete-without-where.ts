import type { UpdateStmt } from '@pgsql/types';
import { identifier, qualified } from '../../sql/names.ts';
import { writeExpression } from '../../sql/write.ts';
import { backfill, batchLoop, differs } from '../backfill.ts';
import { columnOf } from '../catalog-facts.ts';
import { isEveryRow } from '../conditions.ts';
import { at, evidenceOn, isAbout, nameOf, type Place } from '../observed.ts';
import { comment } from '../recipe.ts';
import type { FindingDraft, Fix, Rule, RuleContext } from '../rule.ts';
import { baseRelation, calledFunctions, statementsOf } from '../statements.ts';

export const updateDeleteWithoutWhere: Rule = {
  name: 'update-delete-without-where',
  about: 'statement',
  severity: 'warning',
  summary: 'UPDATE or DELETE of every row of an existing table, in one transaction.',
  why: 'Every row is locked until COMMIT: other writers of any of these rows wait for all of it. Every row is written anew, with its index entries and the write-ahead log, replicas fall behind, and VACUUM has a table of dead rows to clean. A statement_timeout takes all of it back. On a table of a thousand rows that is nothing, which is why it is no error until the size of the table is known.',
  instead: 'Batches outside of migrations, each a transaction of its own; to empty a table, TRUNCATE.',
  sources: [
    'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS',
    'https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY',
  ],
  peers: [
    'pgfence update-in-migration, delete-without-where',
    'migrationpilot MP011, MP067',
    'pgrubic GN022, GN023',
    'diesel-guard',
    'postgres-language-server',
    'excellent_migrations',
  ],
  bad: [
    {
      title: 'UPDATE without WHERE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name text, slug text);',
      migration: 'UPDATE users SET slug = lower(name);',
    },
    {
      title: 'DELETE with a condition that always holds, and names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: 'SELECT 1;\nDELETE FROM public."User" WHERE 1 = 1;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'With a condition',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name text);',
      migration: "UPDATE users SET name = 'x' WHERE id = 7;\nDELETE FROM users WHERE name IS NULL;",
    },
    {
      title: 'A table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, name text);\nUPDATE users SET name = id::text;\nDELETE FROM users;',
    },
  ],
  check: (context, found) =>
    [...statementsOf(context, 'UpdateStmt'), ...statementsOf(context, 'DeleteStmt')].flatMap((place) => {
      const table = baseRelation(context, place, place.node.relation);
      if (table === undefined || !isEveryRow(place.node.whereClause)) return [];
      // Under another statement's lock it is worse, and has been told.
      if (isTold(found, place, nameOf(table))) return [];
      // A join names the rows that are meant.
      if ('fromClause' in place.node || 'usingClause' in place.node) return [];
      const isUpdate = 'targetList' in place.node;
      const name = nameOf(table);
      const relation = place.node.relation;
      const sqlName = qualified(relation?.schemaname, relation?.relname ?? '');
      return [
        {
          ...at(place),
          object: name,
          title: isUpdate
            ? `Every row of ${name} is written in one transaction`
            : `All rows of ${name} are deleted`,
          message: isUpdate
            ? `All rows are locked until the migration commits, so writers of any of them wait, and each is written anew (indexes, write-ahead log, dead rows). On a large table do it in batches outside of migrations.`
            : `The rows cannot be brought back, and until the migration commits all writers of them wait. On a large table delete in batches outside of migrations; if it is to be empty, say TRUNCATE.`,
          evidence: { ...evidenceOn(place.statement, table), scan: true, rewrite: false },
          fix: isUpdate ? inBatches(context, place.node as UpdateStmt, sqlName, table) : null,
          growsWithTable: true,
        },
      ];
    }),
};

const isTold = (found: readonly FindingDraft[], place: Place, table: string): boolean =>
  found.some((draft) => isAbout(draft, place) && draft.explains?.includes(table) === true);

const changing = new Set([
  'clock_timestamp',
  'gen_random_uuid',
  'nextval',
  'now',
  'random',
  'statement_timestamp',
  'transaction_timestamp',
  'uuid_generate_v4',
  'uuidv4',
  'uuidv7',
]);

/** For one column with a value that can be compared afterwards: what is left to do must be told from the row. */
function inBatches(
  context: RuleContext,
  { targetList = [] }: UpdateStmt,
  sqlName: string,
  table: Parameters<typeof columnOf>[1],
): Fix | null {
  const [target, ...more] = targetList;
  if (target === undefined || more.length > 0 || !('ResTarget' in target)) return null;
  const { name = '', val, indirection } = target.ResTarget;
  const value = val === undefined || indirection !== undefined ? null : writeExpression(val);
  const type = columnOf(context, table, name)?.facts.dataType;
  if (value === null || typeof type !== 'string') return null;
  // A value that is another one at the next look would never be done.
  if (JSON.stringify(val).includes('SQLValueFunction') || calledFunctions(val).some((fn) => changing.has(fn)))
    return null;
  // `n = n + 1` would be done again and again.
  if (JSON.stringify(val).includes(`"sval":${JSON.stringify(name)}`)) return null;
  const rows = { table, sqlName, column: name, value, missing: differs(identifier(name), value, type) };
  const loop = batchLoop(context, rows);
  return {
    sql: ['In place of the statement.', ...backfill(context, rows)].flatMap(comment).join('\n'),
    sameSchema: true,
    ...(loop === null
      ? {}
      : { parts: [{ title: 'in batches', sql: [loop], outsideTransaction: true, fills: false }] }),
  };
}
