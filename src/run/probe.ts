import { type Asks, onlyRow } from './asks.ts';
import { catalogWrites, flushable } from './counters.ts';
import { type PresentRelation, presentRelation, presentText } from './settled.ts';
import type { LockMode, Timeouts } from './trace.ts';

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
  /** What this transaction has made or changed, as far as it was asked for. */
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

/** What of pg_class is asked for if the transaction has written more of it: `news` leaves out what it has made earlier. */
export type Asked = 'news' | 'all';

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
function probeSql({ base, seen, writes }: Horizon, major: number, asked: Asked): string {
  const ours = 'c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid';
  const news = `(c.oid OPERATOR(pg_catalog.>) ${seen}::pg_catalog.oid
          OR c.oid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT l.relation FROM own l)))`;
  // Materialized: with thousands of locks held, reading them is most of the work. Who answers waits for none of them.
  return `WITH own AS MATERIALIZED (
    SELECT l.relation, l.mode FROM pg_catalog.pg_lock_status() l
    WHERE l.relation OPERATOR(pg_catalog.<=) ${base}::pg_catalog.oid
      AND l.relation OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid
      AND l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
      AND l.locktype OPERATOR(pg_catalog.=) 'relation')
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
    THEN (SELECT pg_catalog.json_agg(${presentText})
      FROM pg_catalog.pg_class c
      WHERE pg_catalog.age(c.xmin) OPERATOR(pg_catalog.<=) 0 AND ${asked === 'all' ? ours : news}) END AS present`;
}

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
  present: string[] | null;
}

/** Reads what the session's open transaction holds and has changed. */
export async function probe(client: Asks, horizon: Horizon, major: number, asked: Asked): Promise<Probed> {
  const { rows } = await client.query<ProbeRow>(probeSql(horizon, major, asked));
  const row = onlyRow(rows);
  return {
    session: sessionState(row),
    locked: lockedRelations(row.locked),
    present: (row.present ?? []).map(presentRelation),
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
  return sessionState(onlyRow(rows));
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

/** Major version of the server. */
export async function majorOf(client: Asks): Promise<number> {
  const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
  return Math.floor(Number(onlyRow(rows).server_version_num) / 10_000);
}
