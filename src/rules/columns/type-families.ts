/** What becomes of values that the new type has no room for. */
export interface Narrowing {
  /** `fails`: the statement stops at the first one; `loses`: it is cut or rounded without a word. */
  readonly does: 'fails' | 'loses';
  /** Which values: `values longer than 20 characters`. */
  readonly values: string;
  /** Condition that finds them, as SQL; null when there is none that is safe to run. */
  readonly condition: string | null;
}

interface Type {
  readonly name: string;
  readonly arguments: readonly number[];
}

interface Change {
  readonly from: string;
  readonly to: string;
  /** The column as SQL. */
  readonly column: string;
  readonly cast: 'assignment' | 'explicit';
  readonly major: number;
}

/** `character varying(20)` and the like, as format_type spells types; an array or another shape has no arguments. */
function typeOf(text: string): Type {
  const match = /^([a-z ]+?)\s?\((\d+)(?:,(-?\d+))?\)([a-z ]*)$/.exec(text);
  // An extension's type, named with its schema where that is not in the search_path; it takes every text.
  if (/(?:^|\.)citext$/.test(text)) return { name: 'text', arguments: [] };
  if (match === null) return { name: text, arguments: [] };
  const [, name = '', first, second, rest = ''] = match;
  return {
    name: `${name}${rest}`,
    arguments: [first, second].flatMap((digits) => (digits === undefined ? [] : [Number(digits)])),
  };
}

const integers: Readonly<Record<string, readonly [size: number, least: string, most: string]>> = {
  smallint: [2, '-32768', '32767'],
  integer: [4, '-2147483648', '2147483647'],
  bigint: [8, '-9223372036854775808', '9223372036854775807'],
};
const floats: Readonly<Record<string, number>> = { real: 4, 'double precision': 8 };
const strings = new Set(['text', 'character varying', 'character']);
const moments = new Set([
  'timestamp without time zone',
  'timestamp with time zone',
  'time without time zone',
  'time with time zone',
]);

/** Values of the old type that the new one has no room for; null when there are none, or the pair is not known. */
export function narrowing(change: Change): Narrowing | null {
  const [from, to] = [typeOf(change.from), typeOf(change.to)];
  if (strings.has(from.name))
    return strings.has(to.name) ? shorter(change, from, to) : unreadable(change, to);
  if (from.name in integers || from.name in floats || from.name === 'numeric')
    return smaller(change, from, to);
  if (moments.has(from.name)) return coarser(change, from, to);
  return null;
}

function shorter({ column, cast }: Change, from: Type, to: Type): Narrowing | null {
  const [limit] = to.arguments;
  const room = from.arguments[0] ?? Number.POSITIVE_INFINITY;
  if (limit === undefined || room <= limit) return null;
  return {
    // An explicit cast to varchar(n) cuts; the one that ALTER TYPE makes by itself refuses (SQL standard).
    does: cast === 'explicit' ? 'loses' : 'fails',
    values: `values longer than ${limit} ${limit === 1 ? 'character' : 'characters'}`,
    condition: `length(${column}) > ${limit}`,
  };
}

function unreadable({ column, to, major }: Change, type: Type): Narrowing {
  const condition =
    major >= 16
      ? `NOT pg_input_is_valid(${column}, '${to.replaceAll("'", "''")}')`
      : type.name in integers
        ? `${column} !~ '^\\s*[-+]?[0-9]+\\s*$'`
        : null;
  return { does: 'fails', values: `values that cannot be read as ${to}`, condition };
}

function smaller(change: Change, from: Type, to: Type): Narrowing | null {
  const { column } = change;
  const range = integers[to.name];
  if (range !== undefined) {
    const [size, least, most] = range;
    const old = integers[from.name]?.[0];
    if (old !== undefined && old <= size) return null;
    const outside = `${column} NOT BETWEEN ${least} AND ${most}`;
    if (old !== undefined)
      return { does: 'fails', values: `values outside ${least} to ${most}`, condition: outside };
    return {
      does: 'loses',
      values: 'digits after the point',
      condition: `${column} <> trunc(${column}) OR ${outside}`,
    };
  }
  if (to.name === 'numeric') return fewerDigits(change, from, to);
  const [size, old] = [floats[to.name], floats[from.name]];
  if (size === undefined || from.name === 'smallint') return null;
  if (old !== undefined ? old <= size : from.name === 'integer' && size === 8) return null;
  return {
    does: 'loses',
    values: `digits beyond those of ${to.name}`,
    condition: `${column} <> CAST(CAST(${column} AS ${to.name}) AS ${from.name})`,
  };
}

function fewerDigits({ column }: Change, from: Type, to: Type): Narrowing | null {
  const [precision, scale = 0] = to.arguments;
  if (precision === undefined) return null;
  const [oldPrecision, oldScale] = digitsOf(from);
  const tooLarge =
    oldPrecision - oldScale > precision - scale
      ? `abs(${column}) >= 1e${Math.max(0, precision - scale)}`
      : null;
  const rounded = oldScale > scale ? `${column} <> round(CAST(${column} AS numeric), ${scale})` : null;
  if (tooLarge === null && rounded === null) return null;
  return {
    does: tooLarge === null ? 'loses' : 'fails',
    values:
      tooLarge === null
        ? `digits after the ${ordinal(scale)} behind the point`
        : `values of more than ${precision - scale} digits before the point`,
    condition: [tooLarge, rounded].filter((part) => part !== null).join(' OR '),
  };
}

/** Precision and scale of the largest value; without a limit both parts are as long as they like. */
function digitsOf({ name, arguments: [precision, scale = 0] }: Type): [precision: number, scale: number] {
  const whole: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 };
  if (name in whole) return [whole[name] ?? 19, 0];
  if (precision !== undefined) return [precision, scale];
  return [Number.MAX_SAFE_INTEGER, 1_000];
}

function coarser({ column, to: text }: Change, from: Type, to: Type): Narrowing | null {
  const lossy = { does: 'loses' as const, condition: `${column} <> CAST(${column} AS ${text})` };
  if (from.name.startsWith('timestamp') && to.name === 'date') return { ...lossy, values: 'the time of day' };
  if (!moments.has(to.name) || from.name.startsWith('timestamp') !== to.name.startsWith('timestamp'))
    return null;
  const [old = 6, next = 6] = [from.arguments[0], to.arguments[0]];
  return next < old && from.name === to.name
    ? { ...lossy, values: `fractions of a second beyond ${next} digits` }
    : null;
}

const ordinal = (count: number): string =>
  count === 1 ? '1st digit' : count === 2 ? '2nd digit' : count === 3 ? '3rd digit' : `${count}th digit`;

/**
 * Does the type change leave the stored values as they are? Only to tell which of several commands made a
 * statement rewrite its table; that it did is observed.
 */
export function keepsStorage(fromText: string, toText: string): boolean {
  const [from, to] = [typeOf(fromText), typeOf(toText)];
  const [old, next] = [from.arguments[0], to.arguments[0]];
  if (fromText === toText) return true;
  const variable = (name: string) => name === 'text' || name === 'character varying';
  if (variable(from.name) && variable(to.name))
    return next === undefined || (old !== undefined && old <= next);
  if (from.name === 'numeric' && to.name === 'numeric') {
    if (next === undefined) return true;
    const scale = (type: Type) => type.arguments[1] ?? 0;
    return old !== undefined && old <= next && scale(from) === scale(to);
  }
  if (from.name === 'cidr' && to.name === 'inet') return true;
  return from.name === to.name && moments.has(from.name) && (next ?? 6) >= (old ?? 6);
}
