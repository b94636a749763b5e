import { identifier, literal } from './names.ts';
import { Unreadable } from './psql-reading.ts';

/** What stands for a colon and what follows it. */
export interface Substitution {
  readonly value: string;
  /** Offset after what is replaced. */
  readonly end: number;
  /** The value is code in which more may stand. */
  readonly rescan: boolean;
}

const forms = [
  { pattern: /::|:=/y, quote: (text: string) => text, isName: false },
  { pattern: /:\{\?([\w\u0080-\uffff]+)\}/y, quote: null, isName: true },
  { pattern: /:'([\w\u0080-\uffff]+)'/y, quote: literal, isName: true },
  { pattern: /:"([\w\u0080-\uffff]+)"/y, quote: (text: string) => quotedName(text), isName: true },
  { pattern: /:([\w\u0080-\uffff]+)/y, quote: (text: string) => text, isName: true },
] as const;

/** psql quotes always, the server's own function only where it must. */
const quotedName = (text: string): string => {
  const name = identifier(text);
  return name.startsWith('"') ? name : `"${name}"`;
};

/**
 * What psql sends for the colon at this place.
 * @param inBrackets `a[1:n]` is a slice where no variable of that name is set
 */
export function substitution(
  text: string,
  at: number,
  variables: ReadonlyMap<string, string>,
  inBrackets: boolean,
): Substitution {
  for (const { pattern, quote, isName } of forms) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    const end = at + match[0].length;
    if (!isName) return { value: match[0], end, rescan: false };
    const name = match[1] ?? '';
    const value = variables.get(name);
    if (quote === null) return { value: value === undefined ? 'FALSE' : 'TRUE', end, rescan: false };
    // A slice of an array, not a variable.
    if (value === undefined && (inBrackets || /^\d/.test(name)))
      return { value: match[0], end, rescan: false };
    if (value === undefined) {
      throw new Unreadable(
        `replaces :${name}, and nothing in the repository says by what: give it under placeholders: in the config`,
      );
    }
    if (/[\r\n]/.test(value)) throw new Unreadable(`puts in a value of several lines for :${name}`);
    if (match[0] === `:${name}` && value.includes(`:${name}`))
      throw new Unreadable(`replaces :${name} by itself`);
    return { value: quote(value), end, rescan: match[0] === `:${name}` };
  }
  return { value: ':', end: at + 1, rescan: false };
}
