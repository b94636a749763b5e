import type { MigrationTrace, ServerError } from '../../run/trace.ts';
import type { FindingDraft, RuleContext } from '../rule.ts';

/** A migration that the server refused, with its error. */
export interface Failure {
  readonly migration: MigrationTrace;
  readonly error: ServerError;
}

export const failures = (context: RuleContext): Failure[] =>
  context.migrations.flatMap((migration) =>
    migration.error === null ? [] : [{ migration, error: migration.error }],
  );

/** What all findings about a failing migration have in common. */
export function failureDraft(context: RuleContext, { migration, error }: Failure) {
  const file = error.file ?? migration.file;
  const statement =
    file === migration.file
      ? migration.statements.find(({ line, endLine }) => line <= error.line && error.line <= endLine)
      : undefined;
  const { schema, table, column } = error.object;
  return {
    migration: migration.version,
    file,
    line: error.line,
    endLine: statement?.endLine ?? error.line,
    ...(statement === undefined ? {} : { statement: statement.index }),
    object:
      table === undefined ? null : [schema, table, column].filter((part) => part !== undefined).join('.'),
    evidence: null,
    fix: null,
    detail: { language: 'text' as const, text: caret(context.sources.get(file) ?? '', error) },
  } satisfies Partial<FindingDraft>;
}

/** Of a long line only this much is shown around the caret. */
const width = 100;

/**
 * The place in the file and what the server said, as psql shows it but with line numbers:
 * ```
 *   2 | ALTER TABLE users
 *   3 |   ADD COLUMN emial citext;
 *     |                    ^
 * ERROR 42704: type "citext" does not exist
 * ```
 */
export function caret(source: string, error: ServerError): string {
  const lines = source.split(/\r\n|\n|\r/);
  const first = Math.max(1, error.line - 2);
  const last = Math.min(lines.length, error.line + (error.column === null ? 2 : 0));
  const gutter = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const text = lines[number - 1] ?? '';
    if (number === error.line && error.column !== null) {
      const { text: part, column } = around(text, error.column);
      // Tabs stay tabs above the caret, so that it stands where a terminal shows the character.
      const padding = part.slice(0, column - 1).replace(/[^\t]/g, ' ');
      shown.push(`${String(number).padStart(gutter)} | ${part}`, `${' '.repeat(gutter)} | ${padding}^`);
    } else {
      shown.push(`${String(number).padStart(gutter)} | ${clip(text)}`);
    }
  }
  return [
    ...shown.map((line) => line.trimEnd()),
    `ERROR ${error.sqlstate}: ${oneLine(error.message)}`,
    ...(error.detail === null ? [] : [`DETAIL: ${oneLine(error.detail)}`]),
    ...(error.hint === null ? [] : [`HINT: ${oneLine(error.hint)}`]),
  ].join('\n');
}

function around(text: string, column: number): { text: string; column: number } {
  if (text.length <= width) return { text, column };
  const start = Math.max(0, Math.min(column - 1 - width / 2, text.length - width));
  const before = start > 0 ? '…' : '';
  const after = start + width < text.length ? '…' : '';
  return {
    text: `${before}${text.slice(start, start + width)}${after}`,
    column: column - start + before.length,
  };
}

const clip = (text: string): string => (text.length > width ? `${text.slice(0, width)}…` : text);

/** Server texts may have several lines (a PL/pgSQL context); a line each is enough to find the place. */
const oneLine = (text: string): string => {
  const flat = text.replace(/\s*[\r\n]+\s*/g, ' ');
  return flat.length > 500 ? `${flat.slice(0, 500)}…` : flat;
};
