import { Undecided } from '../../errors.ts';
import type { Tree, TreeEntry } from '../../git/tree.ts';
import { programMigration } from '../program-migrations.ts';
import { decodeMigration, refuseLink } from '../reading/decode.ts';
import { basename, byDirectory, dirname, treePath, within } from '../reading/directories.ts';
import type { Down, History, Migration, Oddity } from '../tool.ts';
import { configAbove, type NodePgMigrateConfig } from './config.ts';
import { order } from './order.ts';
import { only, sectionsOf } from './sections.ts';

/** Migrations in JavaScript and TypeScript. */
export const program = /\.[cm]?[jt]s$/i;

/** The migrations of a directory, as the project calls node-pg-migrate there. */
export async function readHistory(tree: Tree, path: string): Promise<History> {
  const directory = treePath(path);
  const config = await configAbove(tree, directory);
  const entries = (byDirectory(tree.under(directory)).get(directory) ?? []).filter(
    ({ path: file }) => !config.ignore.test(basename(file)),
  );
  const names = new Set(entries.map((entry) => basename(entry.path)));
  const downs = new Set([...names].filter((name) => isDownOfPair(name, names)));
  const taken = entries.filter(({ path: file }) => /\.sql$/i.test(file) || program.test(file));
  for (const entry of taken) refuseLink(entry);
  const contents = await tree.read(taken.map((entry) => entry.path));
  const migrations = taken
    .filter((entry) => !downs.has(basename(entry.path)))
    .map(({ path: file }) => migration(file, contents, config, downs));
  return {
    migrations: migrations.sort(order),
    notes: notesOf(directory, entries, taken, downs),
    oddities: oddNames(migrations, config),
  };
}

/** With the loader `sql` a migration may be two files. */
const isDownOfPair = (name: string, names: ReadonlySet<string>): boolean =>
  name.endsWith('.down.sql') && names.has(name.replace(/\.down\.sql$/, '.up.sql'));

function migration(
  file: string,
  contents: ReadonlyMap<string, Buffer>,
  config: NodePgMigrateConfig,
  downs: ReadonlySet<string>,
): Migration {
  const base = basename(file);
  const bytes = contents.get(file) ?? Buffer.alloc(0);
  const downName = base.replace(/\.up\.sql$/, '.down.sql');
  const paired = downName !== base && downs.has(downName);
  const identity = paired ? base.replace(/\.up\.sql$/, '') : base.replace(/\.[^.]*$/, '');
  const number = config.major !== null && config.major < 9 ? /^(\d+)_(.*)$/ : /^(\d+)[_-]?(.*)$/;
  const [, version = '0', name = identity] = number.exec(identity) ?? [];
  const transaction = config.singleTransaction ? 'shared' : 'single';
  const same = { version, name, identity, file, bytes, transaction, ...nameless(base, config) } as const;
  if (program.test(base)) {
    return programMigration(file, bytes, same);
  }
  const text = textOf(file, bytes);
  if (paired) {
    const beside = within(dirname(file), downName);
    const sql = textOf(beside, contents.get(beside) ?? Buffer.alloc(0));
    return { ...same, sql: text, down: sql === '' ? null : { file: beside, sql, transaction } };
  }
  const { up, down } = sectionsOf(text);
  const back: Down | null = down === null ? null : { file, sql: only(text, down), transaction };
  return { ...same, sql: only(text, up), down: back };
}

function textOf(file: string, bytes: Buffer): string {
  const { text, encoding, byteOrderMark } = decodeMigration(file, bytes);
  if (encoding !== 'utf-8') {
    throw new Undecided(
      'invalid-configuration',
      `${file} is ${encoding.toUpperCase()}, which node-pg-migrate reads as UTF-8 and sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`,
      { place: { file } },
    );
  }
  // node-pg-migrate does not take a byte order mark off. What is sent may begin behind it, at the mark of the section.
  return byteOrderMark ? `\ufeff${text}` : text;
}

/** From version 9 on a name must begin with a number. */
function nameless(base: string, { major }: NodePgMigrateConfig): Pick<Migration, 'refused'> {
  if (/^\d/.test(base) || (major !== null && major < 9)) return {};
  const says = `node-pg-migrate stops before it runs anything: “Cannot determine numeric prefix for "${base}"”.`;
  return { refused: { line: 1, says } };
}

function oddNames(migrations: readonly Migration[], { major }: NodePgMigrateConfig): Oddity[] {
  if (major === null || major >= 9) return [];
  return migrations
    .filter(({ file }) => !/^\d+_/.test(basename(file)))
    .map(({ file }) => ({
      kind: 'ambiguous-order',
      file,
      says: `node-pg-migrate finds no number before the first _ of ${basename(file)}, takes it for 0, and runs it before all that have one.`,
    }));
}

function notesOf(
  directory: string,
  entries: readonly TreeEntry[],
  taken: readonly TreeEntry[],
  downs: ReadonlySet<string>,
): string[] {
  const others = entries.filter((entry) => !taken.includes(entry)).map(({ path }) => basename(path));
  return [
    ...(others.length === 0
      ? []
      : [
          `node-pg-migrate takes every file of ${directory} for a migration and stops at ${listed(others)}, unless --ignore-pattern names it.`,
        ]),
    ...(downs.size === 0
      ? []
      : [
          `The files ${listed([...downs])} are taken as ways back, as the loader \`sql\` of node-pg-migrate reads them; its command line runs each as a migration of its own.`,
        ]),
  ];
}

const listed = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
