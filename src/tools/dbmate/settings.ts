import type { Tree } from '../../git/tree.ts';
import { callers } from '../reading/callers.ts';
import { dirname, resolved } from '../reading/directories.ts';

/** How a project calls dbmate. */
export interface DbmateSettings {
  /** `schema_migrations`, or `schema.table`. */
  readonly table: string;
  readonly strict: boolean;
  /** Directories that are given to one call, from the root of the repository. */
  readonly together: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** Reads what build files, scripts, CI, compose and .env files say in plain text. */
export async function dbmateSettings(
  tree: Tree,
  path: string,
  placeholders: Readonly<Record<string, string>>,
  outOfOrder: boolean | null,
): Promise<DbmateSettings> {
  const tables = new Set<string>();
  /** Of calls that name this directory, which may not be the only one. */
  const own = new Set<string>();
  const together: string[][] = [];
  let strict: string | null = null;
  for (const [file, text] of await callers(tree)) {
    if (!/dbmate/i.test(text)) continue;
    for (const [, table = ''] of text.matchAll(/DBMATE_MIGRATIONS_TABLE["']?\s*[=:]\s*["']?([\w.]+)/g)) {
      tables.add(table);
    }
    for (const [call] of text.matchAll(/\bdbmate\b[^\n]*/g)) {
      const table = /\s--migrations-table[ =]\\?["']?([\w.]+)/.exec(call)?.[1];
      if (table === undefined) continue;
      tables.add(table);
      if (directoriesOf(call).some((each) => placeOf(tree, file, each) === path)) own.add(table);
    }
    if (
      /DBMATE_STRICT["']?\s*[=:]\s*["']?(?:1|t|true)\b/i.test(text) ||
      /\bdbmate\b[^\n]*\s--strict\b(?!=f)/.test(text)
    ) {
      strict ??= file;
    }
    const named = groups(text).map((group) => group.map((path) => placeOf(tree, file, path)));
    together.push(...named.filter((group) => group.length > 1));
  }
  const said = own.size > 0 ? own : tables;
  const [table] = said;
  return {
    table:
      placeholders.DBMATE_MIGRATIONS_TABLE ?? (said.size === 1 ? table : undefined) ?? 'schema_migrations',
    strict: outOfOrder === null ? strict !== null : !outOfOrder,
    together,
    notes: outOfOrder === null && strict !== null ? [`${strict} calls dbmate with --strict.`] : [],
  };
}

function groups(text: string): string[][] {
  const inEnvironment = [...text.matchAll(/DBMATE_MIGRATIONS_DIR["']?\s*[=:]\s*["']?([\w./,-]+)/g)].map(
    ([, list = '']) => list.split(',').filter((path) => path !== ''),
  );
  const inCalls = [...text.matchAll(/\bdbmate\b[^\n]*/g)].map(([call]) => directoriesOf(call));
  return [...inEnvironment, ...inCalls];
}

const directoriesOf = (call: string): string[] =>
  [...call.matchAll(/\s(?:--migrations-dir|-d)[ =]\\?["']?([\w./,-]+)/g)].flatMap(([, list = '']) =>
    list.split(','),
  );

/** Relative to the file that says it, or to the root, where people start such scripts. */
function placeOf(tree: Tree, file: string, path: string): string {
  const beside = resolved(dirname(file), path);
  return tree.under(beside).length > 0 ? beside : resolved('', path);
}
