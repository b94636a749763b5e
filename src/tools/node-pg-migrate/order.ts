import type { OrderKey } from '../tool.ts';

const collator = new Intl.Collator('en-US', {
  usage: 'sort',
  numeric: true,
  sensitivity: 'variant',
  ignorePunctuation: true,
});

/**
 * By the number, then by the name; up to version 8 only what stands before the first `_` is a number.
 *
 * @param major of node-pg-migrate; null: the newest
 */
export const orderOf =
  (major: number | null) =>
  (left: OrderKey, right: OrderKey): number => {
    const names = [left, right].map(({ version, name }) => (name === '' ? version : `${version}_${name}`));
    const [a = '', b = ''] = names;
    const difference = numberOf(a, major) - numberOf(b, major);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
    return left.name === '' && right.name === '' ? 0 : collator.compare(`${a}.sql`, `${b}.sql`);
  };

function numberOf(name: string, major: number | null): number {
  const prefix = (/^\d+/.exec(name)?.[0] ?? '') as string;
  if (major !== null && major < 9 && !/^\d+(?:_|$)/.test(name)) return 0;
  if (prefix.length !== 17) return Number(prefix);
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(prefix) ?? [];
  const [year, month, day, hours, minutes, seconds, ms] = parts;
  return Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
}
