import type { Tree, TreeEntry } from '../../git/tree.ts';
import { refuseLink } from '../reading/decode.ts';
import { basename, treePath } from '../reading/directories.ts';
import type { Down, History, Hook, Migration, Oddity } from '../tool.ts';
import { codeMigrations } from './code-migrations.ts';
import { filesAt, type Place, placesOf } from './locations.ts';
import { compareVersions, type FlywayName, readName, versionParts } from './names.ts';
import { readScript } from './script.ts';
import type { FlywaySettings } from './settings.ts';

interface Named {
  readonly entry: TreeEntry;
  readonly place: Place;
  readonly name: FlywayName;
}

/** The migrations of all locations of one database, versioned ones first, as an empty database gets them. */
export async function historyOf(tree: Tree, path: string, settings: FlywaySettings): Promise<History> {
  const places = placesOf(tree, path, settings);
  const named = places.flatMap((place) =>
    filesAt(tree, place).flatMap((entry): Named[] => {
      const name = readName(basename(entry.path), settings);
      return name === null ? [] : [{ entry, place, name }];
    }),
  );
  for (const { entry } of named) refuseLink(entry);
  const files = named.map(({ entry }) => entry.path);
  const contents = await tree.read(files.flatMap((file) => [file, `${file}.conf`]));
  const scriptOf = ({ entry, name }: Named) =>
    readScript(
      entry.path,
      contents.get(entry.path) ?? Buffer.alloc(0),
      contents.get(`${entry.path}.conf`),
      settings,
      name.kind === 'repeatable',
    );

  const notes = [...settings.notes];
  const undos = new Map(
    named.flatMap((one) =>
      one.name.kind === 'undo' ? [[normal(one.name.version), downOf(one.entry.path, scriptOf(one))]] : [],
    ),
  );
  const migrations: Migration[] = [];
  const oddities: Oddity[] = [];
  for (const one of named) {
    const { entry, place, name } = one;
    if (name.kind === 'invalid') {
      oddities.push({ kind: 'never-runs', file: entry.path, says: invalidText(name.reason, settings) });
    }
    if (name.kind !== 'versioned' && name.kind !== 'repeatable' && name.kind !== 'baseline') continue;
    const { checksum, runs, ...script } = scriptOf(one);
    if (!runs) {
      notes.push(`${entry.path} is not run: its .conf says shouldExecute=false.`);
      continue;
    }
    const { description } = name;
    const bytes = contents.get(entry.path) ?? Buffer.alloc(0);
    migrations.push({
      ...identityOf(name),
      name: description,
      file: entry.path,
      bytes,
      ...script,
      ...(name.kind === 'repeatable' && {
        repeatable: /\$\{flyway:timestamp\}/i.test(bytes.toString('latin1')) ? 'always' : 'on-change',
      }),
      ...(name.kind === 'baseline' && { onlyWhenEmpty: true as const }),
      ...(undos.size > 0 && name.kind === 'versioned' && { down: undos.get(normal(name.version)) ?? null }),
      extra: {
        checksum,
        script: entry.path.slice(place.root === '' ? 0 : place.root.length + 1),
        type: name.kind === 'baseline' ? 'SQL_BASELINE' : 'SQL',
      },
    });
  }
  if (settings.transactionalLock) notes.push(...waitsForItself(migrations));
  const code = codeMigrations(tree, treePath(path), places, settings);
  migrations.push(...code.migrations);
  notes.push(...code.notes);
  return {
    ...withoutReplaced(
      migrations.sort((a, b) => order(a, b) || (a.file < b.file ? -1 : 1)),
      notes,
    ),
    notes,
    oddities,
    hooks: hooksOf(named, scriptOf),
    paths: places.map(({ root }) => root),
  };
}

/** Seen with Flyway 9.22: its lock is a transaction on a second connection, for which CONCURRENTLY waits. */
function waitsForItself(migrations: readonly Migration[]): string[] {
  const found = migrations.filter(
    ({ transaction, sql }) =>
      transaction === 'none' && /\b(?:CREATE|DROP)\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\b/i.test(sql),
  );
  const last = found.at(-1);
  if (last === undefined) return [];
  return [
    `Flyway from 9.1.2 on waits for ever at CREATE INDEX CONCURRENTLY (${basename(last.file)}) unless flyway.postgresql.transactional.lock=false, which no file here says.`,
  ];
}

/** One version written in two ways is one to Flyway: `1` and `1.0`. */
const normal = (version: string): string => versionParts(version)?.join('.') ?? version;

function identityOf(
  name: Extract<FlywayName, { kind: 'versioned' | 'baseline' | 'repeatable' }>,
): Pick<Migration, 'version' | 'identity'> {
  if (name.kind === 'repeatable') {
    return { version: `R__${name.description.replaceAll(' ', '_')}`, identity: `R ${name.description}` };
  }
  const { version } = name;
  return { version, identity: `${name.kind === 'baseline' ? 'B' : ''}${normal(version)}` };
}

/** Versions by their numbers; repeatable ones, whose version is none, after them and by description. */
export function order(
  left: { readonly version: string; readonly name: string },
  right: { readonly version: string; readonly name: string },
): number {
  const byVersion = compareVersions(left.version, right.version);
  if (byVersion !== 0 || versionParts(left.version) !== null) return byVersion;
  const [a, b] = [left.version, right.version];
  return a === b ? 0 : a < b ? -1 : 1;
}

/** New migrations that are older than base's newest version; repeatable ones never are. */
export function late(added: readonly Migration[], base: readonly Migration[]): readonly Migration[] {
  const versions = base.map(({ version }) => version).filter((version) => versionParts(version) !== null);
  const newest = versions.reduce<string | null>(
    (a, b) => (a === null || compareVersions(a, b) < 0 ? b : a),
    null,
  );
  if (newest === null) return [];
  return added.filter(
    ({ version }) => versionParts(version) !== null && compareVersions(version, newest) < 0,
  );
}

/**
 * A baseline script stands for all versions up to its own on an empty database and is passed over elsewhere. Where
 * those are still there they are what production has run.
 */
function withoutReplaced(
  migrations: readonly Migration[],
  notes: string[],
): Pick<History, 'migrations' | 'onEmpty'> {
  const baselines = migrations.filter(({ extra }) => extra?.type === 'SQL_BASELINE');
  const highest = baselines.reduce<Migration | null>(
    (a, b) => (a === null || compareVersions(a.version, b.version) < 0 ? b : a),
    null,
  );
  if (highest === null) return { migrations };
  const rest = migrations.filter((one) => !baselines.includes(one));
  const onEmpty = migrations.filter((one) => one === highest || rest.includes(one));
  const replaced = rest.filter(
    ({ version }) => versionParts(version) !== null && compareVersions(version, highest.version) <= 0,
  );
  if (replaced.length > 0) {
    notes.push(
      `${highest.file} is not run: databases that exist have the ${replaced.length} versions that it stands for, and those are replayed. Only an empty database gets it.`,
    );
    return { migrations: rest, onEmpty: onEmpty.filter((one) => !replaced.includes(one)) };
  }
  return { migrations: onEmpty };
}

function downOf(file: string, { sql, transaction }: Pick<Migration, 'sql' | 'transaction'>): Down {
  return { file, sql, transaction: transaction === 'shared' ? 'single' : transaction };
}

/** The order of `Event` within one moment. */
const moments: readonly (readonly [string, Hook['when']])[] = [
  ['beforeConnect', 'before-all'],
  ['afterConnect', 'before-all'],
  ['beforeValidate', 'before-all'],
  ['afterValidate', 'before-all'],
  ['beforeCreateSchema', 'before-all'],
  ['createSchema', 'before-all'],
  ['beforeMigrate', 'before-all'],
  ['beforeEachMigrate', 'before-each'],
  ['afterEachMigrate', 'after-each'],
  ['beforeRepeatables', 'after-all'],
  ['afterVersioned', 'after-all'],
  ['afterMigrateApplied', 'after-all'],
  ['afterMigrate', 'after-all'],
];

function hooksOf(named: readonly Named[], scriptOf: (one: Named) => { sql: string }): Hook[] {
  return moments.flatMap(([event, when]) =>
    named
      .flatMap((one) => (one.name.kind === 'callback' && one.name.event === event ? [one] : []))
      .sort((a, b) => (description(a) < description(b) ? -1 : 1))
      .map((one) => ({ when, file: one.entry.path, sql: scriptOf(one).sql })),
  );
}

const description = ({ name }: Named): string => ('description' in name ? name.description : '');

const invalidText = (reason: string, { validateMigrationNaming }: FlywaySettings): string =>
  validateMigrationNaming
    ? `Flyway stops at this file (Invalid SQL filenames found, since validateMigrationNaming is on): ${reason}.`
    : `Flyway passes over this file without a word: ${reason}.`;
