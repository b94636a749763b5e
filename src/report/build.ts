import { erDiagram } from '../catalog/er-diagram.ts';
import type { Config, DatabaseConfig } from '../config/options.ts';
import type { Undecided } from '../errors.ts';
import type { HistoryComparison } from '../history/change.ts';
import type { Rehearsal } from '../run/rehearsal.ts';
import type { MigrationTrace, StatementTrace, TouchedRelation } from '../run/trace.ts';
import type {
  DatabaseReport,
  Finding,
  MigrationReport,
  Report,
  StatementReport,
  TouchedReport,
} from './model.ts';

/** A statement of many megabytes belongs into no report. */
const longestSql = 20_000;

/** The report's part for one database. */
export function databaseReport(input: {
  readonly config: DatabaseConfig;
  readonly baseCount: number;
  /** Directories that were read, where that is more than the database's own. */
  readonly paths: readonly string[];
  readonly comparison: HistoryComparison;
  readonly rehearsal: Rehearsal | null;
  /** What is when a deploy stops inside of a migration. */
  readonly halfWay?: (trace: MigrationTrace) => MigrationReport['ifItFails'] | null;
  /** What the rules saw in a migration and the settings keep quiet about. */
  readonly notJudged?: (trace: MigrationTrace) => NonNullable<MigrationReport['notJudged']>;
}): DatabaseReport {
  const { config, comparison, rehearsal, halfWay = () => null, notJudged = () => [] } = input;
  const diagram =
    rehearsal === null ? null : erDiagram(rehearsal.before, rehearsal.after, rehearsal.schemaChanges);
  return {
    name: config.name,
    path: config.path,
    paths: input.paths.length === 0 ? [config.path] : input.paths,
    tool: config.tool,
    shadow: rehearsal?.shadow ?? null,
    timings: rehearsal?.timings ?? null,
    migrationCounts: { base: input.baseCount, new: comparison.pending.length },
    historyChanges: comparison.changes.map(({ kind, file, previousFile, version }) => ({
      kind,
      file,
      previousFile,
      version,
    })),
    migrations: [
      ...(rehearsal?.traced.migrations ?? []).map((trace) =>
        migrationReport(trace, halfWay(trace) ?? null, notJudged(trace)),
      ),
      ...comparison.edited.map(
        ({ version, name, file, transaction }): MigrationReport => ({
          version,
          name,
          file,
          status: 'edited',
          transaction: transaction === 'none' ? 'none' : 'single',
          durationMs: null,
          ran: false,
          error: null,
          statements: [],
        }),
      ),
    ],
    schemaChanges: rehearsal?.schemaChanges ?? [],
    divergence: rehearsal?.divergence ?? [],
    schemaDiff: rehearsal?.schemaDiff ?? [],
    ...(diagram === null ? {} : { erDiagram: diagram }),
  };
}

function migrationReport(
  trace: MigrationTrace,
  ifItFails: MigrationReport['ifItFails'] | null,
  notJudged: NonNullable<MigrationReport['notJudged']>,
): MigrationReport {
  const { version, name, file, status, transaction, durationMs, ran, rolledBack, refused, error } = trace;
  return {
    version,
    name,
    file,
    status,
    transaction,
    durationMs,
    ran,
    ...(rolledBack ? { rolledBack } : {}),
    ...(refused === null ? {} : { refused: { line: refused.line, message: refused.says } }),
    error:
      error === null
        ? null
        : {
            ...(error.file === undefined ? {} : { file: error.file }),
            sqlstate: error.sqlstate,
            message: error.message,
            detail: error.detail,
            hint: error.hint,
            line: error.line,
            column: error.column,
          },
    ...(ifItFails == null ? {} : { ifItFails }),
    ...(notJudged.length === 0 ? {} : { notJudged }),
    ...(trace.leftOpen ? { leftOpen: true } : {}),
    ...(trace.settingsLeft.length === 0 ? {} : { settingsLeft: trace.settingsLeft }),
    statements: trace.statements.map(statementReport),
  };
}

function statementReport(trace: StatementTrace): StatementReport {
  const { index, line, endLine, sql, durationMs, rewrites, scans } = trace;
  return {
    index,
    line,
    endLine,
    sql: sql.length <= longestSql ? sql : `${sql.slice(0, longestSql)} …`,
    durationMs,
    locks: trace.locks.map(({ schema, relation, kind, mode, new: isNew }) => ({
      schema,
      relation,
      kind,
      mode,
      new: isNew,
    })),
    rewrites,
    scans,
    source: trace.source,
    ...(trace.created.length === 0 ? {} : { created: trace.created.map(touched) }),
    ...(trace.dropped.length === 0 ? {} : { dropped: trace.dropped.map(touched) }),
    ...(trace.invalidIndexes.length === 0 ? {} : { invalidIndexes: trace.invalidIndexes }),
    ...(trace.rowsWritten === null ? {} : { rowsWritten: trace.rowsWritten }),
    ...(trace.proofs.length === 0 ? {} : { proofs: trace.proofs }),
  };
}

const touched = ({ type, name }: TouchedRelation): TouchedReport => ({ kind: type, name });

/** Puts the parts together and comes to the verdict. */
export function buildReport(input: {
  readonly base: Report['base'];
  readonly head: Report['head'];
  readonly failOn: Config['failOn'];
  readonly databases: readonly DatabaseReport[];
  readonly findings: readonly Finding[];
  readonly undecided: Undecided | null;
  readonly notes: readonly string[];
  readonly notChecked: readonly string[];
}): Report {
  const counting = input.findings.filter(({ allowed }) => allowed === null);
  const count = (severity: Finding['severity']) =>
    counting.filter((finding) => finding.severity === severity).length;
  const counts = {
    error: count('error'),
    warning: count('warning'),
    notice: count('notice'),
    allowed: input.findings.length - counting.length,
  };
  return {
    schemaVersion: 1,
    verdict: input.undecided !== null ? 'undecided' : isBlocked(counts, input.failOn) ? 'blocked' : 'pass',
    counts,
    undecided:
      input.undecided === null
        ? null
        : {
            reason: input.undecided.reason,
            file: input.undecided.place?.file ?? null,
            line: input.undecided.place?.line ?? null,
            message: input.undecided.message,
          },
    base: input.base,
    head: input.head,
    databases: input.databases,
    findings: input.findings,
    failOn: input.failOn,
    notes: input.notes,
    notChecked: [...new Set(input.notChecked)],
  };
}

function isBlocked(counts: Report['counts'], failOn: Config['failOn']): boolean {
  if (failOn === 'never') return false;
  return counts.error > 0 || (failOn === 'warning' && counts.warning > 0);
}
