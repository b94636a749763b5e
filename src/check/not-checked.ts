import type { DatabaseConfig } from '../config/options.ts';
import type { Judgement } from '../rules/judge.ts';
import { notObserved } from '../run/index.ts';
import type { Rehearsal } from '../run/rehearsal.ts';

export function unknownSizes(judged: readonly Judgement[]): string[] {
  const tables = [...new Set(judged.flatMap(({ unknownSize }) => unknownSize ?? []))];
  return tables.map((table) => `How big ${table} is: the table statistics do not name it.`);
}

/** One sentence for everything that a green verdict does not cover. */
export function notChecked(rehearsal: Rehearsal | null, database: DatabaseConfig): string[] {
  if (rehearsal === null) return [];
  return [
    rehearsal.onDataOf === undefined
      ? 'Data and run time: the shadow is empty, so that only locks, rewrites and scans are known, not how long they take.'
      : 'What other sessions would have to wait for: nobody else works on the clone.',
    ...(database.postgresVersionStated
      ? []
      : [`The Postgres version of production: ${database.postgresMajor} was assumed.`]),
    ...notObserved(rehearsal.traced.migrations),
    ...rehearsal.notChecked,
  ];
}
