import { parseFile } from '../sql/parse.ts';
import type { History, Migration } from '../tools/tool.ts';
import type { HistoryChange, HistoryComparison } from './change.ts';

/** A part of the history that was put together in one migration. */
export interface Squash {
  /** The migration that stands for it. */
  readonly into: Migration;
  /** More of them: a history may become a few files. Absent: it is one. */
  readonly also?: readonly Migration[];
  /** Files of base that are gone for it; none where only a baseline was added. */
  readonly gone: readonly string[];
  /** Changes of the comparison that it accounts for. */
  readonly changes: readonly HistoryChange[];
  /** Base has `into` already, which says that it replaces them: every database that is at base has recorded it. */
  readonly settled?: true;
  /** Base has a migration of `into`'s identity, which counts as applied with it. */
  readonly recorded?: true;
  /** `into` is no migration: it is the schema that the tool loads into an empty database. */
  readonly load?: true;
}

/**
 * Two or more migrations of base that are gone while another one takes their place, or a new baseline for empty
 * databases. They are neighbours, or the one that is new makes a table or type that one of them made. Whether the
 * schemas are equal has to be tried.
 */
export function findSquash(comparison: HistoryComparison, base: History, head: History): Squash | null {
  const { changes } = comparison;
  const old = new Map(base.migrations.map((migration) => [migration.file, migration]));
  const known = new Set(base.migrations.map(({ identity }) => identity));
  const added = head.migrations.filter(({ identity }) => !known.has(identity));
  const gone = changes.filter(({ kind }) => kind === 'deleted' || kind === 'renamed');
  const settled = settledBy(gone, old, head);
  if (settled !== null) return settled;
  const baseline = added.find(({ onlyWhenEmpty }) => onlyWhenEmpty) ?? newBaseline(base, head);
  if (gone.length === 0) {
    return baseline === undefined ? null : { into: baseline, gone: [], changes: [] };
  }
  const edited = changes.filter(({ kind }) => kind === 'edited');
  const inPlace =
    edited[0] === undefined ? undefined : head.migrations.find(({ file }) => file === edited[0]?.file);
  const lost = gone.map(({ file, previousFile }) => previousFile ?? file);
  // What is new beside the one that took their place is a migration like any other.
  const first =
    baseline ??
    (edited.length === 1 && inPlace !== undefined && makesAgain(inPlace, lost, old)
      ? undefined
      : added.find(({ repeatable }) => repeatable === undefined));
  const into = first ?? (edited.length === 1 ? inPlace : undefined);
  if (into === undefined) return null;
  const mine = first === undefined ? [...gone, ...edited] : gone;
  const files = mine.map(({ file, previousFile }) => previousFile ?? file);
  if (files.length < 2) return null;
  if (!areNeighbours(files, base, old) && (added.length !== 1 || !makesAgain(into, files, old))) return null;
  const also = added.filter(
    (one) => one !== into && one.repeatable === undefined && makesAgain(one, files, old),
  );
  const own = new Set([into, ...also].map(({ file }) => file));
  const ownLate = changes.filter(
    ({ kind, file }) => (kind === 'out-of-order' || kind === 'duplicate-version') && own.has(file),
  );
  const recorded = first === undefined ? { recorded: true as const } : {};
  return {
    into,
    ...recorded,
    ...(also.length === 0 ? {} : { also }),
    gone: files,
    changes: [...mine, ...ownLate],
  };
}

/** The second step of tools that know a squash themselves: what was replaced goes, and its replacement is base's own. */
function settledBy(
  gone: readonly HistoryChange[],
  old: ReadonlyMap<string, Migration>,
  head: History,
): Squash | null {
  const inHead = new Map(head.migrations.map((migration) => [migration.identity, migration]));
  const pairs = gone.flatMap((change) => {
    const by = old.get(change.previousFile ?? change.file)?.replacedBy;
    const into = by === undefined ? undefined : inHead.get(by);
    return into === undefined || change.kind === 'renamed' ? [] : [{ change, into }];
  });
  const [first] = pairs;
  if (first === undefined) return null;
  const mine = pairs.map(({ change }) => change);
  return { into: first.into, gone: mine.map(({ file }) => file), changes: mine, settled: true };
}

/** One that stands beside the files that it stands for. */
function newBaseline(base: History, head: History): Migration | undefined {
  const [first] = head.onEmpty ?? [];
  const [before] = base.onEmpty ?? [];
  return first?.onlyWhenEmpty === true && before?.bytes.equals(first.bytes) !== true ? first : undefined;
}

/** A few files that were deleted here and there are no squash. */
function areNeighbours(
  files: readonly string[],
  base: History,
  old: ReadonlyMap<string, Migration>,
): boolean {
  const once = base.migrations.filter(({ repeatable }) => repeatable === undefined);
  const places = files.flatMap((file) => {
    const migration = old.get(file);
    return migration === undefined ? [] : [once.indexOf(migration)];
  });
  return places.length === files.length && Math.max(...places) - Math.min(...places) === places.length - 1;
}

/** A branch that had others' migrations merged between its own is put together with gaps: what it makes tells. */
export function makesAgain(
  into: Migration,
  files: readonly string[],
  old: ReadonlyMap<string, Migration>,
): boolean {
  const made = new Set(files.flatMap((file) => madeNames(old.get(file))));
  return madeNames(into).some((name) => made.has(name));
}

/** How programs name a table that they make: `create_table :users`, `CREATE TABLE public.users` in a string. */
const madeInProgram =
  /\bcreate_table[ \t(]+[:"']+(\w+)|\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:"?\w+"?\.)?"?(\w+)/gi;

/** Tables and types that a migration makes, as it spells them. */
export function madeNames(migration: Migration | undefined): readonly string[] {
  if (migration === undefined) return [];
  if (migration.program === true)
    return [...migration.bytes.toString('utf8').matchAll(madeInProgram)].map(
      ([, name, inSql]) => `table ${name ?? inSql}`,
    );
  return parseFile(migration.sql).statements.flatMap(({ node }) => {
    if ('CreateStmt' in node) return [`table ${node.CreateStmt.relation?.relname}`];
    if ('CreateEnumStmt' in node) return [`type ${JSON.stringify(node.CreateEnumStmt.typeName?.at(-1))}`];
    return [];
  });
}

/** The comparison as it is for databases that have what was put together: they do not run it again. */
export function withoutSquash(comparison: HistoryComparison, squash: Squash): HistoryComparison {
  const mine = new Set(squash.changes);
  const own = new Set([squash.into, ...(squash.also ?? [])].map(({ file }) => file));
  return {
    changes: comparison.changes.filter((change) => !mine.has(change)),
    pending: comparison.pending.filter(({ file }) => !own.has(file)),
    edited: comparison.edited.filter(({ file }) => !own.has(file)),
  };
}
