import type { AlterTableCmd, AlterTableStmt, Constraint, Node, RangeVar } from '@pgsql/types';
import { blocks, lockTitle } from '../../run/locks.ts';
import type { ObservedLock } from '../../run/trace.ts';
import { defaultName, identifier, qualified } from '../../sql/names.ts';
import { copy, writeAlterTable } from '../../sql/write.ts';
import { strings } from '../alter-table.ts';
import { at, nameOf, type Place, validatedForeignKey } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { FindingDraft, Fix, RuleContext } from '../rule.ts';
import { smallRows } from '../sizes.ts';
import { completed, statementsOf } from '../statements.ts';
import { apart, listed } from '../wording.ts';

/** What the pull request has put into a table that it made. */
interface Filling {
  /** Base tables that it copied from. */
  readonly sources: readonly string[];
  /** Rows that it wrote of itself. */
  readonly rows: number;
}

/**
 * A foreign key from a table that the pull request makes and fills to one that base has: all of its rows are looked
 * up while writes to the old table wait. Of a table that is empty, or gets some rows, that is nothing.
 */
export const keysOfFilledTables = (context: RuleContext): FindingDraft[] =>
  [...statementsOf(context, 'AlterTableStmt')].flatMap((place) => {
    const { statement, node } = place;
    const { relation } = node;
    if (relation?.relname === undefined || !validatedForeignKey(statement)) return [];
    if (context.resolve(relation.schemaname, relation.relname, statement) !== undefined) return [];
    const keys = addedKeys(node);
    const locked = keys.flatMap(({ constraint }) => lockedBy(context, place, constraint) ?? []);
    const [first] = locked;
    if (first === undefined) return [];
    const { sources, rows } = filling(context, place, relation);
    if (sources.length === 0 && rows < smallRows) return [];
    const names = [...new Set(locked.map(nameOf))];
    const filled =
      sources.length > 0
        ? `the copy of ${listed(sources)} that an earlier statement has put there`
        : `the ${rows} rows that earlier statements have put there`;
    return [
      {
        ...at(place),
        object: sources[0] ?? nameOf(first),
        title: `Adding a foreign key to the filled table ${relation.relname} blocks writes to ${listed(names)}`,
        message: `The statement holds ${lockTitle(first.mode)} on ${listed(names)} (seen on the shadow) while it looks up every row of ${relation.relname}: ${filled}. Every write to ${listed(names)} waits meanwhile. Add the key before the rows, or NOT VALID and validate it in ${apart(context)}.`,
        evidence: { lock: first.mode, blocks: blocks(first.mode), scan: true, rewrite: false },
        fix: notValid(context, node, relation, keys),
        explains: names,
      },
    ];
  });

interface Key {
  readonly command: AlterTableCmd;
  readonly constraint: Constraint;
}

const addedKeys = ({ cmds }: AlterTableStmt): Key[] =>
  (cmds ?? []).flatMap((each) => {
    const command = 'AlterTableCmd' in each ? each.AlterTableCmd : undefined;
    const def = command?.def;
    if (command === undefined || def === undefined || !('Constraint' in def)) return [];
    const constraint = def.Constraint;
    const isChecked = constraint.contype === 'CONSTR_FOREIGN' && constraint.skip_validation !== true;
    return isChecked ? [{ command, constraint }] : [];
  });

function lockedBy(
  context: RuleContext,
  { statement }: Place,
  { pktable }: Constraint,
): ObservedLock | undefined {
  const base = context.resolve(pktable?.schemaname, pktable?.relname ?? '', statement);
  return statement.locks.find(({ oid, mode }) => oid === base?.oid && mode === 'ShareRowExclusiveLock');
}

function filling(context: RuleContext, place: Place, table: RangeVar): Filling {
  const sources = new Set<string>();
  let rows = 0;
  for (const { statement } of completed(context)) {
    if (statement === place.statement) break;
    if (!fills(statement.node, table)) continue;
    const read = statement.locks.filter(
      ({ kind, mode }) => (kind === 'table' || kind === 'materialized-view') && mode === 'AccessShareLock',
    );
    for (const lock of read) sources.add(nameOf(lock));
    if (read.length === 0) rows += statement.rowsWritten ?? 0;
  }
  return { sources: [...sources], rows };
}

/** Does the statement write rows into the table, or make it of a query? */
function fills(node: Node | null, { schemaname, relname }: RangeVar): boolean {
  const into =
    node === null
      ? undefined
      : 'InsertStmt' in node
        ? node.InsertStmt.relation
        : 'CopyStmt' in node && node.CopyStmt.is_from === true
          ? node.CopyStmt.relation
          : 'CreateTableAsStmt' in node && node.CreateTableAsStmt.into?.skipData !== true
            ? node.CreateTableAsStmt.into?.rel
            : 'SelectStmt' in node
              ? node.SelectStmt.intoClause?.rel
              : undefined;
  const isSame = schemaname === undefined || into?.schemaname === undefined || into.schemaname === schemaname;
  return into?.relname === relname && isSame;
}

function notValid(
  context: RuleContext,
  node: AlterTableStmt,
  relation: RangeVar,
  keys: readonly Key[],
): Fix | null {
  const named = keys.map(({ command, constraint }) => {
    const own = copy(constraint);
    own.conname ??= defaultName(relation.relname ?? '', strings(constraint.fk_attrs).join('_'), 'fkey');
    own.skip_validation = true;
    delete own.initially_valid;
    return { command, own };
  });
  const commands = (node.cmds ?? []).flatMap((each) => {
    const command = 'AlterTableCmd' in each ? each.AlterTableCmd : undefined;
    const key = named.find((one) => one.command === command);
    if (key !== undefined) return [{ ...key.command, def: { Constraint: key.own } }];
    return command === undefined ? [] : [command];
  });
  const table = qualified(relation.schemaname, relation.relname ?? '');
  return recipe(
    context,
    [
      { title: 'check new rows from now on, read no old ones', sql: [writeAlterTable(node, commands)] },
      {
        title: 'read the rows while reads and writes go on',
        sql: named.map(
          ({ own }) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${identifier(own.conname ?? '')};`,
        ),
      },
    ],
    { sameSchema: true },
  );
}
