import type { ClientBase } from 'pg';
import { relationsCte } from './kinds/queries.ts';
import type { Catalog, CatalogObject, ObjectType } from './model.ts';

/** What tells a later look at the same database which of its relations nothing has touched since. */
interface Mark {
  /** No row of a transaction from this one on was seen. */
  readonly xid: string;
  /** How many rows the catalogs have that texts of any relation may depend on. */
  readonly globals: string;
  /** How many rows of the catalogs belong to a relation, by its oid. */
  readonly relations: ReadonlyMap<string, string>;
}

interface MarkRow {
  readonly xid: string | null;
  readonly globals: string;
  readonly new_globals: boolean;
  readonly relations: string | null;
  readonly touched: readonly { readonly oid: number; readonly kind: string | null }[];
}

const marks = new WeakMap<Catalog, Mark>();

/** What `whatHolds` has to know of an earlier picture, as JSON can hold it; null where it cannot be one. */
export function markOf(catalog: Catalog): KeptMark | null {
  const mark = marks.get(catalog);
  return mark === undefined ? null : { ...mark, relations: [...mark.relations] };
}

/** Makes a catalog that was read from a text an earlier picture again. */
export function markAs(catalog: Catalog, mark: KeptMark): void {
  marks.set(catalog, { ...mark, relations: new Map(mark.relations) });
}

export type KeptMark = Omit<Mark, 'relations'> & {
  readonly relations: readonly (readonly [string, string])[];
};

/** The kinds that are most of a large schema, and take most of the time. */
const reusable: ReadonlySet<ObjectType> = new Set(['column', 'constraint', 'index']);

export interface Reuse {
  /** Oids of the relations that have to be read; null = all. */
  readonly only: readonly string[] | null;
  /** Columns, constraints and indexes of the others, as they were. */
  readonly kept: readonly CatalogObject[];
  /** To be called with the new catalog. */
  remember(catalog: Catalog): void;
}

/**
 * Finds what of an earlier picture of the same database still holds. A row of a catalog that was written since carries the
 * number of a later transaction, and without such a row a smaller number of them tells that one was deleted. So a relation
 * is known to be untouched; it is read again nevertheless where it refers to a touched one, whose name may
 * be in its text. Whatever is not worth to be told apart leads to reading everything: a changed type, function or
 * namespace, a partition, a transaction that was open at the time.
 *
 * @param earlier as `SnapshotOptions` has it; others lead to a wrong picture
 */
export async function whatHolds(client: ClientBase, earlier: Catalog | null): Promise<Reuse> {
  const old = earlier === null ? undefined : marks.get(earlier);
  const row = (await client.query<MarkRow>(markQuery(old?.xid ?? null))).rows[0];
  if (row === undefined) throw new Error('the state of the catalogs is one row');
  const relations = new Map(
    (row.relations ?? '').split(',').map((entry) => entry.split(':') as [string, string]),
  );
  const remember = (catalog: Catalog): void => {
    if (row.xid !== null) marks.set(catalog, { xid: row.xid, globals: row.globals, relations });
  };
  const all: Reuse = { only: null, kept: [], remember };
  if (earlier === null || old === undefined || row.new_globals || row.globals !== old.globals) return all;
  // A composite type is no relation that texts refer to by its row.
  if (row.touched.some(({ kind }) => kind === 'c')) return all;

  const read = new Set(row.touched.map(({ oid }) => String(oid)));
  for (const [oid, rows] of relations) if (old.relations.get(oid) !== rows) read.add(oid);
  if (read.size > 0) {
    const near = await client.query<{ oid: number }>(neighboursQuery([...read]));
    for (const { oid } of near.rows) read.add(String(oid));
  }
  const holds = (identity: string): boolean => {
    const oid = identity.slice('pg_class:'.length);
    return relations.has(oid) && !read.has(oid);
  };
  return {
    only: [...read],
    kept: earlier.objects.filter(
      ({ type, containerIdentity }) => reusable.has(type) && holds(containerIdentity),
    ),
    remember,
  };
}

/** Catalogs whose rows may be in the text of any relation, and those that are not worth to be told apart. */
const globals: readonly (readonly [catalog: string, where: string])[] = [
  ...[
    'pg_proc',
    'pg_operator',
    'pg_opclass',
    'pg_opfamily',
    'pg_collation',
    'pg_am',
    'pg_tablespace',
    'pg_language',
    'pg_enum',
    'pg_range',
    'pg_cast',
    'pg_extension',
    'pg_ts_config',
    'pg_ts_dict',
    'pg_inherits',
  ].map((catalog) => [catalog, 'true'] as const),
  ['pg_namespace', "o.nspname !~ '^pg_(toast_)?temp_'"],
  ['pg_type', 'o.oid NOT IN (SELECT oid FROM row_type)'],
];

/** The types of relations' rows and of arrays of them, by the relation. */
const rowTypes = `row_type AS MATERIALIZED (
  SELECT t.oid, t.typrelid AS relid FROM pg_type t WHERE t.typrelid >= 16384
  UNION ALL SELECT t.typarray, t.typrelid FROM pg_type t WHERE t.typrelid >= 16384 AND t.typarray <> 0)`;

/** The relation that an index is of, else itself. */
const holderOf = (oid: string): string =>
  `coalesce((SELECT i.indrelid FROM pg_index i WHERE i.indexrelid = ${oid}), ${oid})`;

/**
 * Rows of the catalogs that columns, constraints and indexes are read from, with the relation that they belong to. A row
 * that goes is missed in the number of them, or goes with one that is: only those are counted.
 */
const locals: readonly {
  readonly catalog: string;
  readonly relation: string;
  readonly where?: string;
  readonly counted: boolean;
}[] = [
  { catalog: 'pg_class', relation: 'oid', counted: false },
  // One that was dropped stays and is marked.
  { catalog: 'pg_attribute', relation: 'attrelid', counted: false },
  { catalog: 'pg_attrdef', relation: 'adrelid', counted: true },
  { catalog: 'pg_constraint', relation: 'conrelid', counted: true },
  { catalog: 'pg_index', relation: 'indrelid', counted: true },
  // Those of foreign keys, on both tables; they go with the constraint.
  { catalog: 'pg_trigger', relation: 'tgrelid', where: 'o.tgisinternal', counted: false },
  { catalog: 'pg_trigger', relation: 'tgconstrrelid', where: 'o.tgisinternal', counted: false },
  { catalog: 'pg_sequence', relation: 'seqrelid', counted: false },
  {
    catalog: 'pg_depend',
    relation: 'refobjid',
    where: "o.deptype = 'i' AND o.refclassid = 'pg_class'::regclass AND o.refobjsubid > 0",
    counted: true,
  },
];

/**
 * How many transactions have begun since the one that wrote the youngest row of these catalogs. A first picture does not
 * count them: it may be of a database whose files were kept before them, and go on from there with the same numbers.
 */
const unusedXids = `(SELECT min(age) - 1 FROM (${[
  ...globals.map(([catalog]) => `SELECT min(age(o.xmin)) AS age FROM ${catalog} o`),
  ...locals.map(
    ({ catalog, relation }) => `SELECT min(age(o.xmin)) FROM ${catalog} o WHERE o.${relation} >= 16384`,
  ),
].join('\nUNION ALL ')}) AS youngest)`;

/** @param since the number of a transaction; null = nothing was seen before */
function markQuery(since: string | null): string {
  // Rows of initdb have no age.
  const isNew = (alias: string): string =>
    since === null ? 'false' : `age(${alias}.xmin) <= age('${since}'::xid)`;
  const rows = ({ catalog, relation, where = 'true' }: (typeof locals)[number]): string =>
    `SELECT o.${relation} AS relid FROM ${catalog} o WHERE o.${relation} >= 16384 AND ${where}`;
  return `
    WITH ${relationsCte(null, 'r', 'p', 'f', 'm')}, ${rowTypes},
    global AS (
      ${globals
        .map(
          ([catalog, where]) =>
            `SELECT count(*) AS n, count(*) FILTER (WHERE ${isNew('o')}) AS new FROM ${catalog} o WHERE ${where}`,
        )
        .join('\nUNION ALL ')}),
    counted AS (
      SELECT rel.relid, count(own.relid) AS n
      FROM rel LEFT JOIN (${locals
        .filter(({ counted }) => counted)
        .map(rows)
        .join('\nUNION ALL ')}) own USING (relid)
      GROUP BY rel.relid),
    touched AS (${
      since === null
        ? 'SELECT 0::oid AS relid WHERE false'
        : `${locals.map((local) => `${rows(local)} AND ${isNew('o')}`).join('\nUNION ')}
      UNION SELECT r.relid FROM row_type r JOIN pg_type o ON o.oid = r.oid WHERE ${isNew('o')}`
    }),
    holder AS (SELECT DISTINCT ${holderOf('touched.relid')} AS relid FROM touched)
    SELECT CASE WHEN pg_snapshot_xmin(seen.shot) = pg_snapshot_xmax(seen.shot)
             THEN (greatest(pg_snapshot_xmax(seen.shot)::text::numeric - ${since === null ? unusedXids : '0'}, 3)
               % 4294967296)::text END AS xid,
           (SELECT string_agg(n::text, ',') FROM global) AS globals, (SELECT sum(new) > 0 FROM global) AS new_globals,
           (SELECT string_agg(relid || ':' || n, ',') FROM counted) AS relations,
           (SELECT coalesce(json_agg(json_build_object('oid', h.relid::int8, 'kind', c.relkind)), '[]')
            FROM holder h LEFT JOIN pg_class c ON c.oid = h.relid) AS touched
    FROM (SELECT pg_current_snapshot() AS shot) seen`;
}

/** The relation that an object of some catalog is part of; null = of none. */
const relationOf = (catalog: string, oid: string): string => `
  CASE ${catalog} WHEN 'pg_class'::regclass THEN ${holderOf(oid)}
    WHEN 'pg_constraint'::regclass THEN (SELECT c.conrelid FROM pg_constraint c WHERE c.oid = ${oid})
    WHEN 'pg_attrdef'::regclass THEN (SELECT d.adrelid FROM pg_attrdef d WHERE d.oid = ${oid})
    WHEN 'pg_type'::regclass THEN (SELECT r.relid FROM row_type r WHERE r.oid = ${oid}) END`;

/** The relations that refer to one of these, or that these refer to. */
function neighboursQuery(oids: readonly string[]): string {
  const asked = `= ANY ('{${oids.join(',')}}'::oid[])`;
  return `
    WITH ${rowTypes},
    part AS MATERIALIZED (
      SELECT 'pg_class'::regclass AS class, oid AS id FROM pg_class WHERE oid ${asked}
      UNION ALL SELECT 'pg_class'::regclass, indexrelid FROM pg_index WHERE indrelid ${asked}
      UNION ALL SELECT 'pg_constraint'::regclass, oid FROM pg_constraint WHERE conrelid ${asked}
      UNION ALL SELECT 'pg_attrdef'::regclass, oid FROM pg_attrdef WHERE adrelid ${asked}
      UNION ALL SELECT 'pg_type'::regclass, oid FROM row_type WHERE relid ${asked}),
    near AS MATERIALIZED (
      SELECT d.refclassid AS class, d.refobjid AS id
      FROM pg_depend d JOIN part ON part.class = d.classid AND part.id = d.objid WHERE d.refobjid >= 16384
      UNION SELECT d.classid, d.objid FROM pg_depend d JOIN part ON part.class = d.refclassid AND part.id = d.refobjid)
    SELECT DISTINCT oid FROM (SELECT ${relationOf('near.class', 'near.id')} AS oid FROM near) AS found
    WHERE oid IS NOT NULL`;
}
