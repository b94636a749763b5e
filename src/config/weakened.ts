import type { Tree } from '../git/tree.ts';
import { compareNumbers, compareText } from '../tools/plain/files.ts';
import { treePath } from '../tools/reading/directories.ts';
import type { ConfigFile } from './file.ts';

/** Something that base's config asks for and head's does not. */
export interface Weakening {
  /** Key path in head's file, for its line: `['rules', 'drop-column']`. */
  readonly path: readonly PropertyKey[];
  /** One clause: `the rule drop-column goes from error to off`. */
  readonly what: string;
}

export interface WeakenedInput {
  readonly base: ConfigFile;
  readonly head: ConfigFile;
  /** Severity of every rule where no config sets one. */
  readonly defaults: Readonly<Record<string, Severity>>;
  /** Directories that base's config or detection checks. */
  readonly checked: readonly string[];
  /** Directories that are checked now, under their own and under base's name. */
  readonly checks: ReadonlySet<string>;
  /** What base calls a directory of head; null when it has no such directory. */
  readonly before: (path: string) => string | null;
}

type Severity = 'error' | 'warning' | 'notice' | 'off';

const severities = ['off', 'notice', 'warning', 'error'] as const satisfies readonly Severity[];
const thresholds = ['never', 'error', 'warning'] as const;

/** What a pull request takes away from the gate that it has to pass. */
export function weakenings(input: WeakenedInput): Weakening[] {
  const { base, head, defaults, checked, checks } = input;
  const rules = Object.entries(defaults).flatMap(([rule, standard]): Weakening[] => {
    const before = base.rules?.[rule] ?? standard;
    const now = head.rules?.[rule] ?? standard;
    if (severities.indexOf(now) >= severities.indexOf(before)) return [];
    return [{ path: ['rules', rule], what: `the rule ${rule} goes from ${before} to ${now}` }];
  });
  const before = base['fail-on'] ?? 'error';
  const now = head['fail-on'] ?? 'error';
  const threshold =
    thresholds.indexOf(now) < thresholds.indexOf(before)
      ? [{ path: ['fail-on'], what: `fail-on goes from ${before} to ${now}` }]
      : [];
  const switched = (['check-down', 'check-rerun'] as const)
    .filter((key) => base[key] === true && head[key] !== true)
    .map((key) => ({ path: [key], what: `${key} is switched off` }));
  return [
    ...rules,
    ...threshold,
    ...switched,
    ...ignored(base, head),
    ...lessHistory(base, head),
    ...undeclared(input),
    ...lateAllowed(input),
    ...dropped(checked, checks),
  ];
}

/** A late migration is no finding where the tool is said to be called so that it runs. */
function lateAllowed({ base, head, before }: WeakenedInput): Weakening[] {
  const key = 'out-of-order';
  return (head.databases ?? []).flatMap((database, index) => {
    const old = before(database.path);
    if (database[key] !== true || old === null) return [];
    const was = base.databases?.find(({ path }) => treePath(path) === treePath(old))?.[key];
    if (was === true) return [];
    const path = database.path === '' ? 'the root' : database.path;
    return [
      { path: ['databases', index, key], what: `${key} of ${path} goes from ${was ?? 'nothing'} to true` },
    ];
  });
}

/** Less of base counts as applied, or may be put together. */
function lessHistory(base: ConfigFile, head: ConfigFile): Weakening[] {
  return (['applied-ref', 'accept-squash'] as const).flatMap((key) => {
    const [before, now] = [base[key], head[key]];
    if (now === undefined || now === false || now === before) return [];
    return [{ path: [key], what: `${key} goes from ${before ?? 'nothing'} to ${now}` }];
  });
}

function undeclared({ base, head, checks }: WeakenedInput): Weakening[] {
  const declared = new Set((head.databases ?? []).flatMap((one) => one['declared-schema'] ?? []));
  return (base.databases ?? []).flatMap(({ path, 'declared-schema': file }, index) =>
    file === undefined || declared.has(file) || !checks.has(treePath(path))
      ? []
      : [{ path: ['databases', index], what: `${file} need no longer be what the migrations make` }],
  );
}

function ignored(base: ConfigFile, head: ConfigFile): Weakening[] {
  const key = 'ignore-migrations-before';
  const [before, now] = [base[key], head[key]];
  if (now === undefined || now === before) return [];
  if (before !== undefined && (compareNumbers(now, before) || compareText(now, before)) <= 0) return [];
  return [{ path: [key], what: `${key} goes from ${before ?? 'nothing'} to ${now}` }];
}

function dropped(checked: readonly string[], checks: ReadonlySet<string>): Weakening[] {
  return checked
    .filter((path) => !checks.has(treePath(path)))
    .map((path) => ({
      path: ['databases'],
      what: `${path === '' ? 'the root' : path} is no longer checked`,
    }));
}

/** Was the gate in use before this pull request? Whoever introduces it weakens nothing. */
export async function isInUse(base: Tree): Promise<boolean> {
  const workflows = base
    .under('.github/workflows')
    .filter(({ path, mode }) => mode.startsWith('100') && /\.ya?ml$/.test(path))
    .map(({ path }) => path);
  const contents = await base.read(workflows);
  return [...contents.values()].some((bytes) => bytes.includes('migration-gate'));
}
