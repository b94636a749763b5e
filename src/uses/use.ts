/** A line of the repository that names a table or column which the pull request drops or renames. */
export interface Use {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** The line without the spaces around it. */
  readonly text: string;
  /** `head`: the line is there afterwards too; `base`: the pull request removes it. */
  readonly tree: 'base' | 'head';
  /** Does base's tree, the version that runs while the migration is applied, have the line? */
  readonly inBase: boolean;
  /** An SQL string or a model that names it, or a form of the name beside the table's: no mere chance. */
  readonly likely: boolean;
}

/** What to look for: a table, or a column of it. Names are unquoted. */
export interface Target {
  /** `public.users`, `public.users.email`: as findings name it. */
  readonly object: string;
  readonly table: string;
  readonly column: string | null;
}

/** A use before it is known which trees have it. */
export interface Hit {
  readonly target: Target;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  readonly likely: boolean;
}
