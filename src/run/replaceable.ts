import { commentsOf, parseFile } from '../sql/parse.ts';
import type { Migration } from '../tools/tool.ts';
import type { StatementTrace } from './trace.ts';

/** SQL that can be written over lines of a file: 1-based, both included. */
export interface Replacement {
  readonly line: number;
  readonly endLine: number;
  readonly sql: string;
}

/**
 * The lines of a migration's file that SQL can be written over as it stands: they hold the statement and nothing else, and
 * what stands there afterwards runs as it was tried. Null where there are none: several statements, or one that refuses
 * a transaction, in a file that runs as one transaction.
 *
 * @param migration the file as git has it; only SQL files can take SQL
 */
export function replaceableLines(
  migration: Pick<Migration, 'file' | 'bytes' | 'sql' | 'transaction' | 'messages'>,
  statement: Pick<StatementTrace, 'line' | 'endLine' | 'sql'>,
  fix: string,
): Omit<Replacement, 'sql'> | null {
  if (!/\.sql$/i.test(migration.file) || commentsOf(fix).length > 0) return null;
  const { statements, error } = parseFile(fix);
  if (error !== null || statements.length === 0) return null;
  if (statements.length > 1 || /\bCONCURRENTLY\b/i.test(fix)) {
    if (migration.transaction !== 'none' || !isSentAlone(migration, statement.sql, statements.length))
      return null;
  }
  const { line, endLine, sql } = statement;
  const lines = migration.bytes
    .toString('utf8')
    .split(/\r?\n/)
    .slice(line - 1, endLine);
  return bare(lines.join('\n')) === bare(sql) ? { line, endLine } : null;
}

/** Where the tool cuts the file itself, a statement's place takes one statement, if it is a message of its own. */
function isSentAlone(
  { sql, messages }: Pick<Migration, 'sql' | 'messages'>,
  statement: string,
  count: number,
): boolean {
  if (messages === undefined) return true;
  return count === 1 && messages.some(({ start, end }) => bare(sql.slice(start, end)) === bare(statement));
}

const bare = (text: string): string => text.replaceAll('\r\n', '\n').trim().replace(/\s*;$/, '');
