import type { Tree, TreeEntry } from '../../git/tree.ts';
import { parseDbmate } from '../dbmate/parser.ts';
import { parseGoose } from '../goose/parser.ts';
import { basename, byDirectory } from '../reading/directories.ts';
import { blanked } from '../reading/texts.ts';
import type { Span } from '../tool.ts';
import { compareFlywayVersions } from './flyway.ts';
import { scanAtlas } from './scanner.ts';

/** A file of an Atlas directory in the order in which Atlas has it. */
export interface AtlasEntry {
  readonly entry: TreeEntry;
  /** From the directory on: `V1__x.sql`, `sub/V2__y.sql`. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
}

/** Files by the format of the directory (sql/migrate/dir.go, sql/sqltool/tool.go). */
export function atlasFiles(tree: Tree, directory: string, format: string): AtlasEntry[] {
  if (format === 'flyway') return flywayFiles(tree, directory);
  const suffix = format === 'golang-migrate' ? '.up.sql' : '.sql';
  return (byDirectory(tree.under(directory)).get(directory) ?? [])
    .filter(({ path }) => path.endsWith(suffix))
    .map((entry) => {
      const name = basename(entry.path);
      const stem = name.slice(0, -'.sql'.length);
      const [version = '', ...rest] = stem.split('_');
      const description = rest.join('_');
      return {
        entry,
        name,
        version,
        description: format === 'golang-migrate' ? description.replace(/\.up$/, '') : description,
      };
    })
    .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

function flywayFiles(tree: Tree, directory: string): AtlasEntry[] {
  const files = tree
    .under(directory)
    .map((entry) => ({ entry, name: directory === '' ? entry.path : entry.path.slice(directory.length + 1) }))
    .filter(({ name }) => /^[VBR].*\.sql$/s.test(basename(name)) && !/(?:^|\/)\./.test(name))
    .map(({ entry, name }) => {
      const [prefix = '', ...rest] = basename(name).slice(0, -'.sql'.length).split('__');
      return { entry, name, version: prefix.slice(1), description: rest.join('__'), kind: basename(name)[0] };
    })
    .sort((a, b) => compareFlywayVersions(a.version, b.version));
  const baseline = files.filter(({ kind }) => kind === 'B').at(-1);
  const versioned = files.filter(
    ({ kind, version }) =>
      kind === 'V' && (baseline === undefined || compareFlywayVersions(version, baseline.version) > 0),
  );
  const first = baseline === undefined ? versioned : [baseline, ...versioned];
  const last = first.at(-1)?.version ?? '0';
  // Atlas has no repeatable migrations: they come last, as versions of their own.
  const repeatable = files
    .filter(({ kind }) => kind === 'R')
    .map((file) => ({ ...file, version: `${last}R` }));
  return [...first, ...repeatable];
}

/** What of a file is sent, statement by statement, or why Atlas cannot read it. */
export interface AtlasStatements {
  readonly sql: string;
  readonly statements: readonly Span[];
  readonly error: { readonly line: number; readonly message: string } | null;
}

export function atlasStatements(text: string, format: string): AtlasStatements {
  if (format === 'goose') {
    const script = parseGoose(text, 'up');
    return 'message' in script
      ? { sql: text, statements: [], error: script }
      : { sql: script.sql, statements: script.statements, error: null };
  }
  if (format === 'dbmate') {
    const sections = parseDbmate(text);
    if ('message' in sections) return { sql: text, statements: [], error: sections };
    return scanned(blanked(text, [sections[0].up]));
  }
  return scanned(text);
}

function scanned(sql: string): AtlasStatements {
  const result = scanAtlas(sql);
  return 'message' in result
    ? { sql, statements: [], error: result }
    : { sql, statements: result, error: null };
}
