import { identifier, withEnding } from '../../sql/names.ts';
import type { Step } from '../recipe.ts';
import type { RuleContext } from '../rule.ts';

/**
 * The steps that make a filled column NOT NULL without reading the rows under a lock that blocks. From 18 on a
 * NOT NULL constraint can be NOT VALID by itself; before, a valid CHECK proves it to SET NOT NULL (12 and newer).
 * @param alter `ALTER TABLE name`
 */
export function notNullSteps(
  context: Pick<RuleContext, 'postgresMajor'>,
  alter: string,
  table: string,
  columns: readonly string[],
): Step[] {
  const named = columns.map((column) => ({
    column: identifier(column),
    // Before 18 the proof is dropped again, and its name must not be the one that 18 gives to NOT NULL.
    constraint: identifier(
      context.postgresMajor >= 18
        ? withEnding(`${table}_${column}`, '_not_null')
        : withEnding(`${table}_${column}`, '_not_null_check'),
    ),
  }));
  const validate = named.map(({ constraint }) => `${alter} VALIDATE CONSTRAINT ${constraint};`);
  if (context.postgresMajor >= 18) {
    return [
      {
        title: 'refuse new NULLs without reading the rows',
        sql: named.map(
          ({ column, constraint }) => `${alter} ADD CONSTRAINT ${constraint} NOT NULL ${column} NOT VALID;`,
        ),
      },
      { title: 'read the rows while reads and writes go on (fails if a NULL is left)', sql: validate },
    ];
  }
  return [
    {
      title: 'refuse new NULLs without reading the rows',
      sql: named.map(
        ({ column, constraint }) =>
          `${alter} ADD CONSTRAINT ${constraint} CHECK (${column} IS NOT NULL) NOT VALID;`,
      ),
    },
    {
      // One migration for both: nothing is read any more when SET NOT NULL takes its strong lock.
      title:
        'read the rows while reads and writes go on (fails if a NULL is left); the CHECK then proves NOT NULL',
      sql: [
        ...validate,
        ...named.flatMap(({ column, constraint }) => [
          `${alter} ALTER COLUMN ${column} SET NOT NULL;`,
          `${alter} DROP CONSTRAINT ${constraint};`,
        ]),
      ],
    },
  ];
}
