import type { Migration, MigrationTool, ToolName } from '../tools/tool.ts';

/** Tools that go by what stands at the beginning of a file's or folder's name, and by nothing else. */
const byName: ReadonlySet<ToolName> = new Set<ToolName>([
  'prisma',
  'golang-migrate',
  'sqlx',
  'dbmate',
  'goose',
  'supabase',
  'hasura',
  'diesel',
  'refinery',
  'plain',
  'flyway',
  'node-pg-migrate',
  'atlas',
  'knex',
]);

/** A path cut at the number that orders it. */
interface Cut {
  readonly before: string;
  readonly number: string;
  readonly after: string;
}

/** One step of a rename, paths from the root of the repository. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * The renames that put a migration behind the newest one, in the spelling of the tool and of the files that are there.
 * A folder that stands for a migration moves as a whole; a way back in a file of its own moves along.
 *
 * @param others all migrations that it must come after or must not collide with
 * @returns null where a name alone does not decide (a journal, a plan, a chain of revisions)
 */
export function movedBehind(
  tool: MigrationTool,
  migration: Migration,
  others: readonly Migration[],
): Move[] | null {
  const number = numberBehind(tool, [...others, migration]);
  if (number === null) return null;
  const files = [migration.file, ...(migration.down == null ? [] : [migration.down.file])];
  const moves = new Map<string, string>();
  for (const file of files) {
    const cut = cutPath(tool, file);
    if (cut === null) return null;
    const folder = cut.after.indexOf('/');
    const rest = folder === -1 ? cut.after : cut.after.slice(0, folder);
    moves.set(`${cut.before}${cut.number}${rest}`, `${cut.before}${number}${rest}`);
  }
  return [...moves].map(([from, to]) => ({ from, to }));
}

/**
 * Path of a new migration behind all others, named as its neighbours are.
 *
 * @param name what it is about: `follow_up`
 */
export function newPath(
  tool: MigrationTool,
  others: readonly Migration[],
  name: string,
): { readonly file: string; readonly version: string } | null {
  const number = numberBehind(tool, others);
  const newest = newestOf(tool, others);
  const cut = newest === null ? null : cutPath(tool, newest.file);
  if (number === null || cut === null) return null;
  const separator = /^(__|[_-]|\.(?=[^.]*\.))/.exec(cut.after)?.[1] ?? '_';
  const folder = cut.after.indexOf('/');
  const end = folder === -1 ? suffixOf(cut.after) : cut.after.slice(folder);
  return { file: `${cut.before}${number}${separator}${name}${end}`, version: number.replaceAll('-', '') };
}

/** `.up.sql` of `_users.up.sql`. */
const suffixOf = (name: string): string => /(?:\.up)?\.[A-Za-z]+$/.exec(name)?.[0] ?? '';

/** The next number, spelled as the newest one is; null where it would not come last. */
function numberBehind(tool: MigrationTool, migrations: readonly Migration[]): string | null {
  if (!byName.has(tool.name)) return null;
  const newest = newestOf(tool, migrations);
  const cut = newest === null ? null : cutPath(tool, newest.file);
  if (newest === null || cut === null) return null;
  const number = increased(cut.number);
  // Prisma's order knows nothing of numbers: a longer one may come before a shorter one.
  const version = number.replaceAll('-', '').replaceAll('_', tool.name === 'flyway' ? '.' : '_');
  return tool.order({ version: newest.version, name: newest.name }, { version, name: newest.name }) < 0
    ? number
    : null;
}

function newestOf(tool: MigrationTool, migrations: readonly Migration[]): Migration | null {
  const once = migrations.filter(({ repeatable }) => repeatable === undefined);
  const [first, ...rest] = once;
  return first === undefined ? null : rest.reduce((a, b) => (tool.order(a, b) < 0 ? b : a), first);
}

/** The number at the beginning of the file's name, or of its folder's. */
function cutPath(tool: MigrationTool, file: string): Cut | null {
  const form =
    tool.name === 'flyway'
      ? /^([A-Za-z]*)(\d+(?:[._]\d+)*)(__.*)$/s
      : /^()(\d{4}-\d\d-\d\d-\d{6}|\d+)(?!\d)(.*)$/s;
  const segments = file.split('/');
  for (const depth of [1, 2]) {
    const at = segments.length - depth;
    const found = form.exec(segments[at] ?? '');
    if (found === null) continue;
    const [, prefix = '', number = '', rest = ''] = found;
    const above = segments.slice(0, at).map((segment) => `${segment}/`);
    const below = segments.slice(at + 1).map((segment) => `/${segment}`);
    return { before: `${above.join('')}${prefix}`, number, after: `${rest}${below.join('')}` };
  }
  return null;
}

/** One more: a second later for a time stamp, the next number of the same width for others. */
export function increased(number: string): string {
  const digits = number.replaceAll('-', '');
  const time = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
  if (time !== null) {
    const [year, month, day, hour, minute, second] = time.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    // A time stamp that somebody made up is a number like any other.
    if (stamp(date) === digits) {
      const next = stamp(new Date(date.getTime() + 1_000));
      return number.includes('-') ? next.replace(/^(\d{4})(\d\d)(\d\d)/, '$1-$2-$3-') : next;
    }
  }
  return number.replace(/\d+$/, (last) => String(BigInt(last) + 1n).padStart(last.length, '0'));
}

const stamp = (date: Date): string => date.toISOString().replace(/[-:T]|\..*$/g, '');
