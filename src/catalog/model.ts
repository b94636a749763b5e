/** Kinds of object that a snapshot holds; `type` of a schema change. Issue by issue more are added. */
export type ObjectType =
  | 'schema'
  | 'table'
  | 'column'
  | 'constraint'
  | 'index'
  | 'sequence'
  | 'type'
  | 'domain'
  | 'view'
  | 'materialized-view'
  | 'function'
  | 'procedure'
  | 'aggregate'
  | 'trigger'
  | 'policy'
  | 'extension'
  | 'rule'
  | 'event-trigger'
  | 'collation'
  | 'publication'
  | 'other';

/**
 * One object of a catalog. A kind is added by one query that yields these; the diff knows no kinds.
 */
export interface CatalogObject {
  readonly type: ObjectType;
  /** Stable inside one database and its clones: `pg_class:16390`, `pg_attribute:16390.3`. */
  readonly identity: string;
  /** Unquoted dotted name, unique within its type: `public.users.email`, `public.users.users_pkey`, `public.f(integer)`. */
  readonly name: string;
  /** Identity of the object whose line its changes fold into when that one is added, removed or renamed. Null = top level. */
  readonly parent: string | null;
  /** Name of the table (or view, type …) whose canonical text shows this object: `public.users`. */
  readonly container: string;
  /** Canonical DDL of this object alone (a column's line, a constraint's clause, a whole CREATE INDEX). Never the
   * name of a renamed parent or itself, where the rename would make it differ: see `comparable`. */
  readonly definition: string;
  /** What is compared: every property that matters, with names of parents and of the object itself left out. */
  readonly comparable: string;
  /** Facts that rules and the impact judge read (`notNull`, `dataType`, `hasDefault`, …). */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

/** A consistent picture of one database's schema. */
export interface Catalog {
  readonly objects: readonly CatalogObject[];
  byIdentity(identity: string): CatalogObject | undefined;
  byName(type: ObjectType, name: string): CatalogObject | undefined;
  /** Kinds of object that exist in the database and are not modelled, one phrase each ("2 operators"). */
  readonly notModelled: readonly string[];
}

export type Impact = 'breaking' | 'risky' | 'behaviour' | 'none';

/** One difference between two catalogs (JSON `schemaChanges` and `divergence`). */
export interface SchemaChange {
  readonly change: 'added' | 'removed' | 'altered' | 'renamed';
  readonly type: ObjectType;
  /** Name after the change (before it, for `removed`). */
  readonly name: string;
  readonly previousName: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly impact: Impact;
  readonly dataLoss: boolean;
}
