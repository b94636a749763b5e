import type { Node } from '@pgsql/types';
import type { FollowedRelation, Probed } from './probe.ts';
import type { ObservedLock } from './trace.ts';

/** What is known of base's relations while a migration runs; changed by `observe` as statements run. */
export interface Following {
  /** By oid; renames and rewrites are followed. */
  readonly relations: Map<number, FollowedRelation>;
  /** `oid mode` of every lock that the open transaction holds. */
  readonly held: Set<string>;
  /** Sequential scans per relation of the open transaction. */
  readonly scans: Map<number, number>;
}

/** What one statement did to relations that base had. */
export interface Observation {
  readonly locks: readonly ObservedLock[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
}

/** Call when a transaction begins: locks and counters start anew. */
export function forgetTransaction(following: Following): void {
  following.held.clear();
  following.scans.clear();
}

/**
 * Compares a probe with what was known before and keeps the new state.
 *
 * @param proofs the server's DEBUG1 texts of this statement, which name scans even of empty tables
 */
export function observe(
  following: Following,
  probed: Probed,
  node: Node | null,
  proofs: readonly string[],
): Observation {
  const locks: ObservedLock[] = [];
  const rewrites: string[] = [];
  const scans: string[] = [];
  for (const found of probed.relations) {
    const relation = following.relations.get(found.oid);
    if (relation === undefined) continue;
    const title = `${relation.schema}.${relation.relation}`;
    const names = [...new Set([relation.current, found.name])].filter((name) => name !== null);
    for (const mode of found.modes) {
      const key = `${found.oid} ${mode}`;
      locks.push({
        schema: relation.schema,
        relation: relation.relation,
        kind: relation.kind,
        mode,
        new: !following.held.has(key),
        oid: found.oid,
        names,
      });
      following.held.add(key);
    }
    const isHeap = relation.kind === 'table' || relation.kind === 'materialized-view';
    const scanned = found.scans > (following.scans.get(found.oid) ?? 0) || isVerified(names, proofs);
    const replaced = found.filenode !== null && found.filenode !== relation.filenode;
    const rewritten = replaced && isRewrite(relation, node, proofs);
    if (isHeap && rewritten) rewrites.push(title);
    // TRUNCATE builds the indexes of what is now an empty file anew: no row is read.
    if (isHeap && scanned && (rewritten || !replaced)) scans.push(title);
    following.scans.set(found.oid, found.scans);
    relation.filenode = found.filenode ?? relation.filenode;
    relation.current = found.name;
  }
  locks.sort(
    (a, b) => compare(a.schema, b.schema) || compare(a.relation, b.relation) || compare(a.mode, b.mode),
  );
  return { locks, rewrites: rewrites.sort(), scans: scans.sort() };
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
