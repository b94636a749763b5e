import { createHash } from 'node:crypto';

/** A changeset as its changelog has it, whatever the format. */
export interface ChangeSet {
  readonly id: string;
  readonly author: string;
  /** As `databasechangelog.filename` records it. */
  readonly path: string;
  /** Path in the tree of the file that holds its SQL, and the line where it begins. */
  readonly file: string;
  readonly line: number;
  /** The SQL, properties replaced, other lines of the file empty: its lines are the file's. */
  readonly sql: string;
  /** What `Liquibase` records and compares: MD5 of all but white space. */
  readonly checksum: string;
  /** How a statement ends: null = `;`, or `/` and `GO` alone on a line. */
  readonly endDelimiter: string | null;
  readonly splitStatements: boolean;
  readonly stripComments: boolean;
  readonly runInTransaction: boolean;
  readonly runOnChange: boolean;
  readonly runAlways: boolean;
  readonly dbms: string | null;
  readonly contexts: readonly string[];
  readonly labels: readonly string[];
  readonly ignore: boolean;
  readonly comment: string;
  /** `sql`, `sqlFile path=…`. */
  readonly description: string;
  readonly preconditions: boolean;
  /** The way back, lines as in the file; null = none is written. */
  readonly rollback: string | null;
  /** What Liquibase cannot make sense of. */
  readonly refused: { readonly line: number; readonly says: string } | null;
  /** Why it cannot be run here: a change that is no SQL. */
  readonly opaque: string | null;
}

export const plainChangeSet = {
  endDelimiter: null,
  splitStatements: true,
  stripComments: true,
  runInTransaction: true,
  runOnChange: false,
  runAlways: false,
  dbms: null,
  contexts: [],
  labels: [],
  ignore: false,
  comment: '',
  description: 'sql',
  preconditions: false,
  rollback: null,
  refused: null,
  opaque: null,
} as const;

/** Version 9 of Liquibase's checksums, of a changeset with one change of SQL. */
export function checksumOf(sql: string): string {
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  return `9:${md5(`9:${md5(sql.replace(/[ \n\r\t]/g, ''))}:`)}`;
}

/** A part of a file as a text of its own in which lines have the numbers that they have in the file. */
export const atLine = (line: number, text: string): string => '\n'.repeat(Math.max(0, line - 1)) + text;

/**
 * Replaces `${name}`; a value may hold others. What has no value stays as it is, which is Liquibase's default.
 * @param properties by name; the first definition of one wins
 */
export function expand(text: string, properties: ReadonlyMap<string, string>, depth = 0): string {
  if (!text.includes('${') || depth > 10) return text;
  return text.replace(/\$\{([^${}]*)\}/g, (whole, name: string) => {
    const value = properties.get(name.trim()) ?? properties.get(name.trim().toLowerCase());
    return value === undefined ? whole : expand(value, properties, depth + 1);
  });
}
