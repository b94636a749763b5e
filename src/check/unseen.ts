import type { Config } from '../config/options.ts';
import { Undecided } from '../errors.ts';
import type { Finding } from '../report/model.ts';
import type { Rehearsal } from '../run/rehearsal.ts';
import { parseFile } from '../sql/parse.ts';
import type { Hook, Migration } from '../tools/tool.ts';

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
    if (error === null) return false;
    const migration = pending.find((one) => one.file === file && one.version === version);
    // Of a program only what it sent is known, not what it would have sent then.
    if (migration?.program === true) return true;
    const ran = alike.reduce((sum, { count }) => sum + count, statements.length);
    return ran < parseFile(migration?.sql ?? '').statements.length;
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
 * What the tool runs around migrations is no migration: what base has of it as it is, ran and was not observed.
 *
 * @param observed hooks that are news
 */
export function hooksNotObserved(
  hooks: readonly Hook[],
  observed: readonly Hook[],
  rehearsal: Rehearsal | null,
): string[] {
  const ran = rehearsal !== null && rehearsal.traced.migrations.length > 0;
  const files = ran
    ? [...new Set(hooks.filter((hook) => !observed.includes(hook)).map(({ file }) => file))]
    : [];
  if (files.length === 0) return [];
  const names =
    files.length > 3 ? `${files.slice(0, 3).join(', ')} and ${files.length - 3} more` : files.join(', ');
  return [
    `What the tool runs around the migrations and this pull request does not change (${names}): it ran, but its locks, rewrites and scans are not observed.`,
  ];
}
