import type { OrderKey } from '../tool.ts';

const collator = new Intl.Collator('en-US', {
  usage: 'sort',
  numeric: true,
  sensitivity: 'variant',
  ignorePunctuation: true,
});

/** By the number, then by the name as people would sort it. */
export function order(left: OrderKey, right: OrderKey): number {
  const difference = millisOf(left.version) - millisOf(right.version);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  if (left.name === '' && right.name === '') return 0;
  return collator.compare(`${left.version}_${left.name}.sql`, `${right.version}_${right.name}.sql`);
}

/** 17 digits are a time in UTC, with milliseconds. */
function millisOf(version: string): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(version) ?? [];
  if (parts.length === 0) return Number(version);
  const [year, month, day, hours, minutes, seconds, ms] = parts;
  return Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
}
