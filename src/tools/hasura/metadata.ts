import { parse } from 'yaml';

interface Call {
  readonly type?: unknown;
  readonly args?: unknown;
}

/**
 * The SQL in an `up.yaml` of the first versions of the format: what its `run_sql` calls send, one after the other. The other
 * calls change Hasura's metadata only. '' for what is no list of calls.
 */
export function sqlOfMetadata(text: string): string {
  let calls: unknown;
  try {
    calls = parse(text);
  } catch {
    return '';
  }
  return sqlOf(calls).join('\n');
}

function sqlOf(calls: unknown): string[] {
  if (!Array.isArray(calls)) return [];
  return calls.flatMap((call: Call | null) => {
    if (call?.type === 'bulk') return sqlOf(call.args);
    if (call?.type !== 'run_sql') return [];
    const { args } = call;
    const sql = typeof args === 'object' && args !== null && 'sql' in args ? args.sql : null;
    return typeof sql === 'string' ? [`${sql.trimEnd().replace(/;$/, '')};`] : [];
  });
}
