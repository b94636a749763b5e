import type { Tree } from '../../git/tree.ts';
import { loadParser, parseFile } from '../../sql/parse.ts';
import { decodeMigration, refuseLink } from '../reading/decode.ts';
import { basename, dirname, treePath, within } from '../reading/directories.ts';
import type { History, Hook, Migration, Oddity, OrderKey, ToolSettings } from '../tool.ts';
import { type Committed, readCommitted } from './committed.ts';
import { configNames, configOf, type GraphileConfig } from './config.ts';
import { replacer } from './placeholders.ts';

/** How a committed migration is called. */
export const fileName = /^([0-9]+)(?:-([-_a-zA-Z0-9]*))?\.sql$/;

/** The user may name `migrations` or what is in it. */
export const folderAt = (path: string): string => {
  const folder = treePath(path);
  return basename(folder) === 'committed' ? dirname(folder) : folder;
};

/** The committed migrations of a folder, their placeholders replaced. */
export async function readHistory(
  tree: Tree,
  path: string,
  placeholders: ToolSettings['placeholders'],
): Promise<History> {
  await loadParser();
  const folder = folderAt(path);
  const config = await configOf(tree, folder);
  const replace = replacer(config, placeholders);
  const inside = tree.under(folder);
  const direct = inside.filter((entry) => dirname(entry.path) === within(folder, 'committed'));
  const files = direct
    .filter((entry) => fileName.test(basename(entry.path)))
    .sort((a, b) => collator.compare(numberOf(a.path), numberOf(b.path)));
  for (const entry of files) refuseLink(entry);
  const contents = await tree.read(files.map((entry) => entry.path));
  const migrations: Migration[] = [];
  let previous: Committed | null = null;
  for (const { path: file } of files) {
    const bytes = contents.get(file) ?? Buffer.alloc(0);
    const { text, encoding, byteOrderMark } = decodeMigration(file, bytes);
    const read = byteOrderMark || encoding !== 'utf-8' ? readCommitted(`\ufeff${text}`) : readCommitted(text);
    const committed = 'why' in read ? null : read;
    const refused =
      'why' in read
        ? {
            line: read.line,
            says: `graphile-migrate stops before it runs anything: “Invalid committed migration: ${read.why}”.`,
          }
        : objection(file, read, previous);
    previous = committed ?? previous;
    const [, number = '', slug = ''] = fileName.exec(basename(file)) ?? [];
    migrations.push({
      version: number,
      name: slug,
      identity: number,
      file,
      bytes,
      sql: replace(text, file),
      transaction: committed?.noTransaction === true ? 'implicit' : 'single',
      ...(refused === null ? {} : { refused }),
      extra: { hash: committed?.hash ?? '', previousHash: committed?.previousHash ?? '' },
    });
  }
  const hooks = await hooksOf(tree, folder, config, replace);
  return {
    migrations,
    notes: [...notesOf(tree, folder, config), ...hooks.notes],
    oddities: [
      ...direct
        .filter((entry) => /\.sql$/i.test(entry.path) && !fileName.test(basename(entry.path)))
        .map(
          ({ path: file }): Oddity => ({
            kind: 'never-runs',
            file,
            says: `graphile-migrate never runs ${file}: a committed migration is called 000001.sql or 000001-name.sql.`,
          }),
        ),
      ...(await notCommitted(tree, folder)),
    ],
    hooks: hooks.hooks,
  };
}

/** What graphile-migrate finds wrong with a file that it can read. */
function objection(
  file: string,
  one: Committed,
  previous: Committed | null,
): NonNullable<Migration['refused']> | null {
  const name = `${numberOf(file)}.sql`;
  if (previous === null && one.previousHash !== null) {
    const says = `graphile-migrate stops before it runs anything: “Migration '${name}' expected a previous migration ('${one.previousHash}'), but no correctly ordered previous migration was found”.`;
    return { line: 1, says };
  }
  if (previous !== null && one.previousHash !== previous.hash) {
    const says = `graphile-migrate stops before it runs anything: “Previous migration with hash '${previous.hash}' doesn't match '${name}''s expected previous hash '${one.previousHash}'”. Take the newest one back with \`graphile-migrate uncommit\`, and commit it again on top of the others.`;
    return { line: 1, says };
  }
  if (one.actualHash !== one.hash && !one.allowInvalidHash) {
    const says = `graphile-migrate stops at it where it has not run yet: “Hash for ${basename(file)} does not match - ${one.actualHash} !== ${one.hash}; has the file been tampered with?”`;
    return { line: 2, says };
  }
  if (one.actualHash === one.hash && one.allowInvalidHash) {
    const says = `graphile-migrate stops at it: “Invalid hash allowed for ${basename(file)}; but hash matches.” Take the line --! AllowInvalidHash out.`;
    return { line: 1, says };
  }
  return null;
}

/** The migration that is being written is no part of a deployment, and easily forgotten. */
async function notCommitted(tree: Tree, folder: string): Promise<Oddity[]> {
  const files = tree
    .under(folder)
    .map((entry) => entry.path)
    .filter(
      (path) =>
        path === within(folder, 'current.sql') ||
        (dirname(path) === within(folder, 'current') && path.endsWith('.sql')),
    );
  const contents = await tree.read(files);
  return [...contents].flatMap(([file, bytes]): Oddity[] => {
    const { statements, error } = parseFile(bytes.toString('utf8'));
    if (statements.length === 0 && error === null) return [];
    const says = `graphile-migrate never deploys ${file}: \`graphile-migrate commit\` makes a migration of it.`;
    return [{ kind: 'never-runs', file, says }];
  });
}

async function hooksOf(
  tree: Tree,
  folder: string,
  config: GraphileConfig | null,
  replace: (text: string, file: string) => string,
): Promise<{ hooks: Hook[]; notes: string[] }> {
  const hooks: Hook[] = [];
  const notes: string[] = [];
  for (const [when, actions] of [
    ['before-all', config?.before ?? []],
    ['after-all', config?.after ?? []],
  ] as const) {
    for (const action of actions) {
      if (action.kind === 'command') {
        notes.push(
          `${config?.file} runs a command ${when === 'before-all' ? 'before' : 'after'} the migrations, which was not run here: ${action.command.slice(0, 120)}`,
        );
        continue;
      }
      const file = within(folder, action.file);
      const bytes = (await tree.read([file])).get(file);
      if (bytes === undefined) notes.push(`${config?.file} names ${file}, which is not there.`);
      else hooks.push({ when, file, sql: replace(decodeMigration(file, bytes).text, file) });
    }
  }
  return { hooks, notes };
}

function notesOf(tree: Tree, folder: string, config: GraphileConfig | null): string[] {
  const program = config === null ? configNames.slice(1).map((name) => within(dirname(folder), name)) : [];
  const unread = program.find((path) => tree.get(path) !== undefined);
  return [
    ...(unread === undefined
      ? []
      : [`${unread} is a program and was not run: its placeholders, settings and actions are not known.`]),
    ...(config?.reset ?? []).map(
      (file) =>
        `${config?.file} prepares an empty database with ${within(folder, file)}, which is no part of a deployment. Name it under setup: if the history needs it.`,
    ),
  ];
}

const numberOf = (path: string): string => fileName.exec(basename(path))?.[1] ?? '';

const collator = new Intl.Collator('en');
/** As the tool sorts them: as text. */
export const order = (left: OrderKey, right: OrderKey): number =>
  collator.compare(left.version, right.version);
