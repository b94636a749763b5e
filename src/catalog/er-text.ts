/** Longer names are cut. */
const longest = 60;

/**
 * A name for between the quotes of a Mermaid label: what could end the label, begin another directive, a link or
 * markup is written as a character code, which Mermaid shows as that character.
 */
export const label = (name: string): string =>
  cut(name).replace(/[^\p{L}\p{N} _.(),-]/gu, (character) => `#${character.codePointAt(0)};`);

/** A name or type as one word of an attribute; what may not stand there becomes `_`. */
export function word(text: string): string {
  const plain = cut(text)
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/_$/, text.endsWith('_') ? '_' : '');
  const isKeyword = /^[pfu]k$/i.test(plain);
  return /^[A-Za-z]/.test(plain) && !isKeyword ? plain : `_${plain}`;
}

const cut = (text: string): string =>
  [...text].length <= longest ? text : `${[...text].slice(0, longest - 1).join('')}…`;
