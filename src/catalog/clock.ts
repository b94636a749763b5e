import type { SchemaChange } from './model.ts';

/** From when until when something ran, in milliseconds since the epoch. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

/** This process, until now. */
export const thisRun = (): Span => ({ since: performance.timeOrigin, until: Date.now() });

/**
 * Is all that differs the time of day at which two runs of one history came to it? A program that computes a default when it
 * migrates (`default=datetime.utcnow()`) writes another constant each time. Both constants have to lie within the run, by the
 * same offset from UTC: any other time is somebody's choice.
 */
export function isClock({ change, before, after }: SchemaChange, run: Span): boolean {
  if (change !== 'altered' || before === null || after === null) return false;
  const [left, right] = [timesIn(before), timesIn(after)];
  if (left.length === 0 || left.length !== right.length || around(before) !== around(after)) return false;
  const pairs = left.flatMap((text, index): [string, string][] =>
    text === right[index] ? [] : [[text, right[index] ?? '']],
  );
  return pairs.length > 0 && pairs.every(([one, other]) => areClock(one, other, run));
}

const date = String.raw`\d{4}-\d\d-\d\d`;
const time = String.raw`[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?`;
/** Ids of the kinds that begin with the time, seconds and milliseconds since the epoch, and what people read. */
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[17][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const literals = new RegExp(
  String.raw`(?<![\w-])(?:${uuid}|${date}(?:${time})?|\d{13}|\d{10})(?![\w-])`,
  'gi',
);

const timesIn = (text: string): readonly string[] => text.match(literals) ?? [];
const around = (text: string): string => text.replace(literals, '\0');

/** What a literal stands for: some moment within it, and whether that may be of another zone. */
interface Moment extends Span {
  readonly local: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Offsets from UTC that clocks are set to: every hour, and places between them. A midnight of no place is nobody's clock. */
const offsets = [
  ...Array.from({ length: 12 + 14 + 1 }, (_, index) => (index - 12) * HOUR),
  ...[-9.5, -3.5, -2.5, 3.5, 4.5, 5.5, 5.75, 6.5, 8.75, 9.5, 10.5, 12.75, 13.75].map((hours) => hours * HOUR),
];
/** A server rounds, a program cuts. */
const ROUNDED = 2;

function areClock(one: string, other: string, run: Span): boolean {
  const moments = [momentOf(one), momentOf(other)];
  return offsets.some((offset) =>
    moments.every(
      (moment) =>
        moment !== null &&
        (moment.local || offset === 0) &&
        moment.since - offset <= run.until + ROUNDED &&
        moment.until - offset >= run.since - ROUNDED,
    ),
  );
}

function momentOf(text: string): Moment | null {
  const lasting = (since: number, ms: number, local: boolean): Moment => ({
    since,
    until: since + ms,
    local,
  });
  if (/^\d{13}$/.test(text)) return lasting(Number(text), 1, false);
  if (/^\d{10}$/.test(text)) return lasting(Number(text) * SECOND, SECOND, false);
  if (/^[0-9a-f]{8}-/i.test(text)) return lasting(uuidTime(text), 1, false);
  const [, day = '', clock, fraction] =
    /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?)(\.\d+)?)?/.exec(text) ?? [];
  // The zone that is written is the server's, which may not be the program's.
  const since = Date.parse(`${day}T${clock ?? '00:00'}Z`) + Number(`0${fraction ?? ''}`) * SECOND;
  if (Number.isNaN(since)) return null;
  if (clock === undefined) return lasting(since, 24 * HOUR, true);
  return lasting(since, clock.length === 5 ? MINUTE : fraction === undefined ? SECOND : 1, true);
}

/** RFC 9562: version 7 begins with milliseconds, version 1 has 100 ns since the Gregorian calendar. */
function uuidTime(text: string): number {
  const [low = '', middle = '', high = ''] = text.split('-');
  if (high.startsWith('7')) return Number.parseInt(low + middle, 16);
  const ticks = BigInt(`0x${high.slice(1)}${middle}${low}`);
  return Number(ticks / 10_000n) - 12_219_292_800_000;
}
