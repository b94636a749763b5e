import { lineAt } from '../reading/texts.ts';
import type { Span } from '../tool.ts';

/** A block from its directive on, as dbmate sends it. */
interface Block extends Span {
  /** 1-based line of the directive. */
  readonly line: number;
  readonly transaction: boolean;
}

export interface DbmateSection {
  readonly up: Block;
  readonly down: Block;
}

export interface DbmateError {
  readonly line: number;
  /** dbmate's own words. */
  readonly message: string;
}

// Go's `(?m)^` and `$` know the line feed only, and its `\s` five characters.
const s = String.raw`[\t\n\f\r ]`;
const directive = (name: string) =>
  new RegExp(`(?<![^\\n])--${s}*migrate:${name}(?:${s}*(?![^\\n])|${s}+[^\\t\\n\\f\\r ]+)`, 'g');

/** Reads a file as dbmate does (pkg/dbmate/migration.go, 2.36). More than one section is legal there. */
export function parseDbmate(text: string): readonly [DbmateSection, ...DbmateSection[]] | DbmateError {
  const ups = [...text.matchAll(directive('up'))].map(({ index }) => index);
  const [firstUp, ...moreUps] = ups;
  if (firstUp === undefined) {
    return { line: 1, message: "dbmate requires each migration to define an up block with '-- migrate:up'" };
  }
  const statement = text
    .slice(0, firstUp)
    .split('\n')
    .findIndex((line) => !new RegExp(`^${s}*(?:--|$)`).test(line));
  if (statement !== -1) {
    return {
      line: statement + 1,
      message: "dbmate does not support statements preceding the '-- migrate:up' block",
    };
  }
  const downs = [...text.matchAll(directive('down'))].map(({ index }) => index);
  const section = (start: number, end: number): DbmateSection | DbmateError => {
    const [down, extra] = downs.filter((index) => index >= start && index < end);
    if (extra !== undefined) {
      return {
        line: lineAt(text, extra),
        message: "dbmate requires every '-- migrate:down' to be preceded by a '-- migrate:up'",
      };
    }
    if (down === undefined) {
      return {
        line: lineAt(text, start),
        message: "dbmate requires each migration to define a down block with '-- migrate:down'",
      };
    }
    return { up: block(text, start, down), down: block(text, down, end) };
  };
  const sections: DbmateSection[] = [];
  for (const [index, start] of ups.entries()) {
    const one = section(start, ups[index + 1] ?? text.length);
    if ('message' in one) return one;
    sections.push(one);
  }
  const [first, ...rest] = sections;
  if (first === undefined) throw new Error(`no section at ${firstUp} and ${moreUps.length} more`);
  return [first, ...rest];
}

function block(text: string, start: number, end: number): Block {
  const [line = ''] = text.slice(start, end).split('\n', 1);
  const options = line.replace(/^--\s*migrate:(?:up|down)/, '').split(/\s+/);
  // The last word of a name counts.
  const transaction = options
    .map((word) => word.split(':'))
    .findLast((pair) => pair.length === 2 && pair[0] === 'transaction');
  return { start, end, line: lineAt(text, start), transaction: transaction?.[1] !== 'false' };
}
