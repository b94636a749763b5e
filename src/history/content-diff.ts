import { isUtf8 } from 'node:buffer';
import { structuredPatch } from 'diff';
import { sameStatements } from '../sql/parse.ts';
import type { Migration } from '../tools/tool.ts';
import { codeOf } from './program-code.ts';
import { differInSchemaOnly } from './seen-in-schema.ts';

/** How two contents of a migration differ. */
export interface ContentDifference {
  /** Same statements: only comments, white space, line endings or spelling differ. */
  readonly cosmetic: boolean;
  /** Unified, three lines of context, without file headers. */
  readonly diff: string;
  /** First changed line of the newer content, 1-based. */
  readonly line: number;
}

/** How two versions of a migration differ. */
export interface MigrationDifference extends ContentDifference {
  /** Not cosmetic, and only in statements of which a comparison of schemas sees all. */
  readonly schemaOnly: boolean;
  /** Only the way back differs. */
  readonly downOnly: boolean;
}

/** Beyond this many changed lines the diff algorithm's time grows with their square. */
const maxChangedLines = 1_000;

/** Compares what two versions of a migration's file say: SQL by its statements, a program by its text without comments and layout. */
export function compareMigrations(before: Migration, after: Migration): MigrationDifference {
  const [a, b] = [fileText(before), fileText(after)];
  if (before.program === true && after.program === true) {
    // Other bytes are one and the same character to what reads them as UTF-8.
    const readable = isUtf8(before.bytes) && isUtf8(after.bytes);
    const [code, newCode] = [codeOf(before.file, before.effect ?? a), codeOf(after.file, after.effect ?? b)];
    return {
      ...compareContents(a, b),
      cosmetic: readable && code === newCode,
      schemaOnly: false,
      downOnly: false,
    };
  }
  if (isUnread(before) || isUnread(after)) {
    const [was, is] = [before.bytes.toString('utf8'), after.bytes.toString('utf8')];
    const text = compareContents(was, is);
    // What the tool stopped at ran nowhere.
    const cosmetic = text.cosmetic && (before.refused === undefined) === (after.refused === undefined);
    return { ...text, cosmetic, schemaOnly: false, downOnly: false };
  }
  const sent = compareContents(before.sql, after.sql);
  const shown = a === b ? sent : compareContents(a, b);
  return {
    ...shown,
    cosmetic: sent.cosmetic,
    schemaOnly: !sent.cosmetic && differInSchemaOnly(before.sql, after.sql),
    downOnly:
      solid(before.sql) === solid(after.sql) &&
      after.down?.file === after.file &&
      before.down?.sql !== after.down.sql,
  };
}

/** Its text is not what would be sent: nothing follows from two that are equal. */
const isUnread = ({ refused, opaque }: Migration): boolean => refused !== undefined || opaque !== undefined;

/** What people see in the file; what is sent where the tool's own idea of its bytes is another text. */
function fileText({ program, bytes, sql }: Migration): string {
  const text = bytes.toString('utf8');
  const isFile = !text.includes('\ufffd') && text.split('\n').length === sql.split('\n').length;
  return program === true || isFile ? text : sql;
}

const solid = (text: string): string => text.replace(/\s+/g, '');

/** Compares two contents that are known to have different bytes. */
export function compareContents(before: string, after: string): ContentDifference {
  const [a, b] = [unixLines(before), unixLines(after)];
  if (a === b) {
    const endings = `${lineEnding(before)} to ${lineEnding(after)}`;
    const what =
      before.replace(/^\ufeff/, '') === after.replace(/^\ufeff/, '')
        ? 'the byte order mark differs'
        : `line endings differ (${endings})`;
    return { cosmetic: true, diff: `\\ Only ${what}.`, line: 1 };
  }
  return { cosmetic: sameStatements(a, b), diff: unifiedDiff(a, b), line: firstChangedLine(a, b) };
}

const unixLines = (text: string): string => text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');

const lineEnding = (text: string): string => (text.includes('\r\n') ? 'CRLF' : 'LF');

function unifiedDiff(before: string, after: string): string {
  const patch = structuredPatch('', '', before, after, '', '', {
    context: 3,
    maxEditLength: maxChangedLines,
  });
  if (patch === undefined) {
    const line = firstChangedLine(before, after);
    return `@@ -${line} +${line} @@\n\\ More than ${maxChangedLines} lines differ from here on.`;
  }
  return patch.hunks
    .map((hunk) =>
      [
        `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
        ...hunk.lines,
      ].join('\n'),
    )
    .join('\n');
}

const range = (start: number, lines: number): string => (lines === 1 ? `${start}` : `${start},${lines}`);

function firstChangedLine(before: string, after: string): number {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let line = 0;
  while (line < b.length - 1 && a[line] === b[line]) line += 1;
  return line + 1;
}

/** How much of two contents is the same, 0 to 1, as git counts it: bytes of common lines of the larger one. */
export function similarity(left: string, right: string): number {
  const [a, b] = [unixLines(left), unixLines(right)];
  const larger = Math.max(a.length, b.length);
  if (larger === 0) return 1;
  const counts = new Map<string, number>();
  for (const line of a.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of b.split('\n')) {
    const count = counts.get(line) ?? 0;
    if (count === 0) continue;
    counts.set(line, count - 1);
    common += line.length + 1;
  }
  return Math.min(1, common / (larger + 1));
}
