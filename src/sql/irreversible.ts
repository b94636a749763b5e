import { commentsOf, lineFinder } from './parse.ts';

/** `-- migration-gate:irreversible: reason`: the author knows that there is no way back. */
export interface IrreversibleComment {
  /** Null when none is given: then the comment says nothing. */
  readonly reason: string | null;
  /** 1-based line of the comment. */
  readonly line: number;
}

const directive = /migration-gate:irreversible\b[ \t]*:?[ \t]*([^\n]*)/;

/**
 * The comment that speaks for a whole migration, wherever in its text it stands; null when there is none. Of several
 * the first with a reason counts.
 */
export function irreversibleComment(sql: string): IrreversibleComment | null {
  if (!sql.includes('migration-gate:irreversible')) return null;
  const lines = lineFinder(sql);
  const found = commentsOf(sql).flatMap(({ text, start }): IrreversibleComment[] => {
    const match = directive.exec(text);
    if (match === null) return [];
    const said = match[1] ?? '';
    const reason = (text.startsWith('/*') ? said.replace(/\*\/\s*$/, '') : said).trim();
    return [{ reason: reason === '' ? null : reason, line: lines(start + match.index).line }];
  });
  return found.find(({ reason }) => reason !== null) ?? found[0] ?? null;
}
