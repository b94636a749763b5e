import type { RuleSubject } from './rule.ts';

/** Rules whose findings stand in no migration, where nobody reads a comment: the config, a deployment, a dump, a file that is gone. */
const withoutComment: ReadonlySet<string> = new Set([
  'gate-weakened',
  'deleted-applied-migration',
  'declared-schema-differs',
  'model-drift',
  'deploys-without-migrations',
  'migrates-at-boot',
  'history-hygiene',
]);

/** Does a `migration-gate:allow` comment in a migration accept findings of the rule? */
export const takesComment = (rule: string): boolean => !withoutComment.has(rule);

/** Rules about a file as a whole: a comment that names them speaks for it wherever it stands. */
export const isAboutFile = (rule: { readonly name: string; readonly about: RuleSubject }): boolean =>
  rule.about === 'history' || rule.name === 'tool-refuses-file';
