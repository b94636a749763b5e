import type { Node } from '@pgsql/types';
import type { ProbedRelation, SettledRelation } from './probe.ts';
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
   * What base had, by the oid that it has now; renames and rewrites are followed. Only REINDEX CONCURRENTLY
   * gives a relation another oid.
   */
  readonly relations: Map<number, FollowedRelation>;
  /** What the new migrations have made and not dropped again, by oid. */
  readonly made: Map<number, TouchedRelation>;
  /** `oid mode` of every lock that the open transaction holds, with the index of the statement that took it. */
  held: ReadonlyMap<string, number>;
  /** Per relation of the open transaction: sequential scans, rows written. */
  readonly counters: Map<number, { readonly scans: number; readonly written: number }>;
  /** `client_min_messages` as the file's session has it, which our own hides. */
  messages: string;
}

/** Follows what base has. */
export function follow(base: ReadonlyMap<number, SettledRelation>): Following {
  const relations = new Map<number, FollowedRelation>();
  for (const [key, { oid, schema, relation, kind, tableOid, name, filenode }] of base)
    relations.set(key, { oid, schema, relation, kind, tableOid, current: name, filenode });
  return { relations, made: new Map(), held: new Map(), counters: new Map(), messages: 'notice' };
}

/** What one statement did. */
export interface Observation {
  readonly locks: readonly ObservedLock[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
  readonly created: readonly TouchedRelation[];
  readonly dropped: readonly TouchedRelation[];
  /** Rows written to relations that base had. */
  readonly written: number;
}

/** The statement that is being observed. */
export interface Observed {
  readonly index: number;
  readonly node: Node | null;
  /** The server's DEBUG1 texts of this statement, which name scans even of empty tables. */
  readonly proofs: readonly string[];
}

/** Call when a transaction begins: locks and counters start anew. */
export function forgetTransaction(following: Following): void {
  following.held = new Map();
  following.counters.clear();
}

/** Compares a probe with what was known before and keeps the new state. */
export function observe(
  following: Following,
  relations: readonly ProbedRelation[],
  { index, node, proofs }: Observed,
): Observation {
  const locks: ObservedLock[] = [];
  const rewrites: string[] = [];
  const scans: string[] = [];
  const touched = touchedRelations(following, relations);
  let written = 0;
  // Replaced, not added to: ROLLBACK TO SAVEPOINT gives locks back.
  const held = new Map<string, number>();
  for (const found of relations) {
    const relation = following.relations.get(found.oid);
    if (relation === undefined) continue;
    const title = `${relation.schema}.${relation.relation}`;
    const names = [...new Set([relation.current, found.name])].filter((name) => name !== null);
    for (const mode of found.modes) {
      const key = `${found.oid} ${mode}`;
      const since = following.held.get(key);
      locks.push({
        schema: relation.schema,
        relation: relation.relation,
        kind: relation.kind,
        mode,
        new: since === undefined,
        since: since ?? index,
        oid: relation.oid,
        names,
      });
      held.set(key, since ?? index);
    }
    const before = following.counters.get(found.oid) ?? { scans: 0, written: 0 };
    const isHeap = relation.kind === 'table' || relation.kind === 'materialized-view';
    const scanned = found.scans > before.scans || isVerified(names, proofs);
    const replaced = found.filenode !== null && found.filenode !== relation.filenode;
    const rewritten = replaced && isRewrite(relation, node, proofs);
    if (isHeap && rewritten) rewrites.push(title);
    // TRUNCATE builds the indexes of what is now an empty file anew: no row is read.
    if (isHeap && scanned && (rewritten || !replaced)) scans.push(title);
    // TRUNCATE takes back what the transaction has counted.
    if (isHeap) written += Math.max(0, found.written - before.written);
    following.counters.set(found.oid, { scans: found.scans, written: found.written });
    relation.filenode = found.filenode ?? relation.filenode;
    relation.current = found.name;
  }
  following.held = held;
  locks.sort(
    (a, b) => compare(a.schema, b.schema) || compare(a.relation, b.relation) || compare(a.mode, b.mode),
  );
  return { locks, rewrites: rewrites.sort(), scans: scans.sort(), ...touched, written };
}

/** What was made and what is gone; must run before names are brought up to date. */
function touchedRelations(
  { relations, made }: Following,
  probed: readonly ProbedRelation[],
): Pick<Observation, 'created' | 'dropped'> {
  const created: TouchedRelation[] = [];
  const dropped: TouchedRelation[] = [];
  for (const { oid, name, kind, tableOid } of probed) {
    const base = relations.get(oid);
    const known = made.get(oid);
    if (name === null) {
      if (base !== undefined && base.current !== null) {
        dropped.push({ type: base.kind, name: base.current, oid: base.oid, tableOid: base.tableOid });
      } else if (known !== undefined) {
        dropped.push(known);
        made.delete(oid);
      }
    } else if (base === undefined && kind !== null) {
      const relation = { type: kind, name, oid, tableOid };
      if (known === undefined) created.push(relation);
      made.set(oid, relation);
    }
  }
  return { created: created.sort(byName), dropped: dropped.sort(byName) };
}

/** A ROLLBACK has undone what was followed: takes over what is there now. */
export function catchUp(following: Following, now: ReadonlyMap<number, SettledRelation>): void {
  for (const [oid, relation] of following.relations) {
    const found = now.get(oid);
    relation.current = found?.name ?? null;
    relation.filenode = found?.filenode ?? relation.filenode;
  }
  for (const oid of following.made.keys()) if (!now.has(oid)) following.made.delete(oid);
}

/**
 * What a statement did that committed by itself: the same comparison, of the whole catalog before and after.
 * Its locks are gone.
 */
export function observeSettled(
  following: Following,
  before: ReadonlyMap<number, SettledRelation>,
  after: ReadonlyMap<number, SettledRelation>,
  statement: Observed,
): Observation & { readonly invalidIndexes: readonly string[] } {
  if (statement.node !== null && 'ReindexStmt' in statement.node) followReindexed(following, before, after);
  forgetTransaction(following);
  const relations = [...new Set([...before.keys(), ...after.keys()])].map((oid): ProbedRelation => {
    const [was, is] = [before.get(oid), after.get(oid)];
    return {
      oid,
      modes: [],
      name: is?.name ?? null,
      kind: is?.kind ?? null,
      tableOid: is?.tableOid ?? null,
      filenode: is?.filenode ?? null,
      scans: is === undefined ? 0 : is.scans - (was?.scans ?? 0),
      written: is === undefined ? 0 : is.written - (was?.written ?? 0),
    };
  });
  const observation = observe(following, relations, statement);
  forgetTransaction(following);
  const invalid = [...after.values()].filter(
    ({ oid, invalid }) => invalid && before.get(oid)?.invalid !== true,
  );
  return { ...observation, invalidIndexes: invalid.map(({ name }) => name).sort() };
}

/** REINDEX CONCURRENTLY builds another index and gives it the old one's name: to its users it is the same. */
function followReindexed(
  { relations, made }: Following,
  before: ReadonlyMap<number, SettledRelation>,
  after: ReadonlyMap<number, SettledRelation>,
): void {
  const replacements = new Map(
    [...after.values()].filter(({ oid }) => !before.has(oid)).map((index) => [index.name, index]),
  );
  for (const { oid, name } of before.values()) {
    const replacement = after.has(oid) ? undefined : replacements.get(name);
    if (replacement === undefined) continue;
    const relation = relations.get(oid);
    if (relation !== undefined) {
      relations.set(replacement.oid, { ...relation, filenode: replacement.filenode });
      relations.delete(oid);
    } else if (made.delete(oid)) {
      const { kind, tableOid } = replacement;
      made.set(replacement.oid, { type: kind, name, oid: replacement.oid, tableOid });
    }
  }
}

/** "verifying table" is a scan under the statement's lock; it names the table without its schema. */
function isVerified(names: readonly string[], proofs: readonly string[]): boolean {
  return names.some((name) => proofs.includes(`verifying table "${name.slice(name.indexOf('.') + 1)}"`));
}

/**
 * A new storage file is a rewrite unless it comes from TRUNCATE, which copies nothing. ALTER TABLE announces its
 * rewrites, wherever it runs; CLUSTER, VACUUM FULL and SET TABLESPACE do not, so that their statement is asked. In
 * a DO block a silent new file is taken for a TRUNCATE.
 */
function isRewrite(relation: FollowedRelation, node: Node | null, proofs: readonly string[]): boolean {
  if (relation.kind === 'materialized-view') return true;
  if (proofs.some((proof) => proof.startsWith('rewriting table'))) return true;
  return node !== null && ('AlterTableStmt' in node || 'ClusterStmt' in node || 'VacuumStmt' in node);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: TouchedRelation, b: TouchedRelation): number => compare(a.name, b.name);
