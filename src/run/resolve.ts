import type { BaseRelation, StatementTrace } from './trace.ts';

/**
 * The base relation that a name in a statement means, or undefined when the new migrations made what it
 * means. Exact, since it asks what the statement has locked: a table that was dropped and made again under the same name is
 * not base's, and one that was renamed before still is.
 *
 * @param schemaname as written, '' or undefined when the name stands alone
 */
export function resolveRelation(
  baseRelations: readonly BaseRelation[],
  schemaname: string | undefined,
  relname: string,
  statement: Pick<StatementTrace, 'locks' | 'searchPath'>,
): BaseRelation | undefined {
  const schemas = schemaname ? [schemaname] : statement.searchPath;
  for (const schema of schemas) {
    const lock = statement.locks.find(({ names }) => names.includes(`${schema}.${relname}`));
    if (lock !== undefined) return baseRelations.find(({ oid }) => oid === lock.oid);
  }
  return undefined;
}
