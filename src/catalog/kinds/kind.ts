import type { CatalogObject, Member, ObjectType } from '../model.ts';
import { fill } from '../template.ts';

/** One kind of object: one set-based query and what its rows mean. Registered in `kinds/index.ts`. */
export interface Kind {
  readonly types: readonly ObjectType[];
  /** SQL for all of them at once; runs with an empty search_path. */
  query(server: Server): string;
  /** What a row of it means; null = nothing that is shown. `targets` finds what the kinds before this one yielded. */
  object(row: unknown, targets: Targets, server: Server): CatalogObject | null;
}

/** Where catalogs of majors differ, and what only a superuser may read. */
export interface Server {
  readonly major: number;
  readonly superuser: boolean;
  /** Oids of the relations whose columns, constraints and indexes are asked for; null = all. */
  readonly only: readonly string[] | null;
}

/** The object of an identity; for a part that has no line of its own the object that shows it, and the part's name. */
export type Targets = (identity: string) => Target | undefined;

export interface Target {
  readonly object: CatalogObject;
  readonly member: string | null;
}

/** A kind whose rows are one object each. `Row` is what the query's select list yields. */
export function defineKind<Row>(kind: {
  readonly types: readonly ObjectType[];
  query(server: Server): string;
  object(row: Row, targets: Targets, server: Server): CatalogObject | null;
}): Kind {
  return {
    types: kind.types,
    query: kind.query,
    object: (row, targets, server) => kind.object(row as Row, targets, server),
  };
}

/** What every kind says of its objects; what is left out is nothing, or follows from the rest. */
export type Described = {
  readonly type: ObjectType;
  readonly identity: string;
  readonly local: string;
  readonly ownName?: string;
  readonly inheritedFrom?: string | null;
  readonly template: string;
  readonly tail?: string;
  readonly rank?: number;
  readonly sqlName: string;
  readonly stored?: string | null;
  readonly portable?: string;
  /** DDL where the text leaves the object out because it is as usual. */
  readonly definition?: string;
  readonly facts?: CatalogObject['facts'];
  readonly members?: readonly Member[];
  readonly columns?: readonly string[];
};

/** An object with a text of its own: a table, a view, a type. `scope` is its schema, null in the database itself. */
export function topLevel(
  described: Described & {
    readonly scope: { readonly identity: string; readonly name: string } | null;
    readonly parent?: string | null;
  },
): CatalogObject {
  const name = described.scope === null ? described.local : `${described.scope.name}.${described.local}`;
  return complete(described, {
    name,
    scope: described.scope?.identity ?? null,
    parent: described.parent ?? null,
    container: name,
    containerIdentity: described.identity,
    place: 'head',
    containerSqlName: described.sqlName,
  });
}

/** A relation that other objects belong to, as `relationsCte` names it. */
export interface HolderRow {
  readonly relid: number;
  readonly relname: string;
  readonly nspname: string;
  readonly relsql: string;
}

/** An object that is shown in the text of a relation: a column, a constraint, an index, a trigger. */
export function partOf(
  holder: HolderRow,
  described: Described & {
    readonly place: 'body' | 'after';
    /** What its name is unique in, when that is not the holder: the schema of an index. */
    readonly scope?: { readonly identity: string; readonly name: string };
    readonly parent?: string;
  },
): CatalogObject {
  const { container, identity, sqlName } = namesOf(holder);
  return complete(described, {
    name: `${described.scope?.name ?? container}.${described.local}`,
    scope: described.scope?.identity ?? identity,
    parent: described.parent ?? identity,
    container,
    containerIdentity: identity,
    place: described.place,
    containerSqlName: sqlName,
  });
}

interface HolderNames {
  readonly relid: number;
  readonly container: string;
  readonly identity: string;
  readonly sqlName: string;
}

/** Of the relation that was asked for last: its parts follow each other, and share these texts. */
let lastHolder: HolderNames = { relid: 0, container: '', identity: '', sqlName: '' };

function namesOf({ relid, relname, nspname, relsql }: HolderRow): HolderNames {
  const container = `${nspname}.${relname}`;
  const last = lastHolder;
  if (last.relid === relid && last.sqlName === relsql && last.container === container) return last;
  lastHolder = { relid, container, identity: `pg_class:${relid}`, sqlName: relsql };
  return lastHolder;
}

/** An object that is shown in the text of one that is no relation: a role's setting, a schema's default privilege. */
export function partOfObject(
  holder: { readonly identity: string; readonly name: string; readonly sql: string },
  described: Described & { readonly name?: string },
): CatalogObject {
  return complete(described, {
    name: described.name ?? `${holder.name}.${described.local}`,
    scope: holder.identity,
    parent: holder.identity,
    container: holder.name,
    containerIdentity: holder.identity,
    place: 'after',
    containerSqlName: holder.sql,
  });
}

type Place = Pick<CatalogObject, 'name' | 'scope' | 'parent' | 'container' | 'containerIdentity'> & {
  readonly place: CatalogObject['text']['place'];
  readonly containerSqlName: string;
};

export const complete = (described: Described, place: Place): CatalogObject => new Made(described, place);

/** What an object is made of, as JSON can hold it: `complete` makes it again. */
export type Parts = readonly [described: Described, place: Place];

/** @throws Error for an object that no kind has made */
export function partsOf(object: CatalogObject): Parts {
  if (object instanceof Made) return object.parts();
  throw new Error(`${object.type} ${object.name} was not made by a kind`);
}

const noFacts: CatalogObject['facts'] = Object.freeze({});
const noMembers: readonly Member[] = Object.freeze([]);
const noColumns: readonly string[] = Object.freeze([]);

/** A catalog has many objects and a report is about few: the DDL of one is written when it is asked for. */
class Made implements CatalogObject {
  readonly type: ObjectType;
  readonly identity: string;
  readonly name: string;
  readonly local: string;
  readonly ownName: string;
  readonly scope: string | null;
  readonly parent: string | null;
  readonly inheritedFrom: string | null;
  readonly container: string;
  readonly containerIdentity: string;
  readonly containerSqlName: string;
  readonly comparable: string;
  readonly stored: string | null;
  readonly portable: string | null;
  readonly facts: CatalogObject['facts'];
  readonly members: readonly Member[];
  readonly columns: readonly string[];
  readonly text: CatalogObject['text'];
  readonly #ddl: string;

  constructor(described: Described, place: Place) {
    const { template, tail = '', sqlName } = described;
    this.type = described.type;
    this.identity = described.identity;
    this.name = place.name;
    this.local = described.local;
    this.ownName = described.ownName ?? described.local;
    this.scope = place.scope;
    this.parent = place.parent;
    this.inheritedFrom = described.inheritedFrom ?? null;
    this.container = place.container;
    this.containerIdentity = place.containerIdentity;
    this.containerSqlName = place.containerSqlName;
    this.comparable = tail === '' ? template : `${template}\n${tail}`;
    this.stored = described.stored ?? null;
    this.portable = described.portable ?? null;
    this.facts = described.facts ?? noFacts;
    this.members = described.members ?? noMembers;
    this.columns = described.columns ?? noColumns;
    this.text = { place: place.place, rank: described.rank ?? 0, template, tail, sqlName };
    this.#ddl = described.definition ?? this.comparable;
  }

  parts(): Parts {
    const { rank, template, tail, sqlName, place } = this.text;
    const { type, identity, local, ownName, inheritedFrom, stored, portable, facts, members, columns } = this;
    const { name, scope, parent, container, containerIdentity, containerSqlName } = this;
    return [
      {
        ...{ type, identity, local, ownName, inheritedFrom, stored, facts, members, columns },
        ...{ rank, template, tail, sqlName, definition: this.#ddl },
        ...(portable === null ? {} : { portable }),
      },
      { name, scope, parent, container, containerIdentity, place, containerSqlName },
    ];
  }

  get definition(): string {
    return fill(this.#ddl, { own: this.text.sqlName, container: this.containerSqlName });
  }
}

/** ` WITH (fillfactor=70)` or ''. */
export const optionsClause = (options: readonly string[] | null): string =>
  options === null || options.length === 0 ? '' : ` WITH (${[...options].sort().join(', ')})`;
