import type { Config, DatabaseConfig } from '../config/options.ts';
import { Undecided } from '../errors.ts';
import type { HistoryChangeKind } from '../history/change.ts';
import { compareHistories } from '../history/compare.ts';
import { findOddities } from '../history/oddities.ts';
import { compareWithRelease } from '../history/release.ts';
import { findSchemaSquash, notInSchema } from '../history/schema-squash.ts';
import { findSquash, withoutSquash } from '../history/squash.ts';
import { asMigration, changedHooks } from '../run/hooks.ts';
import { treePath } from '../tools/reading/directories.ts';
import type { History, Migration, MigrationTool } from '../tools/tool.ts';

/** Changes after which a new database may get another schema than one that was upgraded. */
const divergentKinds = new Set<HistoryChangeKind>([
  'edited',
  'deleted',
  'renamed',
  'out-of-order',
  'duplicate-version',
]);

/** The histories of one database in the four trees. */
export interface Histories {
  readonly base: History;
  readonly branch: History;
  readonly head: History;
  readonly mergeBase: History | null;
}

/**
 * What the pull request does to the history: what changed, what is pending, whether a new database may come out
 * differently from an upgraded one.
 *
 * @param release what counts as applied instead of base; null = all of base
 * @throws Undecided `unsupported-tool` for a pending migration that nobody can run here
 */
export function changesOf(
  tool: MigrationTool,
  database: DatabaseConfig,
  histories: Histories,
  release: History | null,
) {
  const whole =
    release === null
      ? { comparison: compareHistories({ tool, ...histories }), freed: [], base: histories.base }
      : compareWithRelease({ tool, ...histories }, release);
  const squash =
    findSchemaSquash(tool, whole.comparison, whole.base, histories.head) ??
    findSquash(whole.comparison, whole.base, histories.head);
  const comparison = squash === null ? whole.comparison : withoutSquash(whole.comparison, squash);
  refuseOpaque(comparison.pending);
  const hooks = { base: histories.base.hooks ?? [], head: histories.head.hooks ?? [] };
  const newHooks = changedHooks(hooks.base, hooks.head);
  return {
    comparison,
    /** Base as far as it counts as applied. */
    base: whole.base,
    /** Changes of what no release has yet. */
    freed: whole.freed,
    squash,
    /** Why deleted migrations are no squash by the tool's schema file, where it makes databases of one. */
    notInSchema: notInSchema(tool, comparison, whole.base, histories.head),
    oddities: findOddities(histories.base, histories.head, nameInBase(database)),
    hooks,
    newHooks,
    hooked: newHooks.map((hook) => asMigration(hook, 'shared')),
    diverges: squash !== null || comparison.changes.some(({ kind }) => divergentKinds.has(kind)),
  };
}

export type Changes = ReturnType<typeof changesOf>;

/** What we cannot run was not checked. */
function refuseOpaque(pending: readonly Migration[]): void {
  const found = pending.find(({ opaque }) => opaque !== undefined);
  if (found?.opaque !== undefined) {
    throw new Undecided('unsupported-tool', found.opaque, { place: { file: found.file } });
  }
}

/** A pull request may move the whole directory. */
function nameInBase({ path, basePath = path }: DatabaseConfig): (file: string) => string {
  const [now, before] = [treePath(path), treePath(basePath)];
  return (file) =>
    now !== before && file.startsWith(`${now}/`) ? `${before}${file.slice(now.length)}` : file;
}

export const isAccepted = (accepted: Config['acceptSquash'], { path }: DatabaseConfig): boolean =>
  accepted === true || (typeof accepted === 'string' && treePath(accepted) === treePath(path));
