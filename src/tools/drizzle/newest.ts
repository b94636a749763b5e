import { z } from 'zod';
import type { Tree } from '../../git/tree.ts';
import { basename, dirname, within } from '../reading/directories.ts';
import { readJournal } from './journal.ts';
import { folders } from './layout.ts';

/** A snapshot of a tree and what it follows. */
interface Snapshot {
  readonly file: string;
  readonly id: string;
  readonly previous: readonly string[];
}

const shape = z.object({
  id: z.string(),
  prevId: z.string().nullish(),
  prevIds: z.array(z.string()).nullish(),
});

/** Where the snapshot of a journal's entry is: by what stands before the first `_` of its name. */
const besideEntry = (directory: string, tag: string): string =>
  within(directory, `meta/${tag.split('_')[0]}_snapshot.json`);

/** The snapshots of the migrations in their order, null for one that has none. */
export async function snapshotsOf(tree: Tree, directory: string): Promise<(string | null)[]> {
  const journal = await readJournal(tree, directory);
  const files =
    journal === null
      ? folders(tree, directory)
          .map((file) => within(dirname(file), 'snapshot.json'))
          .sort((a, b) => (basename(dirname(a)) < basename(dirname(b)) ? -1 : 1))
      : journal.entries.map(({ tag }) => besideEntry(directory, tag));
  return files.map((file) => (tree.get(file) === undefined ? null : file));
}

/**
 * The newest snapshot of a directory. Null: there is none; or, with folders, there are several that none follows, each
 * with what its own branch knew.
 */
export async function newestSnapshot(tree: Tree, directory: string): Promise<string | null> {
  const files = (await snapshotsOf(tree, directory)).filter((file) => file !== null);
  const newest = files.at(-1) ?? null;
  if (newest === null || (await readJournal(tree, directory)) !== null) return newest;
  const read = await linksOf(tree, files);
  const followed = new Set(read.flatMap(({ previous }) => previous));
  const leaves = read.filter(({ id }) => !followed.has(id));
  return leaves.length === 1 ? (leaves[0]?.file ?? null) : null;
}

/** Why the snapshots do not go with the migrations, as a sentence; null: they do. */
export async function snapshotLag(tree: Tree, directory: string): Promise<string | null> {
  const journal = await readJournal(tree, directory);
  if (journal === null) return null;
  const all = await snapshotsOf(tree, directory);
  const newest = journal.entries.at(-1);
  if (newest !== undefined && all.at(-1) === null) {
    return `The newest migration, ${newest.tag}, has no snapshot (${besideEntry(directory, newest.tag)}): the next \`drizzle-kit generate\` starts from an older one and makes the same changes again.`;
  }
  const read = await linksOf(
    tree,
    all.filter((file) => file !== null),
  );
  for (const [index, { file, previous }] of read.entries()) {
    const twin = read.slice(index + 1).find((other) => other.previous.some((id) => previous.includes(id)));
    if (twin !== undefined) {
      return `${file} and ${twin.file} follow the same snapshot (prevId), as two branches leave them: \`drizzle-kit generate\` and \`drizzle-kit check\` stop there.`;
    }
  }
  return null;
}

async function linksOf(tree: Tree, files: readonly string[]): Promise<Snapshot[]> {
  const contents = await tree.read([...new Set(files)]);
  return [...contents].flatMap(([file, bytes]) => {
    const links = parsed(bytes.toString('utf8'));
    return links === null
      ? []
      : [{ file, id: links.id, previous: links.prevIds ?? (links.prevId == null ? [] : [links.prevId]) }];
  });
}

function parsed(text: string): z.infer<typeof shape> | null {
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
