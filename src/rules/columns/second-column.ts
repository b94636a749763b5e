import type { ColumnDef, Node } from '@pgsql/types';
import { identifier, withEnding } from '../../sql/names.ts';
import { writeAlterTable, writeExpression, writeType } from '../../sql/write.ts';
import { type AlterTable, alterTable, strings } from '../alter-table.ts';
import { backfill, differs } from '../backfill.ts';
import { isNotNull } from '../catalog-facts.ts';
import { recipe } from '../recipe.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { keptByTrigger } from './kept-by-trigger.ts';
import { notNullSteps } from './not-null-recipe.ts';
import type { TypeChange } from './type-change.ts';

/**
 * A type change without a rewrite: columns of the new types beside the old ones, kept by triggers, filled in
 * batches, swapped in a moment.
 * @param first lines to show before anything else is done: a query on the data
 */
export function secondColumns(
  context: RuleContext,
  alter: AlterTable,
  changes: readonly TypeChange[],
  first: readonly string[] = [],
): Fix | null {
  const plans = changes.map((change) => plan(context, alter, change));
  const rest = alter.commands.filter((command) => !changes.some((change) => change.command === command));
  const required = plans.flatMap((each) => (each?.required === true ? [each] : []));
  const many = plans.length > 1;
  return recipe(
    context,
    [
      {
        title: `${many ? 'columns of the new types' : 'a second column of the new type'}, which ${many ? 'triggers fill' : 'a trigger fills'} in new and changed rows`,
        sql: [
          ...(rest.length === 0 ? [] : [writeAlterTable(alter.node, rest)]),
          ...plans.flatMap((each) => each?.create ?? [null]),
        ],
        notes: [
          ...first,
          ...plans.flatMap((each) => each?.fill ?? []),
          `Make the default, the constraints and (with CONCURRENTLY) the indexes that the old ${many ? 'columns have on the new ones' : 'column has on the new one'}.`,
        ],
      },
      ...(required.length === 0
        ? []
        : notNullSteps(
            context,
            alterTable(alter),
            alter.table.relation,
            required.map(({ replacement }) => replacement),
          )),
      {
        title: `swap the ${many ? 'columns' : 'two'} in one transaction, which takes a moment`,
        sql: plans.flatMap((each) => each?.swap ?? [null]),
        notes: [
          ...required.map(
            ({ before }) =>
              `The old column still refuses NULL: ${alterTable(alter)} ALTER COLUMN ${before} DROP NOT NULL;`,
          ),
          `When no version that is running needs ${many ? 'them' : 'it'} any more: ${alterTable(alter)} ${plans.map((each) => `DROP COLUMN ${each?.before}`).join(', ')};`,
        ],
      },
    ],
    { sameSchema: false },
  );
}

function plan(context: RuleContext, alter: AlterTable, { name, definition }: TypeChange) {
  const replacement = withEnding(name, '_new');
  const expression = newValue(name, definition);
  const value = writeExpression(expression);
  const type = definition.typeName === undefined ? null : writeType(definition.typeName);
  const trigger = keptByTrigger(alter, replacement, expression);
  if (value === null || type === null || trigger === null) return null;
  const [from, to, before] = [
    identifier(name),
    identifier(replacement),
    identifier(withEnding(name, '_old')),
  ];
  const collation = strings(definition.collClause?.collname).map(identifier).join('.');
  return {
    replacement,
    before,
    required: isNotNull(context, alter.table, name),
    create: [
      `${alterTable(alter)} ADD COLUMN ${to} ${type}${collation === '' ? '' : ` COLLATE ${collation}`};`,
      ...trigger.create,
    ],
    fill: backfill(context, { ...alter, column: replacement, value, missing: differs(to, value, type) }),
    swap: [
      ...trigger.drop,
      `${alterTable(alter)} RENAME COLUMN ${from} TO ${before};`,
      `${alterTable(alter)} RENAME COLUMN ${to} TO ${from};`,
    ],
  };
}

/** What ALTER COLUMN TYPE puts into the new column: USING, or a cast. */
function newValue(name: string, column: ColumnDef): Node {
  if (column.raw_default !== undefined) return column.raw_default;
  return {
    TypeCast: {
      arg: { ColumnRef: { fields: [{ String: { sval: name } }] } },
      ...(column.typeName === undefined ? {} : { typeName: column.typeName }),
    },
  };
}
