import type { Catalog, SchemaChange } from '../catalog/model.ts';
import type { DatabaseConfig } from '../config/options.ts';
import { treePath } from '../tools/reading/directories.ts';
import type { Target } from './use.ts';

/** The tables, views and columns of base that are not there under their name any more. */
export function targetsOf(changes: readonly SchemaChange[], before: Catalog | null): Target[] {
  const found = new Map<string, Target>();
  for (const { change, type, name, previousName } of changes) {
    if (change !== 'removed' && change !== 'renamed') continue;
    const object = previousName ?? name;
    const old = before?.byName(type, object);
    if (old === undefined) continue;
    if (type === 'table' || type === 'view' || type === 'materialized-view') {
      found.set(object, { object, table: old.local, column: null });
    } else if (type === 'column') {
      const table = before?.byIdentity(old.containerIdentity)?.local;
      if (table !== undefined) found.set(object, { object, table, column: old.local });
    }
  }
  return [...found.values()];
}

/** Where the databases' own SQL is kept: its lines are no use by the application. */
export const migrationPaths = (databases: readonly DatabaseConfig[], paths: readonly string[]): string[] => [
  ...paths.map(treePath),
  ...databases.flatMap(({ path, basePath = path, setup, baseline }) => [
    treePath(path),
    treePath(basePath),
    ...setup,
    ...(baseline === null ? [] : [baseline.file]),
  ]),
];
