import type { Tree } from '../../git/tree.ts';
import { readConfigFiles, type Setting } from './config-files.ts';

/** Flyway's configuration as far as it decides what runs. Defaults are the tool's. */
export interface FlywaySettings {
  /** As written (`classpath:db/migration`), each with the directory that it is relative to. */
  readonly locations: readonly Location[];
  readonly table: string;
  /** Where the history table is and what search_path begins with; null = what the connection has. */
  readonly defaultSchema: string | null;
  readonly schemas: readonly string[];
  readonly createSchemas: boolean;
  readonly prefix: string;
  readonly repeatablePrefix: string;
  readonly baselinePrefix: string;
  readonly undoPrefix: string;
  readonly separator: string;
  readonly suffixes: readonly string[];
  readonly encoding: string;
  readonly placeholders: Readonly<Record<string, string>>;
  readonly placeholderReplacement: boolean;
  readonly placeholderPrefix: string;
  readonly placeholderSuffix: string;
  readonly placeholderSeparator: string;
  readonly outOfOrder: boolean;
  readonly mixed: boolean;
  readonly group: boolean;
  readonly executeInTransaction: boolean;
  readonly validateOnMigrate: boolean;
  readonly validateMigrationNaming: boolean;
  /** `type:status`, `*:future` for example. */
  readonly ignoreMigrationPatterns: readonly string[];
  readonly baselineVersion: string | null;
  readonly transactionalLock: boolean;
  /** Files that were read, nearest first. */
  readonly readFrom: readonly string[];
  readonly notes: readonly string[];
}

/** One place where Flyway looks for migrations. */
export interface Location {
  readonly text: string;
  /** Directory that a relative `filesystem:` path starts from. */
  readonly from: string;
}

/** What Flyway does when it is told nothing. */
export const defaultSettings: FlywaySettings = {
  locations: [],
  table: 'flyway_schema_history',
  defaultSchema: null,
  schemas: [],
  createSchemas: true,
  prefix: 'V',
  repeatablePrefix: 'R',
  baselinePrefix: 'B',
  undoPrefix: 'U',
  separator: '__',
  suffixes: ['.sql'],
  encoding: 'UTF-8',
  placeholders: {},
  placeholderReplacement: true,
  placeholderPrefix: '${',
  placeholderSuffix: '}',
  placeholderSeparator: ':',
  outOfOrder: false,
  mixed: false,
  group: false,
  executeInTransaction: true,
  validateOnMigrate: true,
  validateMigrationNaming: false,
  ignoreMigrationPatterns: ['*:future'],
  baselineVersion: null,
  transactionalLock: true,
  readFrom: [],
  notes: [],
};

/**
 * What the files of a tree say about Flyway at a directory. The nearest one wins; a value that is no plain data
 * (an environment variable without a default) counts as not given.
 */
export async function settingsFor(tree: Tree, path: string): Promise<FlywaySettings> {
  const { files, notes } = await readConfigFiles(tree, path);
  const merged: { -readonly [Key in keyof FlywaySettings]: FlywaySettings[Key] } = {
    ...defaultSettings,
    readFrom: files.map(({ file }) => file),
    notes,
  };
  // The farthest first, so that nearer ones overwrite it.
  for (const { settings } of [...files].reverse()) {
    for (const setting of settings) apply(merged, setting);
  }
  return merged;
}

type Mutable = { -readonly [Key in keyof FlywaySettings]: FlywaySettings[Key] };

const booleans: Readonly<Record<string, keyof FlywaySettings>> = {
  createSchemas: 'createSchemas',
  placeholderReplacement: 'placeholderReplacement',
  outOfOrder: 'outOfOrder',
  mixed: 'mixed',
  group: 'group',
  executeInTransaction: 'executeInTransaction',
  validateOnMigrate: 'validateOnMigrate',
  validateMigrationNaming: 'validateMigrationNaming',
  'postgresql.transactional.lock': 'transactionalLock',
};

const texts: Readonly<Record<string, keyof FlywaySettings>> = {
  table: 'table',
  defaultSchema: 'defaultSchema',
  sqlMigrationPrefix: 'prefix',
  repeatableSqlMigrationPrefix: 'repeatablePrefix',
  baselineMigrationPrefix: 'baselinePrefix',
  undoSqlMigrationPrefix: 'undoPrefix',
  sqlMigrationSeparator: 'separator',
  encoding: 'encoding',
  placeholderPrefix: 'placeholderPrefix',
  placeholderSuffix: 'placeholderSuffix',
  placeholderSeparator: 'placeholderSeparator',
  baselineVersion: 'baselineVersion',
};

const lists: Readonly<Record<string, keyof FlywaySettings>> = {
  schemas: 'schemas',
  sqlMigrationSuffixes: 'suffixes',
  ignoreMigrationPatterns: 'ignoreMigrationPatterns',
};

function apply(into: Mutable, { key, value, from }: Setting): void {
  const set = into as Record<string, unknown>;
  const list = typeof value === 'string' ? listed(value) : value;
  const text = typeof value === 'string' ? value.trim() : value.join(',');
  const name = keyOf(key);
  if (name === 'locations') into.locations = list.map((each) => ({ text: each, from }));
  else if (name.startsWith('placeholders.')) {
    into.placeholders = { ...into.placeholders, [name.slice('placeholders.'.length)]: text };
  } else if (booleans[name] !== undefined) {
    if (/^(?:true|false)$/i.test(text)) set[booleans[name]] = /^true$/i.test(text);
  } else if (texts[name] !== undefined) set[texts[name]] = text;
  else if (lists[name] !== undefined) set[lists[name]] = list;
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** `out-of-order` (Spring) and `baselineMigrationPrefix` (conf) are one key; placeholders keep their own names. */
function keyOf(key: string): string {
  if (/^placeholders\./i.test(key)) return `placeholders.${key.slice('placeholders.'.length)}`;
  const camel = key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return camel === 'postgresql.transactionalLock' ? 'postgresql.transactional.lock' : camel;
}
