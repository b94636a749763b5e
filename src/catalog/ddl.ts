import { compareObjects } from './catalog.ts';
import type { Catalog, CatalogObject } from './model.ts';
import { fill } from './template.ts';

export interface ContainerTextOptions {
  /** Quoted name that every statement but the first gives the container: where it was renamed later. */
  readonly laterName?: string | undefined;
  /** Put behind the last line of a part. */
  mark?(part: CatalogObject): string;
}

/**
 * Canonical DDL of a table with its columns, constraints, indexes, triggers and policies; of a view or type.
 * Every line between the parentheses ends with a comma, so that a new column leaves its neighbours' lines
 * alone.
 */
export function containerText(
  catalog: Catalog,
  container: CatalogObject,
  { laterName = container.text.sqlName, mark = () => '' }: ContainerTextOptions = {},
): string {
  const parts = partsOf(catalog, container);
  const rendered = (part: CatalogObject, template: string): string =>
    fill(template, { own: part.text.sqlName, container: laterName });
  const inside = parts.filter((part) => part.text.place === 'body');
  const afterwards = parts.filter((part) => part.text.place === 'after');
  return [
    fill(container.text.template, { own: container.text.sqlName, container: container.text.sqlName }),
    ...inside.map((part) => `  ${rendered(part, part.text.template)},${mark(part)}`),
    rendered(container, container.text.tail),
    ...inside.map((part) => rendered(part, part.text.tail)),
    ...afterwards.flatMap((part) => {
      const line = rendered(part, part.text.template);
      return [line === '' ? '' : `${line}${mark(part)}`, rendered(part, part.text.tail)];
    }),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** Parts by container, worked out once for a catalog. */
const partsByContainer = new WeakMap<Catalog, Map<string, CatalogObject[]>>();

/** What is shown in the text of a container, in its order. */
export function partsOf(catalog: Catalog, container: CatalogObject): readonly CatalogObject[] {
  let parts = partsByContainer.get(catalog);
  if (parts === undefined) {
    parts = new Map();
    for (const object of catalog.objects) {
      if (object.text.place === 'head') continue;
      const list = parts.get(object.containerIdentity);
      if (list === undefined) parts.set(object.containerIdentity, [object]);
      else list.push(object);
    }
    for (const list of parts.values()) list.sort(compareObjects);
    partsByContainer.set(catalog, parts);
  }
  return parts.get(container.identity) ?? [];
}
