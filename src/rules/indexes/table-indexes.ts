import type { IndexElem, IndexStmt } from '@pgsql/types';
import type { Catalog, CatalogObject } from '../../catalog/model.ts';
import { parseFile } from '../../sql/parse.ts';

/** An index of a table, be it a constraint's, as rules compare them. */
export interface TableIndex {
  /** The index, or the constraint that it belongs to. */
  readonly object: CatalogObject;
  /** Key columns in their order; null for an expression. */
  readonly columns: readonly (string | null)[];
  /** The keys with operator class, collation and order, as texts to compare. */
  readonly keys: readonly string[];
  readonly including: readonly string[];
  readonly unique: boolean;
  readonly valid: boolean;
  readonly method: string;
  /** Condition of a partial index as SQL, null for a whole one. */
  readonly predicate: string | null;
}

/** All indexes of a table. */
export function indexesOf(catalog: Catalog | null, tableIdentity: string): TableIndex[] {
  if (catalog === null) return [];
  return catalog.objects.flatMap((object) => {
    if (object.containerIdentity !== tableIdentity) return [];
    if (object.type === 'index') return fromIndex(object) ?? [];
    if (object.type !== 'constraint') return [];
    const { kind, indexValid } = object.facts;
    if (kind !== 'primary-key' && kind !== 'unique') return [];
    const columns = object.columns.flatMap((identity) => catalog.byIdentity(identity)?.local ?? []);
    return {
      object,
      columns,
      keys: columns.map(plainKey),
      including: [],
      unique: true,
      valid: indexValid !== false,
      method: 'btree',
      predicate: null,
    };
  });
}

/** An index object of a catalog, by its own CREATE INDEX. */
export function fromIndex(object: CatalogObject): TableIndex | null {
  const statement = indexStatement(object);
  if (statement === null) return null;
  const elements = (statement.indexParams ?? []).flatMap((node) =>
    'IndexElem' in node ? [node.IndexElem] : [],
  );
  return {
    object,
    columns: elements.map(({ name }) => name ?? null),
    keys: elements.map(keyText),
    including: (statement.indexIncludingParams ?? []).flatMap((node) =>
      'IndexElem' in node ? [node.IndexElem.name ?? ''] : [],
    ),
    unique: object.facts.unique === true,
    valid: object.facts.valid !== false,
    method: String(object.facts.method),
    predicate: typeof object.facts.predicate === 'string' ? object.facts.predicate : null,
  };
}

function indexStatement({ definition }: CatalogObject): IndexStmt | null {
  const node = parseFile(definition).statements[0]?.node;
  return node !== undefined && 'IndexStmt' in node ? node.IndexStmt : null;
}

const plainKey = (name: string): string =>
  keyText({ name, ordering: 'SORTBY_DEFAULT', nulls_ordering: 'SORTBY_NULLS_DEFAULT' });

/** Without offsets into the text, so that equal keys are equal texts. */
const keyText = (element: IndexElem): string =>
  JSON.stringify(element, (key, value: unknown) => (key.endsWith('location') ? undefined : value));
