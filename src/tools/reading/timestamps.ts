import type { Migration, Oddity } from '../tool.ts';

const day = 24 * 60 * 60 * 1000;

/** The time that a version of 14 digits or a dated one means (`20240131120000`, `2024_01_31_120000`), or null. */
export function timeOf(version: string): number | null {
  const digits = version.replace(/[-_.T]/g, '');
  const [, year, month, date, hour = '00', minute = '00', second = '00'] =
    /^((?:19|2\d)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?\d*$/.exec(digits) ?? [];
  if (year === undefined || digits.length < 12) return null;
  const time = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? null : time;
}

/**
 * Migrations whose time lies more than a day ahead: all that are made until then sort before them.
 * @param now milliseconds since 1970
 */
export const futureOnes = (
  title: string,
  migrations: readonly Migration[],
  now: number = Date.now(),
): Oddity[] =>
  migrations
    .filter(({ version }) => (timeOf(version) ?? 0) > now + day)
    .map(({ version, file }) => ({
      kind: 'ambiguous-order',
      file,
      says: `${title} goes by the time in the name, and ${version} lies in the future: every migration that is made until then sorts before this one. Give it the time of today.`,
    }));
