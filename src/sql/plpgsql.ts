import { parsePlPgSQLSync } from 'libpg-query';

/**
 * The body of a `DO` statement in PL/pgSQL as PostgreSQL's own PL/pgSQL grammar reads it: nodes such as
 * `PLpgSQL_stmt_loop`, as plain objects. Null for other languages and for what cannot be read.
 */
export function parseDoBlock(sql: string): object | null {
  try {
    return parsePlPgSQLSync(sql);
  } catch {
    // Another language, or a function that the parser does not know: nothing can be told from the text.
    return null;
  }
}
