import type { SchemaChange } from '../catalog/model.ts';
import { plural, sentence } from './headline.ts';

interface Group {
  readonly type: string;
  readonly change: SchemaChange['change'];
  readonly count: number;
}

/** `2 columns added, 1 table removed; 1 breaks the running version`. */
export function changeCounts(changes: readonly SchemaChange[], objects: number): string {
  if (changes.length === 0) return plural(objects, 'object');
  const groups = new Map<string, Group>();
  for (const { type, change } of changes) {
    const key = `${type} ${change}`;
    groups.set(key, { type, change, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  const isCut = groups.size > 4;
  const words = [...groups.values()]
    .sort(isCut ? byWeight : () => 0)
    .map(
      ({ type, change, count }) =>
        `${typeCount(count, type === 'statistics' ? 'statistics object' : type.replace(/-/g, ' '))} ${change}`,
    );
  const shown = isCut ? [...words.slice(0, 3), `${words.length - 3} other kinds of change`] : words;
  const breaking = changes.filter(({ impact }) => impact === 'breaking').length;
  return `${sentence(shown)}${breaking === 0 ? '' : ` (${breaking} breaking)`}`;
}

const changeOrder: readonly SchemaChange['change'][] = ['removed', 'renamed', 'added', 'altered'];
const heaviest = ['table', 'column', 'view', 'materialized-view', 'type', 'function'];

/** Where not all are named: tables, columns and what else code names before the rest, gone or renamed before new. */
function byWeight(a: Group, b: Group): number {
  const kind = ({ type }: Group): number =>
    heaviest.includes(type) ? heaviest.indexOf(type) : heaviest.length;
  const isLight = (group: Group): number => Number(kind(group) === heaviest.length);
  return (
    isLight(a) - isLight(b) ||
    changeOrder.indexOf(a.change) - changeOrder.indexOf(b.change) ||
    kind(a) - kind(b)
  );
}

function typeCount(count: number, type: string): string {
  const many = /(?:x|s)$/.test(type)
    ? `${type}es`
    : type.endsWith('y')
      ? `${type.slice(0, -1)}ies`
      : `${type}s`;
  return plural(count, type, many);
}
