import { parse } from 'yaml';
import type { Tree } from '../../git/tree.ts';
import { andAbove, basename, dirname, treePath, within } from '../reading/directories.ts';

/** A Hasura project: what `config.yaml` says. */
export interface Project {
  readonly file: string;
  readonly version: number;
  readonly metadata: string;
  readonly migrations: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The project that a directory of migrations belongs to, or null: the nearest `config.yaml` that is Hasura's. */
export async function projectOf(tree: Tree, directory: string): Promise<Project | null> {
  for (const above of andAbove(treePath(directory)).slice(1)) {
    const project = await projectAt(tree, within(above, 'config.yaml'));
    if (project !== null) return project;
  }
  return null;
}

export async function projectAt(tree: Tree, file: string): Promise<Project | null> {
  const text = (await tree.read([file])).get(file)?.toString('utf8');
  if (
    text === undefined ||
    !/^(?:version|endpoint|metadata_directory|migrations_directory)\s*:/m.test(text)
  ) {
    return null;
  }
  let config: unknown;
  try {
    config = parse(text);
  } catch {
    return null;
  }
  if (!isObject(config)) return null;
  const known = ['endpoint', 'metadata_directory', 'migrations_directory', 'admin_secret', 'actions'];
  if (!known.some((key) => key in config)) return null;
  const path = (key: string, otherwise: string) =>
    within(dirname(file), treePath(typeof config[key] === 'string' ? config[key] : otherwise));
  return {
    file,
    version: Number(config.version ?? 1) || 1,
    metadata: path('metadata_directory', 'metadata'),
    migrations: path('migrations_directory', 'migrations'),
  };
}

/** What the metadata says a source is (`postgres`, `mssql`), or null where it says nothing. */
export async function kindOf(tree: Tree, project: Project, database: string): Promise<string | null> {
  const files = ['databases/databases.yaml', 'databases.yaml', 'tables.yaml'].map((name) =>
    within(project.metadata, name),
  );
  const contents = await tree.read(files);
  for (const file of files.slice(0, 2)) {
    const text = contents.get(file)?.toString('utf8');
    if (text === undefined) continue;
    try {
      // `!include` and other tags are plain text here.
      const sources: unknown = parse(text, { logLevel: 'silent' });
      if (!Array.isArray(sources)) continue;
      const source = sources.find((one) => isObject(one) && one.name === database);
      if (isObject(source) && typeof source.kind === 'string') return source.kind;
    } catch {
      // The metadata is Hasura's to judge.
    }
  }
  return null;
}

/** `migrations/default` in version 3; before that there is one database and no directory for it. */
export const databaseOf = (directory: string): string => basename(directory) || 'default';
