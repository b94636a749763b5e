import { urlPath } from '../../src/report/escape.ts';
import type { Links } from '../../src/report/markdown/markdown.ts';
import type {
  DatabaseReport,
  Finding,
  MigrationReport,
  OtherPullRequest,
  Report,
  StatementReport,
} from '../../src/report/model.ts';
import type { LockMode, RelationKind } from '../../src/run/trace.ts';

/** Short forms for reports written by hand; what is left out is what a quiet run would have. */

export const baseSha = '9f31c02a7de4b1c08f5a3e6d2b9c41f07a8e5d63';
export const headSha = 'e4b7a15f0c92d3861b7ae54f90d2c6831fa07b95';

/** Addresses as the action makes them. */
export const links: Links = {
  blob: (file, line, side) =>
    `https://github.com/acme/shop/blob/${side === 'base' ? baseSha : headSha}/${urlPath(file)}${line === null ? '' : `#L${line}`}`,
  run: 'https://github.com/acme/shop/actions/runs/1',
  docs: 'https://github.com/acme/migration-gate/blob/v1/docs',
};

/** A whole report; counts and verdict follow from the findings unless they are given. */
export function report(parts: Partial<Report>): Report {
  const findings = parts.findings ?? [];
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.allowed === null && finding.severity === severity).length;
  const counts = {
    error: count('error'),
    warning: count('warning'),
    notice: count('notice'),
    allowed: findings.filter((finding) => finding.allowed !== null).length,
  };
  const failOn = parts.failOn ?? 'error';
  const blocking = failOn === 'never' ? 0 : counts.error + (failOn === 'warning' ? counts.warning : 0);
  return {
    schemaVersion: 1,
    verdict: parts.undecided ? 'undecided' : blocking > 0 ? 'blocked' : 'pass',
    counts,
    undecided: null,
    base: { ref: 'main', sha: baseSha },
    head: { ref: 'feature/order-totals', sha: headSha },
    databases: [],
    findings,
    failOn,
    notes: [],
    notChecked: [],
    ...parts,
  };
}

export function database(parts: Partial<DatabaseReport>): DatabaseReport {
  const fresh = (parts.migrations ?? []).filter((migration) => migration.status === 'new').length;
  const path = parts.path ?? 'migrations';
  return {
    name: 'app',
    path,
    paths: [path],
    tool: 'plain',
    shadow: { provider: 'embedded', postgresVersion: '17.10', chosen: null, baseFromCache: false },
    timings: { bootMs: 640, baseMs: 410, headMs: 38, freshMs: 0, snapshotMs: 55, totalMs: 1_190 },
    migrationCounts: { base: 42, new: fresh },
    historyChanges: [],
    migrations: [],
    schemaChanges: [],
    divergence: [],
    schemaDiff: [],
    ...parts,
  };
}

export function migration(file: string, parts: Partial<MigrationReport> = {}): MigrationReport {
  const [, version = file, name = ''] = /(\d+)_?([^/.]*)[^/]*(?:\/migration\.sql)?$/.exec(file) ?? [];
  return {
    version,
    name,
    file,
    status: 'new',
    transaction: 'single',
    durationMs: 4.2,
    ran: parts.status !== 'edited',
    error: null,
    statements: [],
    ...parts,
  };
}

export function statement(line: number, sql: string, parts: Partial<StatementReport> = {}): StatementReport {
  return {
    index: 0,
    line,
    endLine: line + sql.split('\n').length - 1,
    sql,
    durationMs: 1.4,
    locks: [],
    rewrites: [],
    scans: [],
    ...parts,
  };
}

/** Another open pull request that is in nobody's way. */
export const otherPull = (parts: Partial<OtherPullRequest> = {}): OtherPullRequest => ({
  name: '#12',
  number: 12,
  title: 'Rename the mail column',
  ref: 'mail',
  sha: headSha,
  database: 'app',
  collisions: [],
  orders: { outcome: 'same' },
  ...parts,
});

export const lock = (
  mode: LockMode,
  relation: string,
  kind: RelationKind = 'table',
): StatementReport['locks'][number] => ({ schema: 'public', relation, kind, mode, new: true });

export function finding(
  rule: string,
  severity: Finding['severity'],
  parts: Partial<Finding> & { title: string; message: string },
): Finding {
  const line = parts.line ?? null;
  return {
    rule,
    severity,
    database: 'app',
    migration: null,
    file: null,
    line,
    endLine: line,
    object: null,
    evidence: null,
    fix: null,
    allowed: null,
    detail: null,
    ...parts,
  };
}
