import type { Asks } from './asks.ts';
import type { DocumentedLocks, DocumentedTarget } from './documented-locks.ts';
import type { FollowedRelation, Following } from './following.ts';
import { lockOf } from './observe.ts';
import type { LockMode, ObservedLock } from './trace.ts';

/**
 * The locks of the manual on the relations that a statement's names mean now. Must be asked before the
 * statement runs, which may drop what it names.
 *
 * @param index of the statement
 */
export async function placeLocks(
  client: Asks,
  following: Following,
  documented: DocumentedLocks,
  index: number,
): Promise<ObservedLock[]> {
  const found = new Map<string, ObservedLock>();
  const place = (relation: FollowedRelation | undefined, mode: LockMode): void => {
    if (relation === undefined) return;
    const names = relation.current === null ? [] : [relation.current];
    found.set(`${relation.oid} ${mode}`, lockOf(relation, mode, names, undefined, index));
  };
  for (const { oid, mode } of await lockedOids(client, following, documented)) {
    place(following.relations.get(oid), mode);
  }
  return [...found.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

interface LockedOid {
  readonly oid: number;
  readonly mode: LockMode;
}

async function lockedOids(
  client: Asks,
  { relations }: Following,
  { targets, every }: DocumentedLocks,
): Promise<LockedOid[]> {
  const locked: LockedOid[] = [];
  for (const target of targets) locked.push(...(await targetOids(client, target)));
  if (every === null) return locked;
  const clustered = every.of === 'clustered' ? await clusteredTables(client) : null;
  for (const [oid, { kind, tableOid, schema, filenode }] of relations) {
    // What is partitioned has no storage, and nothing is done to it.
    if (filenode === 0) continue;
    if (every.of === 'schema' && schema !== every.schema) continue;
    if (clustered !== null && !clustered.has(oid)) continue;
    if (kind === 'table' || kind === 'materialized-view') locked.push({ oid, mode: every.mode });
    if (kind === 'index' && tableOid !== null && every.indexes !== undefined)
      locked.push({ oid, mode: every.indexes });
  }
  return locked;
}

/** The relation, its partitions, their tables (of an index), indexes, and what their foreign keys refer to. */
async function targetOids(client: Asks, target: DocumentedTarget): Promise<LockedOid[]> {
  const { mode, indexes = null, referenced = null, partitions } = target;
  const quoted = [target.schema, target.name].filter((part) => part !== undefined).map(quoteIdentifier);
  const { rows } = await client.query<{ oid: number; mode: LockMode }>(targetSql, [
    quoted.join('.'),
    mode,
    indexes,
    referenced,
    partitions ?? null,
  ]);
  return rows;
}

/** An operator or type that is not the catalog's own could be the migration's: all are qualified. */
const targetSql = `WITH named AS (
    SELECT pg_catalog.to_regclass($1)::pg_catalog.oid AS oid
  ), leaves AS (
    SELECT t.relid::pg_catalog.oid AS oid FROM named n, pg_catalog.pg_partition_tree(n.oid) t WHERE t.isleaf
  ), treated AS (
    SELECT n.oid FROM named n
    WHERE $5::pg_catalog.text IS NULL OR $5::pg_catalog.text OPERATOR(pg_catalog.=) 'too'
      OR NOT EXISTS (SELECT FROM leaves l WHERE l.oid OPERATOR(pg_catalog.<>) n.oid)
    UNION SELECT l.oid FROM leaves l WHERE $5 IS NOT NULL
  ), tables AS (
    SELECT COALESCE(i.indrelid, t.oid) AS oid, i.indexrelid
    FROM treated t LEFT JOIN pg_catalog.pg_index i ON i.indexrelid OPERATOR(pg_catalog.=) t.oid
  )
  SELECT oid, $2::pg_catalog.text AS mode FROM tables
  UNION SELECT indexrelid, COALESCE($3::pg_catalog.text, $2) FROM tables
    WHERE indexrelid IS NOT NULL AND pg_catalog.pg_relation_filenode(indexrelid) IS NOT NULL
  UNION SELECT i.indexrelid, $3::pg_catalog.text
    FROM tables t JOIN pg_catalog.pg_index i ON i.indrelid OPERATOR(pg_catalog.=) t.oid
    WHERE $3 IS NOT NULL AND t.indexrelid IS NULL AND pg_catalog.pg_relation_filenode(i.indexrelid) IS NOT NULL
  UNION SELECT c.confrelid, $4::pg_catalog.text
    FROM tables t JOIN pg_catalog.pg_constraint c ON c.conrelid OPERATOR(pg_catalog.=) t.oid
    WHERE $4 IS NOT NULL AND c.contype OPERATOR(pg_catalog.=) 'f'`;

/** Tables that CLUSTER without a name takes: those that have been clustered before. */
async function clusteredTables(client: Asks): Promise<Set<number>> {
  const { rows } = await client.query<{ oid: number }>(
    'SELECT i.indrelid AS oid FROM pg_catalog.pg_index i WHERE i.indisclustered',
  );
  return new Set(rows.map(({ oid }) => oid));
}

const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const key = ({ schema, relation, mode }: ObservedLock): string => `${schema}\n${relation}\n${mode}`;
