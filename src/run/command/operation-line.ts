import type { Node } from '@pgsql/types';
import { sourceComments } from '../../sql/source-comments.ts';
import { languageOf } from '../../sql/source-languages.ts';
import { QuotedLines } from './quoted-line.ts';
import { walk } from './statement-parts.ts';

/** Where a program calls something, and which words stand in the call. */
interface Region {
  readonly line: number;
  readonly length: number;
  readonly words: ReadonlySet<string>;
  /** The words' own parts: `add` and `column` of `addColumn`. */
  readonly parts: readonly string[];
}

/**
 * Tells on which line of a program a statement was asked for: where it stands as it was sent; else at the call that mentions most of the names in the
 * statement (table, column, index), not at one around it, of those at the one that shares most words with it, then the shortest.
 */
export class OperationLines {
  private readonly regions: readonly Region[];
  private readonly quoted: QuotedLines;
  private last = 1;

  constructor(file: string, text: string) {
    const language = languageOf(file);
    const plain = language === 'sql' ? text : blanked(text, sourceComments(text, language).comments);
    const lines = plain.split('\n');
    const { from, to } = forth(lines);
    this.regions = regionsOf(file, lines, from, to);
    this.quoted = new QuotedLines(lines.slice(from, to), from + 1, language);
  }

  /** 1-based; 1 where no call mentions any of it. */
  lineOf(nodes: readonly Node[], sql: string): number {
    const quoted = this.quoted.lineOf(sql, this.last);
    if (quoted !== null) {
      this.last = quoted;
      return quoted;
    }
    const names = nodes.flatMap(namesIn);
    const scored = this.regions.map((region) => ({
      region,
      score: names.reduce((sum, name) => sum + likeness(name, region.words), 0),
    }));
    const most = Math.max(0, ...scored.map(({ score }) => score));
    if (most === 0) return this.last;
    const best = scored.filter(({ score }) => score === most).map(({ region }) => region);
    const innermost = best.filter(
      (region) => !best.some((other) => other !== region && isInside(other, region)),
    );
    const said = new Set(partsOf(sql));
    const echo = ({ parts }: Region) => parts.filter((part) => said.has(part)).length;
    const loudest = Math.max(...innermost.map(echo));
    const alike = innermost.filter((region) => echo(region) === loudest);
    const shortest = Math.min(...alike.map(({ length }) => length));
    const candidates = alike.filter(({ length }) => length === shortest);
    const found = candidates.find(({ line }) => line >= this.last) ?? candidates[0];
    this.last = found?.line ?? 1;
    return this.last;
  }
}

const isInside = (inner: Region, outer: Region): boolean =>
  inner.line >= outer.line &&
  inner.line + inner.length <= outer.line + outer.length &&
  inner.length < outer.length;

/** The lines of the part that goes forth, each with all that its brackets hold. */
function regionsOf(file: string, lines: readonly string[], from: number, to: number): Region[] {
  const depths = depthsOf(lines, /\.(?:exs?|rb|rake)$/.test(file));
  return lines.slice(from, to).flatMap((content, offset) => {
    if (content.trim() === '') return [];
    const at = from + offset;
    const depth = depths[at] ?? 0;
    let end = at;
    while (end + 1 < to && (depths[end + 1] ?? 0) > depth) end += 1;
    const said = lines.slice(at, end + 1).join('\n');
    const words = new Set((said.match(word) ?? []).map((each) => each.toLowerCase()));
    return [{ line: at + 1, length: end - at, words, parts: partsOf(said) }];
  });
}

const word = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** Each part of a text's words once, in lower case. */
function partsOf(text: string): string[] {
  const words = text.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').match(word) ?? [];
  return [...new Set(words.flatMap((each) => each.toLowerCase().split('_')))].filter((part) => part !== '');
}

function blanked(
  text: string,
  comments: readonly { readonly start: number; readonly end: number }[],
): string {
  let plain = text;
  for (const { start, end } of comments)
    plain = plain.slice(0, start) + plain.slice(start, end).replace(/[^\n]/g, ' ') + plain.slice(end);
  return plain;
}

/** How migrations begin their two parts. */
const up =
  /^\s*(?:(?:async\s+)?def\s+(?:upgrade|up|change)\b|(?:module\.)?exports\.up\b|export\s+(?:async\s+)?(?:const|function)\s+up\b|(?:public\s+)?async\s+up\s*\(|up\s*[:(=]|(?:override\s+)?async\s+up\b)/;
const down =
  /^\s*(?:(?:async\s+)?def\s+(?:downgrade|down)\b|(?:module\.)?exports\.down\b|export\s+(?:async\s+)?(?:const|function)\s+down\b|(?:public\s+)?async\s+down\s*\(|down\s*[:(=]|(?:override\s+)?async\s+down\b)/;

/** The part that goes forth, as indexes of lines; everything where nothing tells. */
function forth(lines: readonly string[]): { readonly from: number; readonly to: number } {
  const start = lines.findIndex((line) => up.test(line));
  const back = lines.findIndex((line) => down.test(line));
  if (start === -1) return { from: 0, to: back === -1 ? lines.length : back };
  return { from: start, to: back > start ? back : lines.length };
}

/** What `end` ends in Ruby and Elixir. A line of the second kind belongs to what it stands in. */
const block = /\bdo\s*(?:\|[^|]*\|\s*)?$/;
const other =
  /^\s*(?:def|defp|defmodule|class|module|if|unless|case|begin|while)\b(?!.*(?:\bend\s*$|\bdo:))|\bfn\b.*->\s*$/;

/**
 * Open brackets before each line; those inside of strings are counted too, which shifts all lines alike or ends soon.
 *
 * @param blocks `do … end` is a bracket
 */
function depthsOf(lines: readonly string[], blocks: boolean): number[] {
  let depth = 0;
  const open: number[] = [];
  return lines.map((line) => {
    // The line that ends a block belongs to it.
    const before = depth;
    if (blocks && /^\s*end\b/.test(line)) depth = Math.max(0, depth - (open.pop() ?? 0));
    if (blocks && (other.test(line) || block.test(line))) {
      const inside = other.test(line) ? 0 : 1;
      open.push(inside);
      depth += inside;
    }
    for (const sign of line.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '')) {
      if ('([{'.includes(sign)) depth += 1;
      else if (')]}'.includes(sign)) depth = Math.max(0, depth - 1);
    }
    return before;
  });
}

const named = new Set([
  'relname',
  'idxname',
  'colname',
  'conname',
  'newname',
  'subname',
  'name',
  'typname',
  'funcname',
]);

/** Names of what a statement is about; types and constants left out. */
function namesIn(node: Node): string[] {
  const found = new Set<string>();
  walk(node, (key, value) => {
    if (key === 'TypeName' || key === 'A_Const' || key === 'typeName') return false;
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && named.has(name) && !inner.startsWith('pg_catalog')) found.add(inner);
    }
    if (key === 'String' && 'sval' in value && typeof value.sval === 'string') found.add(value.sval);
    return undefined;
  });
  return [...found].filter((name) => name.length > 1 && !['pg_catalog', 'int4', 'public'].includes(name));
}

/** A name as it stands counts more than what may be another's. */
function likeness(name: string, words: ReadonlySet<string>): number {
  if (words.has(name.toLowerCase())) return 3;
  return spellings(name).some((word) => words.has(word)) ? 2 : 0;
}

/** How a program may write a name: Django without the app, Rails in the singular, classes without underscores. */
function spellings(name: string): string[] {
  const lower = name.toLowerCase();
  const short = lower.slice(lower.indexOf('_') + 1);
  return [short, lower.replace(/s$/, ''), lower.replace(/_id$/, ''), lower.replaceAll('_', '')];
}
