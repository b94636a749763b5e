import { imageFor } from '../run/hints.ts';
import { parseFile } from '../sql/parse.ts';
import { withoutComments } from '../sql/source-comments.ts';
import { languageOf } from '../sql/source-languages.ts';
import type { Migration } from '../tools/tool.ts';

/** An extension that PostgreSQL does not ship and that migrations create. */
export interface NeededExtension {
  readonly name: string;
  /** The first file that creates it. */
  readonly file: string;
  /** Every migration passes over it where it is there: it may be created before the history. */
  readonly ifNotExists: boolean;
}

/** Extensions for which an image is known, in the order in which the migrations create them. */
export function neededExtensions(migrations: readonly Migration[], major: number): NeededExtension[] {
  const found = new Map<string, NeededExtension>();
  for (const migration of migrations) {
    for (const { name, ifNotExists } of createdIn(migration)) {
      if (imageFor(name, major) === null) continue;
      const known = found.get(name);
      found.set(name, {
        name,
        file: known?.file ?? migration.file,
        ifNotExists: ifNotExists && known?.ifNotExists !== false,
      });
    }
  }
  return [...found.values()];
}

type Created = Pick<NeededExtension, 'name' | 'ifNotExists'>;

function createdIn({ file, sql, bytes, program }: Migration): Created[] {
  if (program !== true) {
    const { statements, error } = parseFile(sql);
    if (error !== null) return inText(sql);
    return statements.flatMap(({ node }) => {
      if (!('CreateExtensionStmt' in node)) return [];
      const { extname = '', if_not_exists: ifNotExists = false } = node.CreateExtensionStmt;
      return [{ name: extname, ifNotExists }];
    });
  }
  const language = languageOf(file);
  const text = bytes.toString('utf8');
  return inText(language === 'sql' ? text : withoutComments(text, language));
}

const statement = /\bcreate\s+extension\s+(if\s+not\s+exists\s+)?\\?["'`]?(\w+)/gi;
/** Rails' and Knex's words, Django's operations, and Ecto's: all pass over what is there. */
const words =
  /\b(?:enable_extension|createExtensionIfNotExists|CreateExtension|createExtension)\b\s*\(?\s*["':](\w+)/g;
const django = /\b(Vector)Extension\(/g;

const inText = (text: string): Created[] => [
  ...[...text.matchAll(statement)].map(([, asks, name = '']) => ({
    name: name.toLowerCase(),
    ifNotExists: asks !== undefined,
  })),
  ...[...text.matchAll(words)].map(([, name = '']) => ({ name, ifNotExists: true })),
  ...[...text.matchAll(django)].map(([, name = '']) => ({ name: name.toLowerCase(), ifNotExists: true })),
];
