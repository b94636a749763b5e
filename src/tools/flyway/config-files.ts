import { parse as parseToml } from 'smol-toml';
import type { Tree } from '../../git/tree.ts';
import { andAbove, basename, dirname, within } from '../reading/directories.ts';
import {
  type Entry,
  each,
  flat,
  mavenPlugin,
  moduleOf,
  properties,
  springEntries,
} from '../reading/java-config.ts';

/** One setting as a file has it, its key in the spelling of `flyway.conf` without the prefix: `outOfOrder`. */
export interface Setting {
  readonly key: string;
  readonly value: string | readonly string[];
  readonly from: string;
}

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
  if (name.endsWith('.toml')) return prefixed(flat(parseToml(text)), tomlRoot(file));
  if (name.endsWith('.conf')) return prefixed(properties(text), tomlRoot(file));
  if (/\.(?:properties|ya?ml)$/.test(name)) {
    return springEntries(file, text).flatMap(([key, value]) => {
      const own = /^(?:spring|quarkus)\.flyway\.(.+)$/.exec(key)?.[1];
      return own === undefined ? [] : [{ key: own, value, from: moduleOf(file) }];
    });
  }
  const build = name === 'pom.xml' ? pom(text, dirname(file)) : gradle(text, dirname(file));
  return build.map((setting) => ({ ...setting, value: withoutBase(setting.value) }));
}

const prefixed = (entries: readonly Entry[], from: string): Setting[] =>
  entries.flatMap(([key, value]) => (key.startsWith('flyway.') ? [{ key: key.slice(7), value, from }] : []));

/** The command resolves relative paths from where it is called, which is the directory of its project. */
const tomlRoot = (file: string): string =>
  /(?:^|\/)conf(?:ig)?$/.test(dirname(file)) ? dirname(dirname(file)) : dirname(file);

/** A build's own directory is where its paths start from anyway. */
const withoutBase = (value: string | readonly string[]): string | readonly string[] =>
  each(value, (text) =>
    text.replace(/(?:\$\{(?:project\.)?(?:basedir|projectDir|rootDir)\}|\$(?:projectDir|rootDir))\/*/g, './'),
  );

/** `<configuration>` of the Maven plugin, and `<flyway.…>` among the project's properties. */
function pom(text: string, from: string): Setting[] {
  const { configuration, properties: ofProject } = mavenPlugin(text, 'flyway-maven-plugin');
  return [
    ...configuration.flatMap((child): Setting[] => {
      if (child.name === 'placeholders') {
        return child.children.map((one) => ({ key: `placeholders.${one.name}`, value: one.text, from }));
      }
      const list = child.children.map((one) => one.text);
      return [{ key: child.name, value: list.length > 0 ? list : child.text, from }];
    }),
    ...ofProject.flatMap((child) =>
      child.name.startsWith('flyway.') ? [{ key: child.name.slice(7), value: child.text, from }] : [],
    ),
  ];
}

/** `flyway { … }` of the Gradle plugin, where what follows is a literal. */
function gradle(text: string, from: string): Setting[] {
  const block = /(?:^|\n)\s*flyway\s*\{([\s\S]*?)\n\}/.exec(`${text}\n}`)?.[1];
  if (block === undefined) return [];
  const settings: Setting[] = [];
  const assignment =
    /(?:^|\n)[ \t]*(\w+)[ \t]*=?[ \t]*(?:(\[|arrayOf\(|mapOf\()([^\])]*)[\])]|(["'])(.*?)\4|(true|false)\b)/g;
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
