import type { ColumnDef, Constraint, Node, RangeVar } from '@pgsql/types';
import { at, type Place } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { completed, nameParts } from '../statements.ts';

/** A convention's rule: off until the config gives it a severity, and a notice by itself. */
export const convention = (
  rule: Omit<Rule, 'about' | 'severity' | 'byDefault'> & { readonly severity?: Rule['severity'] },
): Rule => ({ about: 'convention', severity: 'notice', byDefault: 'off', ...rule });

/** A finding of a convention: nothing was seen on the server, the text is what it is about. */
export const advice = (
  place: Place,
  object: string | null,
  title: string,
  message: string,
): FindingDraft => ({
  ...at(place),
  object,
  title,
  message,
  evidence: null,
  fix: null,
});

/** A column that a statement of the pull request defines. */
export interface DefinedColumn {
  readonly place: Place;
  /** The table as the statement writes it. */
  readonly table: string;
  readonly column: ColumnDef;
  readonly name: string;
  /** The type's own name in small letters: `int4`, `varchar`, `serial`. */
  readonly type: string;
  readonly modifiers: number;
}

/** Columns of CREATE TABLE and ADD COLUMN. */
export function* definedColumns(context: RuleContext): Generator<DefinedColumn> {
  for (const place of completed(context)) {
    for (const { table, node } of elements(place.statement.node)) {
      if (!('ColumnDef' in node)) continue;
      const column = node.ColumnDef;
      yield {
        place,
        table,
        column,
        name: column.colname ?? '',
        type: nameParts(column.typeName?.names).name.toLowerCase(),
        modifiers: column.typeName?.typmods?.length ?? 0,
      };
    }
  }
}

/** Constraints of CREATE TABLE and ALTER TABLE, those that stand at a column included. */
export function* definedConstraints(
  context: RuleContext,
): Generator<{ place: Place; table: string; constraint: Constraint }> {
  for (const place of completed(context)) {
    for (const { table, node } of elements(place.statement.node)) {
      const nodes = 'ColumnDef' in node ? (node.ColumnDef.constraints ?? []) : [node];
      for (const each of nodes) if ('Constraint' in each) yield { place, table, constraint: each.Constraint };
    }
  }
}

function elements(node: Node | null): { table: string; node: Node }[] {
  if (node === null) return [];
  if ('CreateStmt' in node) {
    const table = written(node.CreateStmt.relation);
    // Temporary tables are nobody's schema.
    if (node.CreateStmt.relation?.relpersistence === 't') return [];
    return (node.CreateStmt.tableElts ?? []).map((each) => ({ table, node: each }));
  }
  if (!('AlterTableStmt' in node)) return [];
  const table = written(node.AlterTableStmt.relation);
  return (node.AlterTableStmt.cmds ?? []).flatMap((each) => {
    if (!('AlterTableCmd' in each)) return [];
    const { subtype, def } = each.AlterTableCmd;
    const adds = subtype === 'AT_AddColumn' || subtype === 'AT_AddConstraint';
    return adds && def !== undefined ? [{ table, node: def }] : [];
  });
}

/** A name as the statement writes it, unquoted. */
export const written = (relation: RangeVar | undefined): string =>
  [relation?.schemaname, relation?.relname].filter((part) => part !== undefined && part !== '').join('.');

/** A rule about the types of new columns. */
export function typeConvention({
  applies,
  says,
  ...rule
}: Omit<Rule, 'about' | 'severity' | 'byDefault' | 'check'> & {
  readonly applies: (column: DefinedColumn) => boolean;
  /** What to write instead, as a sentence. */
  readonly says: (column: DefinedColumn) => string;
}): Rule {
  return convention({
    ...rule,
    check: (context) =>
      [...definedColumns(context)]
        .filter(applies)
        .map((defined) =>
          advice(
            defined.place,
            `${defined.table}.${defined.name}`,
            `${defined.table}.${defined.name} is of type ${spelled[defined.type] ?? defined.type}`,
            says(defined),
          ),
        ),
  });
}

/** Types as people write them. */
const spelled: Readonly<Record<string, string>> = {
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  bpchar: 'char(n)',
  varchar: 'varchar(n)',
};
