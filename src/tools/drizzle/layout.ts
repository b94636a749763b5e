import { Undecided } from '../../errors.ts';
import type { Tree } from '../../git/tree.ts';
import { decodeMigration, refuseLink } from '../reading/decode.ts';
import { basename, dirname, treePath, within } from '../reading/directories.ts';
import { packageRange } from '../reading/package-range.ts';
import type { History, Migration, Oddity, OrderKey, Span } from '../tool.ts';
import { readJournal } from './journal.ts';

/**
 * What a database remembers: `journal`: when a migration was made, which `meta/_journal.json` says (up to 0.45) or its
 * folder (1.0 until beta.12); `folders`: the name of its folder (since then).
 */
export type Layout = 'journal' | 'folders';

const breakpoint = '--> statement-breakpoint';
export const folderName = /^(\d{14})(?:_(.*))?$/;

/** The folders of a directory that hold a `migration.sql`, by the path of that file. */
export const folders = (tree: Tree, directory: string): string[] =>
  tree
    .under(directory)
    .filter(({ path }) => basename(path) === 'migration.sql' && dirname(dirname(path)) === directory)
    .map(({ path }) => path);

/** The migrations of a directory, whichever layout it has, named as `layout` names them. */
export async function readHistory(tree: Tree, path: string, layout: Layout): Promise<History> {
  const directory = treePath(path);
  const journal = await readJournal(tree, directory);
  const scripts = folders(tree, directory);
  if (journal === null) return fromFolders(tree, directory, scripts, layout);
  const range = await packageRange(tree, directory, ['drizzle-orm', 'drizzle-kit']);
  if (scripts.length > 0 && range !== null && /^[\^~>=\s]*1\./.test(range)) {
    throw new Undecided(
      'invalid-configuration',
      `Drizzle stops the deployment: it finds the folders of version 1 beside an old ${journal.path} (“You must upgrade drizzle-kit and run drizzle-kit up”). Remove the journal when every migration has its folder.`,
      { place: { file: journal.path } },
    );
  }
  const { entries } = journal;
  const files = entries.map(({ tag }) => within(directory, `${tag}.sql`));
  const contents = await tree.read(files);
  const migrations = entries.map(({ tag, when }, index): Migration => {
    const file = files[index] as string;
    const bytes = contents.get(file);
    const entry = tree.get(file);
    if (entry !== undefined) refuseLink(entry);
    if (bytes === undefined) {
      throw new Undecided(
        'invalid-configuration',
        `Drizzle stops the deployment, also where the migration has run already: ${journal.path} lists ${tag}, and there is no ${file} (“No file ${file} found in ${directory} folder”). Restore the file.`,
        { place: { file: journal.path } },
      );
    }
    // What drizzle-kit up makes of the entry, so that both layouts can be compared.
    const identity = layout === 'folders' ? upgradedName({ tag, when }) : String(when);
    return { ...migration(file, bytes), ...keys(layout, identity, tag), extra: { when } };
  });
  return {
    migrations,
    notes: steppedOver(journal.path, entries),
    oddities: [
      ...unlisted(tree, directory, new Set(files), journal.path),
      ...twice(journal.path, entries, files),
      ...scripts.map((file) => ({
        kind: 'never-runs' as const,
        file,
        says: `Drizzle reads ${journal.path} as long as it is there, and no folders beside it; this one never runs.`,
      })),
    ],
  };
}

async function fromFolders(
  tree: Tree,
  directory: string,
  files: readonly string[],
  layout: Layout,
): Promise<History> {
  const contents = await tree.read(files);
  const migrations = files.map((file): Migration => {
    const entry = tree.get(file);
    if (entry !== undefined) refuseLink(entry);
    const bytes = contents.get(file) ?? Buffer.alloc(0);
    const identity = basename(dirname(file));
    const when = millisOf(identity);
    const undated = {
      refused: {
        line: 1,
        says: `Drizzle stops at it: the folder ${identity} does not begin with 14 digits of a date, and what it would record is no number (“invalid input syntax for type bigint: "NaN"”).`,
      },
    };
    return {
      ...migration(file, bytes),
      ...keys(layout, layout === 'journal' ? String(when) : identity, identity),
      extra: { when },
      ...(Number.isNaN(when) ? undated : {}),
    };
  });
  const oddities = tree.under(directory).flatMap(({ path }): Oddity[] => {
    const beside = dirname(path) === directory && /\.sql$/i.test(path);
    const alone = basename(path) === 'snapshot.json' && dirname(dirname(path)) === directory;
    if (beside) {
      const says = `Drizzle never runs ${path}: it reads migration.sql in folders only.`;
      return [{ kind: 'never-runs', file: path, says }];
    }
    if (!alone || tree.get(within(dirname(path), 'migration.sql')) !== undefined) return [];
    const says = `Drizzle passes over ${dirname(path)}: there is no migration.sql in it.`;
    return [{ kind: 'never-runs', file: path, says }];
  });
  const notes =
    layout === 'journal'
      ? [
          `This version of Drizzle remembers the date of a folder in ${directory} and nothing else; that is its \`when\`.`,
        ]
      : [];
  const folder = ({ file }: Migration): string => basename(dirname(file));
  const sorted = migrations.sort((a, b) => collator.compare(folder(a), folder(b)));
  return { migrations: sorted, notes, oddities };
}

/** What is the same for both layouts: the text and how it is sent. */
function migration(file: string, bytes: Buffer): Omit<Migration, 'version' | 'name' | 'identity' | 'extra'> {
  const { text, encoding, byteOrderMark } = decodeMigration(file, bytes);
  if (encoding !== 'utf-8') {
    throw new Undecided(
      'invalid-configuration',
      `${file} is ${encoding.toUpperCase()}, which Drizzle reads as UTF-8 and sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`,
      { place: { file } },
    );
  }
  // Drizzle does not take a byte order mark off, and the server refuses the statement that begins with one.
  const whole = byteOrderMark ? `\ufeff${text}` : text;
  const messages = chunksOf(whole);
  return { file, bytes, sql: separated(whole, messages), transaction: 'shared', messages };
}

/** Drizzle splits at the mark wherever it stands, in a string or a function's body as well. */
function chunksOf(sql: string): Span[] {
  const chunks: Span[] = [];
  let start = 0;
  for (let at = sql.indexOf(breakpoint); at !== -1; at = sql.indexOf(breakpoint, start)) {
    chunks.push({ start, end: at });
    start = at + breakpoint.length;
  }
  return [...chunks, { start, end: sql.length }];
}

/**
 * The text with a semicolon where a part ends without one: parts are messages of their own, so that they need none,
 * and the mark, which is never sent, has room for it.
 */
function separated(sql: string, chunks: readonly Span[]): string {
  return chunks
    .map(({ start, end }, index) => {
      const chunk = sql.slice(start, end);
      if (index === chunks.length - 1) return chunk;
      const ended = chunk.trimEnd();
      return chunk + (ended === '' || ended.endsWith(';') ? breakpoint : breakpoint.replace('-->', ';--'));
    })
    .join('');
}

function keys(
  layout: Layout,
  identity: string,
  tag: string,
): Pick<Migration, 'version' | 'name' | 'identity'> {
  if (layout === 'journal') return { version: identity, name: tag, identity };
  const [, version = identity, name = ''] = folderName.exec(identity) ?? [];
  return { version, name, identity };
}

function unlisted(tree: Tree, directory: string, listed: ReadonlySet<string>, journal: string): Oddity[] {
  return tree
    .under(directory)
    .filter(({ path }) => dirname(path) === directory && /\.sql$/i.test(path) && !listed.has(path))
    .map(({ path }) => ({
      kind: 'never-runs',
      file: path,
      says: `Drizzle never runs ${path}: ${journal} does not list it. Let \`drizzle-kit generate --custom\` make the file and its entry, then put the SQL there.`,
    }));
}

function twice(
  journal: string,
  entries: readonly { readonly tag: string }[],
  files: readonly string[],
): Oddity[] {
  return entries.flatMap(({ tag }, index) =>
    entries.findIndex((other) => other.tag === tag) === index
      ? []
      : [
          {
            kind: 'ambiguous-order' as const,
            file: files[index] as string,
            says: `Drizzle runs ${tag} twice on a new database: ${journal} lists it twice. Leave one of the entries.`,
          },
        ],
  );
}

/** Entries that a database which was deployed step by step has never run, while an empty one gets them. */
function steppedOver(
  journal: string,
  entries: readonly { readonly tag: string; readonly when: number }[],
): string[] {
  let newest = Number.NEGATIVE_INFINITY;
  const behind = entries.filter(({ when }) => {
    const late = when <= newest;
    newest = Math.max(newest, when);
    return late;
  });
  const [first] = behind;
  if (first === undefined) return [];
  const which =
    behind.length === 1 ? `lists ${first.tag}` : `lists ${behind.length} migrations, ${first.tag} first,`;
  return [
    `${journal} ${which} after one with a later or equal \`when\`: an empty database gets it, as the shadow did, and one that was deployed in between never does.`,
  ];
}

/** `YYYYMMDDhhmmss` as Drizzle turns it into milliseconds; NaN where it is no date. */
function millisOf(folder: string): number {
  const part = (from: number, to: number): number => Number.parseInt(folder.slice(from, to), 10);
  return Date.UTC(part(0, 4), part(4, 6) - 1, part(6, 8), part(8, 10), part(10, 12), part(12, 14));
}

/** The folder that `drizzle-kit up` puts a file of the journal into. */
function upgradedName({ tag, when }: { readonly tag: string; readonly when: number }): string {
  const time = new Date(when);
  const date = Number.isNaN(time.getTime()) ? '' : time.toISOString().slice(0, 19).replace(/\D/g, '');
  return `${date}_${tag.split('_').slice(1).join('_')}`;
}

const collator = new Intl.Collator('en-US');
/** As Drizzle sorts the folders. */
export const byFolder = (left: OrderKey, right: OrderKey): number => {
  const [a, b] = [left, right].map(({ version, name }) => (name === '' ? version : `${version}_${name}`));
  return collator.compare(a ?? '', b ?? '');
};
