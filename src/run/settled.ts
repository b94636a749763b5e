import { type Asks, onlyRow } from './asks.ts';
import type { BaseRelation, RelationKind } from './trace.ts';

/** A relation of the user's as the whole catalog shows it. */
export interface SettledRelation extends BaseRelation, PresentRelation {
  readonly kind: RelationKind;
  readonly tableOid: number | null;
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
  }>(`SELECT c.oid, n.nspname AS schema, c.relname AS relation, c.relkind, i.indrelid AS table_oid,
      c.relfilenode AS filenode
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid OPERATOR(pg_catalog.=) c.oid
    WHERE c.oid::pg_catalog.int8 OPERATOR(pg_catalog.>=) 16384
      AND c.relpersistence OPERATOR(pg_catalog.<>) 't' AND n.nspname OPERATOR(pg_catalog.<>) 'pg_toast'`);
  const settled = new Map<number, SettledRelation>();
  for (const { oid, schema, relation, relkind, table_oid, filenode } of rows) {
    const kind = relationKinds[relkind];
    if (kind === undefined) continue;
    const name = `${schema}.${relation}`;
    settled.set(oid, { oid, schema, relation, kind, tableOid: table_oid, name, filenode });
  }
  return settled;
}

/** SQL for a row `c` of pg_class as one text, which `presentRelation` reads. */
export const presentText = `pg_catalog.concat_ws(' ', c.oid, c.relfilenode, c.relkind, c.relpersistence,
    COALESCE(CASE WHEN c.relkind OPERATOR(pg_catalog.=) ANY ('{i,I}'::pg_catalog."char"[]) THEN
      (SELECT i.indrelid FROM pg_catalog.pg_index i WHERE i.indexrelid OPERATOR(pg_catalog.=) c.oid) END, 0),
    c.relnamespace::pg_catalog.regnamespace, c.relname)`;

/** Reads `oid filenode relkind persistence table schema name`: the table is 0 for none, the schema quoted where it must be. */
export function presentRelation(text: string): PresentRelation {
  const parts = /^(\d+) (\d+) (.) (.) (\d+) (?:"((?:[^"]|"")*)"|([^" ]*)) (.*)$/s.exec(text);
  if (parts === null) throw new Error('the answer has another form than the question asks for');
  const [, oid, filenode, relkind = '', persistence, table, quoted, plain, relation] = parts;
  const schema = quoted?.replaceAll('""', '"') ?? plain;
  return {
    oid: Number(oid),
    name: `${schema}.${relation}`,
    kind: schema === 'pg_toast' || persistence === 't' ? null : (relationKinds[relkind] ?? null),
    tableOid: table === '0' ? null : Number(table),
    filenode: Number(filenode),
  };
}

/** SQL for the oids of all relations that are there, which `readOids` reads. */
export const presentOidsText = `(SELECT pg_catalog.string_agg(c.oid::pg_catalog.text, ',')
    FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid)`;

export const readOids = (text: string | null): Set<number> => new Set((text ?? '').split(',').map(Number));

/** Oids of all relations that are there, for when some are gone. */
export async function presentOids(client: Asks): Promise<Set<number>> {
  const { rows } = await client.query<{ oids: string | null }>(`SELECT ${presentOidsText} AS oids`);
  return readOids(onlyRow(rows).oids);
}
