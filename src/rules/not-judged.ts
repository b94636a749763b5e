import type { MigrationReport } from '../report/model.ts';

/** What a rule has seen and the settings keep quiet about. */
export interface NotJudged {
  readonly rule: string;
  readonly because: NonNullable<MigrationReport['notJudged']>[number]['because'];
  /** Where it would have stood. */
  readonly file: string | null;
  readonly migration: string | null;
}

/** Of one migration, each rule once. */
export function notJudgedIn(
  all: readonly NotJudged[],
  { file, version }: { readonly file: string; readonly version: string },
): NonNullable<MigrationReport['notJudged']> {
  const here = all.filter((one) => one.file === file && (one.migration ?? version) === version);
  const rules = new Map(here.map(({ rule, because }) => [rule, { rule, because }]));
  return [...rules.values()];
}
