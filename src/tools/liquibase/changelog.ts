import type { Tree } from '../../git/tree.ts';
import { basename, dirname, within } from '../reading/directories.ts';
import { properties as javaProperties } from '../reading/java-config.ts';
import type { XmlElement } from '../reading/xml.ts';
import { type ChangeSet, expand, plainChangeSet } from './changeset.ts';
import { entriesOf } from './elements.ts';
import { formattedChangeSets, isFormattedSql, matchesDbms } from './formatted-sql.ts';
import { elementChangeSet, rawChangeSet } from './xml-changeset.ts';

/** What a changelog and all that it includes come to, in the order in which Liquibase runs it. */
export interface ReadChangelog {
  readonly changeSets: readonly ChangeSet[];
  /** Every file that was read, the changelogs themselves too. */
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

interface Reading {
  readonly tree: Tree;
  /** Directories that paths are relative to, the first that has the file counts. */
  readonly roots: readonly string[];
  readonly properties: Map<string, string>;
  readonly changeSets: ChangeSet[];
  readonly files: Set<string>;
  readonly notes: string[];
}

/** What a changelog passes on to those that it includes. */
interface Inherited {
  readonly contexts: readonly string[];
  readonly labels: readonly string[];
  readonly ignore: boolean;
  readonly logicalPath: string | null;
}

const nothing: Inherited = { contexts: [], labels: [], ignore: false, logicalPath: null };

/**
 * Reads a changelog as plain data, files that it includes after it. Nothing of it is run, and nothing outside of the tree
 * is read.
 * @param path as `databasechangelog.filename` has the changelog itself
 */
export async function readChangelog(
  tree: Tree,
  file: string,
  path: string,
  roots: readonly string[],
  given: ReadonlyMap<string, string>,
): Promise<ReadChangelog> {
  const reading: Reading = {
    tree,
    roots,
    properties: new Map([...given, ...builtIn]),
    changeSets: [],
    files: new Set(),
    notes: [],
  };
  await readFile(reading, file, path, nothing);
  return { changeSets: reading.changeSets, files: [...reading.files], notes: reading.notes };
}

/** Properties that every changelog has. */
const builtIn: readonly (readonly [string, string])[] = [
  ['database.typeName', 'postgresql'],
  ['database.defaultSchemaName', 'public'],
];

async function readFile(reading: Reading, file: string, path: string, from: Inherited): Promise<void> {
  const { tree, files, notes, properties } = reading;
  if (files.has(file)) return;
  files.add(file);
  const text = (await tree.read([file])).get(file)?.toString('utf8') ?? '';
  const own = from.logicalPath ?? path;
  const add = (sets: readonly ChangeSet[]) => {
    reading.changeSets.push(...sets.map((one) => inherit(one, from)));
  };
  if (/\.sql$/i.test(file)) {
    if (text.trim() === '') notes.push(`${file} is empty and passed over.`);
    else if (isFormattedSql(text)) add(formattedChangeSets(file, own, text, properties));
    else add([rawChangeSet(file, own, text)]);
    return;
  }
  let entries: readonly XmlElement[];
  try {
    entries = entriesOf(file, text);
  } catch (error) {
    const says = error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 160) : '';
    add([brokenChangelog(file, own, says)]);
    return;
  }
  for (const entry of entries) await readEntry(reading, entry, { file, path: own, from });
}

const inherit = (one: ChangeSet, { contexts, labels, ignore }: Inherited): ChangeSet => ({
  ...one,
  contexts: [...contexts, ...one.contexts],
  labels: [...labels, ...one.labels],
  ignore: ignore || one.ignore,
});

interface Where {
  readonly file: string;
  readonly path: string;
  readonly from: Inherited;
}

async function readEntry(reading: Reading, entry: XmlElement, where: Where): Promise<void> {
  const { tree, notes } = reading;
  const of = (name: string) => {
    const value = entry.attributes[name];
    return value === undefined ? undefined : expand(value, reading.properties);
  };
  const relative = of('relativeToChangelogFile')?.toLowerCase() === 'true';
  const from: Inherited = {
    contexts: [...where.from.contexts, ...listed(of('contextFilter') ?? of('context'))],
    labels: [...where.from.labels, ...listed(of('labels'))],
    ignore: where.from.ignore || of('ignore')?.toLowerCase() === 'true',
    logicalPath: of('logicalFilePath') ?? null,
  };
  if (entry.name === 'property') await defineProperty(reading, entry, where, relative);
  else if (entry.name === 'include') {
    const found = locate(reading, where, of('file') ?? '', relative);
    if (found === null) {
      notes.push(
        `${where.file} includes ${(of('file') ?? 'nothing').slice(0, 200)}, which is not in the repository: what is in it is not replayed.`,
      );
    } else await readFile(reading, found.file, found.path, from);
  } else if (entry.name === 'includeAll') {
    if (of('filter') ?? of('resourceFilter')) {
      notes.push(
        `${where.file} leaves it to a class which files of ${of('path')} it includes: all are taken.`,
      );
    }
    for (const found of filesBelow(reading, where, of('path') ?? '', relative, of('endsWithFilter') ?? '')) {
      await readFile(reading, found.file, found.path, from);
    }
  } else if (entry.name === 'changeSet') {
    const set = await elementChangeSet(tree, entry, where, reading.properties, (path, isRelative) =>
      locate(reading, where, path, isRelative),
    );
    reading.changeSets.push(inherit(set, where.from));
  } else if (entry.name === 'modifyChangeSets') {
    for (const child of entry.children) await readEntry(reading, child, where);
  }
}

const listed = (text: string | undefined): string[] =>
  text === undefined || text.trim() === '' ? [] : [text];

async function defineProperty(reading: Reading, entry: XmlElement, where: Where, relative: boolean) {
  const { name, value, file, dbms } = entry.attributes;
  if (!matchesDbms(dbms ?? null)) return;
  const add = (key: string, text: string) => {
    if (!reading.properties.has(key)) reading.properties.set(key, text);
  };
  if (name !== undefined && value !== undefined) add(name, value);
  if (file === undefined) return;
  const found = locate(reading, where, file, relative);
  if (found === null) return;
  const text = (await reading.tree.read([found.file])).get(found.file)?.toString('utf8') ?? '';
  for (const [key, one] of javaProperties(text)) if (typeof one === 'string') add(key, one);
}

interface Located {
  readonly file: string;
  readonly path: string;
}

/** A file by the name that a changelog has for it, or null. */
function locate(reading: Reading, where: Where, name: string, relative: boolean): Located | null {
  const clean = normal(name.replace(/^classpath\*?:/, '').replaceAll('\\', '/'));
  if (clean === null || clean === '') return null;
  if (relative) {
    const file = normal(within(dirname(where.file), clean));
    const path = normal(within(dirname(where.path), clean));
    return file !== null && reading.tree.get(file) !== undefined ? { file, path: path ?? file } : null;
  }
  for (const root of reading.roots) {
    const file = within(root, clean);
    if (reading.tree.get(file) !== undefined) return { file, path: clean };
  }
  return null;
}

const readable = /\.(?:sql|xml|ya?ml|json)$/i;

/** The files of a directory and those below it, in the order of their paths. */
function filesBelow(
  reading: Reading,
  where: Where,
  name: string,
  relative: boolean,
  ending: string,
): Located[] {
  const clean = normal(name.replace(/^classpath\*?:/, '').replaceAll('\\', '/'));
  if (clean === null) return [];
  const places = relative
    ? [
        {
          directory: normal(within(dirname(where.file), clean)),
          as: normal(within(dirname(where.path), clean)),
        },
      ]
    : reading.roots.map((root) => ({ directory: within(root, clean), as: clean }));
  for (const { directory, as } of places) {
    if (directory === null || as === null) continue;
    const entries = reading.tree
      .under(directory)
      .filter(({ path, mode }) => mode.startsWith('100') && readable.test(path) && path.endsWith(ending));
    if (entries.length === 0) continue;
    return entries
      .map(({ path }) => ({
        file: path,
        path: within(as, path.slice(directory === '' ? 0 : directory.length + 1)),
      }))
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }
  return [];
}

/** `./a/../b` as `b`; null for what leaves the root. */
function normal(path: string): string | null {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

const brokenChangelog = (file: string, path: string, why: string): ChangeSet => ({
  ...plainChangeSet,
  id: basename(file),
  author: '',
  path,
  file,
  line: 1,
  sql: '',
  checksum: '',
  refused: { line: 1, says: `Liquibase stops at this changelog: it cannot be read (${why}).` },
});
