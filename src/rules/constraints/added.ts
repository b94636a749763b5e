import type { AlterTableCmd, Constraint } from '@pgsql/types';
import type { CatalogObject } from '../../catalog/model.ts';
import { parseFile } from '../../sql/parse.ts';
import { constraintsOf, strings } from '../alter-table.ts';
import { at, hiddenIn, nameOf, type Place } from '../observed.ts';
import type { FindingDraft, RuleContext } from '../rule.ts';
import { candidates, completed } from '../statements.ts';

/** Constraints that base has not and that the pull request's schema has; those of partitions are told with the parent's. */
export const constraintsAdded = (context: RuleContext): CatalogObject[] =>
  (context.after?.objects ?? []).filter(
    ({ type, identity, inheritedFrom }) =>
      type === 'constraint' &&
      inheritedFrom === null &&
      context.before !== null &&
      context.before.byIdentity(identity) === undefined,
  );

/** Had base a constraint of this kind on the same columns? It was dropped and made again, with another action, say. */
export const hadBefore = ({ before }: RuleContext, made: CatalogObject): boolean =>
  (before?.objects ?? []).some(
    ({ type, containerIdentity, facts, columns }) =>
      type === 'constraint' &&
      containerIdentity === made.containerIdentity &&
      facts.kind === made.facts.kind &&
      columns.join() === made.columns.join(),
  );

/** Is the constraint's table one that base has? */
export const onBaseTable = (context: RuleContext, { containerIdentity }: CatalogObject): boolean =>
  context.before?.byIdentity(containerIdentity) !== undefined;

/** Names of the columns that a constraint or index is about, in their order. */
export const columnsOf = (catalog: RuleContext['after'], { columns }: CatalogObject): string[] =>
  columns.flatMap((identity) => catalog?.byIdentity(identity)?.local ?? []);

/** The statement that made a constraint; a hidden one only where a lock on the table gives it away. */
export function madeBy(context: RuleContext, made: CatalogObject): Place | undefined {
  const columns = columnsOf(context.after, made);
  const found = [...completed(context)].filter(
    (place) =>
      isOn(context, place, made) && constraintsIn(place).some((each) => isMeant(each, made, columns)),
  );
  if (found.length > 0) return found.at(-1);
  // It may have got another name since.
  const renamed = [...completed(context)].find(
    (place) =>
      isOn(context, place, made) &&
      constraintsIn(place).some(
        ({ constraint, columns: on }) =>
          constraint.conname !== undefined &&
          context.after?.byName('constraint', `${made.container}.${constraint.conname}`) === undefined &&
          isMeant({ constraint: { ...constraint, conname: made.local }, columns: on }, made, columns),
      ),
  );
  if (renamed !== undefined) return renamed;
  return [...completed(context)].find(
    ({ statement }) =>
      hiddenIn(statement) !== null &&
      statement.locks.some((lock) => lock.new && nameOf(lock) === made.container),
  );
}

/** Where a finding about a constraint points to: nowhere when nothing tells which statement made it. */
export const placed = (
  place: Place | undefined,
): Pick<FindingDraft, 'migration' | 'file' | 'line' | 'endLine' | 'statement'> =>
  place === undefined ? { migration: null, file: null, line: null, endLine: null } : at(place);

function isOn(context: RuleContext, place: Place, made: CatalogObject): boolean {
  const { node } = place.statement;
  const relation =
    node === null
      ? undefined
      : 'AlterTableStmt' in node
        ? node.AlterTableStmt.relation
        : 'CreateStmt' in node
          ? node.CreateStmt.relation
          : undefined;
  if (relation?.relname === undefined) return false;
  const base = context.resolve(relation.schemaname, relation.relname, place.statement);
  if (base !== undefined) return made.containerIdentity === `pg_class:${base.oid}`;
  return candidates({ schema: relation.schemaname, name: relation.relname }, place).includes(made.container);
}

interface Written {
  readonly constraint: Constraint;
  readonly columns: readonly string[];
}

/** Constraints that a statement writes, those of columns included. */
function constraintsIn({ statement: { node } }: Place): Written[] {
  if (node === null) return [];
  const definitions =
    'CreateStmt' in node
      ? (node.CreateStmt.tableElts ?? [])
      : 'AlterTableStmt' in node
        ? (node.AlterTableStmt.cmds ?? []).flatMap((cmd) =>
            'AlterTableCmd' in cmd ? (added(cmd.AlterTableCmd) ?? []) : [],
          )
        : [];
  return definitions.flatMap((definition): Written[] => {
    if ('Constraint' in definition) {
      const constraint = definition.Constraint;
      return [{ constraint, columns: strings(constraint.fk_attrs ?? constraint.keys) }];
    }
    if (!('ColumnDef' in definition)) return [];
    const column = definition.ColumnDef;
    return constraintsOf(column).map((constraint) => ({ constraint, columns: [column.colname ?? ''] }));
  });
}

const added = ({ subtype, def }: AlterTableCmd) =>
  subtype === 'AT_AddConstraint' || subtype === 'AT_AddColumn' ? def : undefined;

const types = {
  'primary-key': 'CONSTR_PRIMARY',
  unique: 'CONSTR_UNIQUE',
  exclusion: 'CONSTR_EXCLUSION',
  check: 'CONSTR_CHECK',
  'foreign-key': 'CONSTR_FOREIGN',
} as const;

function isMeant({ constraint, columns }: Written, made: CatalogObject, of: readonly string[]): boolean {
  if (constraint.contype !== types[made.facts.kind as keyof typeof types]) return false;
  if (constraint.conname !== undefined) return constraint.conname === made.local;
  return columns.length === 0 || columns.join('\n') === of.join('\n');
}

/** The constraint of a catalog as the parser has it: what it references, for one thing. */
export function parsedConstraint({ facts }: CatalogObject): Constraint | undefined {
  const [statement] = parseFile(`ALTER TABLE t ADD ${facts.clause}`).statements;
  const node = statement?.node;
  const [cmd] = node !== undefined && 'AlterTableStmt' in node ? (node.AlterTableStmt.cmds ?? []) : [];
  const def = cmd !== undefined && 'AlterTableCmd' in cmd ? cmd.AlterTableCmd.def : undefined;
  return def !== undefined && 'Constraint' in def ? def.Constraint : undefined;
}
