import type { Asks } from './asks.ts';
import type { BaseRelation, RelationKind } from './trace.ts';

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

/** By `relkind`. */
export const relationKinds: Readonly<Record<string, RelationKind>> = {
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

/** Oids of all relations that are there, for when some are gone. */
export async function presentOids(client: Asks): Promise<Set<number>> {
  const { rows } = await client.query<{ oids: string | null }>(
    `SELECT pg_catalog.string_agg(c.oid::pg_catalog.text, ',') AS oids FROM pg_catalog.pg_class c
     WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid`,
  );
  return new Set((rows[0]?.oids ?? '').split(',').map(Number));
}
