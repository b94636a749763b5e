import type { CatalogObject, Impact } from '../model.ts';

export interface TypeChange {
  readonly impact: Impact;
  /** The conversion itself may drop digits, characters or the time zone of stored values. */
  readonly dataLoss: boolean;
}

const compatible: TypeChange = { impact: 'none', dataLoss: false };
/** Same values, but drivers hand them out as another type, and prepared statements must be prepared again. */
const visible: TypeChange = { impact: 'risky', dataLoss: false };
const incompatible: TypeChange = { impact: 'breaking', dataLoss: false };
const lossy: TypeChange = { impact: 'breaking', dataLoss: true };

/** Ordered by what they can hold: every value of one fits into those after it. */
const integers = ['pg_catalog.int2', 'pg_catalog.int4', 'pg_catalog.int8'];
const numbers = [...integers, 'pg_catalog.numeric'];
const floats = ['pg_catalog.float4', 'pg_catalog.float8'];
const unbounded = ['pg_catalog.text', 'pg_catalog.varchar'];
const withLength = ['pg_catalog.varchar', 'pg_catalog.bpchar', 'pg_catalog.varbit', 'pg_catalog.bit'];
const withPrecision = [
  'pg_catalog.timestamp',
  'pg_catalog.timestamptz',
  'pg_catalog.time',
  'pg_catalog.timetz',
  'pg_catalog.interval',
];
const fractional = ['pg_catalog.numeric', ...floats];
const times = ['pg_catalog.timestamptz', 'pg_catalog.timestamp', 'pg_catalog.time', 'pg_catalog.timetz'];

/** What a column's change of type does to the queries of the version that is still running. */
export function judgeTypeChange(before: CatalogObject['facts'], after: CatalogObject['facts']): TypeChange {
  const from = String(before.typeName);
  const to = String(after.typeName);
  const oldModifier = Number(before.typmod);
  const newModifier = Number(after.typmod);
  if (from === to) return sameName(from, oldModifier, newModifier);

  const bounded = newModifier !== -1;
  // varchar(n) to text or to varchar without a length; text and varchar are the same to every driver.
  if (unbounded.includes(from) && unbounded.includes(to)) {
    return bounded ? incompatible : compatible;
  }
  if (from === 'pg_catalog.bpchar' && unbounded.includes(to) && !bounded) return visible;
  if (from === 'pg_catalog.cidr' && to === 'pg_catalog.inet') return visible;
  if (unbounded.includes(from) && to.endsWith('.citext')) return visible;
  const [small, large] = [numbers.indexOf(from), numbers.indexOf(to)];
  if (small !== -1 && large > small) {
    return to === 'pg_catalog.numeric' && bounded ? integerToNumeric(from, newModifier) : visible;
  }
  if (floats.includes(from) && to === 'pg_catalog.float8') return visible;
  if (integers.includes(from) && floats.includes(to)) return fitsFloat(from, to) ? visible : lossy;
  if (fractional.includes(from) && [...integers, ...fractional].includes(to)) return lossy;
  if (times.includes(from) && [...times, 'pg_catalog.date'].includes(to)) return lossy;
  return incompatible;
}

/** A float4 has 24 bits for the digits, a float8 53. */
const fitsFloat = (integer: string, float: string): boolean =>
  integer === 'pg_catalog.int2' || (integer === 'pg_catalog.int4' && float === 'pg_catalog.float8');

function sameName(name: string, before: number, after: number): TypeChange {
  if (after === -1) return compatible;
  if (name === 'pg_catalog.numeric') return numericChange(before, after);
  if (before !== -1 && after > before) {
    // character(n) is padded to its length: equality survives, length() and concatenation do not.
    if (name === 'pg_catalog.bpchar' || name === 'pg_catalog.bit') return visible;
    if (withLength.includes(name) || withPrecision.includes(name)) return compatible;
  }
  return withPrecision.includes(name) ? lossy : incompatible;
}

/** An integer has no fraction that could be lost; one with too many digits is refused. */
function integerToNumeric(integer: string, modifier: number): TypeChange {
  const { precision, scale } = numericSize(modifier);
  if (scale < 0) return lossy;
  const digits = [5, 10, 19][integers.indexOf(integer)] ?? 0;
  return precision - scale < digits ? incompatible : visible;
}

/** typmod of numeric: ((precision << 16) | (scale & 0x7ff)) + 4, the scale signed in eleven bits. */
const numericSize = (modifier: number) => ({
  precision: ((modifier - 4) >> 16) & 0xffff,
  scale: (((modifier - 4) & 0x7ff) ^ 1024) - 1024,
});

function numericChange(before: number, after: number): TypeChange {
  if (before === -1) return lossy;
  const [old, now] = [numericSize(before), numericSize(after)];
  if (now.scale < old.scale) return lossy;
  const digitsBefore = old.precision - old.scale;
  const digitsAfter = now.precision - now.scale;
  if (digitsAfter < digitsBefore) return incompatible;
  // More digits after the point change how every value is printed: 1.50 becomes 1.500.
  return now.scale === old.scale ? compatible : visible;
}
