import type pg from 'pg';
import type { BaseRelation, LockMode, RelationKind, Timeouts } from './trace.ts';

/** A relation as the whole catalog shows it outside of any transaction. */
export interface SettledRelation extends BaseRelation {
  readonly name: string;
  readonly filenode: number;
  /** An index that a CONCURRENTLY has left half-made. */
  readonly invalid: boolean;
  /** Sequential scans of all finished transactions. */
  readonly scans: number;
  /** Rows inserted, updated and deleted by all finished transactions. */
  readonly written: number;
}

/** What the probe reads for one locked relation. */
export interface ProbedRelation {
  readonly oid: number;
  readonly modes: readonly LockMode[];
  /** Null when the relation was dropped. */
  readonly name: string | null;
  /** Null for what is no relation of the user's: TOAST, temporary, composite types. */
  readonly kind: RelationKind | null;
  readonly tableOid: number | null;
  readonly filenode: number | null;
  /** Sequential scans started in this transaction so far. */
  readonly scans: number;
  /** Rows inserted, updated and deleted in this transaction so far. */
  readonly written: number;
}

export interface Probed {
  readonly relations: readonly ProbedRelation[];
  readonly session: SessionState;
}

/** What the next statement will run under. */
export interface SessionState {
  readonly searchPath: readonly string[];
  readonly role: string;
  readonly timeouts: Timeouts;
  /** `client_min_messages` as the statement before the probe left it; the probe itself sets `debug1`. */
  readonly messages: string;
}

/**
 * One round trip after a traced statement, in its own session and transaction:
 * - the locks that this backend holds on relations (oids below 16384 are the system's): what is new, what is
 *   gone and what was made all shows there, since nothing changes a relation without a lock;
 * - the relations' storage files, whose change is a rewrite;
 * - sequential scans, which cover what the server does not announce (DEFAULT partitions, domains);
 * - the settings that the next statement runs under;
 * - `client_min_messages` again, since files made from dumps set it. Inside a transaction for its rest only:
 *   what the file itself has set comes back with COMMIT, and is seen then;
 * - `pg_stat_force_next_flush`: the "in this transaction" counters of Postgres go on counting over
 *   transactions until they are flushed, at most once a second if nobody asks.
 */
const probeSql = (inTransaction: boolean): string => `SELECT pg_catalog.pg_stat_force_next_flush(),
  pg_catalog.current_setting('client_min_messages') AS messages,
  pg_catalog.set_config('client_min_messages', 'debug1', ${inTransaction}),
  pg_catalog.to_json(pg_catalog.current_schemas(false)) AS path,
  CURRENT_USER::pg_catalog.text AS role,
  pg_catalog.current_setting('lock_timeout') AS lock_timeout,
  pg_catalog.current_setting('statement_timeout') AS statement_timeout,
  pg_catalog.current_setting('idle_in_transaction_session_timeout') AS idle_timeout,
  ${inTransaction ? `(${lockedRelations})` : "'[]'::pg_catalog.json"} AS relations`;

const lockedRelations = `SELECT pg_catalog.json_agg(pg_catalog.json_build_array(
      l.relation::pg_catalog.int8, l.modes, n.nspname, c.relname, c.relfilenode::pg_catalog.int8,
      pg_catalog.pg_stat_get_xact_numscans(l.relation),
      pg_catalog.pg_stat_get_xact_tuples_inserted(l.relation)
        OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(l.relation)
        OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(l.relation),
      c.relkind, c.relpersistence, i.indrelid::pg_catalog.int8))
    FROM (SELECT k.relation, pg_catalog.json_agg(k.mode) AS modes
          FROM pg_catalog.pg_locks k
          WHERE k.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
            AND k.locktype OPERATOR(pg_catalog.=) 'relation'
            AND k.granted
            AND k.relation::pg_catalog.int8 OPERATOR(pg_catalog.>=) 16384
          GROUP BY k.relation) l
    LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) l.relation
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid OPERATOR(pg_catalog.=) c.oid`;

interface ProbeRow {
  messages: string;
  path: string[];
  role: string;
  lock_timeout: string;
  statement_timeout: string;
  idle_timeout: string;
  relations:
    | [
        oid: number,
        modes: LockMode[],
        schema: string | null,
        relation: string | null,
        filenode: number | null,
        scans: number,
        written: number,
        relkind: string | null,
        persistence: string | null,
        table: number | null,
      ][]
    | null;
}

/** Reads what the session's transaction holds; outside a transaction only the session's state. */
export async function probe(client: pg.Client, inTransaction: boolean): Promise<Probed> {
  const { rows } = await client.query<ProbeRow>(probeSql(inTransaction));
  const row = rows[0];
  if (row === undefined) throw new Error('the probe returned no row');
  return {
    session: {
      searchPath: row.path,
      role: row.role,
      messages: row.messages,
      timeouts: {
        lockMs: milliseconds(row.lock_timeout),
        statementMs: milliseconds(row.statement_timeout),
        idleInTransactionMs: milliseconds(row.idle_timeout),
      },
    },
    relations: (row.relations ?? []).map(
      ([oid, modes, schema, relation, filenode, scans, written, relkind, persistence, table]) => ({
        oid,
        modes,
        name: relation === null ? null : `${schema}.${relation}`,
        kind: schema === 'pg_toast' || persistence === 't' ? null : (relationKinds[relkind ?? ''] ?? null),
        tableOid: table,
        filenode,
        scans,
        written,
      }),
    ),
  };
}

const unitMs: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `SHOW lock_timeout` prints a number and a unit: `0`, `2s`, `1500ms`. */
function milliseconds(shown: string): number {
  const number = Number.parseFloat(shown);
  return number * (unitMs[shown.replace(/^[\d.]+/, '')] ?? 1);
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

/** Every relation that users made, temporary ones left out, as it is now. */
export async function settledRelations(client: pg.Client): Promise<Map<number, SettledRelation>> {
  const { rows } = await client.query<{
    oid: number;
    schema: string;
    relation: string;
    relkind: string;
    table_oid: number | null;
    filenode: number;
    invalid: boolean;
    scans: string;
    written: string;
  }>(`SELECT c.oid, n.nspname AS schema, c.relname AS relation, c.relkind, i.indrelid AS table_oid,
      c.relfilenode AS filenode, c.relkind OPERATOR(pg_catalog.=) 'i' AND NOT i.indisvalid AS invalid,
      pg_catalog.pg_stat_get_numscans(c.oid) AS scans,
      pg_catalog.pg_stat_get_tuples_inserted(c.oid)
        OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_tuples_updated(c.oid)
        OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_tuples_deleted(c.oid) AS written
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid OPERATOR(pg_catalog.=) c.oid
    WHERE c.oid::pg_catalog.int8 OPERATOR(pg_catalog.>=) 16384
      AND c.relpersistence OPERATOR(pg_catalog.<>) 't' AND n.nspname OPERATOR(pg_catalog.<>) 'pg_toast'`);
  const settled = new Map<number, SettledRelation>();
  for (const { oid, schema, relation, relkind, table_oid, filenode, invalid, scans, written } of rows) {
    const kind = relationKinds[relkind];
    if (kind === undefined) continue;
    settled.set(oid, {
      oid,
      schema,
      relation,
      kind,
      tableOid: table_oid,
      name: `${schema}.${relation}`,
      filenode,
      invalid: invalid === true,
      scans: Number(scans),
      written: Number(written),
    });
  }
  return settled;
}
