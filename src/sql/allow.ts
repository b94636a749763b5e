import { type Comment, commentsOf, lineFinder, type ParsedFile, parseFile } from './parse.ts';
import { sourceComments } from './source-comments.ts';
import type { Language } from './source-languages.ts';

/** An accepted finding: `-- migration-gate:allow RULE: reason`. */
export interface AllowComment {
  readonly rule: string;
  readonly reason: string;
  /** 1-based line of the comment. */
  readonly line: number;
  readonly scope: 'file' | 'statement';
  /** Index among the file's statements; null for the file's scope. */
  readonly statementIndex: number | null;
  /** The last of the statements that one call of a program has sent; absent = `statementIndex`. */
  readonly through?: number;
  /** Version of the migration that it stands in, where the file holds several. */
  readonly migration?: string;
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
 *
 * In a program the comments are its language's, and those of the SQL in it. One that stands before any code
 * (docstrings aside) speaks for the file.
 *
 * @param text the file as it stands
 * @param sql what is sent of it, on the lines on which the file has it; of a SQL file the text itself
 */
export function allowComments(
  text: string,
  ruleNames: readonly string[],
  language: Language = 'sql',
  sql: string = text,
): { allows: AllowComment[]; problems: AllowProblem[] } {
  const allows: AllowComment[] = [];
  const problems: AllowProblem[] = [];
  if (!text.includes('migration-gate:allow')) return { allows, problems };
  const parsed = parseFile(sql);
  const { statements, error } = parsed;
  const places = language === 'sql' ? inSql(sql, parsed) : inProgram(text, language, sql, parsed);

  for (const comment of places.comments) {
    for (const match of comment.text.matchAll(directive)) {
      const [whole, rule = '', colon = '', rest = ''] = match;
      const line = comment.line + (comment.text.slice(0, match.index).match(/\n/g)?.length ?? 0);
      const reason = rest.replace(/(?:\*\/|-->)\s*$/, '').trim();
      if (!ruleNames.includes(rule)) {
        problems.push({ problem: 'unknown-rule', line, text: rule === '' ? whole.trim() : rule });
        continue;
      }
      if (colon === '' || reason === '') {
        problems.push({ problem: 'no-reason', line, text: rule });
        continue;
      }
      if (error !== null || places.isHead(comment, match.index)) {
        allows.push({ rule, reason, line, scope: 'file', statementIndex: null });
        continue;
      }
      const statementIndex = places.statementOf(comment, line);
      if (statementIndex === -1) {
        if (statements.length === 0) allows.push({ rule, reason, line, scope: 'file', statementIndex: null });
        else problems.push({ problem: 'no-statement', line, text: rule });
        continue;
      }
      const first = statements[statementIndex];
      const through = statements.findLastIndex((statement) => statement.line === first?.line);
      allows.push({
        rule,
        reason,
        line,
        scope: 'statement',
        statementIndex,
        ...(language === 'sql' || through <= statementIndex ? {} : { through }),
      });
    }
  }
  return { allows, problems };
}

/** Where the comments of a file stand among its statements. */
interface Places {
  readonly comments: readonly Comment[];
  /** Does what stands `within` the comment speak for the whole file? */
  isHead(comment: Comment, within: number): boolean;
  /** Index of the statement that a comment belongs to, -1 when there is none. */
  statementOf(comment: Comment, line: number): number;
}

function inSql(sql: string, { statements, error }: ParsedFile): Places {
  const scanned = commentsOf(sql);
  const comments = error !== null && scanned.length === 0 ? lineComments(sql) : scanned;
  const first = statements[0];
  // The comments directly above the first statement, without a blank line between, are that statement's.
  const headEnds = first === undefined ? 0 : startOfBlockAbove(sql, comments, first.start);
  return {
    comments,
    isHead: ({ start }, within) =>
      first !== undefined && start + within < first.start && start + within < headEnds,
    statementOf({ start }, line) {
      const trailing = statements.findLastIndex(
        (statement) => statement.end <= start && statement.endLine === line,
      );
      return trailing >= 0 ? trailing : statements.findIndex((statement) => statement.end > start);
    },
  };
}

function inProgram(
  text: string,
  language: Exclude<Language, 'sql'>,
  sql: string,
  { statements }: ParsedFile,
): Places {
  const { comments, codeStart } = sourceComments(text, language);
  const codeLine = lineFinder(text)(codeStart).line;
  // What is a comment to the program may be one to SQL as well: `--` in a docstring is none to both.
  const inner = commentsOf(sql).filter(({ line }) => comments.every((comment) => comment.line !== line));
  return {
    comments: [...comments, ...inner],
    isHead: ({ line }) => line < codeLine,
    statementOf(_, line) {
      const here = statements.findLastIndex(
        (statement) => statement.line <= line && statement.endLine >= line,
      );
      return here >= 0 ? here : statements.findIndex((statement) => statement.line > line);
    },
  };
}

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
