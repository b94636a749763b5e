/**
 * Does an expression over contexts or labels (`prod and !test`, `a, b`, `(a or b) and not c`) hold for these names?
 * An empty expression does.
 */
export function expressionHolds(expression: string, names: ReadonlySet<string>): boolean {
  const tokens = expression.toLowerCase().match(/[(),!]|[^\s(),!]+/g) ?? [];
  if (tokens.length === 0) return true;
  let at = 0;
  const primary = (): boolean => {
    const token = tokens[at];
    at += 1;
    if (token === '!' || token === 'not') return !primary();
    if (token === '(') {
      const value = either();
      if (tokens[at] === ')') at += 1;
      return value;
    }
    return token !== undefined && names.has(token.replace(/^@/, ''));
  };
  const both = (): boolean => {
    let value = primary();
    while (tokens[at] === 'and') {
      at += 1;
      value = primary() && value;
    }
    return value;
  };
  const either = (): boolean => {
    let value = both();
    while (tokens[at] === 'or' || tokens[at] === ',') {
      at += 1;
      value = both() || value;
    }
    return value;
  };
  return either();
}

/** The names of a list: `prod, eu`. */
export const namesOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .toLowerCase()
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );
