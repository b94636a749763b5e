import { partsOf } from '../catalog/ddl.ts';
import type { Catalog, CatalogObject } from '../catalog/model.ts';
import { containerToken, fill } from '../catalog/template.ts';

/** Statements in the three places where they may have to stand. */
export interface Made {
  /** What the main statement needs: the sequences of its defaults. */
  readonly first: readonly string[];
  readonly main: readonly string[];
  /** What may need other new objects: foreign keys, the owners of sequences. */
  readonly last: readonly string[];
}

const nothing: Made = { first: [], main: [], last: [] };

/** SQL that makes an object as it is in a catalog, with everything that is shown in its text. */
export function made(catalog: Catalog, object: CatalogObject): Made {
  if (object.text.place !== 'head') return madePart(object, nameOf(catalog, object.containerIdentity));
  if (object.type !== 'table') {
    const parts = partsOf(catalog, object).map((part) => madePart(part, object.text.sqlName));
    return joined([{ ...nothing, main: [wholeText(object)] }, ...parts]);
  }
  const parts = partsOf(catalog, object);
  const name = object.text.sqlName;
  const inside = parts.filter((part) => part.text.place === 'body' && !isForeignKey(part));
  const lines = inside.map((part) => `  ${filled(part, part.text.template, name)}`);
  const table = `${fill(object.text.template, { own: name, container: name })}\n${lines.join(',\n')}\n${tidy(filled(object, object.text.tail, name))}`;
  const details = inside.flatMap((part) => statements(filled(part, part.text.tail, name)));
  return joined([
    { ...nothing, main: [table, ...details] },
    ...parts.filter((part) => !inside.includes(part)).map((part) => madePart(part, name)),
  ]);
}

/** SQL that makes a part where its table is there already. */
function madePart(part: CatalogObject, container: string): Made {
  const text = filled(part, part.text.template, container);
  const tail = statements(filled(part, part.text.tail, container));
  switch (part.type) {
    case 'column':
      return { ...nothing, main: [`ALTER TABLE ${container} ADD COLUMN ${text};`, ...tail] };
    case 'constraint': {
      const statement = `ALTER TABLE ${container} ADD ${text};`;
      return isForeignKey(part)
        ? { ...nothing, last: [statement, ...tail] }
        : { ...nothing, main: [statement, ...tail] };
    }
    case 'sequence': {
      const [create = '', owner = ''] = text.replace(/;$/, '').split(/ (?=OWNED BY )/);
      return {
        first: [`${create};`],
        main: [],
        last: owner === '' ? [] : [`ALTER SEQUENCE ${part.text.sqlName} ${owner};`],
      };
    }
    default:
      return { ...nothing, main: [...statements(text), ...tail] };
  }
}

/** The statement that removes an object; null where there is none that is safe to propose. */
export function removed(catalog: Catalog, object: CatalogObject): string | null {
  const { sqlName } = object.text;
  const container = nameOf(catalog, object.containerIdentity);
  switch (object.type) {
    case 'table':
    case 'view':
    case 'schema':
    case 'domain':
    case 'type':
    case 'sequence':
    case 'extension':
    case 'materialized-view':
      return `DROP ${object.type.replace('-', ' ').toUpperCase()} ${sqlName};`;
    case 'column':
      return `ALTER TABLE ${container} DROP COLUMN ${sqlName};`;
    case 'constraint':
      return `ALTER TABLE ${container} DROP CONSTRAINT ${sqlName};`;
    case 'trigger':
    case 'policy':
    case 'rule':
      return `DROP ${object.type.toUpperCase()} ${sqlName} ON ${container};`;
    case 'index': {
      const schema = object.scope === null ? undefined : catalog.byIdentity(object.scope);
      const prefix = schema?.text.sqlName ?? container.slice(0, container.indexOf('.'));
      return `DROP INDEX ${prefix}.${sqlName};`;
    }
    case 'function':
    case 'procedure':
      return `DROP ${object.type.toUpperCase()} ${sqlName}${object.local.slice(object.ownName.length)};`;
    default:
      return null;
  }
}

export const isForeignKey = ({ type, facts }: CatalogObject): boolean =>
  type === 'constraint' && facts.kind === 'foreign-key';

const filled = (object: CatalogObject, template: string, container: string): string =>
  fill(template, { own: object.text.sqlName, container });

/** Quoted name of what an object is shown with. */
export const nameOf = (catalog: Catalog, identity: string): string =>
  catalog.byIdentity(identity)?.text.sqlName ?? '';

/** A view, type, function: its own text. The list of an enum ends with a comma there, and notes are no SQL. */
function wholeText(object: CatalogObject): string {
  const { sqlName, template, tail } = object.text;
  const head = template.replace(/,\n\);$/, '\n);').replaceAll(containerToken, () => sqlName);
  const text = filled(object, head, sqlName);
  return [text, ...statements(filled(object, tail, sqlName))].join('\n');
}

/** The lines of a text that are statements; the catalog's own notes begin with two dashes. */
const statements = (text: string): string[] => {
  const kept = tidy(text);
  return kept === '' ? [] : [kept];
};

const tidy = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('-- '))
    .join('\n')
    .trim();

const joined = (all: readonly Made[]): Made => ({
  first: all.flatMap(({ first }) => first),
  main: all.flatMap(({ main }) => main),
  last: all.flatMap(({ last }) => last),
});
