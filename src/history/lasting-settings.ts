import { parseFile } from '../sql/parse.ts';
import type { Migration } from '../tools/tool.ts';

/** Settings that change what the next migration's statements mean. Timeouts and memory only change how they run. */
export const meaningfulSettings: ReadonlySet<string> = new Set([
  'search_path',
  'role',
  'session_authorization',
  'session_replication_role',
  'row_security',
  'check_function_bodies',
  'default_tablespace',
  'default_table_access_method',
  'default_transaction_read_only',
  'default_transaction_isolation',
  'standard_conforming_strings',
  'timezone',
  'datestyle',
  'intervalstyle',
  'client_encoding',
]);

/**
 * Meaningful settings that a migration sets for the session and does not reset, by the line that sets them: from its text
 * alone, in order of lines. What a DO block or a function sets is not seen.
 */
export function lastingSettings({ sql }: Pick<Migration, 'sql'>): { name: string; line: number }[] {
  const left = new Map<string, number>();
  for (const { node, line } of parseFile(sql).statements) {
    if ('DiscardStmt' in node && node.DiscardStmt.target === 'DISCARD_ALL') left.clear();
    if ('VariableSetStmt' in node) {
      const { kind, name = '', is_local } = node.VariableSetStmt;
      if (is_local === true) continue;
      if (kind === 'VAR_RESET_ALL') left.clear();
      else if (kind === 'VAR_RESET' || kind === 'VAR_SET_DEFAULT') left.delete(name.toLowerCase());
      else if (kind === 'VAR_SET_VALUE') left.set(name.toLowerCase(), line);
    }
    const called = 'SelectStmt' in node ? setByCall(node.SelectStmt.targetList ?? []) : [];
    for (const name of called) left.set(name, line);
  }
  return [...left]
    .filter(([name]) => meaningfulSettings.has(name))
    .map(([name, line]) => ({ name, line }))
    .sort((a, b) => a.line - b.line);
}

/** `SELECT set_config('search_path', '', false)`, as the head of a dump has it. */
function setByCall(targets: readonly object[]): string[] {
  return targets.flatMap((target) => {
    const call = 'ResTarget' in target ? (target.ResTarget as { val?: object }).val : undefined;
    if (call === undefined || !('FuncCall' in call)) return [];
    const { funcname = [], args = [] } = call.FuncCall as { funcname?: unknown[]; args?: object[] };
    const last = funcname.at(-1) as { String?: { sval?: string } } | undefined;
    const [name, , local] = args.map((one) =>
      'A_Const' in one
        ? (one.A_Const as { sval?: { sval?: string }; boolval?: { boolval?: boolean } })
        : undefined,
    );
    if (last?.String?.sval !== 'set_config' || name?.sval?.sval === undefined) return [];
    return local?.boolval !== undefined && local.boolval.boolval !== true
      ? [name.sval.sval.toLowerCase()]
      : [];
  });
}
