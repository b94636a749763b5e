import { anyOf, escaped } from './names.ts';

/** Does a text read or write tables? One word alone (`from`, `update`) may be English. */
export const looksLikeSql = (text: string): boolean =>
  pairs.some((pair) => pair.every((pattern) => pattern.test(text)));

const pairs: readonly (readonly RegExp[])[] = [
  [/\bselect\b/i, /\bfrom\b/i],
  [/\binsert\s+into\b/i],
  [/\bupdate\s+["`\w.]/i, /\bset\b/i],
  [/\bdelete\s+from\b/i],
  [/\bjoin\b/i, /\bon\b/i],
  [/\bmerge\s+into\b/i],
  [/\bcopy\s+["`\w.]/i, /\b(?:from|to)\b/i],
  [/\btruncate\s+(?:table\s+)?["`\w.]/i],
];

/** What stands before a name is looked at no further back. */
const near = 200;

const isDefinition = (statement: string): boolean =>
  /^\s*(?:create(?!\s+(?:or\s+replace\s+)?(?:temp\w*\s+)?(?:view|materialized|function|procedure))|alter|drop|comment|grant|revoke)\b/i.test(
    statement,
  );

/** Where a text of SQL names a table, `at` from its start; definitions are no use of the application's. */
export function tablePlaces(sql: string, table: string): number[] {
  return inStatements(sql, (statement) =>
    relations(statement, table).map((match) => match.index + match[0].length - table.length),
  );
}

/** Where a text of SQL names a column of the table: only where the table stands in the same statement. */
export function columnPlaces(sql: string, table: string, column: string): number[] {
  return inStatements(sql, (statement) => {
    const ours = aliases(statement, table);
    if (ours.size === 0) return [];
    return [...statement.matchAll(anyOf([column], 'gi'))].flatMap((match) => {
      const before = statement.slice(Math.max(0, match.index - near), match.index);
      const qualifier = /(["`\w$]+)\s*\.\s*["`]?$/.exec(before)?.[1]?.replace(/["`]/g, '').toLowerCase();
      if (qualifier !== undefined) return ours.has(qualifier) ? [match.index] : [];
      // A parameter, a cast, a call or a table of that name is no column.
      if (/[:@$%]\{?$|::\s*$/.test(before) || /\b(?:from|join|into|update|as)\s+["`]?$/i.test(before))
        return [];
      if (isOutputName(before)) return [];
      if (
        /^["`]?\s*\(/.test(
          statement.slice(match.index + column.length, match.index + column.length + near),
        ) &&
        !insertsInto(before)
      )
        return [];
      return [match.index];
    });
  });
}

/** `pt.name project_type`, `count(*) total`: what follows an expression without a comma is its new name. */
const isOutputName = (before: string): boolean =>
  /(?:\w\.["`]?\w+["`]?|\))\s+["`]?$/.test(before) && !/\bdistinct\s+on\s*\([^()]*\)\s+["`]?$/i.test(before);

const insertsInto = (before: string): boolean => /\binto\s+\S+\s*$/i.test(before);

function inStatements(sql: string, find: (statement: string) => number[]): number[] {
  const found: number[] = [];
  let start = 0;
  for (const statement of sql.split(';')) {
    if (!isDefinition(statement)) found.push(...find(statement).map((at) => start + at));
    start += statement.length + 1;
  }
  return found;
}

/** The table in a place where SQL has tables. */
const relation = (table: string): RegExp =>
  new RegExp(
    `(?:\\b(?:from|join|into|update|only|truncate|table|copy|using|lateral)\\s+|,\\s*)(?:["\`]?\\w+["\`]?\\.)?["\`]?${escaped(table)}(?![\\w$])`,
    'gi',
  );

const clauses = /\b(?:select|from|into|where|set|values|by|having|returning|update|using|truncate|table)\b/gi;

/** Where SQL names the table as a table: after a comma only in a list of tables. */
const relations = (statement: string, table: string): RegExpExecArray[] =>
  [...statement.matchAll(relation(table))].filter((match) => {
    if (!match[0].startsWith(',')) return true;
    const before = statement.slice(Math.max(0, match.index - 2 * near), match.index);
    return /^(?:from|update|using|truncate|table)$/i.test(before.match(clauses)?.at(-1) ?? '');
  });

const key =
  /^(?:where|on|set|join|left|right|inner|outer|full|cross|group|order|limit|values|select|using|natural|returning|as|for|union|default|having|window|offset|fetch)$/i;

/** Names by which a statement knows the table: its own and its aliases; empty when it is not in there. */
function aliases(statement: string, table: string): Set<string> {
  const found = new Set<string>();
  for (const match of relations(statement, table)) {
    found.add(table.toLowerCase());
    const rest = statement.slice(match.index + match[0].length, match.index + match[0].length + near);
    const alias = /^["`]?\s+(?:as\s+)?["`]?(\w+)/i.exec(rest)?.[1];
    if (alias !== undefined && !key.test(alias)) found.add(alias.toLowerCase());
  }
  if (found.size > 0) found.add('excluded');
  return found;
}
