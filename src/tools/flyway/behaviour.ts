import type { HistoryBehaviour, ToolReaction } from '../tool.ts';
import type { FlywaySettings } from './settings.ts';

/** What `flyway migrate` does about a changed history: it validates first, unless it is told not to. */
export function behaviourOf(settings: FlywaySettings): HistoryBehaviour {
  const { validateOnMigrate, outOfOrder } = settings;
  const ignored = (status: string) =>
    settings.ignoreMigrationPatterns.some((pattern) =>
      ['*', 'versioned'].some((type) => pattern === `${type}:${status}` || pattern === `${type}:*`),
    );
  const unvalidated = (says: string): ToolReaction => ({
    does: 'ignores',
    says: `Flyway does not validate here (validateOnMigrate=false): ${says}`,
  });
  return {
    edited: validateOnMigrate
      ? {
          does: 'refuses',
          says: 'Flyway refuses to migrate: "Validate failed: Migration checksum mismatch for migration version …" in every database that ran the old text, for a comment too. `flyway repair` only takes the new checksum over: such databases keep what the old text made.',
        }
      : unvalidated('databases that ran the old text keep what it made, new ones get the new text.'),
    deleted: !validateOnMigrate
      ? unvalidated('databases that ran it keep what it made, new ones never get it.')
      : ignored('missing')
        ? {
            does: 'ignores',
            says: 'Flyway does not miss it (ignoreMigrationPatterns): databases that ran it keep what it made, new ones never get it.',
          }
        : {
            does: 'refuses',
            says: 'Flyway refuses to migrate: "Validate failed: Detected applied migration not resolved locally: …". Only when no local version is newer does it go on with a warning; then databases that ran it keep what it made, and new ones never get it.',
            at: ({ afterAllOfHead }) =>
              afterAllOfHead
                ? 'Flyway goes on with a warning, since no local version is newer: databases that ran it keep what it made, and new ones never get it. As soon as a newer version comes it refuses to migrate: "Validate failed: Detected applied migration not resolved locally: …".'
                : 'Flyway refuses to migrate: "Validate failed: Detected applied migration not resolved locally: …".',
          },
    renamed: validateOnMigrate
      ? {
          does: 'refuses',
          says: 'Flyway refuses to migrate: "Validate failed: Migration description mismatch for migration version …" where the version is the old one, "Detected applied migration not resolved locally: …" where it is not.',
        }
      : unvalidated(
          'a new description stays unnoticed, and under a new version the same statements run a second time.',
        ),
    outOfOrder: outOfOrder
      ? {
          does: 'runs',
          says: 'Flyway runs it after the migrations that were meant to follow it (outOfOrder=true), while a new database gets it before them.',
        }
      : validateOnMigrate && !ignored('ignored')
        ? {
            does: 'refuses',
            says: 'Flyway refuses to migrate: "Validate failed: Detected resolved migration not applied to database: …", unless outOfOrder=true.',
          }
        : {
            does: 'skips',
            says: `Flyway never runs it where a newer version is applied (${validateOnMigrate ? 'ignoreMigrationPatterns' : 'validateOnMigrate=false'}), and says nothing; only new databases get it.`,
          },
    duplicateVersion: {
      does: 'refuses',
      says: 'Flyway refuses to start: "Found more than one migration with version …".',
      legal: false,
    },
  };
}
