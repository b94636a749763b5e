import type pg from 'pg';

/** A session of the server that answers our questions: a client of pg, or one that a proxy listens to. */
export interface Asks {
  /** @param values for `$1`, `$2` … */
  query<Row extends pg.QueryResultRow>(text: string, values?: (string | null)[]): Promise<{ rows: Row[] }>;
}
