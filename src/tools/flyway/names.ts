import type { FlywaySettings } from './settings.ts';

interface VersionedName<Kind extends string> {
  readonly kind: Kind;
  readonly version: string;
  readonly description: string;
}

/** What Flyway reads out of a file's name. */
export type FlywayName =
  | VersionedName<'versioned'>
  | VersionedName<'baseline'>
  | VersionedName<'undo'>
  | { readonly kind: 'repeatable'; readonly description: string }
  | { readonly kind: 'callback'; readonly event: string; readonly description: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/** `Event` of flyway-core: a file whose name begins with one is a callback. */
const events = [
  ...['Clean', 'Migrate', 'EachMigrate', 'EachMigrateStatement', 'Undo', 'EachUndo', 'EachUndoStatement'],
  ...['Validate', 'Baseline', 'Repair', 'Info'],
].flatMap((name) => [`before${name}`, `after${name}`, `after${name}Error`]);

const callbacks = [
  ...events,
  'beforeRepeatables',
  'afterVersioned',
  'afterMigrateApplied',
  'afterMigrateOperationFinish',
  'afterInfoOperationFinish',
  'createSchema',
  'beforeCreateSchema',
  'beforeConnect',
  'afterConnect',
];

type NameSettings = Pick<
  FlywaySettings,
  'prefix' | 'repeatablePrefix' | 'baselinePrefix' | 'undoPrefix' | 'separator' | 'suffixes'
>;

/** Does the name end as a script of SQL does? Flyway compares suffixes without regard to case. */
export function suffixOf(name: string, suffixes: readonly string[]): string | null {
  const upper = name.toUpperCase();
  const suffix = suffixes.find((one) => upper.endsWith(one.toUpperCase()));
  return suffix === undefined ? null : name.slice(name.length - suffix.length);
}

/**
 * Reads a file's name as `ResourceNameParser` does: suffix off, the longest prefix that fits, then everything up to
 * the first separator is the version. Null for what is no script at all (`README.md`).
 */
export function readName(name: string, settings: NameSettings): FlywayName | null {
  const suffix = suffixOf(name, settings.suffixes);
  if (suffix === null) return null;
  const stem = name.slice(0, name.length - suffix.length);
  const prefixes = [
    [settings.prefix, 'versioned'],
    [settings.repeatablePrefix, 'repeatable'],
    [settings.baselinePrefix, 'baseline'],
    [settings.undoPrefix, 'undo'],
    ...callbacks.map((event) => [event, 'callback'] as const),
  ] as const;
  const [prefix, kind] = [...prefixes]
    .sort((a, b) => b[0].length - a[0].length)
    .find(([one]) => stem.startsWith(one)) ?? ['', null];
  const example = `${settings.prefix}1.2${settings.separator}description${suffix}`;
  if (kind === null) {
    return { kind: 'invalid', reason: `its name begins with none of the prefixes; write ${example}` };
  }
  const rest = stem.slice(prefix.length);
  const at = rest.indexOf(settings.separator);
  const before = at === -1 ? rest : rest.slice(0, at);
  const description = (at === -1 ? '' : rest.slice(at + settings.separator.length)).replaceAll('_', ' ');
  if (kind === 'callback' || kind === 'repeatable') {
    if (before !== '') {
      const shape = `${prefix}${settings.separator}${description || 'description'}${suffix}`;
      return { kind: 'invalid', reason: `it must look like ${shape}` };
    }
    return kind === 'callback' ? { kind, event: prefix, description } : { kind, description };
  }
  if (before === '') return { kind: 'invalid', reason: `it has no version; write ${example}` };
  const version = before.replaceAll('_', '.');
  if (versionParts(version) === null) {
    return {
      kind: 'invalid',
      reason: `${quoted(before)} is no version${at === -1 ? `: "${settings.separator}" must stand between version and description` : ''}; write ${example}`,
    };
  }
  return { kind, version, description };
}

const quoted = (text: string): string => `"${text.slice(0, 60)}"`;

/**
 * `MigrationVersion.tokenize`: dotted whole numbers of any size, zeros at the end dropped, so that 1 is 1.0. Null for
 * what is none.
 */
export function versionParts(version: string): readonly bigint[] | null {
  const parts = version.split(/\.(?=\d)/);
  if (!parts.every((part) => /^[+-]?\d+$/.test(part))) return null;
  const numbers = parts.map(BigInt);
  while (numbers.length > 1 && numbers.at(-1) === 0n) numbers.pop();
  return numbers;
}

/** Negative when Flyway applies `left` first. What is no version sorts after all that are. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [versionParts(left), versionParts(right)];
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
    const [x, y] = [a[part] ?? 0n, b[part] ?? 0n];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
