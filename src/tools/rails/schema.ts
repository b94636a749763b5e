import type { Tree } from '../../git/tree.ts';
import type { Call, NotInstalled, Project, SchemaFile } from '../command-adapter.ts';
import { dirname, treePath, within } from '../reading/directories.ts';
import type { Migration } from '../tool.ts';
import { schemaFiles } from './databases.ts';

const textOf = async (tree: Tree, file: string): Promise<string | null> =>
  (await tree.read([file])).get(file)?.toString('utf8') ?? null;

async function schemaFilesOf(tree: Tree, path: string): Promise<readonly [string, string]> {
  const root = dirname(dirname(treePath(path)));
  return schemaFiles(path, await textOf(tree, within(root, 'config/database.yml')));
}

/** `db/schema.rb` or `db/structure.sql`; of both, what the application's config names. */
export async function declaredFile(tree: Tree, path: string): Promise<string | null> {
  const [ruby, sql] = await schemaFilesOf(tree, path);
  const there = [ruby, sql].filter((file) => tree.get(file) !== undefined);
  if (there.length < 2) return there[0] ?? null;
  const config = within(dirname(dirname(ruby)), 'config/application.rb');
  const text = (await textOf(tree, config)) ?? '';
  return /^\s*config\.active_record\.schema_format\s*=\s*:sql\b/m.test(text) ? sql : ruby;
}

/** Versions that `structure.sql` records with its last statement. */
const recorded = /INSERT INTO [^;]*schema_migrations\W[^;]*\bVALUES\b([^;]*);/i;

const definedAt = (text: string): string | undefined =>
  /\.define\(\s*(?:version:|:version\s*=>)\s*([\d_]+)/.exec(text)?.[1]?.replaceAll('_', '');

const recordedIn = (text: string): readonly string[] | null => {
  const rows = recorded.exec(text)?.[1];
  return rows === undefined ? null : [...rows.matchAll(/'(\d+)'/g)].map(([, version = '']) => version);
};

/**
 * The file that `db:schema:load` makes a new database of, with the newest version that counts as applied then; a sentence
 * where there is none.
 */
export async function schemaLoad(tree: Tree, path: string): Promise<Migration | string> {
  const file = await declaredFile(tree, path);
  if (file === null) {
    const [ruby, sql] = await schemaFilesOf(tree, path);
    return `There is no ${ruby} or ${sql}, of which Rails would make a new database without them.`;
  }
  const bytes = (await tree.read([file])).get(file) ?? Buffer.alloc(0);
  const text = bytes.toString('utf8');
  const versions = file.endsWith('.rb') ? [definedAt(text) ?? '0'] : (recordedIn(text) ?? []);
  const version = versions.reduce((newest, one) => (BigInt(one) > BigInt(newest) ? one : newest), '0');
  if (version === '0') return `${file} does not say which migrations are in it.`;
  const stands = { version, name: '', identity: file, file, bytes, sql: '' };
  return { ...stands, transaction: 'none', program: true, onlyWhenEmpty: true };
}

/** Why a file is older than the newest migration; null: it is not, or does not say. */
function lag(text: string, versions: readonly string[]): string | null {
  const newest = versions.at(-1);
  if (newest === undefined) return null;
  const said = definedAt(text);
  if (said !== undefined)
    return BigInt(said) < BigInt(newest)
      ? `It was written at version ${said}, and the newest migration is ${newest}.`
      : null;
  const rows = recordedIn(text);
  if (rows === null) return null;
  const known = new Set(rows);
  const missing = versions.filter((version) => !known.has(version));
  if (missing.length === 0) return null;
  const named = missing.slice(-5).join(', ');
  return `It does not record ${missing.length === 1 ? 'the migration' : `${missing.length} migrations, the last of them`} ${named}, so that a database that is built from it runs ${missing.length === 1 ? 'it' : 'them'} again.`;
}

/**
 * @param call how a task is called, with variables on top
 */
export const railsSchema = (
  call: (project: Project, task: string, env: Readonly<Record<string, string>>) => Call | NotInstalled,
): SchemaFile => ({
  extension: '.rb',
  dump: (project, to) => call(project, 'db:schema:dump', { SCHEMA: to }),
  load: (project, from) => call(project, 'db:schema:load', { SCHEMA: from }),
  lag,
  withoutVersion: (text) =>
    text.replace(/^#.*\n/gm, '').replace(/(\.define\(\s*(?:version:|:version\s*=>)\s*)[\d_]+/, '$1'),
});
