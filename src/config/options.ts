import type { LockTimeoutSetting, Severity } from '../rules/rule.ts';
import type { ToolName, ToolSettings } from '../tools/tool.ts';
import type { TableStats } from './table-stats.ts';

export type FailOn = 'error' | 'warning' | 'never';

/** What the command line or the action's inputs say; null = not said. Both entries make one of these. */
export interface Options {
  /** A directory inside the repository. */
  readonly repo: string;
  readonly base: string | null;
  readonly head: string | null;
  /** Config file, relative to the repository root; null = `.github/migration-gate.yml` of head where it exists. */
  readonly config: string | null;
  readonly path: string | null;
  readonly tool: ToolName | null;
  readonly shadow: string;
  /** A line for the shell that migrates DATABASE_URL, in place of the tool's own command. */
  readonly applyCommand: string | null;
  readonly postgresVersion: number | null;
  readonly postgresImage: string | null;
  /** Run the migrations as a superuser of the shadow. */
  readonly shadowSuperuser: boolean | null;
  /** Run the new migrations on the data of the database that the URL names, and change it. */
  readonly shadowData: 'existing' | 'own' | null;
  /** How long the whole check may take. */
  readonly timeoutMinutes: number | null;
  /** Severities of rules as text, `RULE: SEVERITY` by lines or commas; stronger than the config. */
  readonly rules: string | null;
  readonly failOn: FailOn | null;
  /** File with the sizes of production's tables, relative to the working directory. */
  readonly tableStats: string | null;
  readonly checkDown: boolean | null;
  /** What counts as applied in place of base. */
  readonly appliedRef: string | null;
  readonly checkRerun: boolean | null;
  /** Are other open pull requests held against this one? */
  readonly checkOpenPrs: boolean | null;
  /** Other branches that may be merged before this one. */
  readonly also: readonly string[];
  readonly cache: boolean;
}

/** What counts where nobody says anything. */
export const noOptions: Options = {
  repo: '.',
  base: null,
  head: null,
  config: null,
  path: null,
  tool: null,
  shadow: 'auto',
  applyCommand: null,
  postgresVersion: null,
  postgresImage: null,
  shadowSuperuser: null,
  shadowData: null,
  timeoutMinutes: null,
  rules: null,
  failOn: null,
  tableStats: null,
  checkDown: null,
  appliedRef: null,
  checkRerun: null,
  checkOpenPrs: null,
  also: [],
  cache: true,
};

/** One migration directory to check, everything decided. */
export interface DatabaseConfig {
  readonly name: string;
  readonly path: string;
  /** Where base has it, when the directory was moved as a whole; absent = `path`. */
  readonly basePath?: string;
  readonly tool: ToolName;
  readonly postgresMajor: number;
  /** Container image of the shadow; null = the usual server of that major. */
  readonly postgresImage: string | null;
  /** False when nobody said which version production runs. */
  readonly postgresVersionStated: boolean;
  readonly extensions: readonly string[];
  /** SQL files of base (paths from the root) run before the history. */
  readonly setup: readonly string[];
  /** A dump (path from the root) that stands for the history up to and with this version; null = none. */
  readonly baseline: { readonly file: string; readonly version: string } | null;
  /** How the project calls its tool, as far as the config says so. */
  readonly toolSettings: ToolSettings;
  /** A dump (path from the root) that must be what the migrations make; absent or null: none. */
  readonly declaredSchema?: string | null;
  /** For tools that run themselves. */
  readonly command: CommandConfig;
}

/** What the config says about the command of a tool that runs itself. */
export interface CommandConfig {
  /** A line for the shell in place of the tool's own command; null = that. */
  readonly apply: string | null;
  /** A line for the shell that installs base's dependencies in base's tree; null = the job's are used for both sides. */
  readonly baseSetup: string | null;
  /** Variables on top of those that every command gets. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The config file and the options put together, checked. */
export interface Config {
  readonly databases: readonly DatabaseConfig[];
  /** Severity by rule name where it differs from the rule's own. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly failOn: FailOn;
  /** Sizes of production's tables; null = nobody told. */
  readonly tableStats: TableStats | null;
  /** Findings on migrations whose version sorts before this one are silenced. */
  readonly ignoreMigrationsBefore: string | null;
  /** Run the migrations as a superuser of the shadow. */
  readonly shadowSuperuser: boolean;
  /** `existing`: the new migrations run on the data of the database that the URL names, and change it. */
  readonly shadowData: 'existing' | 'own';
  /** How long the whole check may take. */
  readonly timeoutMinutes: number;
  /** Where the lock_timeout of production's migrations comes from. */
  readonly lockTimeout: LockTimeoutSetting;
  /** Are the new migrations reverted by their downs and applied again? */
  readonly checkDown: boolean;
  /** A tag, branch or glob whose newest one counts as applied; null = base does. */
  readonly appliedRef: string | null;
  /** May a history be put together in fewer files, where both make the same schema? A text: only of the database with this path. */
  readonly acceptSquash: boolean | string;
  /** Is it tried whether a migration that stopped half-way can be run again? */
  readonly checkRerun: boolean;
  /** Are other open pull requests held against this one? */
  readonly checkOpenPrs: boolean;
  /** What head's config takes away from base's, and how much that counts; null = nothing. */
  readonly weakened: {
    readonly severity: Severity;
    readonly file: string;
    readonly line: number | null;
    readonly what: readonly string[];
  } | null;
  /** One sentence each: what was detected, assumed or passed over. */
  readonly notes: readonly string[];
}
