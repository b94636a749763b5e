import type { SchemaChange } from '../catalog/model.ts';
import { plural, sentence } from './headline.ts';

/** `2 columns added, 1 table removed; 1 breaks the running version`. */
export function changeCounts(changes: readonly SchemaChange[], objects: number): string {
  if (changes.length === 0) return plural(objects, 'object');
  const groups = new Map<string, { type: string; change: string; count: number }>();
  for (const { type, change } of changes) {
    const key = `${type} ${change}`;
    groups.set(key, { type, change, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  const words = [...groups.values()].map(
    ({ type, change, count }) =>
      `${typeCount(count, type === 'statistics' ? 'statistics object' : type.replace(/-/g, ' '))} ${change}`,
  );
  const shown =
    words.length > 4 ? [...words.slice(0, 3), `${words.length - 3} other kinds of change`] : words;
  const breaking = changes.filter(({ impact }) => impact === 'breaking').length;
  return `${sentence(shown)}${breaking === 0 ? '' : ` (${breaking} breaking)`}`;
}

function typeCount(count: number, type: string): string {
  const many = /(?:x|s)$/.test(type)
    ? `${type}es`
    : type.endsWith('y')
      ? `${type.slice(0, -1)}ies`
      : `${type}s`;
  return plural(count, type, many);
}
