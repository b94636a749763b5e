import type { Config } from './config/options.ts';
import { Undecided } from './errors.ts';
import type { Finding } from './report/model.ts';
import type { Rehearsal } from './run/rehearse.ts';
import { parseFile } from './sql/parse.ts';
import type { Hook, Migration } from './tools/tool.ts';

/** Statements behind an accepted failure were not seen: nobody knows whether they are safe. */
export function unseen(
  { traced }: Rehearsal,
  pending: readonly Migration[],
  findings: readonly Finding[],
  failOn: Config['failOn'],
): Undecided | null {
  // Report only, or blocked anyway.
  const blocks = ({ severity, allowed }: Finding) =>
    allowed === null && (severity === 'error' || (failOn === 'warning' && severity === 'warning'));
  if (failOn === 'never' || findings.some(blocks)) return null;
  const failed = traced.migrations.find(({ error, file, version, statements, alike }) => {
    const sql =
      pending.find((migration) => migration.file === file && migration.version === version)?.sql ?? '';
    const ran = alike.reduce((sum, { count }) => sum + count, statements.length);
    return error !== null && ran < parseFile(sql).statements.length;
  });
  const refused = traced.migrations.find((migration) => migration.refused !== null);
  if (refused?.refused != null) {
    const { line, says } = refused.refused;
    return new Undecided(
      'not-observed',
      `${refused.file} was accepted although it stops the tool, so that neither it nor what comes after it ran, and what they would do is not known. ${says}`,
      { place: { file: refused.file, line } },
    );
  }
  const skipped = traced.migrations.find(({ ran }) => !ran);
  const cause = traced.migrations.find(({ error }) => error !== null);
  if (cause === undefined || (failed === undefined && skipped === undefined)) return null;
  const what = skipped === undefined ? `the rest of ${cause.file}` : skipped.file;
  return new Undecided(
    'not-observed',
    `${cause.error?.file ?? cause.file} fails on the shadow, which was accepted; so ${what} did not run, and what it would do is not known. Make the migration run on the shadow (extensions: and setup: in .github/migration-gate.yml), or put it last.`,
    { place: { file: cause.error?.file ?? cause.file, line: cause.error?.line } },
  );
}

/**
 * What the tool runs around migrations is no migration.
 *
 * @param ran is anything pending, so that they ran?
 */
export function hooksNotObserved(
  hooks: { readonly base: readonly Hook[]; readonly head: readonly Hook[] },
  ran: boolean,
): string[] {
  const known = new Set(hooks.base.map(({ when, file, sql }) => JSON.stringify([when, file, sql])));
  const changed = hooks.head.filter(({ when, file, sql }) => !known.has(JSON.stringify([when, file, sql])));
  const said = ran ? hooks.head : changed;
  if (said.length === 0) return [];
  const files = [...new Set(said.map(({ file }) => file))];
  const names =
    files.length > 3 ? `${files.slice(0, 3).join(', ')} and ${files.length - 3} more` : files.join(', ');
  return [
    ran
      ? `What the tool runs around the migrations (${names}): it ran, but its locks, rewrites and scans are not observed.`
      : `What the tool runs around migrations and this pull request changes (${names}): nothing is pending, so that it did not run.`,
  ];
}
