import { type Asks, onlyRow } from './asks.ts';
import { type Following, forgetTransaction, goneOids } from './following.ts';
import { type Observation, type Observed, observe } from './observe.ts';
import { type PresentRelation, presentOidsText, presentRelation, presentText, readOids } from './settled.ts';

/** What can be compared before and after a statement that commits by itself. */
export interface Standing {
  /** By oid the tables and materialized views with any sequential scan, or row written, of a finished transaction. */
  readonly counters: ReadonlyMap<number, { readonly scans: number; readonly written: number }>;
  /** By oid the names of indexes that a CONCURRENTLY has left half-made. */
  readonly invalid: ReadonlyMap<number, string>;
  /** A transaction that begins from now on has no lower id. Null inside of a transaction, which has had its id before. */
  readonly since: string | null;
}

/** What is there afterwards. */
export interface Settled {
  readonly standing: Standing;
  /** What later transactions have made or changed, and everything that is newer than base. */
  readonly present: readonly PresentRelation[];
  /** Oids of all relations. */
  readonly there: ReadonlySet<number>;
}

interface StandingRow {
  since: string;
  counters: string | null;
  invalid: [oid: number, name: string][] | null;
}

// Reading the counters of one relation takes longer than its row: only what can be read from end to end.
const standingColumns = `pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::pg_catalog.xid::pg_catalog.text AS since,
  (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', counted.oid, counted.scans, counted.written), ',')
   FROM (SELECT c.oid, pg_catalog.pg_stat_get_numscans(c.oid) AS scans,
       pg_catalog.pg_stat_get_tuples_inserted(c.oid)
         OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_tuples_updated(c.oid)
         OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_tuples_deleted(c.oid) AS written
     FROM pg_catalog.pg_class c
     WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid
       AND c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,m}'::pg_catalog."char"[]) OFFSET 0) counted
   WHERE counted.scans OPERATOR(pg_catalog.<>) 0 OR counted.written OPERATOR(pg_catalog.<>) 0) AS counters,
  (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(c.oid::pg_catalog.int8, pg_catalog.concat(n.nspname, '.', c.relname)))
   FROM pg_catalog.pg_index i
   JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) i.indexrelid
   JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
   WHERE NOT i.indisvalid AND c.relkind OPERATOR(pg_catalog.=) 'i' AND c.relpersistence OPERATOR(pg_catalog.<>) 't'
     AND c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid
     AND n.nspname OPERATOR(pg_catalog.<>) 'pg_toast') AS invalid`;

/**
 * What stands before a statement that commits by itself.
 *
 * @param inTransaction the session is in one that has begun earlier
 */
export async function standingNow(client: Asks, inTransaction = false): Promise<Standing> {
  const { rows } = await client.query<StandingRow>(`SELECT ${standingColumns}`);
  return standing(onlyRow(rows), inTransaction);
}

/** What it has left behind: rows of pg_class by later transactions, or all where a schema may have another name. */
export async function settledSince(
  client: Asks,
  { since }: Standing,
  { horizon }: Following,
): Promise<Settled> {
  const later = (row: string): string =>
    `pg_catalog.age(${row}.xmin) OPERATOR(pg_catalog.<=) pg_catalog.age('${since}'::pg_catalog.xid)`;
  const { rows } = await client.query<StandingRow & { present: string[] | null; oids: string | null }>(
    `SELECT ${standingColumns}, ${presentOidsText} AS oids,
      (SELECT pg_catalog.json_agg(${presentText}) FROM pg_catalog.pg_class c
       WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid ${
         since === null
           ? ''
           : `AND (c.oid OPERATOR(pg_catalog.>) ${horizon.base}::pg_catalog.oid OR ${later('c')}
         OR EXISTS (SELECT FROM pg_catalog.pg_namespace n WHERE ${later('n')}))`
       }) AS present`,
  );
  const row = onlyRow(rows);
  return {
    standing: standing(row, since === null),
    present: (row.present ?? []).map(presentRelation),
    there: readOids(row.oids),
  };
}

function standing({ since, counters, invalid }: StandingRow, inTransaction: boolean): Standing {
  const counted = counters === null ? [] : counters.split(',').map((entry) => entry.split(' ').map(Number));
  return {
    counters: new Map(counted.map(([oid = 0, scans = 0, written = 0]) => [oid, { scans, written }])),
    invalid: new Map(invalid ?? []),
    since: inTransaction ? null : since,
  };
}

/** What a statement did that committed by itself. Its locks are gone. */
export function observeSettled(
  following: Following,
  before: Standing,
  { standing, present, there }: Settled,
  statement: Observed,
): Observation {
  forgetTransaction(following);
  const locked = [...standing.counters].map(([oid, { scans, written }]) => ({
    oid,
    modes: [],
    scans: scans - (before.counters.get(oid)?.scans ?? 0),
    written: written - (before.counters.get(oid)?.written ?? 0),
  }));
  const gone = goneOids(following, there);
  const observation = observe(following, { locked, present, gone }, statement);
  forgetTransaction(following);
  const invalid = [...standing.invalid].flatMap(([oid, name]) => (before.invalid.has(oid) ? [] : [name]));
  return { ...observation, invalidIndexes: invalid.sort() };
}
