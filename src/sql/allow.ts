import { type Comment, commentsOf, lineFinder, parseFile } from './parse.ts';

/** An accepted finding: `-- migration-gate:allow RULE: reason`. */
export interface AllowComment {
  readonly rule: string;
  readonly reason: string;
  /** 1-based line of the comment. */
  readonly line: number;
  readonly scope: 'file' | 'statement';
  /** Index among the file's statements; null for the file's scope. */
  readonly statementIndex: number | null;
}

/** A comment that was meant to accept something and does not. */
export interface AllowProblem {
  readonly problem: 'no-reason' | 'unknown-rule' | 'no-statement';
  /** 1-based. */
  readonly line: number;
  /** The rule's name as written, or the whole comment where there is none. */
  readonly text: string;
}

const directive = /migration-gate:allow\b[ \t]*([A-Za-z0-9_-]*)[ \t]*(:?)[ \t]*([^\n]*)/g;

/**
 * Reads the accepted findings of a migration.
 *
 * A comment belongs to the statement that begins below it (other comments and blank lines may stand between),
 * to the statement that it stands inside of, or to the one that ends before it on the same line. In the head of
 * the file, before any statement, one that a blank line separates from the first statement speaks for the whole
 * file; so does any comment of a file that cannot be parsed, where nothing is known about statements.
 */
export function allowComments(
  sql: string,
  ruleNames: readonly string[],
): { allows: AllowComment[]; problems: AllowProblem[] } {
  const allows: AllowComment[] = [];
  const problems: AllowProblem[] = [];
  if (!sql.includes('migration-gate:allow')) return { allows, problems };
  const { statements, error } = parseFile(sql);
  const lines = lineFinder(sql);
  const scanned = commentsOf(sql);
  const comments = error !== null && scanned.length === 0 ? lineComments(sql) : scanned;
  const first = statements[0];
  // The comments directly above the first statement, without a blank line between, are that statement's.
  const headEnds = first === undefined ? 0 : startOfBlockAbove(sql, comments, first.start);

  for (const comment of comments) {
    for (const match of comment.text.matchAll(directive)) {
      const [whole, rule = '', colon = '', rest = ''] = match;
      const offset = comment.start + match.index;
      const line = lines(offset).line;
      const reason = (comment.text.startsWith('/*') ? rest.replace(/\*\/\s*$/, '') : rest).trim();
      if (!ruleNames.includes(rule)) {
        problems.push({ problem: 'unknown-rule', line, text: rule === '' ? whole.trim() : rule });
        continue;
      }
      if (colon === '' || reason === '') {
        problems.push({ problem: 'no-reason', line, text: rule });
        continue;
      }
      if (error !== null || (first !== undefined && offset < first.start && offset < headEnds)) {
        allows.push({ rule, reason, line, scope: 'file', statementIndex: null });
        continue;
      }
      const trailing = statements.findIndex(
        (statement) => statement.end <= comment.start && statement.endLine === line,
      );
      const statementIndex =
        trailing >= 0
          ? lastOnLine(statements, comment.start, line)
          : statements.findIndex((statement) => statement.end > comment.start);
      if (statementIndex === -1) {
        if (statements.length === 0) allows.push({ rule, reason, line, scope: 'file', statementIndex: null });
        else problems.push({ problem: 'no-statement', line, text: rule });
        continue;
      }
      allows.push({ rule, reason, line, scope: 'statement', statementIndex });
    }
  }
  return { allows, problems };
}

const lastOnLine = (
  statements: readonly { end: number; endLine: number }[],
  before: number,
  line: number,
): number => statements.findLastIndex((statement) => statement.end <= before && statement.endLine === line);

/** Where the run of comments begins that reaches down to the statement without a blank line. */
function startOfBlockAbove(sql: string, comments: readonly Comment[], statement: number): number {
  let start = statement;
  for (const comment of comments.filter(({ start }) => start < statement).reverse()) {
    if (/\n[ \t\r]*\n/.test(sql.slice(comment.end, start))) break;
    start = comment.start;
  }
  return start;
}

/** For a text that PostgreSQL's scanner cannot read to its end: lines that are comments by themselves. */
function lineComments(sql: string): Comment[] {
  const comments: Comment[] = [];
  let start = 0;
  sql.split('\n').forEach((text, index) => {
    const at = text.search(/\S/);
    if (at >= 0 && text.startsWith('--', at)) {
      comments.push({ start: start + at, end: start + text.length, line: index + 1, text: text.slice(at) });
    }
    start += text.length + 1;
  });
  return comments;
}
