/** A comma before a closing bracket, unless it stands for a value that is left out. */
export function dropLastComma(signs: string[], allowed: () => boolean): void {
  if (signs.at(-1) !== ',' || ['(', '[', '{', ','].includes(signs.at(-2) ?? ',') || !allowed()) return;
  signs.pop();
}

/** A string that both quotes may hold as it is, in one of them. */
export const plainQuotes = (sign: string): string =>
  /^'[^'"\\\n]*'$/.test(sign) ? `"${sign.slice(1, -1)}"` : sign;
