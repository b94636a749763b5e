import type pg from 'pg';
import { lineFinder, unitsOf } from '../sql/parse.ts';
import type { ServerError } from './trace.ts';

/** Where the text that the server got stands in the migration's file. */
export interface SentText {
  /** The whole file. */
  readonly file: string;
  /** What was sent. */
  readonly sent: string;
  /** Offset of `sent` in `file`. */
  readonly start: number;
}

/** Turns an error of the server into one that points into the migration's file. */
export function toServerError(error: pg.DatabaseError, { file, sent, start }: SentText): ServerError {
  const lines = lineFinder(file);
  const position = Number(error.position ?? 0);
  // The server counts characters from 1, JavaScript UTF-16 units from 0.
  const at = position > 0 ? lines(start + unitsOf(sent, position - 1)) : null;
  return {
    sqlstate: error.code ?? 'XX000',
    message: error.message,
    detail: error.detail ?? null,
    hint: error.hint ?? null,
    line: at?.line ?? lines(start).line,
    column: at?.column ?? null,
    object: {
      ...(error.schema === undefined ? {} : { schema: error.schema }),
      ...(error.table === undefined ? {} : { table: error.table }),
      ...(error.column === undefined ? {} : { column: error.column }),
      ...(error.constraint === undefined ? {} : { constraint: error.constraint }),
    },
  };
}
