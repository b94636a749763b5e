import type { SchemaChange } from '../catalog/model.ts';
import type { UndecidedReason } from '../errors.ts';
import type { HistoryChangeKind } from '../history/change.ts';
import type { Collision } from '../history/collisions.ts';
import type { Evidence, Severity } from '../rules/rule.ts';
import type { BothOrders } from '../run/both-orders.ts';
import type { LockMode, RelationKind } from '../run/trace.ts';
import type { Code } from '../tools/words/words.ts';

/**
 * The report: the one value that every output (terminal, Markdown, JSON, annotations) is rendered from. It
 * is plain JSON; `report.schema.json` in this folder describes it for other programs.
 */
export interface Report {
  readonly schemaVersion: 1;
  readonly verdict: 'pass' | 'blocked' | 'undecided';
  readonly counts: {
    readonly error: number;
    readonly warning: number;
    readonly notice: number;
    readonly allowed: number;
  };
  /** Why there is no verdict, when there is none. */
  readonly undecided: {
    readonly reason: UndecidedReason;
    readonly file: string | null;
    readonly line: number | null;
    readonly message: string;
  } | null;
  readonly base: { readonly ref: string; readonly sha: string | null };
  readonly head: { readonly ref: string; readonly sha: string | null };
  readonly databases: readonly DatabaseReport[];
  readonly findings: readonly Finding[];
  /** The threshold that made the verdict. */
  readonly failOn: 'error' | 'warning' | 'never';
  /** What blocks was accepted for the whole pull request by a label. Absent: it was not. */
  readonly override?: {
    readonly label: string;
    /** Login of who set it. */
    readonly by: string;
    /** When, as ISO 8601. */
    readonly at: string;
  };
  /** Other open pull requests, where they were asked for (`check-open-prs`, `--also`). No part of the verdict. */
  readonly openPullRequests?: OpenPullRequestsReport;
  /** One sentence each: what was fetched, what was assumed, which files were passed over. */
  readonly notes: readonly string[];
  /** One sentence each: what this run could not or did not look at. */
  readonly notChecked: readonly string[];
}

export interface OpenPullRequestsReport {
  /** Those whose migrations were held against this one's, an entry for each database. */
  readonly others: readonly OtherPullRequest[];
  /** One sentence each: what could not be looked at, and why. */
  readonly notes: readonly string[];
}

export interface OtherPullRequest {
  /** `#12`, or the reference that `--also` names. */
  readonly name: string;
  /** Null where `--also` names it. */
  readonly number: number | null;
  readonly title: string | null;
  /** Name of its branch. */
  readonly ref: string;
  /** Commit that was looked at. */
  readonly sha: string | null;
  readonly database: string;
  readonly collisions: readonly Collision[];
  /** What deploying both, in one order and in the other, comes to. */
  readonly orders: BothOrders;
}

export interface DatabaseReport {
  readonly name: string;
  readonly path: string;
  readonly paths: readonly string[];
  readonly tool: string;
  /** Null when no migration changed, so that no server was needed. */
  readonly shadow: {
    readonly provider: string;
    /** Which server it was, and why, where there was a choice: an image with its digest, a machine's name. */
    readonly chosen: string | null;
    readonly postgresVersion: string;
    readonly baseFromCache: boolean;
  } | null;
  readonly timings: {
    readonly bootMs: number;
    readonly baseMs: number;
    readonly headMs: number;
    readonly freshMs: number;
    readonly snapshotMs: number;
    readonly totalMs: number;
  } | null;
  readonly migrationCounts: { readonly base: number; readonly new: number };
  readonly historyChanges: readonly {
    readonly kind: HistoryChangeKind;
    readonly file: string;
    readonly previousFile: string | null;
    readonly version: string;
  }[];
  readonly migrations: readonly MigrationReport[];
  readonly schemaChanges: readonly SchemaChange[];
  readonly divergence: readonly SchemaChange[];
  /** Unified diff of canonical DDL, one entry per changed table, view, type …; what `schemaChanges` says, as text. */
  readonly schemaDiff: readonly { readonly object: string; readonly diff: string }[];
  /** Mermaid's ER diagram of the changed tables; absent where it would show nothing. */
  readonly erDiagram?: string;
}

export interface MigrationReport {
  readonly version: string;
  readonly name: string;
  readonly file: string;
  readonly status: 'new' | 'edited';
  readonly transaction: 'single' | 'none' | 'own';
  readonly durationMs: number | null;
  /** False when an earlier failure kept the tool from coming to it. */
  readonly ran: boolean;
  /** It ran, and was taken back with a later migration of the same transaction. Absent means false. */
  readonly rolledBack?: boolean;
  /** The tool itself stops at this file, in its words, so that it did not run. Absent means that it does not. */
  readonly refused?: { readonly line: number; readonly message: string };
  readonly error: {
    /** Path of the file where it stands, a hook's. Absent means the migration's own. */
    readonly file?: string;
    readonly sqlstate: string;
    readonly message: string;
    readonly detail: string | null;
    readonly hint: string | null;
    readonly line: number;
    readonly column: number | null;
  } | null;
  /** What is when a deploy stops inside of it. Absent: it did not run here. */
  readonly ifItFails?: {
    readonly leaves: string;
    readonly next: string;
    readonly commands: readonly string[];
  };
  /** Rules that saw something in it, more than a notice, and what keeps them quiet. Absent means none. */
  readonly notJudged?: readonly {
    readonly rule: string;
    readonly because: 'rule-off' | 'ignore-migrations-before';
  }[];
  /** The file began a transaction and did not end it. Absent means false. */
  readonly leftOpen?: boolean;
  /** Settings that the next migration of the session finds changed. Absent means none. */
  readonly settingsLeft?: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly statements: readonly StatementReport[];
}

/** A relation that a statement made or removed. */
export interface TouchedReport {
  readonly kind: RelationKind;
  /** `schema.relation`, unquoted. */
  readonly name: string;
}

export interface StatementReport {
  readonly index: number;
  readonly line: number;
  readonly endLine: number;
  readonly sql: string;
  readonly durationMs: number;
  readonly locks: readonly {
    readonly schema: string;
    readonly relation: string;
    readonly kind: RelationKind;
    readonly mode: LockMode;
    readonly new: boolean;
  }[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
  /** Absent means `observed`. `documented`: known from the manual, since the statement refuses a transaction block. */
  readonly source?: 'observed' | 'documented' | 'unknown';
  /** Absent means none, in this and the next two. */
  readonly created?: readonly TouchedReport[];
  readonly dropped?: readonly TouchedReport[];
  /** Indexes that it left INVALID. */
  readonly invalidIndexes?: readonly string[];
  /** Rows that it wrote on the shadow, which holds none but those of the migrations; absent for what writes none. */
  readonly rowsWritten?: number;
  /** The server's own words about why rows were read or not. Absent means none. */
  readonly proofs?: readonly string[];
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly database: string;
  /** Version of the migration, null when it is about none. */
  readonly migration: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  /** `index` of its statement, where several of the migration stand on that line; absent: the line tells. */
  readonly statement?: number;
  readonly object: string | null;
  /** Headline: what happens to whom. Plain text. */
  readonly title: string;
  readonly message: string;
  readonly evidence: Evidence | null;
  readonly fix: {
    readonly sql: string;
    readonly verified: boolean;
    /** What it is, where it does not stand in place of a statement. */
    readonly heading?: string;
    /** The same as code of the migration's own tool, where its migrations are programs. */
    readonly code?: Code;
    /** Lines of `file`, and the SQL that can be written over them as it stands; absent: there is more to do. */
    readonly replaces?: { readonly line: number; readonly endLine: number; readonly sql: string };
  } | null;
  /** Lines for a shell or a database that lead out of it, to be copied as they are. Absent: none. */
  readonly commands?: readonly string[];
  /** Size of `object`'s table in production, where table statistics were given and it matters. */
  readonly size?: { readonly rows: number; readonly bytes: number | null } | null;
  /** The reason given in the file, when the finding was accepted there. Accepted findings do not count. */
  readonly allowed: { readonly reason: string; readonly file: string; readonly line: number } | null;
  readonly detail: { readonly language: 'diff' | 'sql' | 'text'; readonly text: string } | null;
  /** Lines of the repository that still name `object`, likely ones first, at most ten; `base`: the pull request
   * removes the line, `head`: it stays. Absent: none was found, or none was looked for. */
  readonly uses?: readonly {
    readonly file: string;
    readonly line: number;
    readonly text: string;
    readonly tree: 'base' | 'head';
  }[];
}
