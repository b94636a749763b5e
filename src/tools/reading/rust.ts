import type { Tree } from '../../git/tree.ts';
import { andAbove, basename, dirname, within } from './directories.ts';

/** Migration tools of Rust, by the name of their crate. */
export type RustTool = 'sqlx' | 'diesel' | 'refinery';

/** A crate as a line of Cargo.toml names it: `sqlx = …`, `sqlx.workspace = true`, `[dependencies.sqlx]`. */
const named: Readonly<Record<RustTool, RegExp>> = {
  sqlx: /^\s*(?:["']?sqlx["']?\s*[.=]|\[.*dependencies\.sqlx\])/m,
  diesel: /^\s*(?:["']?diesel[\w-]*["']?\s*[.=]|\[.*dependencies\.diesel[\w-]*\])/m,
  refinery: /^\s*(?:["']?refinery(?:[-_]core)?["']?\s*[.=]|\[.*dependencies\.refinery(?:[-_]core)?\])/m,
};

/**
 * What says that a directory's files are this tool's, or null: its own file or a Cargo.toml that uses it, above the
 * directory; else some Cargo.toml of the repository where one stands above.
 */
export async function rustProof(tree: Tree, directory: string, tool: RustTool): Promise<string | null> {
  const own = { sqlx: 'sqlx.toml', diesel: 'diesel.toml', refinery: 'refinery.toml' }[tool];
  const manifests = andAbove(directory).map((above) => within(above, 'Cargo.toml'));
  for (const above of andAbove(directory)) {
    const path = within(above, own);
    if (tree.get(path) !== undefined) return `${path} is there`;
  }
  const near = await usedBy(tree, manifests, tool);
  if (near !== null) return `${near} uses ${tool}`;
  // SQLx looks into `migrations` beside Cargo.toml when it is told nothing else.
  const [beside] = manifests.slice(1);
  if (tool === 'sqlx' && basename(directory) === 'migrations' && beside !== undefined) {
    const others = [await usedBy(tree, [beside], 'diesel'), await usedBy(tree, [beside], 'refinery')];
    if (tree.get(beside) !== undefined && others.every((one) => one === null))
      return `${beside} stands beside it`;
  }
  const top = manifests.filter((path) => tree.get(path) !== undefined).at(-1);
  if (top === undefined) return null;
  const others = tree.under(dirname(top)).filter(({ path }) => basename(path) === 'Cargo.toml');
  const member = await usedBy(
    tree,
    others.map(({ path }) => path),
    tool,
  );
  return member === null ? null : `${member} uses ${tool}`;
}

async function usedBy(tree: Tree, manifests: readonly string[], tool: RustTool): Promise<string | null> {
  const texts = await tree.read(manifests.filter((path) => tree.get(path) !== undefined));
  return [...texts].find(([, text]) => named[tool].test(text.toString('utf8')))?.[0] ?? null;
}
