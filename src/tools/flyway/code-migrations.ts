import type { Tree } from '../../git/tree.ts';
import { basename, dirname, isWithin } from '../reading/directories.ts';
import type { Migration } from '../tool.ts';
import type { Place } from './locations.ts';
import { versionParts } from './names.ts';
import type { FlywaySettings } from './settings.ts';

const source = /\.(?:java|kt|groovy|scala)$/;

/**
 * Migrations that are classes: `V2__Add.java` in the package of a location, or elsewhere in the same module, where
 * the application registers them itself. They run among the scripts, and nobody can see here what they do.
 */
export function codeMigrations(
  tree: Tree,
  path: string,
  places: readonly Place[],
  { prefix, repeatablePrefix, separator }: FlywaySettings,
): { migrations: Migration[]; notes: string[] } {
  const modules = new Set([path, ...places.map(({ root }) => root)].map(moduleOf));
  const migrations: Migration[] = [];
  for (const entry of tree.entries) {
    if (!source.test(entry.path) || !entry.mode.startsWith('100')) continue;
    if (/(?:^|\/)src\/(?:test|integrationTest)\//.test(entry.path)) continue;
    if (![...modules].some((module) => module !== null && isWithin(entry.path, module))) continue;
    const stem = basename(entry.path).replace(source, '');
    const [before = '', ...rest] = stem.split(separator);
    if (rest.length === 0) continue;
    const description = rest.join(separator).replaceAll('_', ' ');
    const version = before.slice(prefix.length).replaceAll('_', '.');
    const versioned = before.startsWith(prefix) && versionParts(version) !== null;
    if (!versioned && (before !== repeatablePrefix || !/migration/i.test(dirname(entry.path)))) continue;
    migrations.push({
      version: versioned ? version : `R__${rest.join(separator)}`,
      name: description,
      identity: versioned ? (versionParts(version)?.join('.') ?? version) : `R ${description}`,
      file: entry.path,
      bytes: Buffer.from(entry.oid),
      sql: '',
      transaction: 'single',
      opaque: 'Flyway runs this class, and what it does to the database cannot be seen here.',
      extra: { script: stem, type: 'JDBC' },
    });
  }
  const some = migrations.slice(0, 3).map(({ file }) => basename(file));
  const more = migrations.length > 3 ? ` and ${migrations.length - 3} more` : '';
  return {
    migrations,
    notes:
      migrations.length === 0
        ? []
        : [
            `Migrations that are code are not run, so that base may lack what they make: ${some.join(', ')}${more}.`,
          ],
  };
}

/** The Maven or Gradle module of a resource directory, or null where the layout is another one. */
const moduleOf = (root: string): string | null => /^(.*?)\/?src\/main\//.exec(`${root}/`)?.[1] ?? null;
