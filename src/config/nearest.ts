import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean X?` when a valid word is near enough to be a typing error, else the list of valid ones. */
export function didYouMean(word: string, valid: readonly string[]): string {
  if (valid.length === 0) return '';
  const given = word.toLowerCase();
  const begun = given.length < 3 ? undefined : valid.find((one) => one.startsWith(given));
  if (begun !== undefined) return ` Did you mean ${begun}?`;
  const near = closest(given, [...valid]);
  if (distance(given, near) <= Math.max(2, Math.floor(near.length / 3))) return ` Did you mean ${near}?`;
  const shown = valid.slice(0, 30).join(', ');
  return ` It must be one of: ${shown}${valid.length > 30 ? ', …' : ''}.`;
}

/** A word of the user's file, made fit for a one-line message. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
