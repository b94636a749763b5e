import type { Span } from '../tool.ts';

/** The two parts of a SQL migration; `down` is null where there is none. */
export interface Sections {
  readonly up: Span;
  readonly down: Span | null;
}

/** Finds `-- Up Migration` and `-- Down Migration`, which may stand in any order; without a mark all of it is up. */
export function sectionsOf(text: string): Sections {
  const up = startOf(text, 'up');
  const down = startOf(text, 'down');
  return {
    up: up === -1 ? { start: 0, end: text.length } : { start: up, end: down < up ? text.length : down },
    down: down === -1 ? null : { start: down, end: up < down ? text.length : up },
  };
}

const startOf = (text: string, direction: 'up' | 'down'): number =>
  text.search(new RegExp(`^\\s*--[\\s-]*${direction}\\s+migration`, 'im'));

/** The text with everything outside of the span turned into spaces, lines kept. */
export const only = (text: string, { start, end }: Span): string =>
  text.slice(0, start).replace(/[^\r\n]/g, ' ') +
  text.slice(start, end) +
  text.slice(end).replace(/[^\r\n]/g, ' ');
