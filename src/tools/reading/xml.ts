import { SaxesParser } from 'saxes';

/** An element of an XML file; names without their namespace's prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, trimmed, that of its children left out. */
  readonly text: string;
  /** Line of its start tag, 1-based. */
  readonly line: number;
}

/**
 * Reads an XML file as plain data. Entities other than XML's own are not resolved and no other file is opened.
 * @throws Error for what is not well-formed
 */
export function elementsOf(text: string): XmlElement {
  interface Open {
    name: string;
    attributes: Record<string, string>;
    children: Open[];
    text: string;
    line: number;
  }
  const parser = new SaxesParser();
  const root: Open = { name: '', attributes: {}, children: [], text: '', line: 1 };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Open = {
      name: local(name),
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [local(key), String(value)]),
      ),
      children: [],
      text: '',
      line: parser.line,
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const append = (more: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += more;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element !== undefined) element.text = element.text.trim();
  });
  parser.write(text.replace(/^\ufeff/, '')).close();
  const [document] = root.children;
  if (document === undefined) throw new Error('there is no element in it');
  return document;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
