import { Undecided } from '../../errors.ts';
import type { TreeEntry } from '../../git/tree.ts';
import { costlyRun } from '../../sql/scan-cost.ts';

export interface DecodedText {
  /** Without the byte order mark. */
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly byteOrderMark: boolean;
}

/**
 * The text of a migration file. A byte order mark decides the encoding; without one it must be UTF-8, since
 * guessing between Latin-1 and its relatives would check another text than the one that is deployed.
 *
 * @throws Undecided('invalid-configuration') for other bytes, a zero byte, and what the server could not read in time
 */
export function decodeMigration(file: string, bytes: Buffer): DecodedText {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  const byteOrderMark = encoding !== 'utf-8' || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.includes('\0')) {
      const line = text.slice(0, text.indexOf('\0')).split('\n').length;
      throw unreadable(file, line, 'it holds a zero byte, which PostgreSQL refuses in any text');
    }
    refuseCostly(file, text);
    return { text, encoding, byteOrderMark };
  } catch (error) {
    if (error instanceof Undecided) throw error;
    const line = encoding === 'utf-8' ? firstInvalidLine(bytes) : undefined;
    throw unreadable(file, line, `its bytes are not ${encoding.toUpperCase()}`, error);
  }
}

/** About two seconds of the server's, in which no time limit could end it. */
const SERVER_COST = 2e8;

function refuseCostly(file: string, text: string): void {
  const at = costlyRun(text, SERVER_COST);
  if (at === null) return;
  throw new Undecided(
    'invalid-configuration',
    `${file} has so many comments within comments, or signs in a row, that PostgreSQL would need minutes to read it, and could not be stopped. Put spaces between them, or leave them out.`,
    { place: { file, line: text.slice(0, at).split('\n').length } },
  );
}

/** Refuses what git records as something else than a file with contents. */
export function refuseLink(entry: TreeEntry): void {
  if (entry.mode === '120000') {
    throw new Undecided(
      'invalid-configuration',
      `${entry.path} is a symbolic link. Links are not followed, because a pull request could point one at anything; put the file itself there.`,
      { place: { file: entry.path } },
    );
  }
  if (entry.mode === '160000') {
    throw new Undecided(
      'invalid-configuration',
      `${entry.path} is a git submodule, whose files are not part of this repository and cannot be checked here.`,
      { place: { file: entry.path } },
    );
  }
}

function unreadable(file: string, line: number | undefined, what: string, cause?: unknown): Undecided {
  return new Undecided(
    'invalid-configuration',
    `${file} cannot be read: ${what}. Save it as UTF-8 (without a byte order mark) and push again.`,
    { place: { file, line }, cause },
  );
}

function firstInvalidLine(bytes: Buffer): number {
  let line = 1;
  for (let from = 0; from <= bytes.length; ) {
    const newline = bytes.indexOf(0x0a, from);
    const until = newline === -1 ? bytes.length : newline;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, until));
    } catch {
      return line;
    }
    if (newline === -1) break;
    from = newline + 1;
    line += 1;
  }
  return 1;
}
