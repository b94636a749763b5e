import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import type { Tree } from '../../git/tree.ts';
import { andAbove, basename, dirname, within } from '../directories.ts';
import { elementsOf, type XmlElement } from '../xml.ts';
import type { Setting } from './settings.ts';

/** A file that configures Flyway, and what it says. */
export interface ConfigFile {
  readonly file: string;
  readonly settings: readonly Setting[];
}

/** Names of configuration files, the one that wins first; looked for in each directory and in `conf/` and `config/`. */
const names = [
  'flyway.user.toml',
  'flyway.toml',
  'flyway.conf',
  'application.properties',
  'application.yml',
  'application.yaml',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
] as const;

/**
 * Files from the directory of the migrations upwards that say something about Flyway, nearest first. Spring's own lie
 * in `src/main/resources`, which is above them; a build file above that; the command's at the root.
 */
export async function readConfigFiles(
  tree: Tree,
  path: string,
): Promise<{ files: ConfigFile[]; notes: string[] }> {
  const notes: string[] = [];
  const wanted = andAbove(path).flatMap((directory) => [
    ...names.map((name) => within(directory, name)),
    ...['conf', 'config'].flatMap((below) =>
      names.slice(0, 6).map((name) => within(directory, `${below}/${name}`)),
    ),
    ...others(tree, directory),
  ]);
  const contents = await tree.read(wanted);
  const files: ConfigFile[] = [];
  for (const file of wanted) {
    const text = contents.get(file)?.toString('utf8');
    if (text === undefined || !/flyway/i.test(text)) continue;
    try {
      const settings = settingsIn(file, text).filter(isPlain);
      if (settings.length > 0) files.push({ file, settings });
    } catch (error) {
      notes.push(
        `${file} could not be read (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : error}); Flyway's defaults are assumed.`,
      );
    }
  }
  return { files, notes };
}

/** Properties files of another name beside the migrations' resources, which applications import. */
const others = (tree: Tree, directory: string): string[] =>
  basename(directory) === 'resources'
    ? tree
        .under(directory)
        .map(({ path }) => path)
        .filter(
          (path) =>
            dirname(path) === directory &&
            path.endsWith('.properties') &&
            !basename(path).startsWith('application'),
        )
    : [];

/** A value that stands elsewhere (`${env.SCHEMA}`) is no plain data; the placeholders' own signs are. */
const isPlain = ({ key, value }: Setting): boolean =>
  /placeholder-?prefix/i.test(key) || ![value].flat().some((one) => /\$\{|^\$\w/.test(one));

/** What one file says, by its format. Throws for a text that is not of it. */
export function settingsIn(file: string, text: string): Setting[] {
  const name = basename(file);
  const spring = (entries: readonly Entry[]): Setting[] =>
    entries.flatMap(([key, value]) => {
      const own = /^(?:spring|quarkus)\.flyway\.(.+)$/.exec(key)?.[1];
      return own === undefined ? [] : [{ key: own, value: withDefaults(value), from: moduleOf(file) }];
    });
  if (name.endsWith('.toml')) return prefixed(flat(parseToml(text)), tomlRoot(file));
  if (name.endsWith('.conf')) return prefixed(properties(text), tomlRoot(file));
  if (name.endsWith('.properties')) return spring(properties(text));
  if (/\.ya?ml$/.test(name)) {
    const documents = parseAllDocuments(text).map((document) => document.toJS() as unknown);
    // A document that is for one profile only is not what every deployment gets.
    return spring(documents.filter((one) => !isProfile(one)).flatMap((one) => flat(one)));
  }
  const build = name === 'pom.xml' ? pom(text, dirname(file)) : gradle(text, dirname(file));
  return build.map((setting) => ({ ...setting, value: withoutBase(setting.value) }));
}

type Entry = readonly [key: string, value: string | readonly string[]];

const prefixed = (entries: readonly Entry[], from: string): Setting[] =>
  entries.flatMap(([key, value]) => (key.startsWith('flyway.') ? [{ key: key.slice(7), value, from }] : []));

/** The command resolves relative paths from where it is called, which is the directory of its project. */
const tomlRoot = (file: string): string =>
  /(?:^|\/)conf(?:ig)?$/.test(dirname(file)) ? dirname(dirname(file)) : dirname(file);

/** `app/src/main/resources/application.yml` belongs to `app`. */
const moduleOf = (file: string): string => /^(.*?)\/?src\/(?:main|test)\//.exec(file)?.[1] ?? dirname(file);

function isProfile(document: unknown): boolean {
  const keys = flat(document).map(([key]) => key);
  return keys.some((key) => /^spring\.(?:profiles$|profiles\.\d|config\.activate\.on-profile)/.test(key));
}

/** `${DB_SCHEMA:app}` says what it is where the variable is not set; the kind of database is known. */
const withDefaults = (value: string | readonly string[]): string | readonly string[] =>
  each(value, (text) =>
    text.replace(/\$\{spring\.jpa\.database\}/g, 'POSTGRESQL').replace(/\$\{[\w.-]+:([^${}]*)\}/g, '$1'),
  );

/** A build's own directory is where its paths start from anyway. */
const withoutBase = (value: string | readonly string[]): string | readonly string[] =>
  each(value, (text) =>
    text.replace(/(?:\$\{(?:project\.)?(?:basedir|projectDir|rootDir)\}|\$(?:projectDir|rootDir))\/*/g, './'),
  );

const each = (value: string | readonly string[], change: (text: string) => string) =>
  typeof value === 'string' ? change(value) : value.map(change);

/** A tree of plain data as dotted keys; lists of scalars stay lists. */
function flat(value: unknown, key = ''): Entry[] {
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

/** `<configuration>` and `<properties>` of the Maven plugin. */
function pom(text: string, from: string): Setting[] {
  const root = elementsOf(text);
  const settings: Setting[] = [];
  const visit = (element: XmlElement, inPlugin: boolean) => {
    const plugin =
      inPlugin ||
      (element.name === 'plugin' &&
        element.children.some(
          (child) => child.name === 'artifactId' && child.text === 'flyway-maven-plugin',
        ));
    if (plugin && element.name === 'configuration') settings.push(...configuration(element, from));
    if (element.name === 'properties') {
      for (const child of element.children) {
        if (child.name.startsWith('flyway.')) {
          settings.push({ key: child.name.slice(7), value: child.text, from });
        }
      }
    }
    for (const child of element.children) visit(child, plugin);
  };
  visit(root, false);
  return settings;
}

const configuration = (element: XmlElement, from: string): Setting[] =>
  element.children.flatMap((child): Setting[] => {
    if (child.name === 'placeholders') {
      return child.children.map((one) => ({ key: `placeholders.${one.name}`, value: one.text, from }));
    }
    const list = child.children.map(({ text }) => text);
    return [{ key: child.name, value: list.length > 0 ? list : child.text, from }];
  });

/** `flyway { … }` of the Gradle plugin, where what follows is a literal. */
function gradle(text: string, from: string): Setting[] {
  const block = /(?:^|\n)\s*flyway\s*\{([\s\S]*?)\n\}/.exec(`${text}\n}`)?.[1];
  if (block === undefined) return [];
  const settings: Setting[] = [];
  const assignment =
    /(?:^|\n)\s*(\w+)\s*(?:=|\s)\s*(?:(\[|arrayOf\(|mapOf\()([^\])]*)[\])]|(["'])(.*?)\4|(true|false)\b)/g;
  for (const [, key = '', open, inside = '', , quoted, bare] of block.matchAll(assignment)) {
    if (open === undefined) settings.push({ key, value: quoted ?? bare ?? '', from });
    else if (key === 'placeholders') {
      for (const [, name = '', value = ''] of inside.matchAll(
        /["']?([\w.-]+)["']?\s*(?::|to)\s*["']([^"']*)["']/g,
      )) {
        settings.push({ key: `placeholders.${name}`, value, from });
      }
    } else {
      const value = [...inside.matchAll(/["']([^"']*)["']/g)].map(([, one = '']) => one);
      settings.push({ key, value, from });
    }
  }
  return settings;
}
