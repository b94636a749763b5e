import type { IndexStmt } from '@pgsql/types';
import { builtIndexes, type Place } from '../observed.ts';
import type { RuleContext } from '../rule.ts';
import { completed } from '../statements.ts';
import { indexesOf, type TableIndex } from './table-indexes.ts';

/** An index that the pull request gives to a table of base. */
export interface AddedIndex {
  readonly index: TableIndex;
  /** All indexes that the table has in the end, this one included. */
  readonly all: readonly TableIndex[];
  /** Undefined when nothing tells which statement made it. */
  readonly place: Place | undefined;
}

/** New indexes of base's tables, those of partitions left out: they come with the parent's. */
export function indexesAdded(context: RuleContext): AddedIndex[] {
  const { before, after } = context;
  if (before === null || after === null) return [];
  const tables = new Set(
    after.objects
      .filter(({ type, identity }) =>
        type === 'index' || type === 'constraint' ? before.byIdentity(identity) === undefined : false,
      )
      .map(({ containerIdentity }) => containerIdentity),
  );
  return [...tables]
    .filter((table) => before.byIdentity(table) !== undefined)
    .flatMap((table) => {
      const all = indexesOf(after, table);
      return all
        .filter(
          ({ object }) =>
            object.inheritedFrom === null && isNew(context, object.identity, object.facts.index),
        )
        .map((index) => ({ index, all, place: madeBy(context, index) }));
    });
}

/** A constraint that took over an index which base had makes no new one. */
const isNew = ({ before }: RuleContext, identity: string, indexIdentity: unknown): boolean =>
  before?.byIdentity(identity) === undefined &&
  (typeof indexIdentity !== 'string' || before?.byIdentity(indexIdentity) === undefined);

/** The server names each index that it builds; one that it builds on nothing stands in its statement. */
function madeBy(context: RuleContext, { object }: TableIndex): Place | undefined {
  return [...completed(context)].find(({ statement }) => {
    const node: IndexStmt | undefined =
      statement.node !== null && 'IndexStmt' in statement.node ? statement.node.IndexStmt : undefined;
    return (
      node?.idxname === object.local || builtIndexes(statement).some(({ index }) => index === object.local)
    );
  });
}
