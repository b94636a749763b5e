/** A word, comment or sign as `Parser.readToken` sees it. */
export interface Token {
  readonly type:
    | 'keyword'
    | 'identifier'
    | 'string'
    | 'comment'
    | 'numeric'
    | 'symbol'
    | 'blank'
    | 'delimiter'
    | 'end';
  readonly start: number;
  /** In upper case for keywords, '' where nobody asks. */
  readonly text: string;
  /** How many parentheses are open. */
  readonly depth: number;
}

/** Where reading has come to. */
export interface Lexer {
  readonly text: string;
  at: number;
  depth: number;
}

/** The next token; parentheses and single spaces are none. */
export function nextToken(lexer: Lexer): Token {
  for (;;) {
    const token = read(lexer);
    if (token !== null) return { ...token, depth: lexer.depth };
  }
}

type Read = Omit<Token, 'depth'> | null;

function read(lexer: Lexer): Read {
  const { text } = lexer;
  const start = lexer.at;
  const char = text[start];
  if (char === undefined) return { type: 'end', start, text: '' };
  const plain = (type: Token['type'], end: number, word = ''): Read => {
    lexer.at = Math.min(end, text.length);
    return { type, start, text: word };
  };
  if (char === '$') return plain('string', afterDollars(text, start));
  if (char === "'") return plain('string', afterQuote(text, start + 1, "'", null));
  if (char === '(' || char === ')') {
    lexer.depth += char === '(' ? 1 : -1;
    lexer.at += 1;
    return null;
  }
  if (char === '"') return plain('identifier', afterParts(text, afterQuote(text, start + 1, '"', null)));
  if (text.startsWith('--', start)) {
    lineEnd.lastIndex = start;
    return plain('comment', lineEnd.exec(text)?.index ?? text.length);
  }
  if (text.startsWith('/*', start)) return plain('comment', afterComment(text, start));
  if (/\p{Nd}/u.test(char)) return plain('numeric', afterAll(text, start, /[0-9]/) || start + 1);
  if (/^[BEX]'/.test(text.slice(start, start + 2))) {
    return plain('string', afterQuote(text, start + 2, "'", '\\'));
  }
  if (text.startsWith("U&'", start)) return plain('string', afterQuote(text, start + 3, "'", null));
  if (char === ';') return plain('delimiter', start + 1, ';');
  if (char === '_' || /\p{L}/u.test(char)) {
    const end = afterAll(text, start + 1, wordPart);
    const whole = afterParts(text, end);
    const word = text.slice(start, whole);
    return /^[\p{L}_]+$/u.test(word)
      ? plain('keyword', whole, word.toUpperCase())
      : plain('identifier', whole, word);
  }
  if (char === ' ' || char === '\r' || char === '\u00a0') {
    lexer.at += 1;
    return null;
  }
  if (/\s/.test(char)) {
    const end = afterAll(text, start, /\s/);
    lexer.at = end;
    const lines = text.slice(start, end).split('\n').length - 1;
    return lines >= 2 ? { type: 'blank', start, text: '' } : null;
  }
  return plain('symbol', start + 1, char);
}

const lineEnd = /[\r\n]/g;
const wordPart = /[\p{L}\p{Nd}_$]/u;

function afterAll(text: string, from: number, pattern: RegExp): number {
  let at = from;
  while (at < text.length && pattern.test(text[at] ?? '')) at += 1;
  return at;
}

/** After a literal whose quote is doubled inside, or escaped. */
function afterQuote(text: string, from: number, quote: string, escapes: string | null): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === escapes) at += 1;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return text.length;
}

/** `$tag$ … $tag$`. What begins with a dollar sign that opens nothing (`$1`) is taken for one, too. */
function afterDollars(text: string, start: number): number {
  const close = text.indexOf('$', start + 1);
  if (close === -1) return text.length;
  const tag = text.slice(start, close + 1);
  const end = text.indexOf(tag, close + 1);
  return end === -1 ? text.length : end + tag.length;
}

function afterComment(text: string, start: number): number {
  let depth = 0;
  const signs = /\/\*|\*\//g;
  signs.lastIndex = start;
  for (let sign = signs.exec(text); sign !== null; sign = signs.exec(text)) {
    depth += sign[0] === '/*' ? 1 : -1;
    if (depth === 0) return signs.lastIndex;
  }
  return text.length;
}

/** `.name` and `."name"`, twice at most. */
function afterParts(text: string, from: number): number {
  let at = from;
  for (let part = 0; part < 2 && text[at] === '.'; part += 1) {
    at = text[at + 1] === '"' ? afterQuote(text, at + 2, '"', null) : afterAll(text, at + 1, wordPart);
  }
  return at;
}
