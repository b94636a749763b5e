import type { Tree } from '../../git/tree.ts';
import { andAbove, basename, dirname, treePath, within } from '../reading/directories.ts';
import { type Entry, mavenPlugin, moduleOf, properties, springEntries } from '../reading/java-config.ts';

/** Liquibase's configuration as far as it decides what runs. */
export interface LiquibaseSettings {
  /** The root changelog as it is written, and directories that it may be relative to. */
  readonly changelog: {
    readonly name: string;
    readonly roots: readonly string[];
    readonly from: string;
  } | null;
  /** What `--contexts` would say; null = none is given, and every context runs. */
  readonly contexts: string | null;
  readonly labelFilter: string | null;
  readonly parameters: ReadonlyMap<string, string>;
  readonly defaultSchema: string | null;
  /** Schema of Liquibase's own tables; null = the default one. */
  readonly liquibaseSchema: string | null;
  readonly table: string;
  readonly lockTable: string;
  readonly notes: readonly string[];
}

export const defaultSettings: LiquibaseSettings = {
  changelog: null,
  contexts: null,
  labelFilter: null,
  parameters: new Map(),
  defaultSchema: null,
  liquibaseSchema: null,
  table: 'databasechangelog',
  lockTable: 'databasechangeloglock',
  notes: [],
};

const names = [
  'application.properties',
  'application.yml',
  'application.yaml',
  'liquibase.properties',
  'pom.xml',
];

/** What the files at and above a directory say, the nearest of a setting first. */
export async function settingsFor(tree: Tree, path: string): Promise<LiquibaseSettings> {
  const wanted = andAbove(treePath(path)).flatMap((directory) =>
    [directory, within(directory, 'src/main/resources'), within(directory, 'config')].flatMap((place) =>
      names.map((name) => within(place, name)),
    ),
  );
  const contents = await tree.read(wanted);
  const found: { entries: Entry[]; file: string; roots: string[] }[] = [];
  const notes: string[] = [];
  for (const file of wanted) {
    const text = contents.get(file)?.toString('utf8');
    if (text === undefined || !/liquibase|changelog/i.test(text)) continue;
    try {
      found.push({ file, entries: entriesIn(file, text), roots: rootsOf(file) });
    } catch {
      notes.push(`${file} could not be read; Liquibase's defaults are assumed.`);
    }
  }
  const said = (...keys: string[]): { value: string; file: string; roots: string[] } | null => {
    for (const { entries, file, roots } of found) {
      const entry = entries.find(([key, value]) => keys.includes(key.toLowerCase()) && isPlain(value));
      if (entry !== undefined) return { value: [entry[1]].flat().join(','), file, roots };
    }
    return null;
  };
  const changelog = said('changelogfile', 'changelog');
  const search = said('searchpath');
  return {
    changelog:
      changelog === null
        ? null
        : {
            name: changelog.value,
            roots: [
              ...(search?.value.split(',').map((one) => within(dirname(search.file), treePath(one))) ?? []),
              ...changelog.roots,
            ],
            from: changelog.file,
          },
    contexts: said('contexts', 'contextfilter')?.value || null,
    labelFilter: said('labelfilter', 'labels')?.value || null,
    parameters: new Map(
      found.flatMap(({ entries }) =>
        entries.flatMap(([key, value]) => {
          const name = /^(?:parameters?|changelogparameters)\.(.+)$/i.exec(key)?.[1];
          return name === undefined || typeof value !== 'string' ? [] : [[name, value] as const];
        }),
      ),
    ),
    defaultSchema: said('defaultschemaname', 'defaultschema')?.value ?? null,
    liquibaseSchema: said('liquibaseschemaname', 'liquibaseschema')?.value ?? null,
    table:
      said('databasechangelogtablename', 'databasechangelogtable')?.value.toLowerCase() ??
      defaultSettings.table,
    lockTable:
      said('databasechangeloglocktablename', 'databasechangeloglocktable')?.value.toLowerCase() ??
      defaultSettings.lockTable,
    notes,
  };
}

const isPlain = (value: string | readonly string[]): boolean =>
  ![value].flat().some((one) => one.includes('${'));

/** Keys without their prefix and dashes: `changelog` is Spring's `change-log`. */
function entriesIn(file: string, text: string): Entry[] {
  const name = basename(file);
  if (name === 'pom.xml') {
    const { configuration, properties: ofProject } = mavenPlugin(text, 'liquibase-maven-plugin');
    return [
      ...configuration.map((element): Entry => [element.name, element.text]),
      ...ofProject.flatMap((element): Entry[] =>
        element.name.startsWith('liquibase.') ? [[element.name.slice(10), element.text]] : [],
      ),
    ];
  }
  if (name === 'liquibase.properties') {
    return properties(text).map(([key, value]) => [
      plain(key.replace(/^liquibase\.(?:command\.)?/, '')),
      value,
    ]);
  }
  return springEntries(file, text).flatMap(([key, value]): Entry[] => {
    const own = /^(?:spring|quarkus)\.liquibase\.(.+)$/.exec(key)?.[1];
    return own === undefined ? [] : [[plain(own), value]];
  });
}

const plain = (key: string): string =>
  /^parameters?\./.test(key) ? key : key.replace(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());

/** Where a changelog's name may start from: the classpath of the file's module, then its own directory. */
function rootsOf(file: string): string[] {
  const module = moduleOf(file);
  return [within(module, 'src/main/resources'), module, dirname(file), ''];
}
