import { commentsOf, parseFile } from '../sql/parse.ts';
import type { Migration } from '../tools/tool.ts';
import type { StatementTrace } from './trace.ts';

/** 1-based, both included. */
export interface LineRange {
  readonly line: number;
  readonly endLine: number;
}

/**
 * The lines of a migration's file that a fix can be written over as they stand: they hold the statement and nothing
 * else, and what stands there afterwards runs as the fix was tried. Null where there are none: the fix has more to
 * say in comments (a backfill, another file), or is several statements, or refuses a transaction, in a file that runs
 * as one transaction.
 *
 * @param migration the file as git has it; only SQL files can take SQL
 */
export function replaceableLines(
  migration: Pick<Migration, 'file' | 'bytes' | 'transaction' | 'messages'>,
  statement: Pick<StatementTrace, 'line' | 'endLine' | 'sql'>,
  fix: string,
): LineRange | null {
  if (!/\.sql$/i.test(migration.file) || commentsOf(fix).length > 0) return null;
  const { statements, error } = parseFile(fix);
  if (error !== null || statements.length === 0) return null;
  const oneByOne = migration.transaction === 'none' && migration.messages === undefined;
  if (!oneByOne && (statements.length > 1 || /\bCONCURRENTLY\b/i.test(fix))) return null;
  const { line, endLine, sql } = statement;
  const lines = migration.bytes
    .toString('utf8')
    .split(/\r?\n/)
    .slice(line - 1, endLine);
  const bare = (text: string): string => text.replaceAll('\r\n', '\n').trim().replace(/\s*;$/, '');
  return bare(lines.join('\n')) === bare(sql) ? { line, endLine } : null;
}
