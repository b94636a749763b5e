import type { Tree } from '../git/tree.ts';

/** Names that `--tool` and the config take. `tools/index.ts` holds the ones that exist by now. */
export type ToolName =
  | 'prisma'
  | 'drizzle'
  | 'flyway'
  | 'golang-migrate'
  | 'sqlx'
  | 'dbmate'
  | 'goose'
  | 'supabase'
  | 'hasura'
  | 'atlas'
  | 'liquibase'
  | 'sqitch'
  | 'graphile-migrate'
  | 'node-pg-migrate'
  | 'diesel'
  | 'refinery'
  | 'plain'
  | 'alembic'
  | 'django'
  | 'rails'
  | 'knex'
  | 'typeorm'
  | 'sequelize'
  | 'kysely'
  | 'mikro-orm'
  | 'ecto'
  | 'command';

/**
 * How a tool sends one migration to the server.
 * - `single`: the tool wraps the migration in BEGIN … COMMIT (or the equivalent).
 * - `implicit`: the whole file is one simple Query message; the server makes an implicit transaction block
 *   of it when it holds two or more statements and none when it holds one. A COMMIT inside ends the block
 *   and the rest of the message starts a new one.
 * - `none`: every statement commits by itself.
 */
export type TransactionRule = 'single' | 'implicit' | 'none';

/** One migration as its tool sees it. */
export interface Migration {
  /** What orders it, as text: `20240101120000`, `7`, or the directory name for Prisma. */
  readonly version: string;
  /** Human part of the name: `add_users`. */
  readonly name: string;
  /** What the tool's bookkeeping records: two migrations with equal identity are the same one to the tool. */
  readonly identity: string;
  /** Path from the repository root of the file that holds the SQL. */
  readonly file: string;
  /** The bytes of the file, as git has them. */
  readonly bytes: Buffer;
  /** The text that the tool sends (decoded, directives included). */
  readonly sql: string;
  readonly transaction: TransactionRule;
}

/** A tool's migrations of one tree, in the order in which the tool applies them to an empty database. */
export interface History {
  readonly migrations: readonly Migration[];
  /** One sentence for every file in the directory that is not a migration but looks like one. */
  readonly notes: readonly string[];
}

/** A migration directory and the tool that owns it, as detection found it. */
export interface DetectedDatabase {
  /** Path from the repository root, without trailing slash ('' = the root). */
  readonly path: string;
  readonly tool: ToolName;
  /** Why we think so, for the report: "migration_lock.toml says postgresql". */
  readonly because: string;
}

/** A directory that holds migrations which cannot be checked as they are. */
export interface PassedOver {
  readonly path: string;
  /** Name of the tool, which need not be one that `--tool` takes (`sql-migrate`). */
  readonly tool: string;
  readonly because: string;
  /** Does it hold SQL files, so that it could be checked as `plain`? */
  readonly sqlFiles: boolean;
}

/** What one tree holds, as far as can be told without running anything of it. */
export interface Survey {
  readonly databases: readonly DetectedDatabase[];
  /** Directories of tools that cannot be read yet. */
  readonly unsupported: readonly PassedOver[];
  /** One sentence each: what looks like migrations and was passed over. */
  readonly notes: readonly string[];
}

/** What orders a migration; for a bare version (`ignore-migrations-before`) the name is ''. */
export type OrderKey = Pick<Migration, 'version' | 'name'>;

/** SQL (with literals already quoted) that keeps the tool's own table as the tool would. */
export interface Bookkeeping {
  /** Creates the tool's table(s); run before the first migration, since real migrations alter it. */
  readonly setup: string;
  /** Run before the migration, autocommitted; '' = nothing. */
  before(migration: Migration): string;
  /** Run after it: inside its transaction for `single`, else autocommitted; '' = nothing. */
  after(migration: Migration): string;
  /** Unquoted `schema.relation` names to leave out of schema diffs. */
  readonly relations: readonly string[];
}

/** What the tool does at the next deploy when history changed. Sentences start with the tool's name and
 * end with a full stop; they are shown in findings. */
export interface HistoryBehaviour {
  /** An applied file's content changed. */
  readonly edited: ToolReaction;
  /** An applied file is gone. */
  readonly deleted: ToolReaction;
  /** An applied file has another name now (same content). */
  readonly renamed: ToolReaction;
  /** A new file sorts before the newest applied one. */
  readonly outOfOrder: ToolReaction;
  /** Two files of the same version. `legal` tools never raise it. */
  readonly duplicateVersion: ToolReaction & { readonly legal: boolean };
}

export interface ToolReaction {
  /** `ignores`: nothing happens; `runs`: applied like any new file; `skips`: never applied, silently;
   * `refuses`: the deploy stops with an error; `depends`: on a script that we do not know. */
  readonly does: 'ignores' | 'runs' | 'skips' | 'refuses' | 'depends';
  readonly says: string;
}

/** One migration tool. A new tool is one file in this folder and one line in `tools/index.ts`. */
export interface MigrationTool {
  readonly name: ToolName;
  /** As its makers write it: `Prisma Migrate`. */
  readonly title: string;
  /** Directories of this tool in a tree; no configuration is needed. Never runs the project's code. */
  detect(tree: Tree): Promise<Pick<Survey, 'databases' | 'notes'>>;
  /** Negative when the tool applies `left` before `right`, 0 when it cannot tell them apart. */
  order(left: OrderKey, right: OrderKey): number;
  /** The migrations below `path`, in the tool's order. Throws `Undecided` for what the tool itself would refuse to read. */
  history(tree: Tree, path: string): Promise<History>;
  readonly bookkeeping: Bookkeeping;
  /** `one`: a deploy runs all pending migrations in one session, so that settings and temporary tables of one reach
   * the next; `each`: or nobody can tell, and nothing may be built on it. */
  readonly sessions: 'one' | 'each';
  readonly onHistoryChange: HistoryBehaviour;
  /** How a migration of this tool runs outside a transaction, for fixes; null where the tool has no way. */
  readonly noTransaction: { readonly directive: string | null; readonly advice: string };
}
