import type { Tree } from '../../git/tree.ts';
import { resolved, within } from '../reading/directories.ts';
import { type Json, parseJson5 } from '../reading/literals.ts';
import { manifestsAbove, rangeIn } from '../reading/package-range.ts';

/** How a project calls node-pg-migrate, as far as its package.json and the files that this names say. */
export interface NodePgMigrateConfig {
  /** Path of the package.json that asks for the package; null: none does. */
  readonly manifest: string | null;
  /** null where the range does not say it. */
  readonly major: number | null;
  /** Directories that its scripts name, from the root of the repository; the default where they name none. */
  readonly directories: readonly string[];
  readonly table: string;
  /** What search_path is set to. */
  readonly schemas: readonly string[];
  /** Where the table is. */
  readonly tableSchema: string;
  readonly checkOrder: boolean;
  readonly singleTransaction: boolean;
  /** What `--ignore-pattern` leaves out, and hidden files without it. */
  readonly ignore: RegExp;
}

/** The project that a directory belongs to. */
export async function configAbove(tree: Tree, directory: string): Promise<NodePgMigrateConfig> {
  for (const { folder, manifest } of await manifestsAbove(tree, directory)) {
    const range = rangeIn(manifest, ['node-pg-migrate']);
    if (range === null) continue;
    const calls = Object.values(manifest.scripts ?? {})
      .filter((script): script is string => typeof script === 'string')
      .flatMap(callsIn)
      .filter((call) => !call.words.includes('create'));
    const optionSets = [];
    for (const call of calls) optionSets.push(await withFile(tree, folder, call.options));
    return configOf(within(folder, 'package.json'), folder, majorOf(range), directory, optionSets);
  }
  return configOf(null, '', null, directory, []);
}

type Options = ReadonlyMap<string, string>;

function configOf(
  manifest: string | null,
  folder: string,
  major: number | null,
  directory: string,
  calls: readonly Options[],
): NodePgMigrateConfig {
  const directoryOf = (call: Options): string =>
    resolved(folder, (call.get('migrations-dir') ?? 'migrations').replace(/\/\*.*$/, ''));
  const directories = [...new Set(calls.map(directoryOf))];
  const own = calls.find((call) => directoryOf(call) === directory) ?? new Map<string, string>();
  const schemas = (own.get('schema') ?? 'public').split(',').filter((name) => name !== '');
  return {
    manifest,
    major,
    directories: directories.length > 0 ? directories : [resolved(folder, 'migrations')],
    table: own.get('migrations-table') ?? 'pgmigrations',
    schemas,
    tableSchema: own.get('migrations-schema') ?? schemas[0] ?? 'public',
    checkOrder: own.get('check-order') !== 'false',
    singleTransaction: own.get('single-transaction') !== 'false',
    ignore: patternOf(own.get('ignore-pattern')),
  };
}

/** A pattern of the project's that no engine reads leaves hidden files out, as none does. */
function patternOf(pattern: string | undefined): RegExp {
  try {
    return pattern === undefined || pattern === '' ? /^\..*/ : new RegExp(`^${pattern}$`);
  } catch {
    return /^\..*/;
  }
}

const short: Readonly<Record<string, string>> = {
  m: 'migrations-dir',
  t: 'migrations-table',
  s: 'schema',
  f: 'config-file',
};
const flags = new Set(['check-order', 'single-transaction', 'use-glob', 'create-schema', 'lock', 'verbose']);

interface Call {
  readonly words: readonly string[];
  readonly options: Options;
}

/** The calls of node-pg-migrate in a script; what the shell would expand stays as it is. */
function callsIn(script: string): Call[] {
  return script
    .split(/&&|\|\||[;|]/)
    .map((part) =>
      [...part.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
        word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single),
      ),
    )
    .flatMap((words) => {
      const at = words.findIndex((word) => /(?:^|\/)node-pg-migrate(?:\.js)?$/.test(word));
      return at === -1 ? [] : [callOf(words.slice(at + 1))];
    });
}

function callOf(args: readonly string[]): Call {
  const options = new Map<string, string>();
  const words: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const [, dashes, name = '', , attached] = /^(--?)([\w-]+)(=(.*))?$/s.exec(args[at] ?? '') ?? [];
    if (dashes === undefined) {
      words.push(args[at] ?? '');
      continue;
    }
    const long = dashes === '-' ? (short[name] ?? name) : kebab(name);
    const negated = long.startsWith('no-') && flags.has(long.slice(3));
    if (negated) options.set(long.slice(3), 'false');
    else if (attached !== undefined) options.set(long, attached);
    else if (flags.has(long)) {
      const value = args[at + 1] === 'true' || args[at + 1] === 'false' ? args[++at] : 'true';
      options.set(long, value ?? 'true');
    } else options.set(long, args[++at] ?? '');
  }
  return { words, options };
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What the file of `-f` says wins over the command line, where it is data. */
async function withFile(tree: Tree, folder: string, options: Options): Promise<Options> {
  const name = options.get('config-file');
  if (name === undefined || !name.endsWith('.json')) return options;
  const path = resolved(folder, name);
  const text = (await tree.read([path])).get(path)?.toString('utf8');
  if (text === undefined) return options;
  const file = record(parsed(text));
  const section = record(file[options.get('config-value') ?? 'db']);
  const said = Object.entries(Object.keys(section).length > 0 ? section : file).flatMap(
    ([key, value]): [string, string][] =>
      ['string', 'boolean'].includes(typeof value)
        ? [[key, String(value)]]
        : Array.isArray(value)
          ? [[key, value.join(',')]]
          : [],
  );
  return new Map([...options, ...said]);
}

/** Detection goes on where the file is broken; the tool itself says so. */
function parsed(text: string): Json {
  try {
    return parseJson5(text);
  } catch {
    return {};
  }
}

const record = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};

function majorOf(range: string): number | null {
  const [, major] = /(\d+)/.exec(range) ?? [];
  return major === undefined ? null : Number(major);
}
