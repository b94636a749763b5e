import type { Counters } from './counters.ts';
import type { Horizon } from './probe.ts';
import type { PresentRelation, SettledRelation } from './settled.ts';
import type { BaseRelation, ObservedLock, TouchedRelation } from './trace.ts';

/** A base relation and its storage file, as far as we have followed it. */
export interface FollowedRelation extends BaseRelation {
  /** `schema.relation` as of now, null once it is dropped: another relation may have taken its name. */
  current: string | null;
  /** 0 for what has no storage of its own (views, partitioned tables). */
  filenode: number;
}

/** What is known of the database's relations while a migration runs; changed by `observe` as statements run. */
export interface Following {
  /**
   * What base had, by the oid that it has now; renames and rewrites are followed. An index that is built anew
   * has another oid, and two entries as long as the old one may come back.
   */
  readonly relations: Map<number, FollowedRelation>;
  /** What the new migrations have made and not dropped again, by oid. */
  readonly made: Map<number, TouchedRelation>;
  /** By oid the locks that the open transaction holds, as the next statement finds them. */
  held: ReadonlyMap<number, readonly ObservedLock[]>;
  /** Per relation of the open transaction: sequential scans, rows written. */
  readonly counters: Map<number, { readonly scans: number; readonly written: number }>;
  /** Counts of the open transaction whose growth asks for a closer look. */
  removals: number;
  schemaChanges: number;
  horizon: Horizon;
  /** A transaction has begun whose counters have not been read yet: `countFrom`. */
  fresh: boolean;
  /** Of the server. */
  readonly major: number;
}

/** Follows what base has. */
export function follow(base: ReadonlyMap<number, SettledRelation>, major: number): Following {
  const relations = new Map<number, FollowedRelation>();
  for (const [key, { oid, schema, relation, kind, tableOid, name, filenode }] of base)
    relations.set(key, { oid, schema, relation, kind, tableOid, current: name, filenode });
  const highest = highestOf(base.keys());
  return {
    relations,
    made: new Map(),
    held: new Map(),
    counters: new Map(),
    removals: 0,
    schemaChanges: 0,
    horizon: { base: highest, seen: highest, writes: 0 },
    fresh: true,
    major,
  };
}

/** Call when a transaction begins: locks and counters start anew. */
export function forgetTransaction(following: Following): void {
  following.held = new Map();
  following.counters.clear();
  following.removals = 0;
  following.schemaChanges = 0;
  following.horizon = { ...following.horizon, writes: 0 };
  following.fresh = true;
}

/** The open transaction goes on with another migration: its locks are held since one with so many statements. */
export function heldBefore(following: Following, statements: number): void {
  // One place more for what the tool itself did.
  const earlier = (lock: ObservedLock): ObservedLock => ({ ...lock, since: lock.since - statements - 1 });
  following.held = new Map([...following.held].map(([oid, locks]) => [oid, locks.map(earlier)]));
}

/** What is counted from here on is what the open transaction does. */
export function countFrom(following: Following, counters: Counters | null): void {
  following.fresh = false;
  if (counters === null) return;
  for (const [oid, counted] of counters.relations) following.counters.set(oid, counted);
  following.removals = counters.removals;
  following.schemaChanges = counters.schemaChanges;
  following.horizon = { ...following.horizon, writes: counters.writes };
}

/** Base's index lives on under another oid. */
export function followRebuilt(
  following: Following,
  base: FollowedRelation,
  { oid, filenode }: PresentRelation,
): void {
  following.relations.set(oid, { ...base, filenode });
  base.current = null;
  const { horizon } = following;
  following.horizon = { ...horizon, base: Math.max(horizon.base, oid) };
}

/** What was followed and is not there any more. */
export function goneOids({ relations, made }: Following, there: ReadonlySet<number>): number[] {
  const known = [...relations].flatMap(([oid, { current }]) => (current === null ? [] : [oid]));
  return [...known, ...made.keys()].filter((oid) => !there.has(oid));
}

/** A ROLLBACK has undone what was followed: takes over what is there now. */
export function catchUp(following: Following, now: ReadonlyMap<number, SettledRelation>): void {
  for (const [oid, relation] of following.relations) {
    const found = now.get(oid);
    relation.current = found?.name ?? null;
    relation.filenode = found?.filenode ?? relation.filenode;
  }
  for (const [oid, relation] of following.made) {
    const found = now.get(oid);
    if (found === undefined) following.made.delete(oid);
    else following.made.set(oid, { ...relation, name: found.name });
  }
}

const highestOf = (oids: Iterable<number>): number => {
  let highest = 0;
  for (const oid of oids) if (oid > highest) highest = oid;
  return highest;
};
