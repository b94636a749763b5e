import type { Node } from '@pgsql/types';
import type { LockMode } from './trace.ts';

/** What a statement that refuses a transaction block does, by the Postgres manual. */
export interface DocumentedLocks {
  /** Relations as written in the statement; `index` names stand for their table as well. */
  readonly targets: readonly {
    readonly schema: string | undefined;
    readonly name: string;
    readonly mode: LockMode;
  }[];
  /** Is the table of every target read from end to end? */
  readonly scans: boolean;
}

type Target = { schemaname?: string | undefined; relname?: string | undefined };

/**
 * Statements that cannot run inside a transaction block, with the locks that the manual gives for them (the
 * pages of each statement, and 13.3.1). They commit by themselves, so that nothing is left to be read from
 * pg_locks when they end. Null: the statement may run in a transaction.
 */
export function documentedLocks(node: Node): DocumentedLocks | null {
  if ('IndexStmt' in node && node.IndexStmt.concurrent === true) {
    return { targets: [target(node.IndexStmt.relation, 'ShareUpdateExclusiveLock')], scans: true };
  }
  if ('DropStmt' in node && node.DropStmt.concurrent === true) {
    const names = (node.DropStmt.objects ?? []).map(qualifiedName);
    return {
      targets: names.map((name) => target(name, 'ShareUpdateExclusiveLock')),
      scans: false,
    };
  }
  if ('ReindexStmt' in node) {
    const { kind, relation, params } = node.ReindexStmt;
    const concurrently = (params ?? []).some(
      (option) => 'DefElem' in option && option.DefElem.defname === 'concurrently',
    );
    const wholeDatabase = kind !== 'REINDEX_OBJECT_INDEX' && kind !== 'REINDEX_OBJECT_TABLE';
    if (!concurrently && !wholeDatabase) return null;
    return {
      targets: relation === undefined ? [] : [target(relation, 'ShareUpdateExclusiveLock')],
      scans: true,
    };
  }
  if ('VacuumStmt' in node && node.VacuumStmt.is_vacuumcmd === true) {
    const full = (node.VacuumStmt.options ?? []).some(
      (option) => 'DefElem' in option && option.DefElem.defname === 'full',
    );
    const relations = (node.VacuumStmt.rels ?? []).flatMap((each) =>
      'VacuumRelation' in each && each.VacuumRelation.relation !== undefined
        ? [each.VacuumRelation.relation]
        : [],
    );
    const mode = full ? 'AccessExclusiveLock' : 'ShareUpdateExclusiveLock';
    return { targets: relations.map((relation) => target(relation, mode)), scans: true };
  }
  if ('AlterTableStmt' in node) {
    const detach = (node.AlterTableStmt.cmds ?? []).flatMap((each) =>
      'AlterTableCmd' in each && each.AlterTableCmd.subtype === 'AT_DetachPartition'
        ? [each.AlterTableCmd]
        : [],
    )[0];
    const partition =
      detach?.def !== undefined && 'PartitionCmd' in detach.def ? detach.def.PartitionCmd : undefined;
    if (partition?.concurrent !== true) return null;
    return {
      targets: [
        target(node.AlterTableStmt.relation, 'ShareUpdateExclusiveLock'),
        // The second of its two transactions takes the partition for itself.
        target(partition.name, 'AccessExclusiveLock'),
      ],
      scans: false,
    };
  }
  if (refusesTransactions.some((kind) => kind in node)) return { targets: [], scans: false };
  return null;
}

/** No lock on a relation of the user's that would matter, or none that can be named. */
const refusesTransactions = [
  'AlterSystemStmt',
  'CreatedbStmt',
  'DropdbStmt',
  'CreateTableSpaceStmt',
  'DropTableSpaceStmt',
] as const;

function target(relation: Target | undefined, mode: LockMode): DocumentedLocks['targets'][number] {
  return { schema: relation?.schemaname, name: relation?.relname ?? '', mode };
}

function qualifiedName(node: Node): Target {
  const parts = 'List' in node ? (node.List.items ?? []) : [];
  const names = parts.flatMap((part) => ('String' in part ? [part.String.sval ?? ''] : []));
  return { relname: names.at(-1), schemaname: names.at(-2) };
}
