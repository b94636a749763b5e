import type { Tree } from '../../git/tree.ts';
import { callers } from '../reading/callers.ts';
import { dirname, exclusion } from '../reading/directories.ts';

/** What a project says in the URL that it gives to golang-migrate, or in the Go code that calls it. */
export interface UrlSettings {
  /** `x-multi-statement=true`: cut at every semicolon, each part sent by itself. */
  readonly multiStatement: boolean;
  /** `x-migrations-table`. */
  readonly table: string;
  readonly notes: readonly string[];
}

/**
 * Reads what is certain: an option in a URL of PostgreSQL, or in Go code that uses only the drivers of PostgreSQL,
 * and only where the repository has one directory that it can be about. All else is said in a note.
 *
 * @param placeholders from the gate's config, which decide: `x-multi-statement`, `x-migrations-table`
 */
export async function golangMigrateUrl(
  tree: Tree,
  directory: string,
  placeholders: Readonly<Record<string, string>>,
): Promise<UrlSettings> {
  const said = placeholders['x-multi-statement'];
  const table = placeholders['x-migrations-table'];
  const found = said !== undefined && table !== undefined ? [] : await mentions(tree);
  const alone = directories(tree).every((other) => other === directory);
  const multi = found.filter(({ option }) => option === 'x-multi-statement');
  const tables = [
    ...new Set(
      found.flatMap((one) => (one.certain && one.option === 'x-migrations-table' ? [one.value] : [])),
    ),
  ];
  const [sure] = alone ? multi.filter(({ certain }) => certain) : [];
  const notes: string[] = [];
  const [unsure] = multi;
  if (said === undefined && sure === undefined && unsure !== undefined) {
    notes.push(
      `${unsure.file} speaks of x-multi-statement, and it is not certain that it is about ${directory}: each file was taken as one message. If golang-migrate is called with it, set x-multi-statement: "true" under placeholders: in the config.`,
    );
  }
  if (said === undefined && sure !== undefined) {
    notes.push(`${sure.file} sets x-multi-statement: each file is cut at every semicolon.`);
  }
  return {
    multiStatement: said === undefined ? sure !== undefined : /^(?:1|t|true)$/i.test(said),
    table: table ?? (alone && tables.length === 1 ? tables[0] : undefined) ?? 'schema_migrations',
    notes,
  };
}

/** Directories of files that only golang-migrate and its like have. */
const directories = (tree: Tree): string[] => [
  ...new Set(
    tree.entries
      .filter(({ path }) => /(?:^|\/)\d+_[^/]*\.up\.sql$/.test(path))
      .map(({ path }) => dirname(path))
      .filter((directory) => exclusion(directory) === null),
  ),
];

interface Mention {
  readonly file: string;
  readonly option: 'x-multi-statement' | 'x-migrations-table';
  readonly value: string;
  readonly certain: boolean;
}

const mentions = async (tree: Tree): Promise<Mention[]> =>
  [...(await callers(tree))].flatMap(([file, text]) => [
    ...inUrls(file, text),
    ...(file.endsWith('.go') ? inGo(file, text) : []),
  ]);

function inUrls(file: string, text: string): Mention[] {
  if (!/[?&]x-m/.test(text)) return [];
  return [...text.matchAll(/[^\s"'`]{0,500}[?&](x-multi-statement|x-migrations-table)=(\w+)/g)].flatMap(
    (match) => {
      const line = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index);
      if (/^\s*(?:#|\/\/)/.test(line)) return [];
      const [url, , value = ''] = match;
      // A URL may carry both, of which the last was matched.
      const option = match[1] === 'x-multi-statement' ? 'x-multi-statement' : 'x-migrations-table';
      if (option === 'x-multi-statement' && !/^(?:1|t|true)$/i.test(value)) return [];
      const scheme = /(\w+):\/\//.exec(url)?.[1]?.toLowerCase();
      if (scheme !== undefined && !/^(?:postgres|postgresql|pgx\d?)$/.test(scheme)) return [];
      const here: Mention = { file, option, value, certain: scheme !== undefined };
      const other = /[?&]x-multi-statement=(?:1|t|true)\b/i.test(url) && option === 'x-migrations-table';
      return other ? [here, { ...here, option: 'x-multi-statement', value: 'true' }] : [here];
    },
  );
}

function inGo(file: string, text: string): Mention[] {
  const drivers = [...text.matchAll(/golang-migrate\/migrate(?:\/v\d+)?\/database\/(\w+)/g)].map(
    ([, driver]) => driver,
  );
  if (drivers.length === 0 || drivers.some((driver) => driver !== 'postgres' && driver !== 'pgx')) return [];
  const multi = /^\s*MultiStatementEnabled:\s*true\b/m.test(text);
  const table = /^\s*MigrationsTable:\s*"(\w+)"/m.exec(text)?.[1];
  return [
    ...(multi ? [{ file, option: 'x-multi-statement', value: 'true', certain: true } as const] : []),
    ...(table === undefined
      ? []
      : [{ file, option: 'x-migrations-table', value: table, certain: true } as const]),
  ];
}
