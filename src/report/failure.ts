import type { Finding, MigrationReport, Report } from './model.ts';
import { clip, shorten, visible } from './visible.ts';

const contextLines = 6;

/** What the server said about a failing migration, with a caret; null when the finding is about no failure. */
export function failureText(report: Report, finding: Finding): string | null {
  const migration = report.databases
    .find((database) => database.name === finding.database)
    ?.migrations.find(({ file, error }) => file === finding.file && error !== null);
  if (migration?.error == null || migration.error.line !== finding.line) return null;
  const { sqlstate, message, detail, hint } = migration.error;
  return [
    `ERROR ${sqlstate}: ${said(message)}`,
    ...(detail === null ? [] : [`DETAIL: ${said(detail)}`]),
    ...(hint === null ? [] : [`HINT: ${said(hint)}`]),
    ...frame(migration),
  ].join('\n');
}

/** A server repeats whole statements and rows in its messages. */
const said = (text: string): string => clip(visible(text), 8);

/** Lines of the failing statement around the error, numbered as in the file. */
function frame(migration: MigrationReport): string[] {
  const { error } = migration;
  if (error === null) return [];
  const statement = migration.statements.find(
    ({ line, endLine }) => line <= error.line && error.line <= endLine,
  );
  if (statement === undefined) return [];
  return ['', codeFrame(statement.sql, statement.line, error)];
}

/**
 * A statement with line numbers and a caret under the place that the server named. Long statements are
 * shown around it.
 *
 * @param firstLine number of the statement's first line in its file
 */
export function codeFrame(
  sql: string,
  firstLine: number,
  place: { readonly line: number; readonly column: number | null },
): string {
  const lines = visible(sql).split('\n');
  const target = place.line - firstLine;
  const from = Math.max(0, Math.min(target - contextLines, lines.length - 2 * contextLines));
  const to = Math.min(lines.length, from + 2 * contextLines + 1);
  const width = String(firstLine + to - 1).length;
  return lines
    .slice(from, to)
    .flatMap((line, index) => {
      const number = firstLine + from + index;
      const row = `${String(number).padStart(width)} | ${shorten(line, 160)}`;
      if (number !== place.line || place.column === null || place.column > 150) return [row];
      // Tabs stay tabs, so that the caret stands under its column whatever their width is.
      const before = line.slice(0, place.column - 1).replace(/[^\t]/g, ' ');
      return [row, `${' '.repeat(width)} | ${before}^`];
    })
    .join('\n');
}
