import type { TreeEntry } from '../../git/tree.ts';
import { nameOfOther } from '../reading/dialect.ts';
import { basename } from '../reading/directories.ts';
import type { Oddity, OrderKey } from '../tool.ts';

/**
 * What orders a file: a dotted number (`7`, `0042`, `1.10.2`, `20240101120000`) or a date written with
 * separators (`2024_01_31_120000`), then the name.
 */
const fileName =
  /^(\d{4}[-_.]\d{1,2}[-_.]\d{1,2}(?:[-_.T]\d{2,6}){0,3}|\d+(?:\.\d+)*)(?:[-_.]?(.*?))?\.sql$/i;

/** Suffixes of files that are not part of the way forward. */
const notForward = /\.(down|rollback|revert|undo|seed|seeds)\.sql$/i;

export interface PlainFile {
  readonly entry: TreeEntry;
  readonly version: string;
  readonly name: string;
}

/** The forward migrations among the files of one directory, unordered, and what was left out and why. */
export function plainFiles(entries: readonly TreeEntry[]): {
  readonly files: readonly PlainFile[];
  readonly notes: readonly string[];
  readonly oddities: readonly Oddity[];
} {
  const names = new Set(entries.map((entry) => basename(entry.path)));
  const files: PlainFile[] = [];
  const notes: string[] = [];
  const left: string[] = [];
  const oddities: Oddity[] = [];
  const others = new Map<string, string[]>();
  for (const entry of entries) {
    const name = basename(entry.path);
    if (!/\.sql$/i.test(name)) continue;
    const match = fileName.exec(name);
    if (match === null) {
      if (isNoMigration.test(name)) left.push(name);
      else oddities.push(withoutNumber(entry.path));
      continue;
    }
    if (notForward.test(name) || isDownOfPair(name, names)) continue;
    const dialect = nameOfOther(
      name
        .replace(/^\d+[-_.]/, '')
        .split('.')
        .slice(1)
        .join('.'),
    );
    if (dialect !== null) {
      others.set(dialect, [...(others.get(dialect) ?? []), name]);
      continue;
    }
    files.push({ entry, version: match[1] ?? '', name: (match[2] ?? '').replace(/[._-]up$/i, '') });
    if (!name.endsWith('.sql')) {
      notes.push(
        `${entry.path} is taken as a migration although its suffix is in upper case, which some runners ignore.`,
      );
    }
  }
  if (left.length > 0) {
    notes.push(`Not taken as migrations, since their names do not begin with a number: ${listed(left)}.`);
  }
  for (const [dialect, found] of others) {
    notes.push(`Not taken as migrations, since their names say ${dialect}: ${listed(found)}.`);
  }
  return { files, notes, oddities: [...oddities, ...unpadded(files)] };
}

/** What lies beside migrations and is meant to be no migration. */
const isNoMigration =
  /^(?:schema|structure|dump|seeds?|init|setup|baseline|reset|drop|grants?)\b|(?:^|[-_.])(?:down|rollback|seeds?)\.sql$/i;

const withoutNumber = (file: string): Oddity => ({
  kind: 'never-runs',
  file,
  says: `Plain SQL files run by their numbers, and ${basename(file)} begins with none: give it one, or move it out of the directory.`,
});

/** The first file that a script which sorts names as text puts elsewhere than its number says. */
function unpadded(files: readonly PlainFile[]): Oddity[] {
  const byNumber = [...files].sort(order);
  const found = byNumber.findIndex((file, place) =>
    byNumber
      .slice(Math.max(0, place - 1), place)
      .some((before) => compareText(basename(file.entry.path), basename(before.entry.path)) < 0),
  );
  const [before, file] = [byNumber[found - 1], byNumber[found]];
  if (before === undefined || file === undefined) return [];
  if (compareNumbers(before.version, file.version) === 0) return [];
  const [name, other] = [basename(file.entry.path), basename(before.entry.path)];
  return [
    {
      kind: 'ambiguous-order',
      file: file.entry.path,
      says: `Plain SQL files are taken in the order of their numbers here, ${other} before ${name}; a script that sorts names as text runs ${name} first. Pad the numbers to one length.`,
    },
  ];
}

/** `1_x_down.sql` is a way back only beside `1_x_up.sql` or `1_x.sql`: `3_scale_down.sql` is a migration. */
function isDownOfPair(name: string, names: ReadonlySet<string>): boolean {
  const match = /^(.*)[-_](down|rollback|revert|undo)\.sql$/i.exec(name);
  const stem = match?.[1];
  if (stem === undefined) return false;
  return [`${stem}_up.sql`, `${stem}-up.sql`, `${stem}.sql`, `${stem}.up.sql`].some((other) =>
    names.has(other),
  );
}

/** By number part after part, whatever their length and padding; then by name, bytewise as `ls` and git do. */
export function order(left: OrderKey, right: OrderKey): number {
  return compareNumbers(left.version, right.version) || compareText(left.name, right.name);
}

export function compareNumbers(left: string, right: string): number {
  const [a, b] = [numbersIn(left), numbersIn(right)];
  for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
    const [x, y] = [a[part], b[part]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    if (x < y) return -1;
    if (x > y) return 1;
  }
  return 0;
}

/** Exact, whatever their length: as many digits as these are exact as a number, and compare much faster. */
const numbersIn = (version: string): (number | bigint)[] =>
  version.match(/\d+/g)?.map((digits) => (digits.length <= 15 ? Number(digits) : BigInt(digits))) ?? [];

/** Bytewise, which for texts without characters beyond the basic plane is how JavaScript compares them. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return /[\ud800-\udfff]/.test(left + right)
    ? Buffer.compare(Buffer.from(left), Buffer.from(right))
    : left < right
      ? -1
      : 1;
}

const listed = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
