import { blocks } from '../../run/locks.ts';
import type { MigrationTrace, ObservedLock, StatementTrace } from '../../run/trace.ts';
import type { Place } from '../observed.ts';
import type { RuleContext } from '../rule.ts';
import { nameParts } from '../statements.ts';

/** A lock on a base table that writers or readers wait for, where the statement takes it. */
export interface Blocking extends Place {
  readonly lock: ObservedLock;
}

/** Every such lock of a migration, in order: the strongest of each statement. */
export function blockingLocks(migration: MigrationTrace): Blocking[] {
  return migration.statements.flatMap((statement) => {
    const lock = statement.locks.find(
      ({ kind, mode, new: isNew }) =>
        isNew &&
        // Nobody writes to a materialized view, so that only ACCESS EXCLUSIVE is felt.
        (kind === 'table'
          ? blocks(mode).length > 0
          : kind === 'materialized-view' && mode === 'AccessExclusiveLock'),
    );
    return lock === undefined ? [] : [{ migration, statement, lock }];
  });
}

/** Why a lock was waited for without an end. */
export interface Unguarded extends Blocking {
  /** `missing`: the migration says nothing; `after`: it sets the timeout later; `off`: it switched it off before. */
  readonly cause: 'missing' | 'after' | 'off';
  /** The statement that sets it, for the two latter. */
  readonly setter: StatementTrace | null;
}

/** The first lock of each migration that was taken without a lock_timeout. */
export function unguardedLocks(context: RuleContext): Unguarded[] {
  return context.migrations.flatMap((migration): Unguarded[] => {
    const first = blockingLocks(migration).find(({ statement }) => statement.timeouts.lockMs === 0);
    if (first === undefined) return [];
    const setters = migration.statements.filter((statement) => setsTimeout(statement, 'lock_timeout'));
    const before = setters.findLast(({ index }) => index < first.statement.index);
    // RESET after a guarded statement is no fault of order; the lock that follows is.
    if (before !== undefined) return [{ ...first, cause: 'off', setter: before }];
    const later = setters.find(({ index }) => index > first.statement.index);
    if (later !== undefined) return [{ ...first, cause: 'after', setter: later }];
    return [{ ...first, cause: 'missing', setter: null }];
  });
}

/** SET, RESET or set_config() of a timeout. */
export function setsTimeout({ node }: StatementTrace, name: string): boolean {
  if (node === null) return false;
  if ('VariableSetStmt' in node) {
    const { name: set, kind } = node.VariableSetStmt;
    return set?.toLowerCase() === name || kind === 'VAR_RESET_ALL';
  }
  if (!('SelectStmt' in node)) return false;
  return (node.SelectStmt.targetList ?? []).some((target) => {
    const call = 'ResTarget' in target ? target.ResTarget.val : undefined;
    if (call === undefined || !('FuncCall' in call)) return false;
    const [first] = call.FuncCall.args ?? [];
    const given = first !== undefined && 'A_Const' in first ? first.A_Const.sval?.sval : undefined;
    return nameParts(call.FuncCall.funcname).name === 'set_config' && given?.toLowerCase() === name;
  });
}

/** `SET LOCAL` where the statement shares a transaction with others: outside of one it does nothing. */
export const setCommand = ({ inTransaction }: Pick<StatementTrace, 'inTransaction'>): string =>
  inTransaction ? 'SET LOCAL' : 'SET';
