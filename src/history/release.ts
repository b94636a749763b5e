import type { History } from '../tools/tool.ts';
import type { HistoryChange, HistoryChangeKind, HistoryComparison } from './change.ts';
import { compareHistories, type Histories } from './compare.ts';

/** A comparison in which only a release counts as applied. */
export interface ReleaseComparison {
  readonly comparison: HistoryComparison;
  /** Changes against base that are none against the release. */
  readonly freed: readonly HistoryChange[];
  /** Base's history without what runs again as head has it. */
  readonly base: History;
}

const divergent = new Set<HistoryChangeKind>([
  'edited',
  'edited-cosmetic',
  'deleted',
  'renamed',
  'out-of-order',
  'duplicate-version',
]);

/**
 * As `compareHistories`, where base's migrations that a release lacks may still be changed. From the first one that the
 * pull request changes on, or that a new one sorts before, they run again as head has them: later ones may build on it.
 */
export function compareWithRelease(histories: Histories, release: History): ReleaseComparison {
  const { base, tool } = histories;
  const comparison = compareHistories(histories);
  const changed = comparison.changes.filter(({ kind }) => divergent.has(kind));
  const released = new Set(release.migrations.map(({ identity }) => identity));
  const isOpen = (migration: History['migrations'][number]): boolean => !released.has(migration.identity);
  const touched = new Set(changed.flatMap(({ file, previousFile }) => [previousFile ?? file, file]));
  const late = changed
    .filter(({ kind }) => kind === 'out-of-order')
    .flatMap(({ file }) => histories.head.migrations.find((one) => one.file === file) ?? []);
  const first = base.migrations.findIndex(
    (migration) =>
      isOpen(migration) &&
      (touched.has(migration.file) || late.some((one) => tool.order(one, migration) < 0)),
  );
  if (first === -1) return { comparison, freed: [], base };
  const applied = {
    ...base,
    migrations: base.migrations.filter((migration, index) => index < first || !isOpen(migration)),
  };
  const again = compareHistories({ ...histories, base: applied });
  const kept = new Set(again.changes.map(key));
  return { comparison: again, freed: changed.filter((change) => !kept.has(key(change))), base: applied };
}

const key = ({ kind, file, previousFile }: HistoryChange): string =>
  `${kind}\0${file}\0${previousFile ?? ''}`;
