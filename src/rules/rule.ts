import type { Catalog, SchemaChange } from '../catalog/model.ts';
import type { HistoryChange } from '../history/change.ts';
import type { LooseDeployment } from '../history/deployments.ts';
import type { Squash } from '../history/squash.ts';
import type { WayOut } from '../history/way-out.ts';
import type { ApplyFailure } from '../run/apply.ts';
import type { Declared } from '../run/declared.ts';
import type { Surroundings } from '../run/hints.ts';
import type { Models } from '../run/models.ts';
import type { Rerun } from '../run/rerun.ts';
import type { Reversal } from '../run/reversal.ts';
import type { BaseRelation, MigrationTrace, StatementTrace } from '../run/trace.ts';
import type { History, MigrationTool, Oddity, ToolName } from '../tools/tool.ts';
import type { Part } from '../tools/words/words.ts';
import type { Use } from '../uses/use.ts';

export type Severity = 'error' | 'warning' | 'notice';

/** Where the lock_timeout that migrations run under comes from: the config's `lock-timeout`. */
export type LockTimeoutSetting = 'in-migrations' | 'set-by-role';

/** Everything a rule may look at, for one database. Rules do no I/O. */
export interface RuleContext {
  readonly database: string;
  readonly tool: MigrationTool;
  readonly postgresMajor: number;
  readonly historyChanges: readonly HistoryChange[];
  /** Files that the pull request brings and that will not do what their author thinks. Absent: none. */
  readonly oddities?: readonly Oddity[];
  /** New migrations in the order in which they ran. */
  readonly migrations: readonly MigrationTrace[];
  /** Catalog of base; null when no shadow was needed. */
  readonly before: Catalog | null;
  readonly after: Catalog | null;
  readonly schemaChanges: readonly SchemaChange[];
  readonly divergence: readonly SchemaChange[];
  /** Were the upgrade path and the fresh path compared? Absent: no. */
  readonly compared?: boolean;
  /** Changes of base's files that the release lacks, which alone counts as applied. Absent: base counts. */
  readonly freed?: { readonly ref: string; readonly changes: readonly HistoryChange[] };
  /** The repository's dump beside what the migrations make; null or absent: none is declared. */
  readonly declared?: Declared | null;
  /** The models of the code beside what the migrations make; null or absent: nothing is to be told of them. */
  readonly models?: Models | null;
  /** Lines of deployments that change the database without its migrations. Absent: none. */
  readonly looseDeployments?: readonly LooseDeployment[];
  /** Migrations that were put together in one; null or absent: none were. */
  readonly squash?:
    | (Squash & {
        /** The config of base accepts one that makes the same schema. */
        readonly accepted: boolean;
        /** Both schemas are there: `divergence` and `freshFailure` are about the squash. */
        readonly compared: boolean;
        /** The schema file of which base was built in place of its migrations; null or absent: it was built of them. */
        readonly baseFrom?: string | null;
      })
    | null;
  /** Why deleted migrations are not what the tool's schema file stands for, as a sentence; null or absent: it has none. */
  readonly notInSchema?: string | null;
  /** What leads out of a changed history; absent: nobody looked. */
  readonly wayOut?: WayOut | null;
  /** Why head's history cannot build an empty database (the fresh path), where that was tried and failed. */
  readonly freshFailure: ApplyFailure | null;
  /** What came of reverting the new migrations; null: not asked for, or not tried. */
  readonly reversal?: Reversal | null;
  /** What came of running them again; null: not asked for, or not tried. */
  readonly rerun?: Rerun | null;
  /** What the shadow's server offers; null when there was none. */
  readonly surroundings?: Surroundings | null;
  /** `set-by-role`: the config says that production's role has a lock_timeout, so that migrations need not set one. */
  readonly lockTimeout?: LockTimeoutSetting;
  /** Text of base's own migrations, in their order: for what only the history tells, not the schema. */
  readonly baseMigrations?: readonly string[];
  /** All that base has, for what is told on request of the whole of it; absent: nobody asks. */
  readonly baseHistory?: History;
  /** What the user calls base (`main`, a commit): for the command that takes a file back. */
  readonly baseRef: string;
  /** Lines of base's and head's code that name a table or column of base that is dropped or renamed, by its name
   * (`public.users.email`), likely ones first. Absent: nothing was looked for. */
  readonly uses?: (object: string) => readonly Use[];
  /** Text that the tool sends, by file, of every migration in `migrations`: for the lines around an error. */
  readonly sources: ReadonlyMap<string, string>;
  /** The base relation that a name in a statement means there, or undefined when base has none (so the pull request made
   * it). `schemaname` empty: resolved by the search_path that held. */
  resolve(
    schemaname: string | undefined,
    relname: string,
    statement: StatementTrace,
  ): BaseRelation | undefined;
}

/** What the finding's reader can check. */
export interface Evidence {
  /** Strongest lock taken by the statement on `object`, as pg_locks spells it; null = none. */
  readonly lock: string | null;
  /** Who waits while it is held. */
  readonly blocks: readonly ('reads' | 'writes')[];
  readonly scan: boolean;
  readonly rewrite: boolean;
}

export interface Fix {
  /** SQL for the user's own names, ending with `;`. Comments tell what goes into another migration. */
  readonly sql: string;
  /** Its statements, run one by one in place of the finding's statement, end in the same schema. */
  readonly sameSchema: boolean;
  /** It was tried before the rule ran, with success: what is shown above it says how. */
  readonly proved?: string;
  /** What its SQL is made of, for tools that say it in a language of their own. Absent: it is shown as SQL alone. */
  readonly parts?: readonly Part[];
  /** Its comments hold a backfill that has to run between its statements. */
  readonly backfilled?: boolean;
  /** The SQL that can be written over the statement and is all there is to do; absent: there is more. */
  readonly inPlace?: string;
}

/** What a rule returns; the engine adds rule, severity, database and allow-comments. */
export interface FindingDraft {
  readonly migration: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  /** Unquoted `schema.relation(.column)` that it is about, null when none. */
  readonly object: string | null;
  /** Short headline: what happens to whom, Markdown-free plain text. */
  readonly title: string;
  /** One to three plain sentences: who waits for what, what to do. */
  readonly message: string;
  readonly evidence: Evidence | null;
  readonly fix: Fix | null;
  /** Lines for a shell or a database that lead out of it, to be copied as they are. */
  readonly commands?: readonly string[];
  /** `index` of the statement it is about, for allow-comments above that statement. */
  readonly statement?: number;
  /** Unquoted `schema.relation` of the scans and rewrites that this finding accounts for, so that the
   * catch-all rules keep silent about them. */
  readonly explains?: readonly string[];
  /** Whether the harm grows with the table, so that its size matters; default: what `evidence` says. */
  readonly growsWithTable?: boolean;
  /** Lower or raise the rule's own severity for this finding. */
  readonly severity?: Severity;
  /** Lines that still name what goes, at most ten. */
  readonly uses?: readonly Pick<Use, 'file' | 'line' | 'text' | 'tree'>[];
  /** Text to show open in the report: the diff of an edited file, an error with a caret. */
  readonly detail?: { readonly language: 'diff' | 'sql' | 'text'; readonly text: string };
}

/** An example that the tests run on a real server: bad fires exactly this rule, good fires none. */
export interface RuleExample {
  readonly title: string;
  /** Whose files they are, where files matter; absent = plain. */
  readonly tool?: ToolName;
  /** SQL that a superuser has run before base: what `setup:` of a config does. */
  readonly setup?: string;
  /** Other files of head, by path. */
  readonly around?: Readonly<Record<string, string>>;
  /** Text of the dump that the config declares. */
  readonly declared?: string;
  /** What the tool says of the models. */
  readonly models?: Pick<Models, 'fresh' | 'known'>;
  /** Files of the newest release, where that alone counts as applied. */
  readonly released?: Readonly<Record<string, string>>;
  /** SQL of base, run before; a map from file name to SQL where files matter. */
  readonly base: string | Readonly<Record<string, string>>;
  /** SQL of the new migration; a map holds all of head's files. */
  readonly migration: string | Readonly<Record<string, string>>;
  /** Bad ones: first line of the statement that the finding points at; absent = 1. Null: it has no line. */
  readonly line?: number | null;
  /** Lowest Postgres major it applies to. */
  readonly since?: number;
  /** Run as the tool would for a file without a transaction. */
  readonly transaction?: 'single' | 'none';
  /** The new migration's way back, null for one that comes without: then `check-down` is on. */
  readonly down?: string | null;
  /** `check-rerun` is on. */
  readonly rerun?: true;
}

/**
 * What a rule judges. `history`: what happened to files that base already has; `failure`: a migration that
 * does not run; `statement`: what a statement did; `reversal`: what was tried on request, the way back and a
 * second run; `convention`: how a team writes its schema; `comment`: the gate's own comments in the file; `configuration`: the gate's config, which is about no database.
 */
export type RuleSubject =
  | 'history'
  | 'failure'
  | 'statement'
  | 'reversal'
  | 'convention'
  | 'comment'
  | 'configuration';

/** One rule: one file in a folder below this one and one line in `rules/index.ts`. */
export interface Rule {
  readonly name: string;
  readonly about: RuleSubject;
  readonly severity: Severity;
  /** `off`: a convention that says nothing until the config gives it a severity. Absent: on. */
  readonly byDefault?: 'on' | 'off';
  /** A notice whatever the config says: it is told beside the verdict. */
  readonly noticeOnly?: true;
  /** One line: what it catches. */
  readonly summary: string;
  /** One paragraph of plain Markdown: who is hurt and how. */
  readonly why: string;
  /** What to do instead, Markdown. */
  readonly instead: string;
  /** Where the claims come from: pages of the Postgres manual, tools' documentation. */
  readonly sources: readonly string[];
  /** Names that other linters give it: `squawk require-concurrent-index-creation`. */
  readonly peers: readonly string[];
  readonly bad: readonly RuleExample[];
  readonly good: readonly RuleExample[];
  /** Advice for the whole pull request: of several databases' findings the first is enough. */
  readonly oncePerRun?: boolean;
  /** `found`: what the rules before it in `rules/index.ts` found, for rules that catch what is left. */
  check(context: RuleContext, found: readonly FindingDraft[]): FindingDraft[];
}
