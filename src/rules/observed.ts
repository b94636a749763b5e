import { blocks, strongest } from '../run/locks.ts';
import type { BaseRelation, MigrationTrace, ObservedLock, StatementTrace } from '../run/trace.ts';
import type { Evidence, FindingDraft, RuleContext } from './rule.ts';

/** A statement with the migration it stands in. */
export interface Place {
  readonly migration: MigrationTrace;
  readonly statement: StatementTrace;
}

/** Every statement that ran, in order. */
export function* places(context: RuleContext): Generator<Place> {
  for (const migration of context.migrations) {
    for (const statement of migration.statements) yield { migration, statement };
  }
}

/** Where a finding about a statement points to. */
export const at = ({ migration, statement }: Place) =>
  ({
    migration: migration.version,
    file: migration.file,
    line: statement.line,
    endLine: statement.endLine,
    statement: statement.index,
  }) satisfies Partial<FindingDraft>;

/** Is a finding about this statement? A file may hold several migrations, each with statements of its own. */
export const isAbout = (draft: FindingDraft, { migration, statement }: Place): boolean =>
  draft.file === migration.file &&
  draft.migration === migration.version &&
  draft.statement === statement.index;

export const nameOf = (relation: { readonly schema: string; readonly relation: string }): string =>
  `${relation.schema}.${relation.relation}`;

/** Locks on one base relation after the statement. By oid: the statement may have renamed it. */
export const locksOn = (statement: StatementTrace, oid: number): ObservedLock[] =>
  statement.locks.filter((lock) => lock.oid === oid);

/** What was seen of one base relation while the statement ran. */
export function evidenceOn(statement: StatementTrace, relation: BaseRelation): Evidence {
  const lock = strongest(locksOn(statement, relation.oid));
  return {
    lock: lock?.mode ?? null,
    blocks: lock === undefined ? [] : blocks(lock.mode),
    scan: readsRows(statement),
    rewrite: statement.rewrites.includes(nameOf(relation)),
  };
}

/** Did the statement read all rows of some base table: a scan, a check of every row or an index build? */
export const readsRows = (statement: StatementTrace): boolean =>
  statement.scans.length > 0 || verifiedTable(statement) || builtIndexes(statement).length > 0;

/** "verifying table" is said when ALTER TABLE reads every row to check a constraint, on an empty table too. */
export const verifiedTable = (statement: StatementTrace): boolean =>
  statement.proofs.some((proof) => proof.startsWith('verifying table '));

/** "validating foreign key constraint": the rows of the referencing table are joined with the referenced one. */
export const validatedForeignKey = (statement: StatementTrace): boolean =>
  statement.proofs.some((proof) => proof.startsWith('validating foreign key constraint '));

/** The server read existing constraints instead of the rows, for this column. */
export const provenNotNull = (statement: StatementTrace, table: string, column: string): boolean =>
  statement.proofs.some((proof) =>
    proof.startsWith(`existing constraints on column "${table}.${column}" are sufficient`),
  );

/** Indexes that the statement built, by the server's own words; the names come without their schema. */
export function builtIndexes(statement: StatementTrace): { index: string; table: string }[] {
  return statement.proofs.flatMap((proof) => {
    // 'building index "a" on table "b" serially' or '… with request for 2 parallel workers'
    const match = /^building index "(.*)" on table "(.*)" (?:serially|with request )/s.exec(proof);
    return match === null ? [] : [{ index: match[1] ?? '', table: match[2] ?? '' }];
  });
}

/** What a finding that accounts for all of a statement's reading and rewriting says it explains. */
export const everythingOf = (statement: StatementTrace): string[] => [
  ...new Set([...statement.scans, ...statement.rewrites]),
];

/** Where the work hides, when the statement's text is not the statement that did it. */
export function hiddenIn(statement: StatementTrace): string | null {
  const { node } = statement;
  if (node === null) return 'a statement that could not be analysed';
  if ('DoStmt' in node) return 'a DO block';
  if ('CallStmt' in node) return 'a procedure';
  if ('SelectStmt' in node) return 'a function';
  if ('ExecuteStmt' in node) return 'a prepared statement';
  return null;
}
