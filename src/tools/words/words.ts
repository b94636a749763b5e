import { type Operation, operationsOf } from './operation.ts';

/** Code of a migration tool, as a report shows it. */
export interface Code {
  readonly language: 'python' | 'ruby' | 'javascript' | 'typescript';
  /** Name of the tool, as its makers write it. */
  readonly tool: string;
  readonly text: string;
}

/** A part of a fix that is committed before the next one. */
export interface Part {
  readonly title: string;
  /** Statements, each ending with `;`; none: something to do between migrations. */
  readonly sql: readonly string[];
  readonly outsideTransaction: boolean;
  /** Rows are to be filled after it, outside of migrations. */
  readonly fills: boolean;
}

/** One migration of a fix. */
export interface Step {
  readonly operations: readonly Operation[];
  /** A statement of it refuses a transaction block. */
  readonly outsideTransaction: boolean;
  /** Path of the migration that the finding is about. */
  readonly file: string;
  /** Everything that the fix does up to here, for what a later step names. */
  readonly before: readonly Operation[];
}

/** How a tool whose migrations are programs says it. */
export interface Words {
  readonly comment: '#' | '//';
  language(file: string): Code['language'];
  /** What stands in the migration; null where it cannot be written in a way that is sure to mean the same. */
  migration(step: Step): string | null;
  /** What else has to be done, as a sentence below it all. */
  closing?(operations: readonly Operation[], code: string): string | null;
}

/**
 * A fix as code of the tool: one piece for each migration that it takes.
 *
 * @param kept SQL of the finding's statement, whose call stays where the fix has it too
 */
export function inToolWords(
  { title, words }: { readonly title: string; readonly words: Words },
  parts: readonly Part[],
  { file, kept }: { readonly file: string; readonly kept: string | null },
): Code | null {
  const all = parts.filter(({ sql }) => sql.length > 0).length;
  const said = (text: string): string[] => text.split(/[\r\n]+/).map((line) => `${words.comment} ${line}`);
  const before: Operation[] = [];
  const pieces: string[] = [];
  let number = 0;
  for (const part of parts) {
    if (part.sql.length === 0) {
      pieces.push(said(part.title).join('\n'));
      continue;
    }
    number += 1;
    const operations = operationsOf(part.sql.join('\n'), kept);
    // What PostgreSQL's grammar cannot read nobody can say in another way.
    if (operations.length === 0) return null;
    const { outsideTransaction } = part;
    const code = words.migration({ operations, outsideTransaction, file, before: [...before] });
    if (code === null) return null;
    before.push(...operations);
    const heading = all === 1 ? [] : said(`Migration ${number} of ${all}: ${part.title}`);
    const rest = part.fills ? said('Then the rows, in batches, as the SQL tells.') : [];
    pieces.push([...heading, code, ...rest].join('\n'));
  }
  const closing = words.closing?.(before, pieces.join('\n')) ?? null;
  if (closing !== null) pieces.push(said(closing).join('\n'));
  const says = before.some(({ kind }) => kind !== 'kept') || parts.some((part) => part.outsideTransaction);
  return !says ? null : { language: words.language(file), tool: title, text: pieces.join('\n\n') };
}

/** What stands for the call that sends the finding's statement. */
export const keptCall = 'the call that is here now';
