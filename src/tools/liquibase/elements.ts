import { parse } from 'yaml';
import { elementsOf, type XmlElement } from '../reading/xml.ts';

/** The entries of a changelog in XML, YAML or JSON, all in the shape that XML gives them. Throws for what is not one. */
export function entriesOf(file: string, text: string): readonly XmlElement[] {
  if (/\.xml$/i.test(file)) {
    const root = elementsOf(text);
    if (root.name !== 'databaseChangeLog') throw new Error(`its root is <${root.name.slice(0, 40)}>`);
    return root.children;
  }
  const root: unknown = /\.json$/i.test(file) ? JSON.parse(text) : parse(text);
  const entries = isObject(root) ? root.databaseChangeLog : undefined;
  if (!Array.isArray(entries)) throw new Error('it has no list databaseChangeLog');
  return entries.flatMap((entry) => members(entry));
}

export const isChangelog = (file: string, text: string): boolean =>
  /\.(?:xml|ya?ml|json)$/i.test(file) && /\bdatabaseChangeLog\b/.test(text);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ include: { file: … } }` as `<include file="…"/>`. */
const members = (value: unknown): XmlElement[] =>
  isObject(value) ? Object.entries(value).map(([name, child]) => element(name, child)) : [];

function element(name: string, value: unknown): XmlElement {
  const attributes: Record<string, string> = {};
  const children: XmlElement[] = [];
  let text = '';
  if (Array.isArray(value)) children.push(...value.flatMap(members));
  else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (key === 'changes' && Array.isArray(child)) children.push(...child.flatMap(members));
      else if (child !== null && typeof child === 'object') children.push(element(key, child));
      else if (key === name) text = String(child ?? '');
      else attributes[key] = String(child ?? '');
    }
  } else text = String(value ?? '');
  return { name, attributes, children, text: text.trim(), line: 1 };
}
