import type { Span } from './lex.ts';

/** How far a statement or class is followed, in lines. */
const longest = 400;
const longestBack = 25;

/** A text by its lines. */
export interface Lines {
  readonly text: string;
  /** Offset of each line's first character. */
  readonly starts: readonly number[];
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { text, starts };
}

/** 0-based line of an offset. */
export function lineAt({ starts }: Lines, offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Longer lines are data, or were made small by a program. */
export const longestLine = 2_000;

/** A line without its end, and of a longer one the beginning. */
export function lineText({ text, starts }: Lines, line: number): string {
  const start = starts[line] ?? text.length;
  return text.slice(start, Math.min((starts[line + 1] ?? text.length + 1) - 1, start + longestLine + 1));
}

/**
 * The statement, class or block that an offset stands in the head of: the calls that are chained before and
 * after it, the brackets that it opens, the indented lines below a class.
 */
export function scopeAt(lines: Lines, offset: number): Span {
  const at = lineAt(lines, offset);
  const first = startOf(lines, at);
  return { start: lines.starts[first] ?? 0, end: endOf(lines, first, at) };
}

/** The class whose body an offset stands in, by indentation; null where there is none. */
export function classAround(lines: Lines, offset: number): Span | null {
  const at = lineAt(lines, offset);
  for (let line = at; line >= Math.max(0, at - 60); line -= 1) {
    const text = lineText(lines, line);
    if (line !== at && indentOf(text) >= indentOf(lineText(lines, at))) continue;
    if (
      !/^\s*(?:export\s+|default\s+|abstract\s+|public\s+|final\s+|data\s+)*(?:class|struct|defmodule|type|model)\s+(?!Meta\b)/.test(
        text,
      )
    )
      continue;
    return { start: lines.starts[line] ?? 0, end: endOf(lines, line, line) };
  }
  return null;
}

const continues = /^\s*(?:[.)\]{}]|\?\.|->|\|>|&&|\|\||=>)/;
const goesOn = /(?:[(,=[{+.|]|=>|->)\s*$/;

function startOf(lines: Lines, at: number): number {
  let first = at;
  while (first > 0 && at - first < longestBack) {
    const previous = lineText(lines, first - 1);
    if (previous.trim() === '' || /[;}]\s*$/.test(previous)) break;
    if (!continues.test(lineText(lines, first)) && !/(?:[(,=+.|]|=>|->)\s*$/.test(previous)) break;
    first -= 1;
  }
  return first;
}

function endOf(lines: Lines, first: number, at: number): number {
  let depth = 0;
  const indent = indentOf(lineText(lines, first));
  for (let line = first; line < Math.min(lines.starts.length, first + longest); line += 1) {
    const text = lineText(lines, line);
    for (const character of text) {
      if ('([{'.includes(character)) depth += 1;
      else if (')]}'.includes(character)) depth -= 1;
    }
    if (line < at || depth > 0) continue;
    const next = lines.starts.length > line + 1 ? lineText(lines, line + 1) : '';
    // `class X:`, `class X < Y`, `schema "x" do`: the block is what is indented below.
    if (opensBlock(text) && indentOf(next) > indent) return blockBelow(lines, line, indent);
    // An annotation belongs to what follows it.
    if (/^\s*(?:@|#\[|\[)/.test(text) && depth <= 0 && !/;\s*$/.test(text) && next.trim() !== '') continue;
    if (!continues.test(next) && !goesOn.test(text)) return endOfLine(lines, line);
  }
  return endOfLine(lines, Math.min(lines.starts.length, first + longest) - 1);
}

/** Up to the last line that is indented deeper. */
function blockBelow(lines: Lines, line: number, indent: number): number {
  let last = line;
  for (let below = line + 1; below < Math.min(lines.starts.length, line + longest); below += 1) {
    const inside = lineText(lines, below);
    if (inside.trim() !== '' && indentOf(inside) <= indent) break;
    last = below;
  }
  return endOfLine(lines, last);
}

const opensBlock = (text: string): boolean =>
  /^\s*(?:class|defmodule|module)\b/.test(text) || /(?::|\bdo(?:\s*\|[^|]*\|)?)\s*$/.test(text);

const indentOf = (text: string): number => /^\s*/.exec(text)?.[0].length ?? 0;
const endOfLine = ({ text, starts }: Lines, line: number): number =>
  (starts[line + 1] ?? text.length + 1) - 1;
