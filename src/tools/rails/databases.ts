import { parse } from 'yaml';
import { dirname, treePath, within } from '../reading/directories.ts';

/** One database of an application that has several. */
interface Named {
  readonly name: string;
  /** From the application's root. */
  readonly paths: readonly string[];
}

/** `db/animals_migrate` belongs to the database `animals`, whatever config/database.yml says. */
const byDirectory = (path: string): string | null => /(?:^|\/)db\/(\w+)_migrate$/.exec(path)?.[1] ?? null;

/**
 * The name of the database that a directory of migrations belongs to, where tasks have to be given one
 * (`db:migrate:animals`): the one whose `migrations_paths` has it, and the first one for `db/migrate`. Null: the
 * application has one database.
 *
 * @param root of the application
 * @param config text of its config/database.yml, null where there is none
 */
export function databaseName(
  migrations: string,
  root: string,
  config: string | null,
  environment: string,
): string | null {
  const path = treePath(migrations);
  const several = config === null ? [] : databasesIn(config, environment);
  const named = several.find(({ paths }) => paths.some((one) => within(root, one) === path));
  if (named !== undefined) return named.name;
  const own = byDirectory(path);
  if (own !== null) return own;
  return several.find(({ paths }) => paths.length === 0)?.name ?? null;
}

/** The databases of an environment with a level of names in it; none where there is one. */
function databasesIn(config: string, environment: string): Named[] {
  const of = record(parsed(config))[environment];
  const entries = Object.entries(record(of));
  // `adapter: postgresql` beside a mapping is one database.
  if (entries.length === 0 || !entries.every(([, value]) => isRecord(value))) return [];
  return entries.map(([name, value]) => {
    const paths = record(value).migrations_paths;
    return { name, paths: [paths].flat().filter((one): one is string => typeof one === 'string') };
  });
}

/** Ruby between `<%` and `%>` is not run. */
function parsed(config: string): unknown {
  try {
    const text = config.replaceAll(/^[ \t]*<%(?!=)[\s\S]*?%>[ \t]*$/gm, '').replaceAll(/<%[\s\S]*?%>/g, 'x');
    return parse(text, { merge: true });
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

/**
 * Where Rails writes the schema of a directory's database, Ruby first. Names of the first database's files are without its own.
 *
 * @param config text of config/database.yml, null where there is none
 */
export function schemaFiles(migrations: string, config: string | null): readonly [string, string] {
  const path = treePath(migrations);
  const environment = 'test';
  const name = databaseName(path, dirname(dirname(path)), config, environment);
  const [first] = config === null ? [] : databasesIn(config, environment);
  const own = name === 'primary' || name === first?.name ? null : name;
  const [ruby, sql] = ['schema.rb', 'structure.sql'].map((file) =>
    within(dirname(path), own === null ? file : `${own}_${file}`),
  );
  return [ruby as string, sql as string];
}
