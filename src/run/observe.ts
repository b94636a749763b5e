import type { Node } from '@pgsql/types';
import { type FollowedRelation, type Following, followRebuilt } from './following.ts';
import type { Horizon, LockedRelation } from './probe.ts';
import type { PresentRelation } from './settled.ts';
import type { LockMode, ObservedLock, TouchedRelation } from './trace.ts';

/** What one statement did. */
export interface Observation {
  readonly locks: readonly ObservedLock[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
  readonly emptied: readonly string[];
  readonly created: readonly TouchedRelation[];
  readonly dropped: readonly TouchedRelation[];
  readonly invalidIndexes: readonly string[];
  /** Rows written to relations that base had. */
  readonly written: number;
}

export const nothingObserved: Observation = {
  locks: [],
  rewrites: [],
  scans: [],
  emptied: [],
  created: [],
  dropped: [],
  invalidIndexes: [],
  written: 0,
};

/** What can be seen after a statement. */
export interface View {
  /** Relations of base. */
  readonly locked: readonly LockedRelation[];
  /** What is new, or may have another name or storage file. */
  readonly present: readonly PresentRelation[];
  /** Oids of what is no longer there. */
  readonly gone: readonly number[];
}

/** The statement that is being observed. */
export interface Observed {
  readonly index: number;
  readonly node: Node | null;
  /** The server's DEBUG1 texts of this statement, which name scans even of empty tables. */
  readonly proofs: readonly string[];
  /** The statement has, or may have, kept those texts from us. */
  readonly deaf: boolean;
}

/** Compares what is seen with what was known before and keeps the new state. */
export function observe(following: Following, view: View, statement: Observed): Observation {
  const present = new Map(view.present.map((relation) => [relation.oid, relation]));
  const locked = new Map(view.locked.map((relation) => [relation.oid, relation]));
  const gone = new Set(view.gone);
  const touched = touchedRelations(following, view, statement.node);
  const rewrites: string[] = [];
  const scans: string[] = [];
  const emptied: string[] = [];
  const locks: ObservedLock[] = [];
  // Replaced, not added to: ROLLBACK TO SAVEPOINT gives locks back.
  const held = new Map<number, readonly ObservedLock[]>();
  let written = 0;
  for (const oid of new Set([...locked.keys(), ...present.keys(), ...gone])) {
    const relation = following.relations.get(oid);
    if (relation === undefined) continue;
    const found = present.get(oid);
    const seen = locked.get(oid);
    const name = gone.has(oid) ? null : (found?.name ?? relation.current);
    const names = namesOf(relation.current, name);
    if (seen !== undefined && seen.modes.length > 0) {
      const earlier = following.held.get(oid);
      const own = seen.modes.map((mode) =>
        lockOf(relation, mode, names, heldIn(earlier, mode), statement.index),
      );
      locks.push(...own);
      held.set(
        oid,
        own.map((lock) => heldLater(lock, name)),
      );
    }
    const { scans: started, written: rows } = seen ?? uncounted;
    const before = following.counters.get(oid) ?? uncounted;
    if (seen !== undefined && (started !== before.scans || rows !== before.written))
      following.counters.set(oid, { scans: started, written: rows });
    const isHeap = relation.kind === 'table' || relation.kind === 'materialized-view';
    const scanned = started > before.scans || isVerified(names, statement.proofs);
    const replaced = found !== undefined && found.filenode !== relation.filenode;
    const rewritten = replaced && isRewrite(following, oid, started - before.scans, statement);
    if (isHeap && rewritten) rewrites.push(titleOf(relation));
    if (relation.kind === 'table' && replaced && !rewritten) emptied.push(titleOf(relation));
    // TRUNCATE builds the indexes of what is now an empty file anew: no row is read.
    if (isHeap && scanned && (rewritten || !replaced)) scans.push(titleOf(relation));
    // TRUNCATE takes back what the transaction has counted.
    if (isHeap) written += Math.max(0, rows - before.written);
    relation.filenode = found?.filenode ?? relation.filenode;
    relation.current = name;
  }
  following.held = held;
  following.horizon = farther(following, view);
  locks.sort(
    (a, b) =>
      compare(a.schema, b.schema) ||
      compare(a.relation, b.relation) ||
      compare(a.mode, b.mode) ||
      // An index that was built anew, and the one that it replaces.
      a.oid - b.oid,
  );
  return {
    locks,
    rewrites: rewrites.sort(),
    scans: scans.sort(),
    emptied: emptied.sort(),
    ...touched,
    invalidIndexes: [],
    written,
  };
}

const uncounted = { scans: 0, written: 0 };

const titleOf = ({ schema, relation }: FollowedRelation): string => `${schema}.${relation}`;

/** What a relation is called right before and right after a statement. */
function namesOf(before: string | null, after: string | null): string[] {
  if (before === null) return after === null ? [] : [after];
  return after === null || after === before ? [before] : [before, after];
}

const heldIn = (locks: readonly ObservedLock[] | undefined, mode: LockMode): ObservedLock | undefined =>
  locks?.find((lock) => lock.mode === mode);

/** The lock as this statement finds it: new, or held since another one. */
export function lockOf(
  { schema, relation, kind, oid }: FollowedRelation,
  mode: ObservedLock['mode'],
  names: readonly string[],
  held: ObservedLock | undefined,
  index: number,
): ObservedLock {
  // Thousands of statements under the same locks share the objects.
  if (held !== undefined && held.names.length === names.length && held.names[0] === names[0]) return held;
  return { schema, relation, kind, mode, new: held === undefined, since: held?.since ?? index, oid, names };
}

/** The same lock in the eyes of the next statement. */
function heldLater(lock: ObservedLock, name: string | null): ObservedLock {
  const names = name === null ? [] : [name];
  const same = !lock.new && lock.names.length === names.length && lock.names[0] === name;
  return same ? lock : { ...lock, new: false, names };
}

/** What was made and what is gone; must run before names are brought up to date. */
function touchedRelations(
  following: Following,
  { present, gone }: View,
  node: Node | null,
): Pick<Observation, 'created' | 'dropped'> {
  const { relations, made } = following;
  const appeared = present.filter(({ oid, kind }) => kind !== null && !relations.has(oid) && !made.has(oid));
  const rebuilt = rebuiltIndexes(following, appeared, gone, node);
  const created: TouchedRelation[] = [];
  const dropped: TouchedRelation[] = [];
  for (const oid of gone) {
    const base = relations.get(oid);
    const known = made.get(oid);
    const replacement = rebuilt.get(oid);
    if (replacement !== undefined) {
      if (base !== undefined) followRebuilt(following, base, replacement);
    } else if (base !== undefined && base.current !== null) {
      dropped.push({ type: base.kind, name: base.current, oid: base.oid, tableOid: base.tableOid });
    } else if (known !== undefined) {
      dropped.push(known);
    }
    made.delete(oid);
  }
  const replacements = new Set([...rebuilt.values()].map(({ oid }) => oid));
  for (const { oid, name, kind, tableOid } of present) {
    if (kind === null || relations.has(oid)) continue;
    const relation = { type: kind, name, oid, tableOid };
    if (!made.has(oid) && !replacements.has(oid)) created.push(relation);
    made.set(oid, relation);
  }
  return { created: created.sort(byName), dropped: dropped.sort(byName) };
}

/**
 * ALTER COLUMN TYPE and REINDEX CONCURRENTLY build another index and give it the old one's name: to its users it
 * is the same. By the old one's oid.
 */
function rebuiltIndexes(
  { relations, made }: Following,
  appeared: readonly PresentRelation[],
  gone: readonly number[],
  node: Node | null,
): Map<number, PresentRelation> {
  const rebuilt = new Map<number, PresentRelation>();
  if (node === null || !('AlterTableStmt' in node || 'ReindexStmt' in node)) return rebuilt;
  const byTableAndName = new Map(appeared.map((index) => [`${index.tableOid} ${index.name}`, index]));
  for (const oid of gone) {
    const base = relations.get(oid);
    const old = base === undefined ? made.get(oid) : { name: base.current, tableOid: base.tableOid };
    const replacement = old?.tableOid == null ? undefined : byTableAndName.get(`${old.tableOid} ${old.name}`);
    if (replacement !== undefined) rebuilt.set(oid, replacement);
  }
  return rebuilt;
}

/** "verifying table" is a scan under the statement's lock; it names the table without its schema. */
function isVerified(names: readonly string[], proofs: readonly string[]): boolean {
  return (
    proofs.length > 0 &&
    names.some((name) => proofs.includes(`verifying table "${name.slice(name.indexOf('.') + 1)}"`))
  );
}

/**
 * A new storage file is a rewrite unless it comes from TRUNCATE, which copies nothing. ALTER TABLE announces its
 * rewrites, wherever it runs; CLUSTER, VACUUM FULL and SET TABLESPACE do not, so that their statement is asked. In
 * a DO block a silent new file is taken for a TRUNCATE, which reads the table once for each index that it
 * builds anew; a rewrite reads it once more.
 */
function isRewrite(
  { relations, made }: Following,
  oid: number,
  scans: number,
  { node, proofs, deaf }: Observed,
): boolean {
  const relation = relations.get(oid);
  if (relation?.kind === 'materialized-view') return true;
  if (proofs.some((proof) => proof.startsWith('rewriting table'))) return true;
  if (deaf) {
    const base = [...relations.values()].filter(
      ({ tableOid, current }) => tableOid === oid && current !== null,
    );
    const indexes = base.length + [...made.values()].filter(({ tableOid }) => tableOid === oid).length;
    if (scans > indexes) return true;
  }
  return node !== null && ('AlterTableStmt' in node || 'ClusterStmt' in node || 'VacuumStmt' in node);
}

/** What need not be looked at again. */
function farther({ horizon }: Following, { present }: View): Horizon {
  let { seen } = horizon;
  for (const { oid } of present) if (oid > seen) seen = oid;
  return { ...horizon, seen };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: TouchedRelation, b: TouchedRelation): number => compare(a.name, b.name);
