import { parseFile } from '../../sql/parse.ts';
import type { PrismaVersion } from './version.ts';

/**
 * Does this version of Prisma send the script statement by statement, each committing by itself?
 *
 * From 7.4 on the engine cuts the script at its statements (prisma-engines #5767, #5799), which it finds with the
 * Rust parser sqlparser. A script with one statement that this parser cannot read goes to the server whole, as
 * all scripts did before (#5847). The table below is what sqlparser 0.61 and 0.62 both read, tried statement by
 * statement; what is not in it counts as not read, so that locks are rather thought to be held too long.
 */
export function splitsIntoStatements(sql: string, version: PrismaVersion | null): boolean {
  // Unknown: rather believe that locks are held too long than too short.
  if (version === null || version.major < 7 || (version.major === 7 && version.minor < 4)) return false;
  const { statements, error } = parseFile(sql);
  if (error !== null || statements.length === 0) return false;
  return statements.every(({ node }) =>
    Object.entries(node).every(([kind, body]) => readable[kind]?.(body as Body) ?? false),
  );
}

type Body = Record<string, unknown>;

const yes = () => true;
const oneOf = (value: unknown, prefix: string, names: string): boolean =>
  names.split(' ').some((name) => value === prefix + name);
const nodes = (value: unknown, kind: string): Body[] =>
  (Array.isArray(value) ? (value as (Record<string, Body> | undefined)[]) : []).flatMap((entry): Body[] => {
    const body = entry?.[kind];
    return body === undefined ? [] : [body];
  });

/** EXCLUDE constraints and `UNIQUE USING INDEX` are not read. */
const readableConstraint = (constraint: Body): boolean =>
  constraint.contype !== 'CONSTR_EXCLUSION' && constraint.indexname === undefined;

const commands =
  'AddColumn DropColumn ColumnDefault SetNotNull DropNotNull AlterColumnType AddConstraint ValidateConstraint DropConstraint ChangeOwner EnableRowSecurity DisableRowSecurity ForceRowSecurity NoForceRowSecurity AddIdentity SetRelOptions ReplicaIdentity EnableTrigAll DisableTrigAll';

const readable: Readonly<Record<string, (body: Body) => boolean>> = {
  CreateStmt: (body) =>
    (body.relation as Body | undefined)?.relpersistence !== 'u' &&
    nodes(body.tableElts, 'TableLikeClause').every(
      (like) => like.options === undefined || like.options === 0,
    ) &&
    nodes(body.tableElts, 'Constraint').every(readableConstraint),
  AlterTableStmt: (body) =>
    body.objtype === 'OBJECT_TABLE' &&
    nodes(body.cmds, 'AlterTableCmd').every(
      (command) =>
        oneOf(command.subtype, 'AT_', commands) &&
        nodes([command.def], 'Constraint').every(readableConstraint),
    ),
  RenameStmt: (body) =>
    oneOf(body.renameType, 'OBJECT_', 'TABLE COLUMN TABCONSTRAINT INDEX TYPE SCHEMA') &&
    (body.relationType ?? 'OBJECT_TABLE') !== 'OBJECT_VIEW',
  IndexStmt: (body) => (body.relation as Body | undefined)?.inh === true,
  DropStmt: (body) =>
    body.concurrent !== true &&
    oneOf(
      body.removeType,
      'OBJECT_',
      'INDEX TABLE VIEW MATVIEW SCHEMA FUNCTION TRIGGER POLICY EXTENSION SEQUENCE TYPE DOMAIN',
    ),
  CreateEnumStmt: yes,
  CompositeTypeStmt: yes,
  AlterEnumStmt: yes,
  CreateExtensionStmt: yes,
  CreateSchemaStmt: yes,
  ViewStmt: yes,
  CreateTableAsStmt: (body) => (body.into as Body | undefined)?.skipData !== true,
  // Its options are read in one order only.
  CreateSeqStmt: (body) => nodes(body.options, 'DefElem').length <= 1,
  CreateDomainStmt: yes,
  CreateFunctionStmt: (body) =>
    body.is_procedure !== true &&
    // `RETURNS SETOF` is not read, `RETURNS TABLE` (which the parse tree calls a set too) is.
    ((body.returnType as Body | undefined)?.setof !== true ||
      nodes(body.parameters, 'FunctionParameter').some(({ mode }) => mode === 'FUNC_PARAM_TABLE')) &&
    nodes(body.options, 'DefElem').every(
      (option) => !oneOf(option.defname, '', 'cost rows support window transform'),
    ),
  CreateTrigStmt: yes,
  CreatePolicyStmt: yes,
  AlterPolicyStmt: yes,
  CreateRoleStmt: yes,
  AlterRoleSetStmt: yes,
  CallStmt: yes,
  InsertStmt: yes,
  UpdateStmt: yes,
  DeleteStmt: yes,
  SelectStmt: yes,
  VariableSetStmt: yes,
  TransactionStmt: yes,
  GrantStmt: yes,
  TruncateStmt: yes,
  CommentStmt: (body) => oneOf(body.objtype, 'OBJECT_', 'TABLE COLUMN'),
  VacuumStmt: (body) => body.options === undefined && (body.is_vacuumcmd !== true || body.rels === undefined),
  CreatedbStmt: yes,
  DropdbStmt: yes,
};
