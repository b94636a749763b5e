import { Undecided } from '../../errors.ts';
import type { Span } from '../tool.ts';
import { decodeMigration } from './decode.ts';

/**
 * The text of a file as a tool has it that reads bytes as UTF-8 and knows no byte order mark: the mark stays,
 * for the server or the tool's own parser to stumble over.
 *
 * @param title the tool's name, for the message
 * @throws Undecided for bytes that are not UTF-8
 */
export function sentText(title: string, file: string, bytes: Buffer): string {
  const { text, encoding, byteOrderMark } = decodeMigration(file, bytes);
  if (encoding !== 'utf-8') {
    throw new Undecided(
      'invalid-configuration',
      `${file} is ${encoding.toUpperCase()}, which ${title} sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`,
      { place: { file } },
    );
  }
  return byteOrderMark ? `\ufeff${text}` : text;
}

/** The text with everything but these parts replaced by spaces, so that lines and columns stay what they are. */
export function blanked(text: string, keep: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of keep) {
    result += text.slice(at, start).replace(/[^\r\n]/g, ' ') + text.slice(start, end);
    at = end;
  }
  return result + text.slice(at).replace(/[^\r\n]/g, ' ');
}

/** 1-based line of an offset. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Go's idea of white space (`unicode.IsSpace`), which a byte order mark is not part of. */
const space = String.raw`[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const leading = new RegExp(`^${space}+`);
const trailing = new RegExp(`${space}+$`);
const words = new RegExp(`${space}+`);

/** Go's `strings.TrimSpace`. */
export const goTrim = (text: string): string => text.replace(leading, '').replace(trailing, '');

/** Go's `strings.Fields`. */
export const goFields = (text: string): string[] => text.split(words).filter((word) => word !== '');

export interface Line {
  readonly start: number;
  /** Without the line's end. */
  readonly text: string;
}

/** Lines as Go's `bufio.ScanLines` gives them: a final `\r` is dropped, and so is an empty last line. */
export function goLines(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    lines.push({ start, text: text.slice(start, end).replace(/\r$/, '') });
    start = end + 1;
  }
  return lines;
}
