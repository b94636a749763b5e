import type pg from 'pg';
import type { BaseRelation, LockMode, RelationKind } from './trace.ts';

/** A base relation and its storage file, as far as we have followed it. */
export interface FollowedRelation extends BaseRelation {
  /** `schema.relation` as of now, null once it is dropped: another relation may have taken its name. */
  current: string | null;
  /** 0 for what has no storage of its own (views, partitioned tables). */
  filenode: number;
}

/** What the probe reads for one locked relation. */
export interface ProbedRelation {
  readonly oid: number;
  readonly modes: readonly LockMode[];
  /** Null when the relation was dropped. */
  readonly name: string | null;
  readonly filenode: number | null;
  /** Sequential scans started in this transaction so far. */
  readonly scans: number;
}

export interface Probed {
  readonly relations: readonly ProbedRelation[];
  readonly searchPath: readonly string[];
}

/**
 * One round trip after a traced statement, in its own session and transaction:
 * - the locks that this backend holds on relations (oids below 16384 are the system's);
 * - the relations' storage files, whose change is a rewrite;
 * - sequential scans, which cover what the server does not announce (DEFAULT partitions, domains);
 * - `client_min_messages` again, since files made from dumps set it;
 * - `pg_stat_force_next_flush`: the "in this transaction" counters of Postgres go on counting over
 *   transactions until they are flushed, at most once a second if nobody asks.
 */
const probeSql = `SELECT pg_catalog.pg_stat_force_next_flush(),
  pg_catalog.set_config('client_min_messages', 'debug1', false),
  pg_catalog.to_json(pg_catalog.current_schemas(false)) AS path,
  (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(
      l.relation::pg_catalog.int8, l.modes, n.nspname, c.relname, c.relfilenode::pg_catalog.int8,
      pg_catalog.pg_stat_get_xact_numscans(l.relation)))
    FROM (SELECT k.relation, pg_catalog.json_agg(k.mode) AS modes
          FROM pg_catalog.pg_locks k
          WHERE k.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
            AND k.locktype OPERATOR(pg_catalog.=) 'relation'
            AND k.granted
            AND k.relation::pg_catalog.int8 OPERATOR(pg_catalog.>=) 16384
          GROUP BY k.relation) l
    LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) l.relation
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace) AS relations`;

type ProbeRow = {
  path: string[];
  relations: [number, LockMode[], string | null, string | null, number | null, string | number][] | null;
};

/** Reads what the session's transaction holds. */
export async function probe(client: pg.Client): Promise<Probed> {
  const { rows } = await client.query<ProbeRow>(probeSql);
  const row = rows[0];
  if (row === undefined) throw new Error('the probe returned no row');
  return {
    searchPath: row.path,
    relations: (row.relations ?? []).map(([oid, modes, schema, relation, filenode, scans]) => ({
      oid,
      modes,
      name: relation === null ? null : `${schema}.${relation}`,
      filenode,
      scans: Number(scans),
    })),
  };
}

const relationKinds: Readonly<Record<string, RelationKind>> = {
  r: 'table',
  p: 'table',
  f: 'table',
  i: 'index',
  I: 'index',
  S: 'sequence',
  v: 'view',
  m: 'materialized-view',
};

/** Every relation that users made, as it is now; taken when base's history has been applied. */
export async function followRelations(client: pg.Client): Promise<Map<number, FollowedRelation>> {
  const { rows } = await client.query<{
    oid: number;
    schema: string;
    relation: string;
    relkind: string;
    table_oid: number | null;
    filenode: number;
  }>(`SELECT c.oid, n.nspname AS schema, c.relname AS relation, c.relkind, i.indrelid AS table_oid,
      c.relfilenode AS filenode
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
    WHERE c.relkind IN ('r', 'p', 'f', 'i', 'I', 'S', 'v', 'm') AND c.relpersistence <> 't'
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`);
  return new Map(
    rows.map((row) => [
      row.oid,
      {
        oid: row.oid,
        schema: row.schema,
        relation: row.relation,
        kind: relationKinds[row.relkind] ?? 'table',
        tableOid: row.table_oid,
        current: `${row.schema}.${row.relation}`,
        filenode: row.filenode,
      },
    ]),
  );
}

/** Storage files as they are now, for statements that committed by themselves. */
export async function currentFilenodes(
  client: pg.Client,
): Promise<Map<number, { name: string | null; filenode: number }>> {
  const followed = await followRelations(client);
  return new Map([...followed].map(([oid, { current, filenode }]) => [oid, { name: current, filenode }]));
}
