import type { Migration } from '../tools/tool.ts';
import type { HistoryChange } from './change.ts';
import { compareMigrations } from './content-diff.ts';

/** A change of which only the kind and the file are known. */
export const unchanged = (kind: HistoryChange['kind'], migration: Migration): HistoryChange => ({
  kind,
  file: migration.file,
  previousFile: null,
  version: migration.version,
  diff: '',
  line: 1,
  after: null,
});

/** What happened to a migration that both sides have, by the tool's own idea of "the same". */
export function changeOf(before: Migration, after: Migration): HistoryChange | null {
  const previousFile = before.file === after.file ? null : before.file;
  if (before.bytes.equals(after.bytes)) {
    // The whole directory may have moved, which no tool notices: only a new name of the migration itself counts.
    return previousFile === null || before.name === after.name
      ? null
      : { ...unchanged('renamed', after), previousFile, sameIdentity: true };
  }
  const { cosmetic, schemaOnly, downOnly, diff, line } = compareMigrations(before, after);
  const checksum = before.extra?.checksum;
  return {
    ...unchanged(cosmetic ? 'edited-cosmetic' : 'edited', after),
    ...(checksum !== undefined && checksum === after.extra?.checksum ? { sameChecksum: true } : {}),
    ...(schemaOnly ? { schemaOnly: true } : {}),
    ...(downOnly ? { downOnly: true } : {}),
    previousFile,
    diff,
    line,
  };
}
