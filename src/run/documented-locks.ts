import type { Node } from '@pgsql/types';
import type { LockMode } from './trace.ts';

/** A relation that a statement names, and what is locked on its behalf. */
export interface DocumentedTarget {
  readonly schema: string | undefined;
  readonly name: string;
  /** On the relation; of an index also on its table. */
  readonly mode: LockMode;
  /** On the indexes of those tables, where it is another mode. */
  readonly indexes?: LockMode;
  /** On the tables that its foreign keys refer to. */
  readonly referenced?: LockMode;
  /** Leaf partitions of a partitioned one: locked as well, or alone. */
  readonly partitions?: 'too' | 'instead';
}

/** What a statement that refuses a transaction block locks. */
export interface DocumentedLocks {
  /** Some refuse only on partitioned tables, or with certain options: they are tried in a transaction first. */
  readonly refuses: 'always' | 'sometimes';
  readonly targets: readonly DocumentedTarget[];
  /** Statements that name no table: all of the schema, of the database, or those that were clustered before. */
  readonly every: {
    readonly of: 'schema' | 'database' | 'clustered';
    readonly schema?: string | undefined;
    readonly mode: LockMode;
    readonly indexes?: LockMode;
  } | null;
}

/**
 * Statements that cannot run inside a transaction block, with the locks that they take by the Postgres manual
 * (the pages of each statement, and 13.3.1). They commit by themselves, so that nothing is left to be read from
 * pg_locks when they end; a test pauses each of them half-way on every major and compares. Null: the statement
 * may run in a transaction.
 */
export function documentedLocks(node: Node): DocumentedLocks | null {
  if ('IndexStmt' in node) {
    if (node.IndexStmt.concurrent !== true) return null;
    return always([{ ...named(node.IndexStmt.relation), mode: 'ShareUpdateExclusiveLock' }]);
  }
  if ('DropStmt' in node) {
    if (node.DropStmt.concurrent !== true) return null;
    const names = (node.DropStmt.objects ?? []).map(qualifiedName);
    return always(names.map((name) => ({ ...name, mode: 'ShareUpdateExclusiveLock' })));
  }
  if ('ReindexStmt' in node) return ofReindex(node.ReindexStmt);
  if ('VacuumStmt' in node) return ofVacuum(node.VacuumStmt);
  if ('ClusterStmt' in node) {
    const { relation } = node.ClusterStmt;
    const mode = 'AccessExclusiveLock';
    if (relation === undefined) return { refuses: 'always', targets: [], every: { of: 'clustered', mode } };
    return sometimes([{ ...named(relation), mode, partitions: 'too' }]);
  }
  if ('AlterTableStmt' in node) return ofDetach(node.AlterTableStmt);
  if ('DiscardStmt' in node) return node.DiscardStmt.target === 'DISCARD_ALL' ? always([]) : null;
  if (lockNoTable.some((kind) => kind in node)) return always([]);
  if (lockNoTableSometimes.some((kind) => kind in node)) return sometimes([]);
  return null;
}

/** No lock on a table of this database. */
const lockNoTable = [
  'AlterSystemStmt',
  'CreatedbStmt',
  'DropdbStmt',
  'CreateTableSpaceStmt',
  'DropTableSpaceStmt',
] as const;

/** Likewise; they refuse where they talk to another server, or move files. */
const lockNoTableSometimes = [
  'CreateSubscriptionStmt',
  'AlterSubscriptionStmt',
  'DropSubscriptionStmt',
  'AlterDatabaseStmt',
] as const;

type Statement<Kind extends string> = Node extends infer N
  ? N extends Record<Kind, infer S>
    ? S
    : never
  : never;

/**
 * Writes to the tables wait for REINDEX, and for its indexes the queries, since the planner looks at all of
 * them. CONCURRENTLY on a partitioned table begins with a SHARE lock on all partitions, which it lets go
 * before it builds anything: it is not listed.
 */
function ofReindex({ kind, name, relation, params }: Statement<'ReindexStmt'>): DocumentedLocks | null {
  const concurrently = hasOption(params, 'concurrently');
  const modes = concurrently
    ? ({ mode: 'ShareUpdateExclusiveLock' } as const)
    : ({ mode: 'ShareLock', indexes: 'AccessExclusiveLock' } as const);
  switch (kind) {
    case 'REINDEX_OBJECT_INDEX':
    case 'REINDEX_OBJECT_TABLE': {
      const targets = [{ ...named(relation), ...modes, partitions: 'too' as const }];
      return concurrently ? always(targets) : sometimes(targets);
    }
    case 'REINDEX_OBJECT_SCHEMA':
      return { refuses: 'always', targets: [], every: { of: 'schema', schema: name, ...modes } };
    case 'REINDEX_OBJECT_DATABASE':
      return { refuses: 'always', targets: [], every: { of: 'database', ...modes } };
    default:
      return always([]);
  }
}

function ofVacuum({ is_vacuumcmd, options, rels }: Statement<'VacuumStmt'>): DocumentedLocks | null {
  // ANALYZE may be in a transaction.
  if (is_vacuumcmd !== true) return null;
  const mode = hasOption(options, 'full') ? 'AccessExclusiveLock' : 'ShareUpdateExclusiveLock';
  const relations = (rels ?? []).flatMap((each) =>
    'VacuumRelation' in each && each.VacuumRelation.relation !== undefined
      ? [each.VacuumRelation.relation]
      : [],
  );
  if (relations.length === 0) return { refuses: 'always', targets: [], every: { of: 'database', mode } };
  return always(relations.map((each) => ({ ...named(each), mode, partitions: 'instead' })));
}

function ofDetach({ relation, cmds }: Statement<'AlterTableStmt'>): DocumentedLocks | null {
  const detach = (cmds ?? []).flatMap((each) =>
    'AlterTableCmd' in each && each.AlterTableCmd.subtype === 'AT_DetachPartition'
      ? [each.AlterTableCmd]
      : [],
  )[0];
  const partition =
    detach?.def !== undefined && 'PartitionCmd' in detach.def ? detach.def.PartitionCmd : undefined;
  if (partition?.concurrent !== true) return null;
  return always([
    { ...named(relation), mode: 'ShareUpdateExclusiveLock' },
    // The second of its two transactions takes the partition for itself, and touches its foreign keys.
    { ...named(partition.name), mode: 'AccessExclusiveLock', referenced: 'ShareRowExclusiveLock' },
  ]);
}

const always = (targets: readonly DocumentedTarget[]): DocumentedLocks => ({
  refuses: 'always',
  targets,
  every: null,
});

const sometimes = (targets: readonly DocumentedTarget[]): DocumentedLocks => ({
  refuses: 'sometimes',
  targets,
  every: null,
});

/** `(CONCURRENTLY)`, `(FULL TRUE)`, but not `(FULL off)`. */
function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return (options ?? []).some((option) => {
    if (!('DefElem' in option) || option.DefElem.defname !== name) return false;
    const { arg } = option.DefElem;
    if (arg === undefined) return true;
    if ('String' in arg) return !['false', 'off', '0'].includes((arg.String.sval ?? '').toLowerCase());
    if ('Boolean' in arg) return arg.Boolean.boolval === true;
    if ('Integer' in arg) return (arg.Integer.ival ?? 0) !== 0;
    return true;
  });
}

type Name = Pick<DocumentedTarget, 'schema' | 'name'>;

function named(
  relation: { schemaname?: string | undefined; relname?: string | undefined } | undefined,
): Name {
  return { schema: relation?.schemaname, name: relation?.relname ?? '' };
}

function qualifiedName(node: Node): Name {
  const parts = 'List' in node ? (node.List.items ?? []) : [];
  const names = parts.flatMap((part) => ('String' in part ? [part.String.sval ?? ''] : []));
  return { name: names.at(-1) ?? '', schema: names.at(-2) };
}
