import type pg from 'pg';

/** A session of the server that answers our questions: a client of pg, or one that a proxy listens to. */
export interface Asks {
  /** @param values for `$1`, `$2` … */
  query<Row extends pg.QueryResultRow>(text: string, values?: (string | null)[]): Promise<{ rows: Row[] }>;
}

/** The row of a question that always has one. */
export function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('a question that has one row as its answer got none');
  return row;
}
