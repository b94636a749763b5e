import type { Catalog, SchemaChange } from '../catalog/model.ts';
import type { Limits } from '../limits.ts';
import type { ShadowDatabase } from '../shadow/shadow.ts';
import type { Hook, Migration, MigrationTool } from '../tools/tool.ts';
import type { ApplyFailure } from './apply.ts';
import type { Baseline } from './baseline.ts';
import type { ProgramInput } from './command/workspace.ts';
import type { Surroundings } from './hints.ts';
import type { Rerun } from './rerun.ts';
import type { Reversal } from './reversal.ts';
import type { Traced } from './trace-migrations.ts';

/** What is run where, and what is asked of it. */
export interface RehearsalInput {
  readonly tool: MigrationTool;
  /** Directory of the migrations, for the config lines that an error proposes. */
  readonly path: string;
  /** `auto`, a provider's name or a URL. */
  readonly shadow: string;
  readonly cache: boolean;
  readonly postgresMajor: number;
  /** Container image; null = the usual server of that major. */
  readonly postgresImage: string | null;
  /** The migrations run as a superuser. */
  readonly superuser: boolean;
  /** They run on the data of the database that the URL names, and change it. Default false. */
  readonly existing?: boolean;
  readonly extensions: readonly string[];
  /** Prepared SQL that runs before the history, in order. */
  readonly setup: readonly SetupFile[];
  /** A dump that is applied in place of the first migrations of every history; null = none. */
  readonly baseline: Baseline | null;
  /** What is tried on request, on a server of its own. */
  readonly checkDown: boolean;
  readonly checkRerun: boolean;
  readonly baseName: string;
  readonly base: readonly Migration[];
  readonly pending: readonly Migration[];
  /** Head's whole history where it may end elsewhere than base and the pending ones do; else null. */
  readonly fresh: readonly Migration[] | null;
  /** The schema file that the tool loads before it runs what is newer of `fresh`. Null or absent: it runs all of it. */
  readonly freshLoad?: Migration | null;
  /** The schema files of both sides, for a base whose migrations alone do not make its schema. Absent: there are none. */
  readonly schemaLoads?: {
    readonly base: Migration;
    readonly head: Migration | null;
    /** Base's migrations may run and make less than its file: to be tried. */
    readonly perhapsCut: boolean;
  } | null;
  /** Base's schema file, which the tool loads before it runs what is newer of base. Null or absent: it runs all of it. */
  readonly baseLoad?: Migration | null;
  /** The tool runs itself, and how; null: the gate sends the files. */
  readonly program: ProgramInput | null;
  /** What the tool runs around base's migrations, and around those of head. */
  readonly hooks: { readonly base: readonly Hook[]; readonly head: readonly Hook[] };
  /** Those of head's hooks that are news, which are observed like migrations. */
  readonly newHooks: readonly Hook[];
  /** True for a migration whose failure must not hide what the next ones do. */
  readonly mayFail: (migration: Migration) => boolean;
  readonly limits: Limits;
  readonly onProgress: (message: string) => void;
}

export interface SetupFile {
  readonly file: string;
  readonly sql: string;
  /** Run by the superuser: only for files that base has as they are. */
  readonly trusted: boolean;
}

/** What happened on the shadow. The server of the upgrade path runs until this is closed. */
export interface Rehearsal extends AsyncDisposable {
  readonly shadow: {
    readonly provider: string;
    /** Which server it was, and why, where there was a choice. */
    readonly chosen: string | null;
    readonly postgresVersion: string;
    readonly baseFromCache: boolean;
  };
  readonly timings: {
    readonly bootMs: number;
    readonly baseMs: number;
    readonly headMs: number;
    readonly freshMs: number;
    readonly snapshotMs: number;
    readonly totalMs: number;
  };
  readonly traced: Traced;
  /** The pending migrations; those that ran by a command with what it sent as their text. */
  readonly pending: readonly Migration[];
  readonly before: Catalog;
  readonly after: Catalog;
  readonly schemaChanges: readonly SchemaChange[];
  readonly schemaDiff: readonly { readonly object: string; readonly diff: string }[];
  readonly divergence: readonly SchemaChange[];
  /** The schema that head's history makes from empty, where it was compared with `after`. */
  readonly fresh: Catalog | null;
  /** Head's history cannot build an empty database. */
  readonly freshFailure: ApplyFailure | null;
  readonly notChecked: readonly string[];
  /** One sentence each: what stood in the way and was passed over. */
  readonly notes: readonly string[];
  /** What the server has that a migration may lack; null where nothing failed. */
  readonly surroundings: Surroundings | null;
  /** What came of reverting the new migrations, and of running them again, where that was asked for. */
  readonly reversal: Requested['reversal'];
  readonly rerun: Requested['rerun'];
  /** The schema file of which base was built, since its migrations alone could not do it. Absent: they did. */
  readonly baseFrom?: string;
  /** Runs other migrations on a copy of base, observed like the pending ones, without a tool's bookkeeping. */
  tryInstead(migrations: readonly Migration[]): Promise<Trial>;
  /** A copy of the database as base has it, or as the new migrations leave it. Absent: there is none to be had. */
  readonly copyOf?: (side: 'base' | 'head') => Promise<ShadowDatabase>;
  /** Nobody will ask for a copy of `head` any more: its server may end, where nothing else is on it. */
  readonly doneWithHead?: () => void;
  /** False: there is no copy of base to try it on. */
  readonly canTry?: boolean;
  /** Whose data the new migrations ran on; absent: on none, the tables were empty. */
  readonly onDataOf?: string;
}

/** What came of other migrations in place of the pending ones. */
export interface Trial {
  readonly traced: Traced;
  readonly after: Catalog;
}

/** What `check-down` and `check-rerun` ask for; null: it was not asked for, or could not be tried. */
export interface Requested {
  readonly reversal: Reversal | null;
  readonly rerun: Rerun | null;
  readonly notChecked: readonly string[];
}
