/** Kinds of object that a snapshot holds; `type` of a schema change. More are added as kinds are modelled. */
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
  | 'conversion'
  | 'cast'
  | 'operator'
  | 'operator-class'
  | 'operator-family'
  | 'language'
  | 'transform'
  | 'access-method'
  | 'statistics'
  | 'text-search-configuration'
  | 'text-search-dictionary'
  | 'text-search-parser'
  | 'text-search-template'
  | 'foreign-data-wrapper'
  | 'foreign-server'
  | 'user-mapping'
  | 'foreign-table'
  | 'publication'
  | 'subscription'
  | 'role'
  | 'role-membership'
  | 'setting'
  | 'default-privilege'
  | 'privilege'
  | 'owner'
  | 'comment'
  | 'security-label';

/**
 * One object of a catalog. A kind is added by one query that yields these; pairing, diff and text know no kinds.
 */
export interface CatalogObject {
  readonly type: ObjectType;
  /** Stable inside one database and its clones: `pg_class:16390`, `pg_attribute:16390.3`. */
  readonly identity: string;
  /** Unquoted dotted name, unique within its type: `public.users.email`, `public.users.users_pkey`, `public.f(integer)`. */
  readonly name: string;
  /** The last part of `name`, unique within `scope`: `email`, `f(integer)`. */
  readonly local: string;
  /** The name that RENAME changes: `local`, but `f` for `f(integer)`, which also changes when a type is renamed. */
  readonly ownName: string;
  /** Identity of what the name is unique in: the schema of a relation, the table of a column. Null = the database. */
  readonly scope: string | null;
  /** Identity of the object whose line its changes fold into when that one is added, removed or renamed. Null = top level. */
  readonly parent: string | null;
  /** The same column, constraint, index or trigger one level up, of which this one is the partition's or child
   * table's copy: what happens to both is told once. */
  readonly inheritedFrom: string | null;
  /** Name of the table (or view, type …) whose canonical text shows this object: `public.users`. */
  readonly container: string;
  /** Identity of that table; its own when the object is the container. */
  readonly containerIdentity: string;
  /** The container's name as SQL. */
  readonly containerSqlName: string;
  /** Canonical DDL of this object alone (a column's line, a constraint's clause, a whole CREATE INDEX). */
  readonly definition: string;
  /** What is compared: every property that matters, with the container's and its own name left out. */
  readonly comparable: string;
  /** The catalog's own form, which names others by oid and attnum. Inside one database equal forms mean an
   * unchanged object, even where `comparable` differs because a column or type that it mentions was renamed. */
  readonly stored: string | null;
  /** Stands for `comparable` where the other catalog is of another major, which may lack a property: the name of
   * a NOT NULL. Null = `comparable` holds. */
  readonly portable: string | null;
  /** Facts that rules and the impact judge read (`notNull`, `dataType`, `hasDefault`, …). */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  /** Parts without a line of their own: values of an enum, attributes of a composite type, output columns of a
   * view, CHECKs of a domain; in their order. */
  readonly members: readonly Member[];
  /** Identities of the columns that a constraint or index is about; empty when it has expressions. */
  readonly columns: readonly string[];
  readonly text: ObjectText;
}

export interface Member {
  readonly identity: string;
  readonly name: string;
  /** Its type or condition; '' for an enum value. */
  readonly definition: string;
}

/** How an object stands in the canonical text of its container. Templates hold the tokens of `template.ts`. */
export interface ObjectText {
  /** The container itself, a line between its parentheses, or a statement after it. */
  readonly place: 'head' | 'body' | 'after';
  /** Order among objects of one type in the same place; names decide between equals. */
  readonly rank: number;
  readonly template: string;
  /** Closes a head's body, or more statements that belong to the object; '' = none. */
  readonly tail: string;
  /** Quoted: `public."Order"` for a container, `"userId"` for a part. */
  readonly sqlName: string;
}

/** A consistent picture of one database's schema. */
export interface Catalog {
  readonly objects: readonly CatalogObject[];
  byIdentity(identity: string): CatalogObject | undefined;
  byName(type: ObjectType, name: string): CatalogObject | undefined;
  /** Of the server. */
  readonly major: number;
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
  /** For the statements of the version of the application that runs while the migration is applied. */
  readonly impact: Impact;
  readonly dataLoss: boolean;
  /** Can the former schema be brought back with all that it held, whatever was written in between? Absent: not told. */
  readonly reversible?: boolean;
  /** One sentence about what the impact is. Absent: not told. */
  readonly why?: string;
  /** The columns stand in another order, and nothing else of the table differs. Absent: more does. */
  readonly orderOnly?: true;
}
