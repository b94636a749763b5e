import type { MigrationTrace, StatementTrace } from '../run/trace.ts';
import type { Migration, MigrationTool } from '../tools/tool.ts';
import { recoveryOf } from './recovery.ts';

/** What is when a deploy stops inside of one migration. */
export interface HalfWay {
  /** One or two sentences: the state of the database. */
  readonly leaves: string;
  /** What the tool does at the next try. */
  readonly next: string;
  /** The tool's own commands for it, for a shell; comments between them say what each is for. */
  readonly commands: readonly string[];
}

/** So many names are read. */
const named = 5;

/**
 * What stays of a migration that stops half-way, from how its statements were seen to commit.
 *
 * @param previous the migration before it, for tools that are set back to it
 */
export function halfWay(
  tool: MigrationTool,
  migration: Migration,
  trace: MigrationTrace,
  previous: Migration | null,
): HalfWay | null {
  if (!trace.ran || trace.statements.length === 0) return null;
  const { next, rerun, finish, unlock } = recoveryOf(tool);
  const kept = trace.statements.filter(({ inTransaction }) => !inTransaction);
  const whole = trace.transaction === 'single' || (kept.length === 0 && trace.transaction !== 'own');
  const killed = unlock === undefined ? [] : ['# after a deploy that was killed:', unlock];
  const back = rerun(migration, previous);
  if (whole || (trace.statements.length === 1 && !waits(trace.statements[0]))) {
    const all =
      migration.transaction === 'shared' ? 'of this and every other migration of the deploy' : 'of it';
    const leaves = `Nothing ${all} stays: the server takes it back. The application that runs now still fits; the new one must not start.`;
    return { leaves, next, commands: [...back, ...killed] };
  }
  const done = finish(migration, previous);
  const commands = [
    ...(back.length === 0 ? [] : ['# to run it again, after what it left was taken back by hand:', ...back]),
    ...(done.length === 0
      ? []
      : ['# to count it as applied, after what it lacks was done by hand:', ...done]),
    ...killed,
  ];
  return { leaves: `${leavesOf(trace)} ${fitting(trace)}`, next, commands };
}

/** Which version of the application pairs with the schema that is left. */
function fitting({ statements }: MigrationTrace): string {
  const breaks = statements.slice(0, -1).some(takesAway);
  return breaks
    ? 'The application that runs now may miss what is gone already, and the new one what is to come: neither fits until it is finished or taken back.'
    : 'The application that runs now finds all it had; the new one fits only once the migration is through.';
}

/** Dropped, renamed or retyped: what code that knows the old schema trips over. */
function takesAway({ dropped, node }: StatementTrace): boolean {
  if (dropped.length > 0) return true;
  if (node === null) return false;
  if ('RenameStmt' in node || 'AlterObjectSchemaStmt' in node) return true;
  if (!('AlterTableStmt' in node)) return false;
  return (node.AlterTableStmt.cmds ?? []).some(
    (cmd) =>
      'AlterTableCmd' in cmd &&
      ['AT_DropColumn', 'AT_AlterColumnType'].includes(cmd.AlterTableCmd.subtype ?? ''),
  );
}

function leavesOf({ transaction, statements }: MigrationTrace): string {
  const how =
    transaction === 'own'
      ? 'The file ends transactions of its own: what it has committed before the statement that fails stays'
      : 'Each statement commits by itself: what stands before the one that fails stays';
  const before = statements.slice(0, -1);
  const names = (pick: (one: StatementTrace) => readonly { readonly name: string }[]) => [
    ...new Set(before.flatMap((one) => pick(one).map(({ name }) => name))),
  ];
  const parts = [
    ...listed(
      'made',
      names(({ created }) => created),
    ),
    ...listed(
      'dropped',
      names(({ dropped }) => dropped),
    ),
    ...(before.some(({ rowsWritten }) => (rowsWritten ?? 0) > 0) ? ['rows written'] : []),
  ];
  const most = parts.length === 0 ? '' : `, at most ${parts.join('; ')}`;
  const invalid = statements.some(waits)
    ? ' What CONCURRENTLY was building is left as an INVALID index, to be dropped before the next try.'
    : '';
  return `${how}${most}.${invalid}`;
}

const waits = (statement: StatementTrace | undefined): boolean =>
  statement?.source === 'documented' && /\bconcurrently\b/i.test(statement.sql);

function listed(verb: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > named ? ` and ${names.length - named} more` : '';
  return [`${verb} ${names.slice(0, named).join(', ')}${more}`];
}
