import { parseDoBlock } from '../../sql/plpgsql.ts';
import type { RuleContext } from '../rule.ts';
import { below, type StatementOf, statementsOf } from '../statements.ts';

type Tree = Readonly<Record<string, unknown>>;

/** A loop of a DO block that ran, as PL/pgSQL's grammar reads it. */
export interface Loop {
  readonly place: StatementOf<'DoStmt'>;
  /** Nodes of its body. */
  readonly body: readonly Tree[];
}

const kinds = ['loop', 'while', 'fori', 'fors', 'forc', 'foreach_a', 'dynfors'].map(
  (kind) => `PLpgSQL_stmt_${kind}`,
);

/** Every loop of every DO block. */
export function loops(context: RuleContext): Loop[] {
  return [...statementsOf(context, 'DoStmt')].flatMap((place) => {
    const tree = parseDoBlock(place.statement.sql);
    return [...below(tree)].flatMap((node) =>
      kinds.flatMap((kind) => {
        const loop = node[kind] as Tree | undefined;
        return loop === undefined ? [] : [{ place, body: [...below(loop.body)] }];
      }),
    );
  });
}

export const contains = (body: readonly Tree[], kind: string): boolean => body.some((node) => kind in node);

/** Texts of the statements that a body sends, as far as they stand there. */
export const queries = (body: readonly Tree[]): string[] =>
  body.flatMap((node) => {
    const sent = node.PLpgSQL_stmt_execsql as { sqlstmt?: { PLpgSQL_expr?: { query?: string } } } | undefined;
    const query = sent?.sqlstmt?.PLpgSQL_expr?.query;
    return query === undefined ? [] : [query];
  });
