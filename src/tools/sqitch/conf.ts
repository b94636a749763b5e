import type { Tree } from '../../git/tree.ts';
import { andAbove, basename, dirname, treePath, within } from '../reading/directories.ts';

/** Where a project of Sqitch has its files, from the repository root. */
export interface SqitchLayout {
  /** Directory of sqitch.conf, in which `sqitch` is called. */
  readonly home: string;
  readonly plan: string;
  readonly deploy: string;
  readonly revert: string;
  readonly reworkedDeploy: string;
  readonly reworkedRevert: string;
  readonly extension: string;
  /** Schema of the registry. */
  readonly registry: string;
  /** `pg`, `mysql`, …; null where nothing says it. */
  readonly engine: string | null;
  /** What psql is called with, by name. */
  readonly variables: ReadonlyMap<string, string>;
}

type Config = ReadonlyMap<string, string>;

/**
 * Reads sqitch.conf, which is written as git's own configuration is.
 * @returns values by `section.subsection.key`, sections and keys in lower case
 */
export function parseConf(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (heading !== null) {
      section = [heading[1]?.toLowerCase(), heading[2]?.replace(/\\(.)/g, '$1')]
        .filter((part) => part !== undefined)
        .join('.');
    }
    const rest = heading === null ? line : line.slice(heading[0].length);
    const pair = /^\s*([A-Za-z_][\w-]*)\s*=\s*(.*)$/.exec(rest);
    if (pair === null) continue;
    const key = section.endsWith('variables') ? pair[1] : pair[1]?.toLowerCase();
    values.set(`${section}.${key}`, unquoted(pair[2] ?? ''));
  }
  return values;
}

/** A comment ends a value; quotes and backslashes are taken off. */
function unquoted(text: string): string {
  let value = '';
  for (const [part, quoted] of text.matchAll(/"((?:[^"\\]|\\.)*)"|[^"#;]+|[#;]/g)) {
    if (part === '#' || part === ';') break;
    value += quoted === undefined ? part : quoted.replace(/\\(.)/g, '$1');
  }
  return value.trim();
}

/** Every project of Sqitch in a tree, one for each plan. */
export async function sqitchLayouts(tree: Tree): Promise<SqitchLayout[]> {
  const named = tree.entries.filter(({ path }) => ['sqitch.conf', 'sqitch.plan'].includes(basename(path)));
  const confs = named.filter(({ path }) => basename(path) === 'sqitch.conf').map(({ path }) => path);
  const texts = await tree.read(confs);
  const found = new Map<string, SqitchLayout>();
  const add = (layout: SqitchLayout) => {
    if (tree.get(layout.plan) !== undefined && !found.has(layout.plan)) found.set(layout.plan, layout);
  };
  for (const path of confs) {
    const config = parseConf(texts.get(path)?.toString('utf8') ?? '');
    const targets = [...config.keys()].flatMap((key) => /^target\.(.+)\.uri$/.exec(key)?.[1] ?? []);
    for (const target of [null, ...targets]) add(layoutOf(dirname(path), config, target));
  }
  for (const { path } of named) {
    // A plan whose configuration is the user's own, or stands above and names other directories.
    if (basename(path) === 'sqitch.plan') add(layoutOf(dirname(path), nearest(texts, dirname(path)), null));
  }
  return [...found.values()];
}

function nearest(texts: ReadonlyMap<string, Buffer>, directory: string): Config {
  for (const above of andAbove(directory)) {
    const text = texts.get(within(above, 'sqitch.conf'));
    if (text === undefined) continue;
    const config = parseConf(text.toString('utf8'));
    return new Map([...config].filter(([key]) => !/(?:_dir|plan_file)$/.test(key)));
  }
  return new Map();
}

/** Target.pm: what a target says goes before what its engine says, and that before `core`. */
function layoutOf(home: string, config: Config, target: string | null): SqitchLayout {
  const default_ = config.get('core.target') ?? config.get(`engine.${config.get('core.engine')}.target`);
  const chosen = target ?? (default_ !== undefined && !default_.includes(':') ? default_ : null);
  const uri = (chosen === null ? default_ : config.get(`target.${chosen}.uri`)) ?? '';
  const engine = engineOf(
    /^(?:db:)?(\w+):/.exec(uri)?.[1] ?? config.get('core.engine') ?? onlyEngine(config),
  );
  const get = (key: string) =>
    [`target.${chosen}`, `engine.${engine}`, 'core']
      .map((section) => config.get(`${section}.${key}`))
      .find((value) => value !== undefined && value !== '');
  const top = get('top_dir') ?? '.';
  const path = (name: string) => treePath(within(home, name));
  const reworked = get('reworked_dir') ?? top;
  const directory = (script: string) => get(`${script}_dir`) ?? `${top}/${script}`;
  const old = (script: string) =>
    get(`reworked_${script}_dir`) ??
    (get('reworked_dir') === undefined ? directory(script) : `${reworked}/${get(`${script}_dir`) ?? script}`);
  const variables = new Map<string, string>();
  for (const section of [
    `engine.${engine}.variables`,
    `target.${chosen}.variables`,
    'core.variables',
    'deploy.variables',
  ]) {
    for (const [key, value] of config) {
      if (key.startsWith(`${section}.`)) variables.set(key.slice(section.length + 1), value);
    }
  }
  return {
    home,
    plan: path(get('plan_file') ?? `${top}/sqitch.plan`),
    deploy: path(directory('deploy')),
    revert: path(directory('revert')),
    reworkedDeploy: path(old('deploy')),
    reworkedRevert: path(old('revert')),
    extension: get('extension') ?? 'sql',
    registry: get('registry') ?? 'sqitch',
    engine,
    variables,
  };
}

const engineOf = (name: string | null): string | null =>
  name === 'postgres' || name === 'postgresql' || name === 'pgsql' ? 'pg' : name;

/** The engine that is the only one with a section of its own. */
function onlyEngine(config: Config): string | null {
  const engines = new Set([...config.keys()].flatMap((key) => /^engine\.([^.]+)\./.exec(key)?.[1] ?? []));
  return engines.size === 1 ? ([...engines][0] ?? null) : null;
}
