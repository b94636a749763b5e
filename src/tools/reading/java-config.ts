import { parseAllDocuments } from 'yaml';
import { basename, dirname } from './directories.ts';
import { elementsOf, type XmlElement } from './xml.ts';

/** A setting with its dotted key. */
export type Entry = readonly [key: string, value: string | readonly string[]];

/**
 * What `application.properties` or `application.yml` says, `${NAME:default}` with its default. Documents that are for
 * one profile only are left out: not every deployment gets them. Throws for a text that is no YAML.
 */
export function springEntries(file: string, text: string): Entry[] {
  if (basename(file).endsWith('.properties')) {
    return properties(text).map(([key, value]) => [key, withDefaults(value)]);
  }
  const documents = parseAllDocuments(text).map((document) => document.toJS() as unknown);
  return documents
    .filter((one) => !isProfile(one))
    .flatMap((one) => flat(one))
    .map(([key, value]) => [key, withDefaults(value)]);
}

/** `app/src/main/resources/application.yml` belongs to `app`. */
export const moduleOf = (file: string): string =>
  /^(.*?)\/?src\/(?:main|test)\//.exec(file)?.[1] ?? dirname(file);

function isProfile(document: unknown): boolean {
  const keys = flat(document).map(([key]) => key);
  return keys.some((key) => /^spring\.(?:profiles$|profiles\.\d|config\.activate\.on-profile)/.test(key));
}

/** `${DB_SCHEMA:app}` says what it is where the variable is not set; the kind of database is known. */
const withDefaults = (value: string | readonly string[]): string | readonly string[] =>
  each(value, (text) =>
    text.replace(/\$\{spring\.jpa\.database\}/g, 'POSTGRESQL').replace(/\$\{[\w.-]+:([^${}]*)\}/g, '$1'),
  );

/** Changes a text, or each of a list. */
export const each = (value: string | readonly string[], change: (text: string) => string) =>
  typeof value === 'string' ? change(value) : value.map(change);

/** A tree of plain data as dotted keys; lists of scalars stay lists. */
export function flat(value: unknown, key = ''): Entry[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) {
    return value.every((one) => typeof one !== 'object') ? [[key, value.map(String)]] : [];
  }
  if (typeof value !== 'object' || value instanceof Date) return [[key, String(value)]];
  return Object.entries(value).flatMap(([name, child]) => flat(child, key === '' ? name : `${key}.${name}`));
}

/** Java's properties: `key=value`, `key: value`, lines that go on after a backslash; indexed keys make a list. */
export function properties(text: string): Entry[] {
  const joined = text.replace(/\\\r?\n[ \t]*/g, '');
  const found = new Map<string, string | string[]>();
  for (const line of joined.split(/\r?\n/)) {
    const match = /^\s*([^#!\s=:][^\s=:]*)\s*[=:]?\s*(.*)$/.exec(line);
    if (match === null) continue;
    const [, key = '', value = ''] = match;
    const indexed = /^(.*)\[\d+\]$/.exec(key)?.[1];
    if (indexed === undefined) found.set(key, value.trim());
    else found.set(indexed, [...[found.get(indexed) ?? []].flat(), value.trim()]);
  }
  return [...found];
}

/** The `<configuration>` of a Maven plugin, and the `<properties>` of the project. */
export function mavenPlugin(
  text: string,
  artifactId: string,
): { readonly configuration: readonly XmlElement[]; readonly properties: readonly XmlElement[] } {
  const configuration: XmlElement[] = [];
  const ofProject: XmlElement[] = [];
  const visit = (element: XmlElement, inPlugin: boolean) => {
    const plugin =
      inPlugin ||
      (element.name === 'plugin' &&
        element.children.some(({ name, text: own }) => name === 'artifactId' && own === artifactId));
    if (plugin && element.name === 'configuration') configuration.push(...element.children);
    if (element.name === 'properties') ofProject.push(...element.children);
    for (const child of element.children) visit(child, plugin);
  };
  visit(elementsOf(text), false);
  return { configuration, properties: ofProject };
}
