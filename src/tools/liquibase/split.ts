import type { Span } from '../tool.ts';

interface Piece {
  readonly text: string;
  readonly start: number;
}

/** Tokens of `SimpleSqlGrammar`, of which the longest that fits is taken, the first among equals. */
const identifier = String.raw`[A-Za-z$_@#\u00c0-\uffdc][\w$@#\u00c0-\uffdc]*`;
/** Names are short: without an end to them a text of brackets alone would be looked through again at each. */
const quotedName = String.raw`"[^\n\r"]{1,2000}"|${'`'}[^\n\r${'`'}]{1,2000}${'`'}|\[[^0-9\]][^\n\r\]]{0,2000}\]`;
const part = `(?:${identifier}|${quotedName})`;
const tokens = [
  String.raw`[\s\u200b-\u200d\u2060\u0085\u180e]+`,
  String.raw`--[^\r\n]*`,
  String.raw`/\*[^*]*\*(?:\*|[^*/][^*]*\*)*/`,
  String.raw`(?:\d+)?\.\d+(?:e[+-]?\d+)?|\d+\.(?:e[+-]?\d+)?|\d+e[+-]?\d+`,
  String.raw`\d+`,
  String.raw`${part}(?:[\r\n ]*\.[\r\n ]*${part})+`,
  identifier,
  String.raw`(?:rb|_utf8|[uenrb])?(?:'(?:''|\\[\s\S]|[^\\'])*(?:'|\\')|"(?:""|\\[\s\S]|[^\\"])*(?:"|\\"))`,
  quotedName,
].map((source) => new RegExp(source, 'iy'));

const isComment = (text: string): boolean => text.startsWith('--') || text.startsWith('/*');

function piecesOf(sql: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < sql.length; ) {
    let text = sql[at] ?? '';
    for (const token of tokens) {
      token.lastIndex = at;
      const found = token.exec(sql)?.[0] ?? '';
      if (found.length > text.length) text = found;
    }
    pieces.push({ text, start: at });
    at += text.length;
  }
  return pieces;
}

/** Where the comments of a text are by Liquibase's own tokens, which know no dollar quotes. */
export const commentSpans = (sql: string): Span[] =>
  piecesOf(sql).flatMap(({ text, start }) =>
    text.length > 1 && isComment(text) ? [{ start, end: start + text.length }] : [],
  );

/**
 * The statements that Liquibase sends of a text: `StringUtil.processMultiLineSQL`. Its rule for blocks is to wait for
 * as many END as BEGIN, dollar quotes it does not know.
 *
 * @param endDelimiter null for the default
 */
export function statementSpans(
  sql: string,
  options: {
    readonly splitStatements: boolean;
    readonly stripComments: boolean;
    readonly endDelimiter: string | null;
  },
): Span[] {
  const all = piecesOf(sql).filter(
    ({ text }) => !(options.stripComments && isComment(text) && text.length > 1),
  );
  const delimiter = options.endDelimiter === null ? null : unescaped(options.endDelimiter);
  const pieces = delimiter === null ? all : merged(all, delimiter);
  const spans: Span[] = [];
  let start = -1;
  let end = -1;
  let blocks = 0;
  let previous: string | null = null;
  const close = () => {
    if (start !== -1) spans.push({ start, end });
    start = -1;
  };
  pieces.forEach(({ text, start: at }, index) => {
    const word = text.toUpperCase();
    if (word === 'BEGIN' || word === 'END') {
      const next = pieces
        .slice(index + 1, index + 4)
        .find((piece) => piece.text.trim() !== '')
        ?.text.toUpperCase();
      const ofTransaction = next !== undefined && transactionWords.has(next);
      if (word === 'BEGIN' && !ofTransaction && !conversation.has(next ?? '')) blocks += 1;
      if (word === 'END' && !ofTransaction && blocks > 0) blocks -= 1;
    }
    if (blocks === 0 && options.splitStatements && isDelimiter(text, previous, delimiter)) close();
    else if (text.trim() !== '') {
      if (start === -1) start = at;
      end = at + text.length;
    }
    previous = text;
  });
  close();
  return spans;
}

const transactionWords = new Set(['TRANSACTION', 'TRANS', 'TRAN']);
const conversation = new Set(['DIALOG', 'CONVERSATION', 'DISTRIBUTED']);

function isDelimiter(piece: string, previous: string | null, delimiter: string | null): boolean {
  const lineStart = previous === null || previous.endsWith('\n');
  const lower = piece.toLowerCase();
  if (delimiter === null) return piece === ';' || ((lower === 'go' || piece === '/') && lineStart);
  const wanted = delimiter.toLowerCase();
  if (delimiter.length === 1) {
    if (delimiter === '/' && !lineStart) return false;
    return lower === wanted;
  }
  const both = `${previous ?? 'null'}${piece}`.toLowerCase();
  return lower === wanted || (both.endsWith(wanted) && both.slice(0, -wanted.length).trim() === '');
}

/** It is a pattern to Liquibase, in which people write line ends and `$`. */
const unescaped = (delimiter: string): string =>
  delimiter
    .replace(/\\n/g, '\n')
    .replace(/\\r/g, '\r')
    .replace(/\\t/g, '\t')
    .replace(/(?<=.)\$$/s, '');

/** Pieces that together are the delimiter become one. */
function merged(pieces: readonly Piece[], delimiter: string): Piece[] {
  const found: Piece[] = [];
  let open: Piece[] = [];
  for (const piece of pieces) {
    const text = open.map((one) => one.text).join('') + piece.text;
    if (open.length > 0 && text === delimiter) {
      found.push({ text, start: open[0]?.start ?? piece.start });
      open = [];
    } else if (delimiter.startsWith(text) && (open.length > 0 || text !== delimiter)) open.push(piece);
    else {
      found.push(...open, piece);
      open = [];
    }
  }
  return [...found, ...open];
}
