/** A line with its variables filled in, and the ones that nobody gave a value. */
export interface Interpolated {
  readonly text: string;
  readonly unknown: readonly string[];
}

/**
 * Fills in `$NAME` and `${NAME…}` as goose does between ENVSUB ON and OFF, which is not as a shell does: `$$` and `\$`
 * become `$`, and so dollar quotes do not survive. Unset variables are empty there; here they are told.
 */
export function interpolated(
  text: string,
  variables: Readonly<Record<string, string>>,
): Interpolated | { readonly error: string } {
  const unknown = new Set<string>();
  let at = 0;
  const wrong = (expected: string): never => {
    throw new SyntaxError(`Expected ${expected}, got ${text[at] ?? 'the end of the line'}`);
  };
  const identifier = (): string => {
    const name = /^\p{L}[\p{L}\p{N}_]*/u.exec(text.slice(at))?.[0];
    if (name === undefined) return wrong('identifier to start with a letter');
    at += name.length;
    return name;
  };
  const value = (name: string): string | undefined =>
    Object.hasOwn(variables, name) ? variables[name] : undefined;
  const told = (name: string): string => {
    const given = value(name);
    if (given === undefined) unknown.add(name);
    return given ?? '';
  };
  const brace = (): string => {
    at += 1;
    const name = identifier();
    const operator = /^(?::-|[:?}-])/.exec(text.slice(at))?.[0] ?? wrong('an operator');
    at += operator.length;
    if (operator === '}') return told(name);
    if (operator === ':') {
      const range = /^\s*([+-]?\d+)\s*(?::\s*([+-]?\d+)\s*)?\}/.exec(text.slice(at));
      if (range === null) return wrong('offset');
      at += range[0].length;
      return substring(told(name), Number(range[1]), range[2] === undefined ? undefined : Number(range[2]));
    }
    const content = expression('}');
    if (text[at] !== '}') wrong('brace expansion to end with }');
    at += 1;
    const given = value(name);
    if (operator === '?') {
      if (given === undefined) unknown.add(name);
      return given ?? '';
    }
    return given === undefined || (operator === ':-' && given === '') ? content : given;
  };
  const expression = (stop: string): string => {
    let result = '';
    while (at < text.length && text[at] !== stop) {
      const two = text.slice(at, at + 2);
      if (two === '\\\\' || two === '$(') {
        result += two;
        at += 2;
      } else if (two === '\\$' || two === '$$') {
        result += '$';
        at += 2;
      } else if (text[at] === '$' && at < text.length - 1) {
        at += 1;
        result += text[at] === '{' ? brace() : told(identifier());
      } else {
        result += text[at];
        at += 1;
      }
    }
    return result;
  };
  try {
    return { text: expression(''), unknown: [...unknown] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { error: error.message };
  }
}

function substring(value: string, offset: number, length: number | undefined): string {
  const from = Math.min(Math.max(offset < 0 ? offset + value.length : offset, 0), value.length);
  if (length === undefined) return value.slice(from);
  const to = length >= 0 ? from + length : Math.max(value.length + length, from);
  return value.slice(from, to);
}
