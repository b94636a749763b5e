import type { Asks } from './asks.ts';
import type { BaseRelation, LockMode, RelationKind, Timeouts } from './trace.ts';

/** A relation as the whole catalog shows it outside of any transaction. */
export interface SettledRelation extends BaseRelation, PresentRelation {
  readonly kind: RelationKind;
  readonly tableOid: number | null;
  /** An index that a CONCURRENTLY has left half-made. */
  readonly invalid: boolean;
  /** Sequential scans of all finished transactions. */
  readonly scans: number;
  /** Rows inserted, updated and deleted by all finished transactions. */
  readonly written: number;
}

/** A relation as the catalog shows it. */
export interface PresentRelation {
  readonly oid: number;
  /** `schema.relation`. */
  readonly name: string;
  /** Null for what is no relation of the user's: TOAST, temporary, composite types. */
  readonly kind: RelationKind | null;
  /** Of an index. */
  readonly tableOid: number | null;
  readonly filenode: number;
}

/** One relation that base had and that the transaction has locked. */
export interface LockedRelation {
  readonly oid: number;
  readonly modes: readonly LockMode[];
  /** Sequential scans started in this transaction so far. */
  readonly scans: number;
  /** Rows inserted, updated and deleted in this transaction so far. */
  readonly written: number;
}

export interface Probed {
  readonly session: SessionState;
  readonly locked: readonly LockedRelation[];
  /** Of what this transaction has made or changed in pg_class: relations of base, and those that are new since the last probe. */
  readonly present: readonly PresentRelation[];
  /** Rows of pg_class written in this transaction so far. */
  readonly writes: number;
  /** Relations dropped in this transaction so far, in number; only that it grows means something. */
  readonly removals: number;
  /** Schemas renamed or dropped, likewise. */
  readonly schemaChanges: number;
}

/** What the next statement will run under. */
export interface SessionState {
  readonly searchPath: readonly string[];
  readonly role: string;
  readonly timeouts: Timeouts;
  /** `client_min_messages` as the statement before the probe left it; the probe itself sets `debug1`. */
  readonly messages: string;
  /** Does the server count scans and rows? Only a superuser can change that. */
  readonly counting: boolean;
}

/** What the prober need not be told again. Oids only grow. */
export interface Horizon {
  /** No relation of base has a higher oid. */
  readonly base: number;
  /** No relation that was seen so far has a higher oid. */
  readonly seen: number;
  /** How much this transaction had written to pg_class when it was last looked at. */
  readonly writes: number;
}

/** From this major on a session's counters can be flushed when asked: `pg_stat_force_next_flush`. */
const flushable = 15;

/**
 * One round trip after a traced statement, in its own session and transaction:
 * - the settings that the next statement runs under;
 * - `client_min_messages` again, since files made from dumps set it. Inside a transaction for its rest only:
 *   what the file itself has set comes back with COMMIT, and is seen then;
 * - the locks that this backend holds on base's relations (oids below 16384 are the system's);
 * - their sequential scans, which cover what the server does not announce (DEFAULT partitions, domains);
 * - rows of pg_class that this transaction wrote: what was made, renamed, or got a new storage file;
 * - `pg_stat_force_next_flush`: the "in this transaction" counters of Postgres go on counting over
 *   transactions until they are flushed, at most once a second if nobody asks. Before 15 nobody can ask:
 *   there the counters are read when the transaction begins (`countersNow`) and taken off.
 *
 * A migration of 500 tables holds thousands of locks, nearly all on what it made itself, so that only what can
 * be news is sent. Functions instead of views and no joins: planning would cost more than the work.
 */
function probeSql({ base, seen, writes }: Horizon, major: number): string {
  // Materialized: with thousands of locks held, reading them is most of the work.
  return `WITH own AS MATERIALIZED (
    SELECT l.relation, l.mode FROM pg_catalog.pg_lock_status() l
    WHERE l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
      AND l.relation OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid
      AND l.relation OPERATOR(pg_catalog.<=) ${base}::pg_catalog.oid
      AND l.locktype OPERATOR(pg_catalog.=) 'relation' AND l.granted)
${stateColumns(true, major)},
  pg_catalog.pg_stat_get_xact_tuples_deleted(1259) AS removals,
  pg_catalog.pg_stat_get_xact_tuples_updated(2615)
    OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(2615) AS schema_changes,
  (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', l.relation::pg_catalog.int8, l.mode,
        pg_catalog.pg_stat_get_xact_numscans(l.relation),
        pg_catalog.pg_stat_get_xact_tuples_inserted(l.relation)
          OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(l.relation)
          OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(l.relation)), ',')
    FROM own l) AS locked,
  ${catalogWrites} AS writes,
  CASE WHEN ${catalogWrites} OPERATOR(pg_catalog.>) ${writes}::pg_catalog.int8
    THEN (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(c.oid::pg_catalog.int8,
          (SELECT n.nspname FROM pg_catalog.pg_namespace n
           WHERE n.oid OPERATOR(pg_catalog.=) c.relnamespace),
          c.relname, c.relkind, c.relpersistence, c.relfilenode::pg_catalog.int8,
          (SELECT i.indrelid::pg_catalog.int8 FROM pg_catalog.pg_index i
           WHERE i.indexrelid OPERATOR(pg_catalog.=) c.oid)))
      FROM pg_catalog.pg_class c
      WHERE pg_catalog.age(c.xmin) OPERATOR(pg_catalog.<=) 0
        AND (c.oid OPERATOR(pg_catalog.>) ${seen}::pg_catalog.oid
          OR c.oid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT l.relation FROM own l)))) END AS present`;
}

/** Rows of pg_class that this transaction has written: none, and there is nothing to look for. */
const catalogWrites = `(pg_catalog.pg_stat_get_xact_tuples_inserted(1259)
    OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(1259)
    OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(1259))`;

const stateColumns = (
  inTransaction: boolean,
  major: number,
): string => `SELECT ${major >= flushable ? 'pg_catalog.pg_stat_force_next_flush(),' : ''}
  pg_catalog.current_setting('client_min_messages') AS messages,
  pg_catalog.set_config('client_min_messages', 'debug1', ${inTransaction}),
  pg_catalog.to_json(pg_catalog.current_schemas(false)) AS path,
  CURRENT_USER::pg_catalog.text AS role,
  pg_catalog.current_setting('track_counts') AS counting,
  pg_catalog.current_setting('lock_timeout') AS lock_timeout,
  pg_catalog.current_setting('statement_timeout') AS statement_timeout,
  pg_catalog.current_setting('idle_in_transaction_session_timeout') AS idle_timeout`;

interface StateRow {
  messages: string;
  path: string[];
  role: string;
  counting: string;
  lock_timeout: string;
  statement_timeout: string;
  idle_timeout: string;
}

interface ProbeRow extends StateRow {
  writes: string;
  removals: string;
  schema_changes: string;
  locked: string | null;
  present:
    | [
        oid: number,
        schema: string,
        relation: string,
        relkind: string,
        persistence: string,
        filenode: number,
        table: number | null,
      ][]
    | null;
}

/** Reads what the session's open transaction holds and has changed. */
export async function probe(client: Asks, horizon: Horizon, major: number): Promise<Probed> {
  const { rows } = await client.query<ProbeRow>(probeSql(horizon, major));
  const row = only(rows);
  return {
    session: sessionState(row),
    locked: lockedRelations(row.locked),
    present: (row.present ?? []).map(([oid, schema, relation, relkind, persistence, filenode, tableOid]) => ({
      oid,
      name: `${schema}.${relation}`,
      kind: schema === 'pg_toast' || persistence === 't' ? null : (relationKinds[relkind] ?? null),
      tableOid,
      filenode,
    })),
    writes: Number(row.writes),
    removals: Number(row.removals),
    schemaChanges: Number(row.schema_changes),
  };
}

/**
 * Only what the next statement will run under, for a session that is in no transaction.
 *
 * @param inTransaction true: it is in one, and hears the server's messages for its rest only
 */
export async function probeIdle(client: Asks, major: number, inTransaction = false): Promise<SessionState> {
  const { rows } = await client.query<StateRow>(stateColumns(inTransaction, major));
  return sessionState(only(rows));
}

function only<Row>(rows: readonly Row[]): Row {
  const row = rows[0];
  if (row === undefined) throw new Error('the probe returned no row');
  return row;
}

/** `oid mode scans written`, one entry for each mode. */
function lockedRelations(text: string | null): LockedRelation[] {
  const found = new Map<number, { oid: number; modes: LockMode[]; scans: number; written: number }>();
  for (const entry of text === null ? [] : text.split(',')) {
    const [oid = '', mode, scans, written] = entry.split(' ');
    const known = found.get(Number(oid));
    if (known !== undefined) known.modes.push(mode as LockMode);
    else
      found.set(Number(oid), {
        oid: Number(oid),
        modes: [mode as LockMode],
        scans: Number(scans),
        written: Number(written),
      });
  }
  return [...found.values()];
}

function sessionState(row: StateRow): SessionState {
  return {
    searchPath: row.path,
    role: row.role,
    messages: row.messages,
    counting: row.counting === 'on',
    timeouts: {
      lockMs: milliseconds(row.lock_timeout),
      statementMs: milliseconds(row.statement_timeout),
      idleInTransactionMs: milliseconds(row.idle_timeout),
    },
  };
}

/** What the session's counters show before a transaction has done anything. */
export interface Counters {
  readonly relations: ReadonlyMap<number, { readonly scans: number; readonly written: number }>;
  readonly writes: number;
  readonly removals: number;
  readonly schemaChanges: number;
}

/**
 * What earlier transactions of the session have left in its counters, where they cannot be flushed; null where
 * they can. Must be asked inside of the transaction: between two transactions the server may flush them.
 */
export async function countersNow(client: Asks, major: number): Promise<Counters | null> {
  if (major >= flushable) return null;
  const { rows } = await client.query<{
    writes: string;
    removals: string;
    schema_changes: string;
    relations: [oid: number, scans: number, written: number][] | null;
  }>(`SELECT ${catalogWrites} AS writes,
    pg_catalog.pg_stat_get_xact_tuples_deleted(1259) AS removals,
    pg_catalog.pg_stat_get_xact_tuples_updated(2615)
      OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(2615) AS schema_changes,
    (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(counted.oid, counted.scans, counted.written))
     FROM (SELECT c.oid::pg_catalog.int8 AS oid, pg_catalog.pg_stat_get_xact_numscans(c.oid) AS scans,
         pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid)
           OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)
           OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS written
       FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid) counted
     WHERE counted.scans OPERATOR(pg_catalog.<>) 0 OR counted.written OPERATOR(pg_catalog.<>) 0) AS relations`);
  const row = only(rows);
  return {
    relations: new Map((row.relations ?? []).map(([oid, scans, written]) => [oid, { scans, written }])),
    writes: Number(row.writes),
    removals: Number(row.removals),
    schemaChanges: Number(row.schema_changes),
  };
}

/**
 * Waits until the counters of `settledRelations` hold what the session has done. Only needed where they cannot be
 * flushed: there a session reports at most twice a second (PGSTAT_STAT_INTERVAL), and what is read may be as old.
 */
export async function settleCounters(client: Asks, major: number): Promise<void> {
  if (major >= flushable) return;
  await client.query('SELECT pg_catalog.pg_sleep(0.51)');
  await client.query('SELECT pg_catalog.pg_sleep(0.51)');
  await client.query('SELECT pg_catalog.pg_stat_clear_snapshot()');
}

/** Major version of the server. */
export async function majorOf(client: Asks): Promise<number> {
  const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
  return Math.floor(Number(only(rows).server_version_num) / 10_000);
}

/** Oids of all relations that are there, for when some are gone. */
export async function presentOids(client: Asks): Promise<Set<number>> {
  const { rows } = await client.query<{ oids: string | null }>(
    `SELECT pg_catalog.string_agg(c.oid::pg_catalog.text, ',') AS oids FROM pg_catalog.pg_class c
     WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid`,
  );
  return new Set((rows[0]?.oids ?? '').split(',').map(Number));
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
export async function settledRelations(client: Asks): Promise<Map<number, SettledRelation>> {
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
