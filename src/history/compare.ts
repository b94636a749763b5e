import type { History, Migration, MigrationTool } from '../tools/tool.ts';
import type { HistoryChange, HistoryComparison } from './change.ts';
import { compareMigrations } from './content-diff.ts';
import { changeOf, unchanged } from './edit.ts';
import { findRenames } from './renames.ts';

export interface Histories {
  readonly tool: MigrationTool;
  readonly base: History;
  /** The pull request's own tree; equal to `head` where the branch is not behind. */
  readonly branch: History;
  /** The tree that results from merging. */
  readonly head: History;
  /** Common ancestor, null where there is none or it is not needed. */
  readonly mergeBase: History | null;
}

/** Puts base's and head's histories side by side. Base counts as applied. */
export function compareHistories({ tool, base, branch, head, mergeBase }: Histories): HistoryComparison {
  if (base.migrations.length === 0) return { changes: [], pending: head.migrations, edited: [] };

  const same = paired(base, head);
  const known = new Set(same.values());
  const changes: HistoryChange[] = [];
  const edited: Migration[] = [];

  for (const [before, after] of same) {
    if (after.repeatable !== undefined) continue;
    const change = changeOf(before, after);
    if (change === null) continue;
    changes.push(change);
    if (change.kind !== 'renamed') edited.push(after);
  }

  const gone = versioned(base.migrations.filter((migration) => !same.has(migration)));
  const fresh = head.migrations.filter((migration) => !known.has(migration));
  const renames = findRenames(gone, versioned(fresh));
  const renamed = new Set(renames.values());
  // A tool that overlooks a new name goes by something else: what has that anew is a new migration to it.
  const overlooked = tool.onHistoryChange.renamed.does === 'ignores';
  const renamedRun = overlooked || tool.onHistoryChange.renamed.does === 'runs';
  for (const before of gone) {
    const after = renames.get(before);
    if (after === undefined) {
      changes.push({ ...unchanged('deleted', before), line: null, place: placeOf(tool, before, base, head) });
      continue;
    }
    const content = before.bytes.equals(after.bytes) ? null : compareMigrations(before, after);
    changes.push({
      ...unchanged('renamed', after),
      previousFile: before.file,
      place: placeOf(tool, before, base, head),
      diff: content?.diff ?? '',
      line: content?.line ?? 1,
    });
    if (content !== null && !renamedRun) edited.push(after);
  }

  const added = versioned(fresh).filter((migration) => overlooked || !renamed.has(migration));
  const duplicates = tool.onHistoryChange.duplicateVersion.legal
    ? []
    : duplicatesOf(tool, versioned(fresh), versioned(head.migrations));
  const late = lateOf(tool, versioned(base.migrations), added);
  // What ran under its old name is not late under the new one, though the tool may think so.
  const lateFiles = new Map(late.map(({ change }) => [change.file, change.after]));
  const told = changes.map((change) =>
    change.kind === 'renamed' && lateFiles.has(change.file)
      ? { ...change, after: lateFiles.get(change.file) ?? null }
      : change,
  );
  changes.splice(0, changes.length, ...told, ...duplicates.map((duplicate) => duplicate.change));
  changes.push(...late.flatMap(({ migration, change }) => (renamed.has(migration) ? [] : [change])));
  changes.push(...missingFromHead(base, branch, mergeBase));

  // What the tool never comes to is not pending: the schemas of the two paths then tell the difference.
  const skipped = new Set(fresh.filter(({ onlyWhenEmpty }) => onlyWhenEmpty));
  if (tool.onHistoryChange.outOfOrder.does === 'skips')
    for (const { migration } of late) skipped.add(migration);
  if (tool.onHistoryChange.duplicateVersion.does === 'skips') {
    for (const { migration, other } of duplicates) if (known.has(other)) skipped.add(migration);
  }
  const runs = new Set([
    ...fresh.filter((migration) => !skipped.has(migration) && (renamedRun || !renamed.has(migration))),
    ...changedRepeatables(same),
  ]);
  const pending = head.migrations.filter(
    (migration) => runs.has(migration) || (migration.repeatable === 'always' && runs.size > 0),
  );
  return { changes, pending: [...pending, ...stopOf(tool, base, head, changes)], edited };
}

/** A stop that belongs to no migration, as one that is refused. What the changes say already is not said twice. */
function stopOf(
  tool: MigrationTool,
  base: History,
  head: History,
  changes: readonly HistoryChange[],
): Migration[] {
  if (changes.some(({ kind }) => ['deleted', 'renamed', 'out-of-order'].includes(kind))) return [];
  const stop = tool.stopsAt?.(head.migrations, base.migrations) ?? null;
  if (stop === null) return [];
  const { version, file, line, says } = stop;
  const nothing = { version, name: '', bytes: Buffer.alloc(0), sql: '', transaction: 'none' as const };
  return [{ ...nothing, identity: file, file, refused: { line, says } }];
}

/** Those that run once. The others have no place among them, and no change of theirs is one of the history. */
const versioned = (migrations: readonly Migration[]): readonly Migration[] =>
  migrations.filter(({ repeatable }) => repeatable === undefined);

const changedRepeatables = (same: ReadonlyMap<Migration, Migration>): readonly Migration[] =>
  [...same].flatMap(([before, after]) =>
    after.repeatable === undefined || before.bytes.equals(after.bytes) ? [] : [after],
  );

/**
 * Head's version of each migration that base has. Where an identity is there twice, which tools that go by the
 * version alone refuse or pass over, the path tells, then the content: the other one is the new file.
 */
function paired(base: History, head: History): Map<Migration, Migration> {
  const candidates = new Map<string, Migration[]>();
  for (const migration of head.migrations) {
    const list = candidates.get(migration.identity);
    if (list === undefined) candidates.set(migration.identity, [migration]);
    else list.push(migration);
  }
  const pairs = new Map<Migration, Migration>();
  const take = (before: Migration, fits: (after: Migration) => boolean) => {
    if (pairs.has(before)) return;
    const list = candidates.get(before.identity) ?? [];
    const after = list.find(fits);
    if (after === undefined) return;
    list.splice(list.indexOf(after), 1);
    pairs.set(before, after);
  };
  for (const before of base.migrations) take(before, (after) => after.file === before.file);
  for (const before of base.migrations) take(before, (after) => after.bytes.equals(before.bytes));
  for (const before of base.migrations) take(before, () => true);
  return new Map(
    base.migrations.flatMap((before) => {
      const after = pairs.get(before);
      return after === undefined ? [] : [[before, after] as const];
    }),
  );
}

const byIdentity = (history: History): Map<string, Migration> =>
  new Map(history.migrations.map((migration) => [migration.identity, migration]));

/** New migrations whose version another one of head has; of two new ones the later. */
function duplicatesOf(
  tool: MigrationTool,
  fresh: readonly Migration[],
  head: readonly Migration[],
): { migration: Migration; other: Migration; change: HistoryChange }[] {
  const isNew = new Set(fresh);
  const groups = byVersion(tool, head);
  return fresh.flatMap((migration) => {
    const same = groups.get(migration) ?? [];
    const other = same.find((one) => !isNew.has(one)) ?? same[0];
    if (other === undefined || other === migration) return [];
    const change = { ...unchanged('duplicate-version', migration), previousFile: other.file };
    return [{ migration, other, change }];
  });
}

/** Each migration with all that have its version, in the order in which they were given. */
function byVersion(
  tool: MigrationTool,
  migrations: readonly Migration[],
): ReadonlyMap<Migration, readonly Migration[]> {
  const groups = new Map<Migration, Migration[]>();
  let group: Migration[] = [];
  for (const migration of [...migrations].sort((a, b) => orderOfVersions(tool, a, b))) {
    if (group[0] === undefined || !sameVersion(tool, group[0], migration)) group = [];
    group.push(migration);
    groups.set(migration, group);
  }
  return groups;
}

const orderOfVersions = (tool: MigrationTool, left: Migration, right: Migration): number =>
  tool.order({ version: left.version, name: '' }, { version: right.version, name: '' });

const sameVersion = (tool: MigrationTool, left: Migration, right: Migration): boolean =>
  orderOfVersions(tool, left, right) === 0;

/**
 * New migrations that come too late: by the tool's own account, else those that sort before the newest one that
 * base has, whether head still has that or not.
 */
function lateOf(
  tool: MigrationTool,
  base: readonly Migration[],
  added: readonly Migration[],
): { migration: Migration; change: HistoryChange }[] {
  const [first, ...rest] = base;
  if (first === undefined) return [];
  const newest = rest.reduce((a, b) => (tool.order(a, b) < 0 ? b : a), first);
  const late = tool.late?.(added, base) ?? sortedBefore(tool, newest, added);
  return late.map((migration) => ({
    migration,
    change: { ...unchanged('out-of-order', migration), after: newest.version },
  }));
}

function sortedBefore(
  tool: MigrationTool,
  newest: Migration,
  added: readonly Migration[],
): readonly Migration[] {
  const { legal } = tool.onHistoryChange.duplicateVersion;
  return added
    .filter((migration) => tool.order(migration, newest) < 0)
    .filter((migration) => legal || !sameVersion(tool, migration, newest));
}

function placeOf(tool: MigrationTool, gone: Migration, base: History, head: History) {
  const last = (migrations: readonly Migration[]) =>
    !versioned(migrations).some((other) => tool.order(gone, other) < 0);
  return { newestOfBase: last(base.migrations), afterAllOfHead: last(head.migrations) };
}

/** Migrations that base got after the branch left it. */
function missingFromHead(base: History, branch: History, mergeBase: History | null): HistoryChange[] {
  if (mergeBase === null) return [];
  const inBranch = byIdentity(branch);
  const before = byIdentity(mergeBase);
  return base.migrations
    .filter(({ identity }) => !inBranch.has(identity) && !before.has(identity))
    .map((migration) => ({ ...unchanged('missing-from-head', migration), line: null }));
}
