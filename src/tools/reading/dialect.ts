import type { Tree, TreeEntry } from '../../git/tree.ts';
import { commentsOf, parseFile } from '../../sql/parse.ts';
import { basename } from './directories.ts';

/** Names of other databases as directories and file suffixes carry them (`mysql/`, `0001_x.sqlite3.up.sql`). */
const names: readonly (readonly [RegExp, string])[] = [
  [/(?:mysql|mariadb)\d*(?:[^a-z]|$)/i, 'MySQL'],
  [/(?:sqlite\d?|(?:^|[^a-z])(?:libsql|turso|d1))(?:[^a-z]|$)/i, 'SQLite'],
  [/(?:^|[^a-z])(?:mssql|sqlserver|tsql)(?:[^a-z]|$)/i, 'SQL Server'],
  [/(?:^|[^a-z])clickhouse(?:[^a-z]|$)/i, 'ClickHouse'],
  [/(?:^|[^a-z])cockroach(?:db)?(?:[^a-z]|$)/i, 'CockroachDB'],
  [
    /(?:^|[^a-z])(?:oracle|db2|h2|hsqldb|snowflake|bigquery|duckdb|spanner|cassandra)(?:[^a-z]|$)/i,
    'another database',
  ],
];

/** Spellings that PostgreSQL's grammar refuses and another dialect's own grammar has. */
const marks: readonly (readonly [RegExp, string])[] = [
  [
    /MergeTree\b|\b(?:LowCardinality|CODEC|Nullable)\s*\(|\bUInt(?:8|16|32|64)\b|\bON\s+CLUSTER\b/i,
    'ClickHouse',
  ],
  [/\bENGINE\s*=\s*\w+|\bAUTO_INCREMENT\b|\bUNSIGNED\b|\bDEFAULT\s+CHARSET\b/i, 'MySQL'],
  [/\bAUTOINCREMENT\b|\bPRAGMA\s+\w+|\bWITHOUT\s+ROWID\b/i, 'SQLite'],
  [/^\s*GO\s*$|\bIDENTITY\s*\(\s*1\s*,\s*1\s*\)|\[dbo\]/im, 'SQL Server'],
  [/`[^`\n]+`/, 'MySQL or SQLite'],
];

/** Functions that PostgreSQL has not, in texts that its grammar reads. */
const sqliteFunctions = /\b(?:strftime|unixepoch|julianday|last_insert_rowid)\s*\(/i;

/**
 * Says why a directory's files are written for another database than PostgreSQL, or null. A text that no
 * grammar reads is not enough: a pull request with a syntax error must not make its directory vanish.
 */
export async function otherDialect(
  tree: Tree,
  directory: string,
  entries: readonly TreeEntry[],
): Promise<string | null> {
  const named = nameOfOther(directory);
  if (named !== null) return `its path says ${named}`;
  const suffixed = entries.map((entry) =>
    nameOfOther(
      basename(entry.path)
        .replace(/^\d+[-_.]/, '')
        .split('.')
        .slice(1)
        .join('.'),
    ),
  );
  const first = suffixed[0];
  if (typeof first === 'string' && suffixed.every((name) => name !== null))
    return `its files' suffixes say ${first}`;
  const files = entries.filter((entry) => entry.mode.startsWith('100')).map((entry) => entry.path);
  const contents = await tree.read(sample(files));
  // Later files follow the first, which a pull request that adds one leaves as it is.
  const [oldest] = contents.values();
  if (oldest !== undefined && sqliteFunctions.test(codeOf(oldest.toString('utf8'))))
    return `${files[0]} calls functions that SQLite has and PostgreSQL has not`;
  // The grammar takes its time, and the marks of other dialects stand in few texts.
  if (![...contents.values()].some((bytes) => hasMark(bytes.toString('utf8')))) return null;
  let refused = 0;
  const found: string[] = [];
  for (const bytes of contents.values()) {
    const text = bytes.toString('utf8');
    if (parseFile(text).error === null) continue;
    refused += 1;
    const code = codeOf(text);
    const mark = marks.find(([pattern]) => pattern.test(code));
    if (mark !== undefined) found.push(mark[1]);
  }
  // Most dialects have much in common with PostgreSQL's, so that a third of the files is proof enough where there
  // are many; a pull request that adds one of two files must not make the other vanish.
  const enough = contents.size < 6 ? found.length * 2 > contents.size : found.length * 3 >= contents.size;
  if (!enough || found.length * 2 < refused) return null;
  return `PostgreSQL's grammar refuses ${refused} of the ${contents.size} files looked at, which are written for ${found[0]}`;
}

const hasMark = (text: string): boolean => marks.some(([pattern]) => pattern.test(text));

/** The text without comments, strings and quoted bodies, in which any language may be quoted. */
function codeOf(text: string): string {
  let code = '';
  let at = 0;
  for (const comment of commentsOf(text)) {
    code += text.slice(at, comment.start);
    at = comment.end;
  }
  return (code + text.slice(at)).replace(/'(?:[^']|'')*'|(\$\w*\$)[\s\S]*?\1/g, "''");
}

/** The database other than PostgreSQL that a path speaks of, or null. */
export function nameOfOther(text: string): string | null {
  if (/postgres|pgsql|(?:^|[^a-z])pg(?:[^a-z]|$)/i.test(text)) return null;
  return names.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** What is read of a directory: at most thirty files, spread over the history: the oldest often come from a time before a move. */
export function sample(files: readonly string[]): string[] {
  const most = 30;
  if (files.length <= most) return [...files];
  return Array.from({ length: most }, (_, n) => files[Math.floor((n * files.length) / most)] ?? '');
}
