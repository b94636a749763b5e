import type { Tree } from '../git/tree.ts';
import type { CommandAdapter, SchemaComparison } from './command-adapter.ts';
import type { Words } from './words/words.ts';

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
 * - `shared`: one transaction holds this migration and every other `shared` one that the deploy runs with it.
 *   Base's files are replayed as `single` all the same: production got them one deploy after another.
 */
export type TransactionRule = 'single' | 'implicit' | 'none' | 'shared';

/** A part of a text, as offsets into it (JavaScript string indices, `end` exclusive). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

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
  /**
   * The text that the tool sends (decoded, directives included). What the file holds and the tool does not send
   * (its down part, meta-commands, the data of a COPY) is blanked with spaces, so that lines and columns are the file's.
   */
  readonly sql: string;
  readonly transaction: TransactionRule;
  /**
   * What the tool sends as one message each, in order, where that is not the whole text (`implicit`, `single`,
   * `shared`) or each statement (`none`). A message of two or more statements is an implicit block.
   */
  readonly messages?: readonly Span[];
  /** Data that follows `COPY … FROM STDIN` in the file: `at` is an offset in `sql` between that statement and the next. */
  readonly copyData?: readonly { readonly at: number; readonly data: string }[];
  /** Run again whenever its content changed, or at every deploy; an edit of it is no history change. */
  readonly repeatable?: 'on-change' | 'always';
  /** The way back. Absent: the tool has none; null: the tool has, and this migration comes without. */
  readonly down?: Down | null;
  /** The tool itself stops at this file, before the server sees it: its words, starting with the tool's name. */
  readonly refused?: { readonly line: number; readonly says: string };
  /**
   * Only the project's own program can run it (a migration in Go, in Java): it is recorded and nothing of it is replayed,
   * and a pending one is undecided with this sentence.
   */
  readonly opaque?: string;
  /**
   * A program, which the tool's own command runs on the shadow (`MigrationTool.command`): `sql` is '', and what it sends is
   * only known then.
   */
  readonly program?: true;
  /**
   * Identity of another migration of the same tree that says that it replaces this one: databases that have this one have
   * recorded the other with it, so that this file may go once that is deployed.
   */
  readonly replacedBy?: string;
  /** A program's text without what only ties it to others (whom it follows, whom it replaces), where that can change alone. */
  readonly effect?: string;
  /** It stands for the versions before it and only an empty database gets it: never pending where base has migrations. */
  readonly onlyWhenEmpty?: true;
  /** For the data of tools that keep more than a version: what bookkeeping SQL needs to know (a checksum, a rank). */
  readonly extra?: Readonly<Record<string, string | number>>;
}

/** How a migration is taken back. */
export interface Down {
  /** The file that holds it: the migration's own, or one beside it. */
  readonly file: string;
  /** Like `Migration.sql`: the text of `file`, blanked where it is not sent. */
  readonly sql: string;
  readonly transaction: TransactionRule;
}

/** SQL that the tool runs around migrations and does not record (callbacks, hooks, actions). */
export interface Hook {
  readonly when: 'before-all' | 'before-each' | 'after-each' | 'after-all';
  readonly file: string;
  readonly sql: string;
}

/** A file that will not do what its author thinks. */
export interface Oddity {
  /**
   * `never-runs`: the tool passes over it; `ambiguous-order`: its place in the order is not the one it seems to have;
   * `multiple-heads`: nothing says which of several newest migrations comes first.
   */
  readonly kind: 'never-runs' | 'ambiguous-order' | 'multiple-heads';
  readonly file: string;
  /** One sentence with the reason and the cure, starting with the tool's name. */
  readonly says: string;
}

/** A tool's migrations of one tree, in the order in which the tool applies them to an empty database. */
export interface History {
  readonly migrations: readonly Migration[];
  /** One sentence for what the reader should know of the directory; a file's own oddities are below. */
  readonly notes: readonly string[];
  readonly oddities?: readonly Oddity[];
  /** What an empty database gets, in order, where that is another list: a baseline, and what comes after it. */
  readonly onEmpty?: readonly Migration[];
  /**
   * The file of the schema that the tool loads into an empty database in place of the migrations up to its version, which
   * then need not be there any more; a sentence: why it has none. Absent: the tool makes every database of its migrations.
   */
  readonly schemaLoad?: Migration | string;
  readonly hooks?: readonly Hook[];
  /** Every directory that was read, from the root of the repository, where that is more than the database's own path. */
  readonly paths?: readonly string[];
}

/** What the config says about how the project calls its tool. */
export interface ToolSettings {
  /** Values for the tool's placeholders (`${schema}`, `{{ .Schema }}`), by name. */
  readonly placeholders: Readonly<Record<string, string>>;
  /** Is the tool called so that late migrations run (`-allow-missing`, `outOfOrder`, `--include-all`)? null = as its files say. */
  readonly outOfOrder: boolean | null;
  /** Its own command is to apply the files (`apply-command`), where the gate could do so too. */
  readonly byCommand?: true;
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
  /** SQL that takes the migration's record away again; run as `after` is. Absent: the tool has no way back. */
  undo?(migration: Migration): string;
  /** Unquoted `schema.relation` names to leave out of schema diffs. */
  readonly relations: readonly string[];
  /** Unquoted names of schemas that the tool makes for itself, to leave out with all that is in them. */
  readonly schemas?: readonly string[];
}

/**
 * What a hosting platform has put into a database before the first migration: run by the superuser on a new shadow. It is on
 * both sides of every comparison, so that only what migrations change of it is ever reported.
 */
export interface Prelude {
  /** As its makers write it: `Supabase`. */
  readonly title: string;
  /** For the report: what was created. */
  readonly says: string;
  /** An image that has all of it, for what a plain PostgreSQL lacks. */
  readonly image: string;
  /** A boolean expression that is true where the server has it already. */
  readonly present: string;
  /** Extensions that every database of the platform has, and the schema of each. */
  readonly installed: readonly { readonly name: string; readonly schema: string }[];
  /**
   * Extensions that the platform's users may create and PostgreSQL leaves to superusers. None that reads files or opens
   * connections: the history is a stranger's.
   */
  readonly creatable: readonly string[];
  /** Schema of the platform's extensions. */
  readonly extensionSchema: string;
  /** Statements for the superuser; transactions are not used. */
  sql(server: { readonly major: number }): string;
}

/** Something that a schema declares, and how it is made on an empty database. */
export interface SchemaPart {
  readonly type: 'schema' | 'type' | 'sequence' | 'table' | 'column' | 'constraint' | 'index';
  /** Unquoted: `public.users`, `public.users.email`, `public.users.users_email_idx`; null: it has the server's name. */
  readonly name: string | null;
  /** One statement; several: the first of them that runs. */
  readonly sql: readonly string[];
  /** What takes its place so that others can be made, where it does not run. */
  readonly instead?: readonly string[];
}

/** What the tool does at the next deploy when history changed. Sentences start with the tool's name and
 * end with a full stop; they are shown in findings. */
export interface HistoryBehaviour {
  /** An applied file's content changed. */
  readonly edited: ToolReaction & {
    /** What it does to developers though the statements are the same and deployments go on. Absent: nothing. */
    readonly cosmetic?: string;
  };
  /** An applied file is gone. */
  readonly deleted: ToolReaction & {
    /** What it does, where that depends on the file's place. */
    readonly at?: (place: DeletedPlace) => string;
    /** What becomes of existing databases, where new ones are made of `History.schemaLoad`, which has what it did. */
    readonly loaded?: string;
  };
  /** An applied file has another name now (same content). */
  readonly renamed: ToolReaction & {
    /** What it does, where it does otherwise while the version stays: the name behind it goes unnoticed. */
    readonly sameVersion?: string;
    /** What it does, where that depends on the place that the old name had; null: what is said of all of them. */
    readonly at?: (place: DeletedPlace) => ToolReaction | null;
  };
  /** A new file sorts before the newest applied one. */
  readonly outOfOrder: ToolReaction;
  /** Two files of the same version. `legal` tools never raise it. */
  readonly duplicateVersion: ToolReaction & { readonly legal: boolean };
}

/** Where a migration stood that is gone. */
export interface DeletedPlace {
  /** No migration of base came after it: databases stand at it. */
  readonly newestOfBase: boolean;
  /** No migration of head comes after it. */
  readonly afterAllOfHead: boolean;
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
  /**
   * The tool as this project has set it up: table names, out-of-order, transactions, versions, read as plain data from
   * config files of the tree. Absent: there is nothing to set.
   */
  configured?(tree: Tree, path: string, settings: ToolSettings): Promise<MigrationTool>;
  /** Negative when the tool applies `left` before `right`, 0 when it cannot tell them apart. */
  order(left: OrderKey, right: OrderKey): number;
  /** The migrations below `path`, in the tool's order. Throws `Undecided` for what the tool itself would refuse to read. */
  history(tree: Tree, path: string): Promise<History>;
  /**
   * Which of the new migrations the tool takes for late, given what base has. Absent: those that `order` puts before
   * base's newest.
   */
  late?(added: readonly Migration[], base: readonly Migration[]): readonly Migration[];
  /**
   * Why the next deploy stops on a database that has base's migrations although each of them is still there: something
   * that belongs to all of them changed (their order in a plan, what a plan says of them). Null: it does not.
   */
  stopsAt?(
    head: readonly Migration[],
    base: readonly Migration[],
  ): { readonly version: string; readonly file: string; readonly line: number; readonly says: string } | null;
  /** The file of a tree in which the tool keeps the schema that all migrations make; null where it is not there. */
  declaredFile?(tree: Tree, path: string): Promise<string | null>;
  /** How that file is read, where it is no SQL and nobody has to be asked for it. */
  readonly declaredParts?: {
    /** What it declares; null: it has a form that is not known. */
    of(tree: Tree, path: string): Promise<readonly SchemaPart[] | null>;
    /** Why it does not go with the newest migration, as a sentence; null: it does. */
    lag(tree: Tree, path: string): Promise<string | null>;
    /** What to do where it differs, as a sentence. */
    readonly mend: string;
  };
  /** The tool compares that file itself with the migrated database. */
  readonly schemaComparison?: SchemaComparison;
  readonly bookkeeping: Bookkeeping;
  /** What is there before the first migration, where the tool belongs to a platform. */
  readonly prelude?: Prelude;
  /** `one`: a deploy runs all pending migrations in one session, so that settings and temporary tables of one reach
   * the next; `each`: or nobody can tell, and nothing may be built on it. */
  readonly sessions: 'one' | 'each';
  readonly onHistoryChange: HistoryBehaviour;
  /** A deploy runs all pending migrations in one transaction: what must commit first takes a deployment of its own. */
  readonly sharesTransaction?: boolean;
  /**
   * How a migration of this tool runs outside a transaction, for fixes. `directive`: the lines that the file begins
   * with, null where no line in it does that. `byHand`: no migration can, so that the statement runs apart from them.
   */
  readonly noTransaction: {
    readonly directive: string | null;
    readonly advice: string;
    readonly byHand?: true;
  };
  /** How its migrations say a fix, where they are programs. Absent: in SQL. */
  readonly words?: Words;
  /** Its migrations are programs: how the project's own copy of the tool is called. Absent: the gate applies the files itself. */
  readonly command?: CommandAdapter;
}
