import { QuoteUtils } from 'pgsql-deparser';

/** An identifier as SQL: quoted only where it must be. */
export const identifier = (name: string): string => QuoteUtils.quoteIdentifier(name);

/** `schema.relation` as SQL; a missing schema leaves the name to the search_path, as the user's own text did. */
export const qualified = (schema: string | undefined, name: string): string =>
  schema === undefined || schema === '' ? identifier(name) : `${identifier(schema)}.${identifier(name)}`;

/** A string as a SQL literal, whatever `standard_conforming_strings` says. */
export const literal = (text: string): string =>
  text.includes('\\')
    ? `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
    : `'${text.replaceAll("'", "''")}'`;

/** Postgres cuts identifiers to NAMEDATALEN - 1 bytes. */
const longest = 63;

/**
 * The name that Postgres gives to an unnamed index or constraint: `table_column_label`, the longer part cut
 * first so that all fits into 63 bytes (`makeObjectName` in commands/indexcmds.c). The number that Postgres
 * adds when the name is taken is left to `taken`.
 */
export function defaultName(
  table: string,
  columns: string,
  label: string,
  taken: (name: string) => boolean = () => false,
): string {
  for (let pass = 0; ; pass += 1) {
    const name = makeObjectName(table, columns, pass === 0 ? label : `${label}${pass}`);
    if (!taken(name)) return name;
  }
}

function makeObjectName(first: string, second: string, label: string): string {
  const room = longest - bytes(label) - 1 - (second === '' ? 0 : 1);
  let one = bytes(first);
  let two = bytes(second);
  while (one + two > room) {
    if (one > two) one -= 1;
    else two -= 1;
  }
  return [clip(first, one), clip(second, two), label].filter((part) => part !== '').join('_');
}

/** A name of ours within 63 bytes, the ending kept: Postgres would cut the ending and make two names one. */
export const withEnding = (name: string, ending: string): string =>
  `${clip(name, longest - bytes(ending))}${ending}`;

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** The first `limit` bytes of a text, never half a character. */
function clip(text: string, limit: number): string {
  let length = 0;
  let kept = '';
  for (const character of text) {
    length += bytes(character);
    if (length > limit) break;
    kept += character;
  }
  return kept;
}
