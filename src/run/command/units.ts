import type { Migration } from '../../tools/tool.ts';
import type { Meant } from './meant.ts';
import { OperationLines } from './operation-line.ts';

/** One statement of the text, sent or added. */
export interface Unit {
  /** Null: BEGIN or COMMIT around what comes next. */
  readonly meant: Meant | null;
  readonly sql: string;
  readonly line: number;
}

/** The statements with their lines, and BEGIN and COMMIT where a migration has several transactions. */
export function unitsOf(
  migration: Migration,
  work: readonly Meant[],
  numbers: readonly (number | null)[],
  several: boolean,
): Unit[] {
  const lines = new OperationLines(migration.file, migration.bytes.toString('utf8'));
  const units: Unit[] = [];
  let open: number | null = null;
  for (const [index, meant] of work.entries()) {
    const line = lines.lineOf(
      meant.parsed.map(({ node }) => node),
      meant.sql,
    );
    const number = numbers[index] ?? null;
    if (several && number !== open) {
      if (open !== null) units.push({ meant: null, sql: 'COMMIT', line });
      if (number !== null) units.push({ meant: null, sql: 'BEGIN', line });
      open = number;
    }
    units.push({ meant, sql: meant.sql, line });
  }
  if (open !== null) units.push({ meant: null, sql: 'COMMIT', line: units.at(-1)?.line ?? 1 });
  return units;
}

/** One text of all statements, each on its line or after the one before. */
export function textOf(units: readonly Unit[]): string {
  let text = '';
  let line = 1;
  for (const unit of units) {
    if (unit.line > line) text += '\n'.repeat(unit.line - line);
    else if (text !== '') text += ' ';
    line = Math.max(line, unit.line);
    const sql = oneLine(unit.sql);
    text += `${sql};`;
    line += sql.split('\n').length - 1;
  }
  return text;
}

/** Where no literal and no comment holds a line's end, lines mean nothing. */
const oneLine = (sql: string): string => (/['"$]|--|\/\*/.test(sql) ? sql : sql.replace(/\s*\n\s*/g, ' '));
