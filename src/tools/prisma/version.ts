import type { Tree } from '../../git/tree.ts';
import { andAbove, within } from '../reading/directories.ts';

export interface PrismaVersion {
  readonly major: number;
  readonly minor: number;
  /** File that said so. */
  readonly source: string;
}

/** Packages that are released together with the engine. */
const packages = ['prisma', '@prisma/client', '@prisma/engines'] as const;

/**
 * The Prisma version that deploys the migrations of a directory: the lock file's, nearest first, else the
 * lowest that the nearest package.json allows. Null when nothing says it.
 */
export async function prismaVersion(tree: Tree, directory: string): Promise<PrismaVersion | null> {
  const folders = andAbove(directory);
  const manifests = await tree.read(folders.map((folder) => within(folder, 'package.json')));
  let range: { text: string; source: string } | null = null;
  for (const folder of folders) {
    const source = within(folder, 'package.json');
    const text = manifests.get(source)?.toString('utf8');
    const found = text === undefined ? null : rangeOf(text);
    if (found === null) continue;
    range = { text: found, source };
    break;
  }
  const wanted = range === null ? null : versionIn(range.text);
  for (const folder of folders) {
    const locks = Object.keys(lockReaders).map((name) => within(folder, name));
    const contents = await tree.read(locks);
    for (const [name, read] of Object.entries(lockReaders)) {
      const source = within(folder, name);
      const text = contents.get(source)?.toString('utf8');
      const versions = text === undefined ? [] : read(text).flatMap((found) => versionIn(found) ?? []);
      const best = choose(versions, wanted);
      if (best !== null) return { ...best, source };
    }
  }
  if (range === null) return null;
  const assumed = wanted ?? (await catalogVersion(tree, folders));
  return assumed === null ? null : { ...assumed, source: range.source };
}

type Version = Pick<PrismaVersion, 'major' | 'minor'>;

/** A monorepo may lock several; the one that the nearest package.json asks for deploys, else the newest. */
function choose(versions: readonly Version[], wanted: Version | null): Version | null {
  const newestFirst = [...versions].sort((a, b) => b.major - a.major || b.minor - a.minor);
  const fits = newestFirst.find(
    (version) => version.major === wanted?.major && version.minor >= wanted.minor,
  );
  return fits ?? newestFirst[0] ?? null;
}

const lockReaders: Readonly<Record<string, (text: string) => string[]>> = {
  'package-lock.json': npmVersions,
  'npm-shrinkwrap.json': npmVersions,
  // `  prisma@7.1.0(typescript@5.9.2):`, `  /prisma@5.0.0:`, `  /prisma/4.3.1:`, quoted where scoped.
  'pnpm-lock.yaml': (text) => matches(text, /^\s+['"]?\/?(?:prisma|@prisma\/client)[@/](\d[^('":\s]*)/gm),
  // Classic: `prisma@^6.0.0:\n  version "6.1.0"`; berry: `"prisma@npm:^6.0.0":\n  version: 6.1.0`.
  'yarn.lock': (text) =>
    matches(text, /^"?(?:prisma|@prisma\/client)@[^\n]*:\r?\n\s+version:?\s+"?(\d[^"\s]*)/gm),
  // `"prisma": ["prisma@6.1.0", …]`
  'bun.lock': (text) => matches(text, /\["(?:prisma|@prisma\/client)@(\d[^"]*)"/g),
};

function npmVersions(text: string): string[] {
  const lock = json(text);
  const entries = Object.entries(record(lock.packages)).filter(([path]) =>
    packages.some((name) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`)),
  );
  const old = packages.map((name) => record(record(lock.dependencies)[name]));
  return [...entries.map(([, entry]) => record(entry)), ...old].flatMap(({ version }) =>
    typeof version === 'string' ? [version] : [],
  );
}

function rangeOf(manifest: string): string | null {
  const parsed = json(manifest);
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  for (const name of packages) {
    for (const kind of kinds) {
      const range = record(parsed[kind])[name];
      if (typeof range === 'string') return range;
    }
  }
  return null;
}

/** `catalog:` ranges of pnpm and bun stand in the workspace's own file. */
async function catalogVersion(tree: Tree, folders: readonly string[]): Promise<Version | null> {
  for (const folder of folders) {
    const path = within(folder, 'pnpm-workspace.yaml');
    const text = (await tree.read([path])).get(path)?.toString('utf8');
    const range =
      text === undefined ? null : /^\s+['"]?(?:prisma|@prisma\/client)['"]?:\s*['"]?(\S+)/m.exec(text)?.[1];
    if (typeof range === 'string') return versionIn(range);
  }
  return null;
}

function versionIn(text: string): Version | null {
  const match = /(\d+)(?:\.(\d+))?/.exec(text.replace(/^npm:(?:@?[^@]+@)?/, ''));
  return match === null ? null : { major: Number(match[1]), minor: Number(match[2] ?? 0) };
}

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** A manifest that is no JSON says nothing about Prisma; npm itself complains about it loudly. */
function json(text: string): Record<string, unknown> {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}
