import type { Node } from '@pgsql/types';
import { identifier, qualified, withEnding } from '../../sql/names.ts';
import { copy, writeExpression } from '../../sql/write.ts';
import type { AlterTable } from '../alter-table.ts';

/**
 * A trigger that works out a column in new and changed rows: its function and itself, and what takes both
 * away again. Null when the expression cannot be written.
 * @param expression in terms of the table's columns
 */
export function keptByTrigger(
  alter: AlterTable,
  column: string,
  expression: Node,
): { readonly create: readonly string[]; readonly drop: readonly string[] } | null {
  const value = writeExpression(ofNewRow(expression));
  if (value === null) return null;
  const name = withEnding(`${alter.table.relation}_${column}`, '_sync');
  const fn = qualified(alter.node.relation?.schemaname, name);
  const body = `BEGIN
  new.${identifier(column)} := ${value};
  RETURN new;
END`;
  let quote = '$$';
  for (let tag = 0; body.includes(quote); tag += 1) quote = `$body${tag}$`;
  return {
    create: [
      `CREATE FUNCTION ${fn}() RETURNS trigger LANGUAGE plpgsql AS ${quote}\n${body}\n${quote};`,
      `CREATE TRIGGER ${identifier(name)} BEFORE INSERT OR UPDATE ON ${alter.sqlName} FOR EACH ROW EXECUTE FUNCTION ${fn}();`,
    ],
    drop: [`DROP TRIGGER ${identifier(name)} ON ${alter.sqlName};`, `DROP FUNCTION ${fn}();`],
  };
}

/** Columns of the table as columns of the trigger's NEW row. */
function ofNewRow(expression: Node): Node {
  const changed = copy(expression);
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    if ('ColumnRef' in value) {
      const reference = value.ColumnRef as { fields?: Node[] };
      if (reference.fields?.length === 1) reference.fields.unshift({ String: { sval: 'new' } });
      return;
    }
    Object.values(value).forEach(visit);
  };
  visit(changed);
  return changed;
}
