import type { Node } from '@pgsql/types';
import { parseFile } from '../../sql/parse.ts';
import { documentedLocks } from '../documented-locks.ts';
import { isTransactionControl, needsTransaction } from '../pieces.ts';
import { isCatalogQuery } from './catalog-query.ts';
import type { Status } from './record.ts';

/** A statement that is sent by itself. */
export interface Part {
  readonly text: string;
  /** Characters of the client's text before it. */
  readonly offset: number;
  /** Null: not known to our grammar, or several at once. */
  readonly node: Node | null;
  /**
   * `all`: it is observed. `after`: no question before it, since SET TRANSACTION must be able to follow it, or
   * since none is possible. `nothing`: it does nothing that could be seen.
   */
  readonly sees: 'all' | 'after' | 'nothing';
  /** It asks for `client_min_messages`, or sets it: ours must not be seen. */
  readonly asksLevel: boolean;
}

/** How a text of the client is run. */
export interface Plan {
  /**
   * `inside`: in the transaction that is open, or as it stands. `wrapped`: in a transaction of ours. `bare`: it must not
   * be in one, or it begins and ends some itself; what it leaves behind is compared.
   */
  readonly how: 'inside' | 'wrapped' | 'bare';
  readonly parts: readonly Part[];
}

/** What is known of a text that is to be planned. */
export interface Planned {
  readonly text: string;
  readonly status: Status;
  /** By a Query message: a text of several statements may be sent one by one, or once more. */
  readonly simple: boolean;
  /** The text is there as a whole, and our grammar reads it as the server does. */
  readonly readable: boolean;
  /** Names of the server's own functions. */
  readonly functions: ReadonlySet<string>;
}

export function planOf({ text, status, simple, readable, functions }: Planned): Plan {
  const parsed = readable ? parseFile(text) : null;
  const statements = parsed === null || parsed.error !== null ? null : parsed.statements;
  const whole = (node: Node | null, how: Plan['how']): Plan => ({
    how,
    parts: [partOf(text, 0, node, functions)],
  });
  if (statements?.length === 0) return { how: 'inside', parts: [{ ...nothing, text }] };
  if (statements === null) return whole(null, status === 'I' ? 'bare' : 'inside');
  const [first] = statements;
  if (statements.length === 1 && first !== undefined)
    return whole(first.node, howOf(first.node, status, simple, functions));
  const nodes = statements.map(({ node }) => node);
  const controls = nodes.map(isTransactionControl);
  // A message that opens a transaction and ends it, or does neither; what else there is cannot be cut.
  const opens = status === 'I' && begins(nodes[0]);
  const inner = controls.slice(opens ? 1 : 0, status === 'T' || opens ? -1 : undefined);
  const cut = simple && !inner.includes(true) && (status === 'I' || nodes.every(isNoBegin));
  if (!cut) return whole(null, status === 'E' ? 'inside' : 'bare');
  if (status === 'I' && !opens && nodes.some(isSavepoint)) return whole(null, 'bare');
  const ends = statements.map(({ start }) => start);
  return {
    how: status === 'I' && !opens ? 'wrapped' : 'inside',
    parts: statements.map(({ node }, index) => {
      const start = index === 0 ? 0 : (ends[index] ?? 0);
      const part = text.slice(start, ends[index + 1] ?? text.length);
      return partOf(part, [...text.slice(0, start)].length, node, functions);
    }),
  };
}

const nothing: Part = { text: '', offset: 0, node: null, sees: 'nothing', asksLevel: false };

function partOf(text: string, offset: number, node: Node | null, functions: ReadonlySet<string>): Part {
  return { text, offset, node, sees: seesOf(node, functions), asksLevel: levelWords.test(text) };
}

const levelWords = /client_min_messages|pg_settings|show\s+all|reset\s+all|current_setting/i;

function seesOf(node: Node | null, functions: ReadonlySet<string>): Part['sees'] {
  if (node === null) return 'all';
  if ('LockStmt' in node) return 'after';
  if ('TransactionStmt' in node)
    return node.TransactionStmt.kind === 'TRANS_STMT_ROLLBACK_TO' ? 'after' : 'nothing';
  if (harmless.some((kind) => kind in node) || isCatalogQuery(node, functions)) return 'nothing';
  return 'all';
}

/** What does nothing to a relation. */
const harmless = [
  'VariableSetStmt',
  'VariableShowStmt',
  'ListenStmt',
  'NotifyStmt',
  'UnlistenStmt',
  'PrepareStmt',
  'DeallocateStmt',
  'ClosePortalStmt',
  'ConstraintsSetStmt',
  'DiscardStmt',
  'CheckPointStmt',
  'LoadStmt',
] as const;

function howOf(node: Node, status: Status, simple: boolean, functions: ReadonlySet<string>): Plan['how'] {
  if (status !== 'I') return 'inside';
  if (isTransactionControl(node) || needsTransaction(node)) return 'inside';
  if ('DeclareCursorStmt' in node) return 'inside';
  const documented = documentedLocks(node);
  if (documented === null && seesOf(node, functions) === 'nothing') return 'inside';
  if (documented?.refuses === 'always') return 'bare';
  // Only a Query message can be sent once more when the server refuses to run it in a transaction.
  return mayRefuse(node) && !simple ? 'bare' : 'wrapped';
}

/** May the server refuse to run it in a transaction? */
export function mayRefuse(node: Node | null): boolean {
  if (node === null || documentedLocks(node) !== null) return true;
  return ['DoStmt', 'CallStmt', 'ExecuteStmt'].some((kind) => kind in node);
}

/** SET TRANSACTION and its like, which must stand before the first query, and what may stand before them. */
export const mayComeFirst = (node: Node | null): boolean =>
  node !== null && ('VariableSetStmt' in node || 'VariableShowStmt' in node || 'LockStmt' in node);

const kindOf = (node: Node | undefined): string | undefined =>
  node !== undefined && 'TransactionStmt' in node ? node.TransactionStmt.kind : undefined;

const begins = (node: Node | undefined): boolean =>
  kindOf(node) === 'TRANS_STMT_BEGIN' || kindOf(node) === 'TRANS_STMT_START';

const isNoBegin = (node: Node): boolean => !begins(node);
const isSavepoint = (node: Node): boolean => kindOf(node) !== undefined && !isTransactionControl(node);
