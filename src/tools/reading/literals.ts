/** A token of JavaScript, TypeScript or JSON5. */
interface Token {
  readonly kind: 'string' | 'name' | 'number' | 'mark';
  readonly value: string;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const tokenPattern =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`)|([A-Za-z_$][\w$]*)|(0[xX][\da-fA-F]+|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|((?<=[:(,=]\s*)\/(?:[^/\\\n[]|\\.|\[[^\]\n]*\])+\/[a-z]*|\S)/g;

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  for (const [, text, name, number, mark] of source.matchAll(tokenPattern)) {
    if (text !== undefined) tokens.push({ kind: 'string', value: unescaped(text.slice(1, -1)) });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (mark !== undefined) tokens.push({ kind: 'mark', value: mark });
  }
  return tokens;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
  '\r\n': '',
};
const unescaped = (text: string): string =>
  text.replace(
    /\\(?:u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|x([\da-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_, u, braces, x, one) => {
      const code = u ?? braces ?? x;
      return code === undefined ? (escapes[one] ?? one) : String.fromCodePoint(Number.parseInt(code, 16));
    },
  );

/**
 * The strings and booleans that stand as literals in the objects of a program, by their path in it
 * (`migrations.table`). The program is read as text and never run: what is computed is not there, and neither is what
 * two objects say differently. `path.join('a', 'b')` of literals counts as one.
 */
export function literalsOf(source: string): ReadonlyMap<string, string | boolean> {
  const tokens = tokensOf(source);
  const found = new Map<string, string | boolean>();
  const contradicted = new Set<string>();
  const open: { readonly bracket: string; readonly key: string }[] = [];
  let key = '';
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (is(token, '{', '[', '(')) {
      open.push({ bracket: token.value, key });
      key = '';
    } else if (is(token, '}', ']', ')')) {
      open.pop();
      key = '';
    } else if (token.kind === 'name' || token.kind === 'string') {
      if (!is(tokens[at + 1], ':') || !is(tokens[at - 1], '{', ',') || open.at(-1)?.bracket !== '{') continue;
      key = token.value;
      const value = valueAt(tokens, at + 2);
      if (value === null) continue;
      const path = [...open.map((one) => one.key).filter((one) => one !== ''), key].join('.');
      if (found.has(path) && found.get(path) !== value) contradicted.add(path);
      found.set(path, value);
    } else if (is(token, ',')) key = '';
  }
  for (const path of contradicted) found.delete(path);
  return found;
}

/** The literal that begins here and is the whole value. */
function valueAt(tokens: readonly Token[], at: number): string | boolean | null {
  const token = tokens[at];
  const ends = (index: number): boolean => {
    const next = tokens[index];
    return is(next, ',', '}') || (next?.kind === 'name' && ['as', 'satisfies'].includes(next.value));
  };
  if (token?.kind === 'string') return ends(at + 1) ? token.value : null;
  if (token?.kind !== 'name') return null;
  if (token.value === 'true' || token.value === 'false') return ends(at + 1) ? token.value === 'true' : null;
  const call = is(tokens[at + 1], '.') ? at + 2 : at;
  if (!['join', 'resolve'].includes(tokens[call]?.value ?? '') || !is(tokens[call + 1], '(')) return null;
  const parts: string[] = [];
  let next = call + 2;
  for (; next < tokens.length && !is(tokens[next], ')'); next += 1) {
    const part = tokens[next] as Token;
    if (part.kind === 'string') parts.push(part.value);
    else if (!is(part, ',', '.') && !['__dirname', 'import', 'meta', 'dirname'].includes(part.value))
      return null;
  }
  return ends(next + 1) ? parts.join('/') : null;
}

const is = (token: Token | undefined, ...marks: readonly string[]): boolean =>
  token?.kind === 'mark' && marks.includes(token.value);

/**
 * Reads JSON5: JSON with comments, trailing commas, single quotes and keys without quotes.
 *
 * @throws SyntaxError
 */
export function parseJson5(source: string): Json {
  const tokens = tokensOf(source);
  let at = 0;
  const wrong = (): never => {
    throw new SyntaxError(
      tokens[at] === undefined ? 'it ends too early' : `“${tokens[at]?.value}” is not expected`,
    );
  };
  const list = (end: string, item: () => void): void => {
    at += 1;
    while (!is(tokens[at], end)) {
      item();
      if (is(tokens[at], ',')) at += 1;
      else if (!is(tokens[at], end)) wrong();
    }
    at += 1;
  };
  const value = (): Json => {
    const token = tokens[at] ?? wrong();
    if (is(token, '{')) {
      const members: [string, Json][] = [];
      list('}', () => {
        const name = tokens[at] ?? wrong();
        if (name.kind === 'mark') wrong();
        at += 1;
        if (!is(tokens[at], ':')) wrong();
        at += 1;
        members.push([name.value, value()]);
      });
      return Object.fromEntries(members);
    }
    if (is(token, '[')) {
      const items: Json[] = [];
      list(']', () => items.push(value()));
      return items;
    }
    if (token.kind === 'mark') wrong();
    at += 1;
    if (token.kind === 'string') return token.value;
    if (token.kind === 'number') return Number(token.value);
    const named = new Map<string, Json>([
      ['null', null],
      ['true', true],
      ['false', false],
    ]).get(token.value);
    if (named === undefined) {
      at -= 1;
      return wrong();
    }
    return named;
  };
  const result = value();
  if (at < tokens.length) wrong();
  return result;
}
