import { configuredTool } from '../tools/configured.ts';
import { dirname, treePath } from '../tools/reading/directories.ts';
import type { MigrationTool, OrderKey } from '../tools/tool.ts';
import type { WrittenDatabase, WrongKey } from './file.ts';
import type { Found, Search } from './found.ts';
import { didYouMean, quoted } from './nearest.ts';
import type { DatabaseConfig } from './options.ts';

type Written = WrittenDatabase['baseline'];

/**
 * The dump that stands for the beginning of a history. Which version it stands for is never guessed: a wrong one
 * would replay what the dump has, or leave out what it lacks.
 *
 * @param at reports wrong use at the line of a key of this database
 */
export async function baselineOf(
  written: Written,
  found: Found & Pick<DatabaseConfig, 'toolSettings'>,
  search: Search,
  at: WrongKey,
): Promise<DatabaseConfig['baseline']> {
  if (written === undefined) return null;
  const short = typeof written === 'string';
  const file = treePath(short ? written : written.file);
  const wrong = short ? at('baseline') : at('baseline', 'file');
  const entry = search.base.get(file) ?? search.head.get(file);
  if (entry === undefined)
    wrong(`The baseline file ${quoted(file)} does not exist.${nearFile(file, search)}`);
  if (entry?.mode.startsWith('100') !== true) wrong(`The baseline ${quoted(file)} is no file.`);

  const tool = await configuredTool(found, search);
  if (tool.command !== undefined) {
    return at('baseline')(
      `${tool.title} runs by its own command, which begins with an empty database: it takes no baseline. Remove the key.`,
    );
  }
  const keys = await orderKeys(tool, found, search);
  const versions = [...new Set(keys.map(({ version }) => version))];
  const version = short ? undefined : written.version;
  if (version === undefined) {
    return at('baseline')(
      `The baseline needs the version that it stands for, the last one whose changes are in the dump: baseline: { file: ${quoted(file)}, version: ${quoted(versions.at(-1) ?? '1')} }. ${existing(versions)}`,
    );
  }
  // Before the first one it stands for nothing that is still there: a squashed history.
  const squashed = keys.length > 0 && keys.every((key) => tool.order({ version, name: '' }, key) < 0);
  if (versions.includes(version) || squashed) return { file, version };
  return at(
    'baseline',
    'version',
  )(`There is no migration of the version ${quoted(version)}.${didYouMean(version, versions)}`);
}

const existing = (versions: readonly string[]): string =>
  versions.length === 0
    ? 'There are no migrations yet.'
    : `There are: ${versions.length > 12 ? `${versions.slice(0, 3).join(', ')}, …, ${versions.slice(-6).join(', ')}` : versions.join(', ')}.`;

/** Base's history counts; head's only where base has none yet. */
async function orderKeys(
  tool: MigrationTool,
  { path, basePath = path }: Found,
  { base, head }: Search,
): Promise<OrderKey[]> {
  const inBase = await tool.history(base, base.under(treePath(path)).length > 0 ? path : basePath);
  const { migrations } = inBase.migrations.length > 0 ? inBase : await tool.history(head, path);
  return migrations.map(({ version, name }) => ({ version, name }));
}

function nearFile(file: string, { base, head }: Search): string {
  const dumps = [...base.entries, ...head.entries]
    .map(({ path }) => path)
    .filter(
      (path) =>
        /\.sql$/.test(path) && (dirname(path) === dirname(file) || /schema|structure|dump/.test(path)),
    );
  return dumps.length === 0 ? '' : didYouMean(file, [...new Set(dumps)]);
}
