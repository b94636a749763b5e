import { plural } from './headline.ts';
import type { MigrationReport, Report } from './model.ts';

/**
 * What ran and for which commits, in parts: `PostgreSQL 17.10 shadow`, `base 9f31c02 → head e4b7a15`,
 * `42 base and 3 new migrations applied`. No durations: a shadow's say nothing about production.
 *
 * @param quote how the name of a branch or commit is set
 */
export function whatRan(report: Report, quote: (name: string) => string): string[] {
  const versions = [...new Set(report.databases.flatMap(({ shadow }) => shadow?.postgresVersion ?? []))];
  const side = ({ ref, sha }: Report['base']): string => quote(sha === null ? ref : sha.slice(0, 7));
  const migrations = report.databases.flatMap((database) => database.migrations);
  const fresh = migrations.filter((migration) => migration.status === 'new');
  const applied = fresh.filter((migration) => isApplied(migration)).length;
  const base = report.databases.reduce((sum, { migrationCounts }) => sum + migrationCounts.base, 0);
  const added = report.databases.reduce((sum, { migrationCounts }) => sum + migrationCounts.new, 0);
  const counts =
    versions.length === 0
      ? []
      : report.undecided !== null
        ? [`${plural(base, 'base migration')}, ${added} new`]
        : fresh.length === 0
          ? [`${plural(base, 'base migration')} applied`]
          : applied < fresh.length
            ? [`${base} base and ${applied} of ${plural(fresh.length, 'new migration')} applied`]
            : [`${base} base and ${plural(fresh.length, 'new migration')} applied`];
  const changed = report.databases.some(
    ({ schemaChanges, schemaDiff }) => schemaChanges.length + schemaDiff.length > 0,
  );
  const failed = migrations.some((migration) => migration.error !== null);
  const unchanged =
    versions.length > 0 && !changed && !failed && report.undecided === null && fresh.length > 0;
  return [
    ...(versions.length === 0 ? [] : [`PostgreSQL ${versions.map(plainVersion).join(', ')} shadow`]),
    `base ${side(report.base)} → head ${side(report.head)}`,
    ...counts,
    ...(report.databases.length > 1 ? [plural(report.databases.length, 'database')] : []),
    ...(unchanged ? ['schema unchanged'] : []),
  ];
}

/** Does what it did stay? */
const isApplied = ({ ran, error, rolledBack }: MigrationReport): boolean =>
  ran && error === null && rolledBack !== true;

/** `17.10`, without what a packager adds: `17.10 (Debian 17.10-1.pgdg13+1)`. */
export const plainVersion = (version: string): string => /^[\w.]+/.exec(version)?.[0] ?? '?';
