import type { Tree } from '../../git/tree.ts';
import { otherDialect } from '../reading/dialect.ts';
import { basename, dirname, exclusion, isWithin, within } from '../reading/directories.ts';
import { rustProof } from '../reading/rust.ts';
import type { DetectedDatabase, MigrationTool } from '../tool.ts';
import { filesAt, isVendor, placeOf, placesOf } from './locations.ts';
import { readName, versionParts } from './names.ts';
import { type FlywaySettings, settingsFor } from './settings.ts';

/** Names that nobody gives to files for another tool. */
const telling = /^(?:[VB]\d[\d._]*|R)__[^/]*\.sql$/i;
const ownConfig = new Set(['flyway.toml', 'flyway.user.toml', 'flyway.conf']);

export const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  const taken = new Set<string>();
  const scripts = tree.entries.filter(
    ({ path, mode }) =>
      mode.startsWith('100') && telling.test(basename(path)) && exclusion(dirname(path)) !== 'copied',
  );
  for (const [path, because] of [
    ...(await configuredPlaces(tree)),
    ...roots(scripts.map((entry) => dirname(entry.path))).map((root) => [root, null] as const),
  ]) {
    if ([...taken].some((root) => root === path || isWithin(path, root) || isWithin(root, path))) continue;
    if ((await rustProof(tree, path, 'refinery')) !== null) continue;
    const settings = await settingsFor(tree, path);
    for (const group of separate(tree, path, settings)) {
      const places = placesOf(tree, group, settings);
      for (const { root } of places) taken.add(root);
      const entries = places
        .flatMap((place) => filesAt(tree, place))
        .filter((entry) => readName(basename(entry.path), settings)?.kind === 'versioned');
      const first = entries[0] ?? scripts.find((entry) => isWithin(entry.path, group));
      if (first === undefined) continue;
      const dialect = await otherDialect(tree, group, entries);
      if (dialect !== null) {
        notes.push(`${group} was passed over: ${dialect}.`);
        continue;
      }
      databases.push({
        path: settings.locations.length > 0 ? (places[0]?.root ?? group) : group,
        tool: 'flyway',
        because: because ?? `${basename(first.path)} is named as Flyway names scripts${fromText(settings)}`,
      });
    }
  }
  return { databases, notes };
};

const fromText = ({ readFrom }: FlywaySettings): string =>
  readFrom.length === 0 ? '' : `; set up by ${readFrom.slice(0, 2).join(' and ')}`;

/** First locations of the tool's own configuration files, whatever the scripts are called. */
async function configuredPlaces(tree: Tree): Promise<(readonly [string, string])[]> {
  const found = new Map<string, string>();
  for (const { path } of tree.entries) {
    if (!ownConfig.has(basename(path)) || exclusion(dirname(path)) === 'copied') continue;
    const directory = dirname(path);
    const settings = await settingsFor(tree, directory);
    const [first] = settings.locations.flatMap((location) =>
      location.from === directory || location.from === dirname(directory)
        ? (placeOf(tree, location) ?? [])
        : [],
    );
    if (first !== undefined && !found.has(first.root)) found.set(first.root, `${path} names it`);
  }
  return [...found];
}

/** `…/db/migration`, below which Flyway looks unless it is told otherwise; else the topmost directory with scripts. */
function roots(directories: readonly string[]): string[] {
  const found = new Set(
    directories.map((directory) => {
      const standard = /^(?:.*\/)?(?:resources\/db\/migrations?|flyway\/sql)(?=\/|$)/.exec(directory)?.[0];
      return standard ?? directory;
    }),
  );
  return [...found]
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
    .filter((path, index, all) => !all.slice(0, index).some((above) => isWithin(path, above)));
}

/**
 * One directory, or its subdirectories where they cannot be one database: each is named after another kind
 * (`db/migration/h2`, `db/migration/postgresql`), or the same version stands in several of them.
 */
function separate(tree: Tree, path: string, settings: FlywaySettings): string[] {
  if (settings.locations.length > 0) return [path];
  const scripts = tree
    .under(path)
    .map((entry) => entry.path)
    .filter((file) => telling.test(basename(file)));
  const below = new Map<string, string[]>();
  for (const file of scripts) {
    const [first = '', ...rest] = file.slice(path === '' ? 0 : path.length + 1).split('/');
    if (rest.length === 0) return [path];
    below.set(first, [...(below.get(first) ?? []), file]);
  }
  const names = [...below.keys()];
  const vendors = names.length > 1 && names.every((name) => isVendor(name));
  if (!vendors && !hasTwice(below, settings)) return [path];
  return names.flatMap((name) => separate(tree, within(path, name), settings));
}

function hasTwice(below: ReadonlyMap<string, readonly string[]>, settings: FlywaySettings): boolean {
  const seen = new Map<string, string>();
  for (const [directory, files] of below) {
    for (const file of files) {
      const name = readName(basename(file), settings);
      if (name?.kind !== 'versioned') continue;
      const version = versionParts(name.version)?.join('.') ?? '';
      if ((seen.get(version) ?? directory) !== directory) return true;
      seen.set(version, directory);
    }
  }
  return false;
}
