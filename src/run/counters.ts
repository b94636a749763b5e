import { type Asks, onlyRow } from './asks.ts';

/** From this major on a session's counters can be flushed when asked: `pg_stat_force_next_flush`. */
export const flushable = 15;

/** Rows of pg_class that this transaction has written: none, and there is nothing to look for. */
export const catalogWrites = `(pg_catalog.pg_stat_get_xact_tuples_inserted(1259)
    OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(1259)
    OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(1259))`;

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
  const row = onlyRow(rows);
  return {
    relations: new Map((row.relations ?? []).map(([oid, scans, written]) => [oid, { scans, written }])),
    writes: Number(row.writes),
    removals: Number(row.removals),
    schemaChanges: Number(row.schema_changes),
  };
}

/**
 * Waits until the counters of `standingNow` hold what the session has done. Only needed where they cannot be
 * flushed: there a session reports at most twice a second (PGSTAT_STAT_INTERVAL), and what is read may be as old.
 */
export async function settleCounters(client: Asks, major: number): Promise<void> {
  if (major >= flushable) return;
  await client.query('SELECT pg_catalog.pg_sleep(0.51)');
  await client.query('SELECT pg_catalog.pg_sleep(0.51)');
  await client.query('SELECT pg_catalog.pg_stat_clear_snapshot()');
}
