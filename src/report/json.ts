import type { Report } from './model.ts';

/**
 * The report as JSON for other programs, described by `report.schema.json`. Characters that a terminal or
 * a job's log would obey or hide are written as escapes, which changes no value.
 */
export const toJson = (report: Report): string => harmlessJson(report);

/** JSON that a terminal and a job's log show as it is. */
export function harmlessJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
    .replace(/[\x7f-\x9f\p{Cf}\u2028\u2029]/gu, (character) =>
      Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
    )
    // GitHub's runner obeys `##[command]` anywhere in a line of the log.
    .replace(/##(?=\[)/g, `#${escaped(0x23)}`);
  return `${text}\n`;
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
