import type { Node } from '@pgsql/types';
import type { Recorded } from '../proxy/record.ts';
import { relationsOf, walk } from './statement-parts.ts';

/**
 * Is a statement a tool's own word about its own tables? Every relation that it names is one of them, and it names one; or it
 * makes sure of their schema. A program may well ask the same tables, and have a function do its work on the way: what calls
 * others than a tool does, or was seen to touch something else, is no tool's word.
 *
 * @param tables unquoted `schema.relation` of the tool's own
 */
export function isAbout(node: Node, tables: readonly string[], recorded: Recorded): boolean {
  if ('CreateSchemaStmt' in node) {
    const { schemaname = '', if_not_exists: asks = false } = node.CreateSchemaStmt;
    return asks && schemaname !== 'public' && tables.some((table) => table.startsWith(`${schemaname}.`));
  }
  const bare = tables.map(withoutSchema);
  const known = new Set([...tables, ...bare]);
  const named = relationsOf(node);
  if (named.length === 0 || !named.every((name) => known.has(name))) return false;
  if (!kinds.some((kind) => kind in node)) return false;
  // What a new table has by default is not called yet.
  if (!('CreateStmt' in node) && !callsOf(node).every(isUsual)) return false;
  return !('SelectStmt' in node && touchesOthers(recorded, bare));
}

const withoutSchema = (name: string): string => name.slice(name.indexOf('.') + 1);

/** What tools send for their own tables. Others (COPY, EXPLAIN, a cursor, a trigger) are a program's own idea. */
const kinds = [
  ...(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'LockStmt', 'TruncateStmt'] as const),
  ...(['CreateStmt', 'AlterTableStmt', 'RenameStmt', 'IndexStmt', 'GrantStmt'] as const),
] as const;

/** What tools call where they ask or write their tables. */
const usual = new Set([
  ...['count', 'max', 'min', 'array_agg', 'string_agg', 'json_agg', 'jsonb_agg', 'bool_or', 'bool_and'],
  ...[
    'row_number',
    'exists',
    'to_regclass',
    'lower',
    'upper',
    'length',
    'left',
    'right',
    'concat',
    'replace',
  ],
  ...['split_part', 'to_char', 'to_timestamp', 'date_part', 'date_trunc', 'extract', 'timezone', 'now'],
  ...['clock_timestamp', 'transaction_timestamp', 'statement_timestamp', 'gen_random_uuid', 'version'],
  ...['current_schema', 'current_database', 'pg_advisory_lock', 'pg_advisory_xact_lock'],
  ...['pg_try_advisory_lock', 'pg_try_advisory_xact_lock', 'pg_advisory_unlock', 'pg_backend_pid'],
]);

function callsOf(node: Node): string[][] {
  const found: string[][] = [];
  walk(node, (key, value) => {
    if (key !== 'FuncCall') return;
    const { funcname = [] } = value as { funcname?: readonly { String?: { sval?: string } }[] };
    found.push(funcname.map((part) => part.String?.sval ?? ''));
  });
  return found;
}

const isUsual = (name: readonly string[]): boolean =>
  usual.has(name.at(-1) ?? '') && (name.length === 1 || name[0] === 'pg_catalog');

/** A view or a cast may call what the text does not name. */
function touchesOthers({ observation, error }: Recorded, bare: readonly string[]): boolean {
  if (observation === null || error !== null) return false;
  const isOwn = (name: string) =>
    bare.some((table) => withoutSchema(name) === table || withoutSchema(name).startsWith(`${table}_`));
  const { locks, rewrites, scans, emptied, created, dropped } = observation;
  const names = [
    ...locks
      .filter((lock) => lock.new && lock.kind !== 'index')
      .map(({ schema, relation }) => `${schema}.${relation}`),
    ...rewrites,
    ...scans,
    ...emptied,
    ...[...created, ...dropped].map(({ name }) => name),
  ];
  return !names.every(isOwn);
}
