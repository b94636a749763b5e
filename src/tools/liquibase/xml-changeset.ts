import type { Tree } from '../../git/tree.ts';
import type { XmlElement } from '../reading/xml.ts';
import { atLine, type ChangeSet, checksumOf, expand, plainChangeSet } from './changeset.ts';

/** Elements of a changeset that change nothing in the database. */
const about = new Set(['comment', 'rollback', 'preConditions', 'validCheckSum', 'tagDatabase', 'property']);

/** A file of plain SQL that a changelog includes: one changeset, sent whole. */
export const rawChangeSet = (file: string, path: string, text: string): ChangeSet => ({
  ...plainChangeSet,
  id: 'raw',
  author: 'includeAll',
  path,
  file,
  line: 1,
  sql: text.replace(/^\ufeff/, ''),
  checksum: checksumOf(text.trim()),
  splitStatements: false,
  stripComments: false,
});

/**
 * A changeset of XML, YAML or JSON. With one `sql` or `sqlFile` it is SQL like any other; what Liquibase writes itself
 * (`createTable`) differs by database and version, and is not made here.
 */
export async function elementChangeSet(
  tree: Tree,
  element: XmlElement,
  where: { readonly file: string; readonly path: string },
  properties: ReadonlyMap<string, string>,
  locate: (path: string, relative: boolean) => { readonly file: string } | null,
): Promise<ChangeSet> {
  const of = (name: string) => {
    const value = element.attributes[name];
    return value === undefined ? undefined : expand(value, properties);
  };
  const flag = (from: XmlElement, name: string, otherwise: boolean) => {
    const value = from.attributes[name];
    return value === undefined ? otherwise : value.toLowerCase() === 'true';
  };
  const changes = element.children.filter(({ name }) => !about.has(name));
  const [change, ...more] = changes;
  const contexts = of('contextFilter') ?? of('context');
  const labels = of('labels');
  const base: ChangeSet = {
    ...plainChangeSet,
    id: of('id') ?? '',
    author: of('author') ?? '',
    path: of('logicalFilePath') ?? where.path,
    file: where.file,
    line: element.line,
    sql: '',
    checksum: '',
    runInTransaction: flag(element, 'runInTransaction', true),
    runOnChange: flag(element, 'runOnChange', false),
    runAlways: flag(element, 'runAlways', flag(element, 'alwaysRun', false)),
    dbms: of('dbms') ?? null,
    contexts: contexts ? [contexts] : [],
    labels: labels ? labels.split(',').map((label) => label.trim()) : [],
    ignore: flag(element, 'ignore', false),
    comment: element.children.find(({ name }) => name === 'comment')?.text ?? of('comment') ?? '',
    preconditions: element.children.some(({ name }) => name === 'preConditions'),
    description: changes.map(({ name }) => name).join('; ') || 'empty',
  };
  if (change === undefined) return base;
  if (more.length > 0 || (change.name !== 'sql' && change.name !== 'sqlFile')) {
    const kinds = [...new Set(changes.map(({ name }) => name))].slice(0, 4).join(', ');
    return {
      ...base,
      checksum: `not compared: ${JSON.stringify(changes)}`,
      opaque: `The changeset ${base.id} of ${where.file} is written as ${kinds.slice(0, 120)}, which Liquibase turns into SQL itself; it cannot be run here. One changeset a sql or sqlFile change can.`,
    };
  }
  const options = {
    splitStatements: flag(change, 'splitStatements', true),
    stripComments: flag(change, 'stripComments', false),
    endDelimiter: change.attributes.endDelimiter ?? null,
  };
  if (change.name === 'sql') {
    const text = expand(change.attributes.sql ?? change.text, properties);
    return { ...base, ...options, sql: atLine(change.line, text), checksum: checksumOf(text.trim()) };
  }
  const path = change.attributes.path ?? '';
  const found = locate(expand(path, properties), flag(change, 'relativeToChangelogFile', false));
  const content = found === null ? undefined : (await tree.read([found.file])).get(found.file);
  if (found === null || content === undefined) {
    const says = `Liquibase stops: The file ${path.slice(0, 200)} was not found in the configured search path.`;
    return { ...base, refused: { line: element.line, says } };
  }
  const text = expand(content.toString('utf8').replace(/^\ufeff/, ''), properties);
  return {
    ...base,
    ...options,
    file: found.file,
    line: 1,
    sql: text,
    checksum: checksumOf(text.trim()),
    description: `sqlFile path=${path}`,
  };
}
