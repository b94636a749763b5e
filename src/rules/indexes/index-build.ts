import type { IndexStmt } from '@pgsql/types';
import type { BaseRelation, StatementTrace } from '../../run/trace.ts';
import { defaultName, qualified } from '../../sql/names.ts';
import { copy, write } from '../../sql/write.ts';
import { isPartitioned, leavesOf } from '../catalog-facts.ts';
import { duplicatesOfIndex } from '../constraints/unique-index.ts';
import {
  at,
  builtIndexes,
  everythingOf,
  evidenceOn,
  hiddenIn,
  locksOn,
  nameOf,
  type Place,
  places,
  readsRows,
} from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { FindingDraft, Fix, RuleContext } from '../rule.ts';
import { blocksWhom, whoWaits } from '../wording.ts';

/** An index that is built on an existing table while somebody waits. */
export interface IndexBuild {
  /** Which rule tells it: the table is partitioned, or the transaction has kept its readers out before. */
  readonly kind: 'plain' | 'partitioned' | 'after-exclusive-lock';
  readonly finding: FindingDraft;
}

/** Every index that is built without CONCURRENTLY on a table with rows to read. */
export const indexBuilds = (context: RuleContext): IndexBuild[] =>
  [...places(context)].flatMap((place) => plain(context, place) ?? hidden(context, place));

function plain(context: RuleContext, place: Place): IndexBuild[] | null {
  const { node } = place.statement;
  if (node === null || !('IndexStmt' in node)) return null;
  const index = node.IndexStmt;
  const table = context.resolve(index.relation?.schemaname, index.relation?.relname ?? '', place.statement);
  if (index.concurrent === true || table === undefined || !readsRows(place.statement)) return [];
  const finding = draft(
    context,
    place,
    table,
    index.idxname ?? builtIndexes(place.statement)[0]?.index,
    fixFor(context, place, index, table),
    isPartitioned(context, table) ? inPartitions : undefined,
  );
  const kind = isPartitioned(context, table)
    ? 'partitioned'
    : finding.evidence?.blocks.includes('reads') === true && isHeld(place.statement, table)
      ? 'after-exclusive-lock'
      : 'plain';
  return [{ kind, finding }];
}

/** CREATE INDEX in a DO block or function: a new SHARE lock on the table that the server says it builds an index on. */
function hidden(context: RuleContext, place: Place): IndexBuild[] {
  const { statement } = place;
  if (hiddenIn(statement) === null) return [];
  return builtIndexes(statement).flatMap(({ index, table: tableName }) => {
    // REINDEX takes SHARE too, but its index is one that base has.
    if (statement.locks.some((lock) => lock.kind === 'index' && lock.relation === index)) return [];
    const lock = statement.locks.find(
      (each) => each.mode === 'ShareLock' && each.new && ends(each.names, tableName) && each.kind !== 'index',
    );
    if (lock === undefined) return [];
    const table = { ...lock, tableOid: null };
    return [
      {
        kind: isHeld(statement, table) ? 'after-exclusive-lock' : 'plain',
        finding: draft(context, place, table, index, null),
      },
    ];
  });
}

/** Not every tool can leave the transaction in a migration. */
const where = ({ tool }: RuleContext): string =>
  tool.noTransaction.byHand === true || tool.sharesTransaction === true
    ? 'outside of the migrations’ transaction'
    : 'in a migration of its own';

const inPartitions =
  'Writes to its partitions wait as well, and CONCURRENTLY is refused on a partitioned table: make the index ON ONLY the table, build those of the partitions concurrently, and attach them.';

/** ACCESS EXCLUSIVE since an earlier statement of the transaction. */
const isHeld = (statement: StatementTrace, { oid }: BaseRelation): boolean =>
  locksOn(statement, oid).some((lock) => lock.mode === 'AccessExclusiveLock' && !lock.new);

const ends = (names: readonly string[], relation: string): boolean =>
  names.some((name) => name.slice(name.indexOf('.') + 1) === relation);

function draft(
  context: RuleContext,
  place: Place,
  table: BaseRelation,
  index: string | undefined,
  fix: Fix | null,
  advice?: string,
): FindingDraft {
  const { statement } = place;
  const object = nameOf(table);
  const evidence = { ...evidenceOn(statement, table), scan: true };
  const name = index === undefined ? 'an index' : `index ${index}`;
  return {
    ...at(place),
    object,
    title: `Creating ${name} ${blocksWhom(evidence, object)}`,
    message: `${whoWaits(statement, table, evidence, 'it reads every row and builds the index')} ${advice ?? `Build it with CREATE INDEX CONCURRENTLY ${where(context)}${hiddenIn(statement) === null ? '' : ', as a statement of its own: CONCURRENTLY is not possible in a DO block or function'}.`}`,
    evidence,
    fix,
    explains: hiddenIn(statement) === null ? everythingOf(statement) : [object],
  };
}

function fixFor(context: RuleContext, place: Place, index: IndexStmt, table: BaseRelation): Fix | null {
  if (isPartitioned(context, table)) {
    const own = index.idxname ?? builtIndexes(place.statement)[0]?.index ?? 'the_index';
    return partitionedFix(context, nameOf(table), index, own);
  }
  const concurrent = { ...copy(index), concurrent: true };
  const name = index.idxname ?? builtIndexes(place.statement)[0]?.index;
  const undo =
    name === undefined
      ? []
      : [
          'If the build is interrupted it leaves an INVALID index; drop it before the next try:',
          `  DROP INDEX CONCURRENTLY IF EXISTS ${qualified(index.relation?.schemaname, name)};`,
        ];
  const duplicates = index.unique === true ? duplicatesOfIndex(index) : null;
  return recipe(
    context,
    [
      {
        title: 'build the index while reads and writes go on',
        sql: [write({ IndexStmt: concurrent })],
        outsideTransaction: true,
        notes: [
          ...(duplicates === null ? [] : ['It fails if this finds a row:', `  ${duplicates}`]),
          ...undo,
        ],
      },
    ],
    { sameSchema: true },
  );
}

/** CONCURRENTLY is refused on a partitioned table (0A000), so that each partition gets its own. */
export function partitionedFix(
  context: RuleContext,
  parentName: string,
  index: IndexStmt,
  name: string,
): Fix | null {
  const parent = { ...copy(index), idxname: name };
  if (parent.relation === undefined) return null;
  // ONLY is the absence of inheritance in the tree, and the deparser looks for the absence of the key.
  delete parent.relation.inh;
  delete parent.concurrent;
  const partitions = leavesOf(context, parentName);
  const built = partitions.slice(0, 20).map((partition) => {
    const schema = partition.name.slice(0, -partition.local.length - 1);
    const own = copy(index);
    own.relation = { ...own.relation, schemaname: schema, relname: partition.local, inh: true };
    own.idxname = defaultName(partition.local, name, 'idx');
    own.concurrent = true;
    return {
      create: write({ IndexStmt: own }),
      attach: `ALTER INDEX ${qualified(index.relation?.schemaname, name)} ATTACH PARTITION ${qualified(schema, own.idxname)};`,
    };
  });
  // A partition that is partitioned itself would need an index of its own to attach them to.
  const nested = (context.before?.objects ?? []).some(
    ({ facts }) => facts.partitionOf === parentName && facts.partitioned === true,
  );
  if (nested) return null;
  const rest =
    partitions.length > built.length
      ? [`… and so for the other ${partitions.length - built.length} partitions`]
      : [];
  const duplicates = index.unique === true ? duplicatesOfIndex(index) : null;
  return recipe(
    context,
    [
      {
        title: 'the index on the partitioned table alone, which is INVALID until all partitions have theirs',
        sql: [write({ IndexStmt: parent })],
        notes: duplicates === null ? [] : ['It fails if this finds a row:', `  ${duplicates}`],
      },
      ...built.map(({ create }, at) => ({
        title: 'the index of one partition',
        sql: [create],
        outsideTransaction: true,
        notes: at === built.length - 1 ? rest : [],
      })),
      ...(built.length === 0
        ? []
        : [{ title: 'attach them', sql: built.map(({ attach }) => attach), notes: rest }]),
    ],
    { sameSchema: false },
  );
}
