import type { Node } from '@pgsql/types';
import type { Migration } from '../../tools/tool.ts';
import type { Recorded } from '../proxy/record.ts';
import type { LeftSetting } from '../trace.ts';
import type { Meant } from './meant.ts';
import type { Transactions } from './transactions.ts';

/** What a statement makes of a setting. */
export interface Setting {
  /** In small letters; null: all of them. */
  readonly name: string | null;
  /** Null: back to what it was when the session began. */
  readonly value: string | null;
  /** For the transaction only. */
  readonly local: boolean;
}

/** SET, RESET, DISCARD ALL, or a SELECT of nothing but set_config(); null: any other statement. */
export function settingsIn(node: Node): readonly Setting[] | null {
  if ('VariableSetStmt' in node) {
    const { kind, name = '', args = [], is_local: local = false } = node.VariableSetStmt;
    if (kind === 'VAR_RESET_ALL') return [{ name: null, value: null, local }];
    const value = kind === 'VAR_SET_VALUE' ? args.map((arg) => constantOf(arg) ?? '').join(', ') : null;
    return [{ name: name.toLowerCase(), value, local }];
  }
  if ('DiscardStmt' in node)
    return node.DiscardStmt.target === 'DISCARD_ALL' ? [{ name: null, value: null, local: false }] : null;
  if (!('SelectStmt' in node)) return null;
  const { targetList = [], fromClause = [] } = node.SelectStmt;
  if (targetList.length === 0 || fromClause.length > 0) return null;
  const called = targetList.map((target) =>
    'ResTarget' in target && target.ResTarget.val !== undefined ? configOf(target.ResTarget.val) : null,
  );
  return called.includes(null) ? null : called.filter((setting) => setting !== null);
}

function configOf(value: Node): Setting | null {
  if (!('FuncCall' in value)) return null;
  const { funcname = [], args = [] } = value.FuncCall;
  const last = funcname.at(-1);
  if (last === undefined || !('String' in last) || last.String.sval !== 'set_config') return null;
  const [name, given, local] = args.map(constantOf);
  if (typeof name !== 'string') return null;
  const isLocal = !['false', 'f', 'no', 'n', 'off', '0'].includes(local?.trim().toLowerCase() ?? '');
  return { name: name.toLowerCase(), value: given ?? null, local: isLocal };
}

/** As text; null where it is none or not written out. */
function constantOf(node: Node): string | null {
  if ('TypeCast' in node && node.TypeCast.arg !== undefined) return constantOf(node.TypeCast.arg);
  if (!('A_Const' in node) || node.A_Const.isnull === true) return null;
  const { sval, ival, fval, boolval } = node.A_Const;
  if (boolval !== undefined) return String(boolval.boolval ?? false);
  return sval?.sval ?? fval?.fval ?? (ival === undefined ? null : String(ival.ival ?? 0));
}

/** The server's own values of settings that tools and dumps turn off and on again (PostgreSQL manual, 19.11). */
const usual: Readonly<Record<string, readonly string[]>> = {
  session_replication_role: ['origin'],
  role: ['none'],
  search_path: ['$user, public', '"$user", public'],
  check_function_bodies: ['on', 'true'],
  row_security: ['on', 'true'],
  standard_conforming_strings: ['on', 'true'],
  default_transaction_read_only: ['off', 'false'],
};

const isUsual = ({ name, value }: Setting): boolean =>
  value === null || usual[name ?? '']?.includes(value.toLowerCase()) === true;

/** Tags of statements with which a connection begins, whoever opens it. */
const greetings = new Set(['SET', 'SELECT', 'SHOW', 'BEGIN', 'RESET']);
const endings = new Set(['COMMIT', 'ROLLBACK']);

/**
 * Settings that a migration leaves in a session that its tool goes on with. What the application sets for each new connection is
 * not the migration's: such a statement comes first, and the migration's file does not name the setting.
 *
 * @param work the migration's statements
 * @param all every statement of the run
 * @param lost transactions that did not end with a COMMIT
 */
export function settingsLeftBy(
  { bytes }: Pick<Migration, 'bytes'>,
  work: readonly Meant[],
  all: readonly Recorded[],
  transactions: Transactions,
  lost: ReadonlySet<number>,
): LeftSetting[] {
  const file = letters(bytes.toString('utf8'));
  const own = new Set(work.map(({ recorded }) => recorded));
  const left = new Map<string, string | null>();
  for (const { recorded, parsed } of work) {
    const settings = parsed.flatMap(({ node }) => settingsIn(node) ?? []);
    const number = transactions.get(recorded);
    if (settings.length === 0 || recorded.error !== null || (number !== undefined && lost.has(number)))
      continue;
    const session = all.filter(({ connection }) => connection === recorded.connection);
    const before = session.filter(({ order }) => order < recorded.order);
    const later = session.filter((each) => each.order > recorded.order && !own.has(each));
    const goesOn = later.some(({ tag }) => !endings.has(tag ?? ''));
    const greets = before.every(({ tag }) => greetings.has(tag ?? 'SET'));
    for (const setting of settings.filter(({ local }) => !local)) {
      const { name, value } = setting;
      const isOwn = name !== null && (!greets || file.includes(letters(name)));
      if (name === null) left.clear();
      else if (isUsual(setting)) left.delete(name);
      else if (isOwn && goesOn && !later.some((each) => resets(each, name))) left.set(name, value);
    }
  }
  return [...left]
    .map(([name, after]) => ({ name, before: null, after }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What tools and pools do between two users of a session. */
const resets = ({ tag, text }: Recorded, name: string): boolean =>
  tag === 'DISCARD ALL' ||
  (tag === 'RESET' && [name, 'all'].some((what) => text.toLowerCase().includes(what)));

/** `schema_search_path`, `SET SEARCH_PATH` and `searchPath` name the same. */
const letters = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
