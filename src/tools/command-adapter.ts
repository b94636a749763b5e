import type { Migration } from './tool.ts';

/** A program and what it is told, without a shell. */
export interface Call {
  /** Absolute path, or a name for the PATH. */
  readonly program: string;
  readonly args: readonly string[];
  /** Where it runs, from the root of the tree; '' = the root. */
  readonly directory: string;
  /** On top of the environment that every command gets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Files that it needs beside the tree's, by path from the root: a config that names the shadow. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One side's files on disk, with what the job has installed, as an adapter looks for its tool there. */
export interface Project {
  /** Absolute path of the tree's files. */
  readonly root: string;
  /** Directory of the migrations, from the root. */
  readonly path: string;
  /** Address of the database that the command is to migrate: `postgres://user:password@127.0.0.1:port/name`. */
  readonly url: string;
  /** The user's own variables, for where environments of a language are (`VIRTUAL_ENV`). */
  readonly job: NodeJS.ProcessEnv;
  /** The user's working directory, where dependencies are installed. */
  readonly installedIn: string;
  /** Is there a file at this path of the tree? */
  has(path: string): boolean;
  /** Its text, null where there is none. */
  text(path: string): string | null;
  /** Absolute path of an installed program of npm: the nearest `node_modules/.bin` at or above the directory. */
  npmProgram(name: string, directory: string): string | null;
  /** Absolute path of a program of the PATH. */
  onPath(name: string): string | null;
  /** Python of the project's environment (VIRTUAL_ENV, .venv, poetry, pipenv), else of the PATH. */
  python(directory: string): string | null;
}

/** Why a command cannot be called, as a sentence with what to set up. */
export interface NotInstalled {
  readonly missing: string;
}

/** How the project's models are laid beside its migrations: by a program that writes a `ModelsAnswer` as JSON. */
export interface ModelCheck {
  /** What a person types for the same question. */
  readonly asked: string;
  /** What a person types for the migration that is missing. */
  readonly makes: string;
  /** The models are compared with a database, which must have all migrations; else with the migrations' own text. */
  readonly needsDatabase: boolean;
  /** Kinds of objects that the comparison never sees, as the end of a sentence; null: none. */
  readonly blindTo: string | null;
  /** May a change of this file change what the models say? */
  concerns(path: string, text: string): boolean;
  /** @param answer absolute path of the file that the program writes its answer to */
  call(project: Project, answer: string): Call | NotInstalled;
}

/** What a models' program writes. It runs in the project's code, so that nothing of it is taken for granted. */
export interface ModelsAnswer {
  /** False: the project has nothing to compare. */
  readonly declares: boolean;
  readonly changes: readonly ModelChange[];
  /** One sentence each. */
  readonly notChecked: readonly string[];
}

/** An operation that would make the database what the models say, and that no migration has. */
export interface ModelChange {
  /** The application or table that it belongs to. */
  readonly where: string;
  /** In the tool's words: `Add field nick to user`. */
  readonly says: string;
  /** The operation as code of the tool; '' where it cannot be written. */
  readonly code: string;
  /** The code asks for something that the database does not have; false: it only has another form, or too much. */
  readonly lacking: boolean;
}

/** A file of the repository in which the tool itself writes down the schema. */
export interface SchemaFile {
  /** How the name of one ends that is no SQL: only the tool can read it. */
  readonly extension: string;
  /** Writes what a database has; `to` is an absolute path. */
  dump(project: Project, to: string): Call | NotInstalled;
  /** Builds an empty database of such a file; `from` is an absolute path. */
  load(project: Project, from: string): Call | NotInstalled;
  /** Why a file (SQL or not) is older than these versions, as a sentence about "it"; null: it is not. */
  lag(text: string, versions: readonly string[]): string | null;
  /** A file without what says nothing of the schema: two that are equal then declare the same. */
  withoutVersion(text: string): string;
}

/** How a tool lays the migrated database beside the schema that the repository declares in the tool's own language. */
export interface SchemaComparison {
  /** What a person types for the same question. */
  readonly asked: string;
  /** What a person types for the migration that is missing. */
  readonly makes: string;
  /** What a person types to write into the schema what the migrations make. */
  readonly absorbs: string;
  /** Name of the npm program that must be installed at or above the directory: without it nobody is asked. */
  readonly program: string;
  /**
   * @param schema path of the file or folder, from the root of the tree
   * @param answer absolute path of the file for the SQL that would make the database what the schema says; '' = nothing
   */
  call(project: Project, schema: string, answer: string): Call | NotInstalled;
}

/** A row that the tool has written to its own table: text by column, unquoted and in lower case where SQL folds it. */
export type RecordedRow = Readonly<Record<string, string | null>>;

/** How the gate lets a tool run itself, and reads what it has done. */
export interface CommandAdapter {
  /** Brings the database to the newest migration. */
  up(project: Project): Call | NotInstalled;
  /**
   * Takes back one migration, the newest one that is applied; absent: the tool has no way.
   *
   * @param applied those that stay, in the tool's order
   */
  down?(project: Project, migration: Migration, applied: readonly Migration[]): Call | NotInstalled;
  /** The identity of the migration whose end this row of the tool's table tells; null: it tells of none. */
  recorded(row: RecordedRow, known: readonly Migration[]): string | null;
  /** Compares the project's models with its migrations; absent: the tool knows no models, or nobody asks it. */
  readonly models?: ModelCheck;
  /** How it writes down the schema; absent: it does not. */
  readonly schemaFile?: SchemaFile;
  /** Nobody knows its table: any row may tell, and what no row claims belongs to the first migration. */
  readonly anyTable?: true;
}
