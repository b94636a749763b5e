import type { AlterTableCmd, AlterTableStmt, Node, TypeName } from '@pgsql/types';
import { deparseSync } from 'pgsql-deparser';
import { parseFile } from './parse.ts';

/**
 * SQL of a parse tree, ending with `;`. Null when the text does not parse back to the same tree: the deparser
 * leaves out some clauses (INCLUDE of a UNIQUE constraint), and SQL that means something else must not be shown.
 */
export function write(node: Node): string | null {
  const sql = deparsed(node);
  if (sql === null) return null;
  const [statement, ...more] = parseFile(sql).statements;
  if (statement === undefined || more.length > 0 || !sameTree(statement.node, node)) return null;
  return `${sql};`;
}

/** SQL of an expression on one line, null where it cannot be written back faithfully. */
export function writeExpression(expression: Node): string | null {
  const select: Node = {
    SelectStmt: {
      targetList: [{ ResTarget: { val: expression } }],
      limitOption: 'LIMIT_OPTION_DEFAULT',
      op: 'SETOP_NONE',
    },
  };
  const sql = deparsed(select);
  const statement = sql === null ? undefined : parseFile(sql).statements[0];
  return statement !== undefined && sameTree(statement.node, select) ? deparsed(expression) : null;
}

/** SQL of a type's name, null where it cannot be written back faithfully. */
export function writeType(typeName: TypeName): string | null {
  const cast: Node = { TypeCast: { arg: { A_Const: { isnull: true } }, typeName } };
  return writeExpression(cast) === null ? null : deparsed({ TypeName: typeName } as Node);
}

/** `ALTER TABLE` with these commands instead of its own; null when there are none or they cannot be written. */
export function writeAlterTable(
  statement: AlterTableStmt,
  commands: readonly AlterTableCmd[],
): string | null {
  if (commands.length === 0) return null;
  return write({
    AlterTableStmt: { ...statement, cmds: commands.map((command) => ({ AlterTableCmd: command })) },
  });
}

/** A tree of one's own to change. */
export const copy = <Tree>(tree: Tree): Tree => structuredClone(tree);

/** Longer statements are broken into lines. */
const lineWidth = 110;

function deparsed(node: Node): string | null {
  try {
    const line = deparseSync(node, { pretty: false });
    return line.length <= lineWidth ? line : deparseSync(node, { pretty: true });
  } catch {
    // The deparser throws for nodes that it does not know; the finding then comes without a fix.
    return null;
  }
}

const sameTree = (left: Node, right: Node): boolean => canonical(left) === canonical(right);

/** Keys sorted, offsets and what is false left out: the trees come from different texts, and the parser omits false. */
function canonical(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => {
    if (key.endsWith('location') || key.startsWith('list_') || key.startsWith('rexpr_list_'))
      return undefined;
    if (value === false) return undefined;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
