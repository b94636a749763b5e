import { parse } from 'smol-toml';
import type { Tree } from '../../git/tree.ts';
import { andAbove, within } from './directories.ts';

/** Databases by the feature of SQLx or Diesel that brings them. */
const databases: Readonly<Record<string, string>> = {
  sqlite: 'SQLite',
  'sqlite-unbundled': 'SQLite',
  mysql: 'MySQL',
};

/**
 * Says why a directory's migrations are for another database than PostgreSQL, when the nearest Cargo.toml that uses the crate
 * asks it for others only; else null.
 */
export async function otherByFeatures(
  tree: Tree,
  directory: string,
  crate: 'sqlx' | 'diesel',
): Promise<string | null> {
  const manifests = andAbove(directory).map((above) => within(above, 'Cargo.toml'));
  const texts = await tree.read(manifests);
  for (const path of manifests) {
    const features = featuresOf(texts.get(path)?.toString('utf8') ?? '', crate);
    if (features === null) continue;
    if (features.some((feature) => /^(?:postgres|any$)/.test(feature))) return null;
    const other = features.find((feature) => databases[feature] !== undefined);
    return other === undefined
      ? null
      : `${path} asks ${crate} for ${databases[other]} and not for PostgreSQL`;
  }
  return null;
}

/** Features that a manifest asks of a crate; null when it does not use it. */
function featuresOf(text: string, crate: string): readonly string[] | null {
  let manifest: unknown;
  try {
    manifest = parse(text);
  } catch {
    return null;
  }
  const tables = ['dependencies', 'dev-dependencies', 'build-dependencies'];
  const found = tables.flatMap((table) => {
    const dependency = entry(entry(manifest, table), crate);
    return dependency === undefined ? [] : [dependency];
  });
  if (found.length === 0) return null;
  return found.flatMap((dependency) => {
    const features = entry(dependency, 'features');
    return Array.isArray(features) ? features.filter((one) => typeof one === 'string') : [];
  });
}

const entry = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
