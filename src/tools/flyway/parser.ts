import { type Lexer, nextToken, type Token } from './lexer.ts';

/** One statement as Flyway cuts it out of a script. Offsets into the text; `end` is before the semicolon. */
export interface FlywayStatement {
  readonly start: number;
  readonly end: number;
  /** Offset of its first word. */
  readonly code: number;
  /** False for what Flyway knows to be impossible in a transaction. */
  readonly transactional: boolean;
  /** Set for `COPY … FROM STDIN`: the data that follows, its closing `\.` left out, and where its lines are. */
  readonly copy: { readonly from: number; readonly to: number; readonly data: string } | null;
}

export type ParsedScript =
  | { readonly statements: readonly FlywayStatement[]; readonly error: null }
  | { readonly statements: readonly []; readonly error: { readonly at: number; readonly says: string } };

/** After so many words a statement counts as transactional. */
const cutoff = 10;

/**
 * `PostgreSQLParser.detectCanExecuteInTransaction`, which sees the words outside of parentheses so far. It does not
 * know CALL, REINDEX … CONCURRENTLY, DETACH PARTITION … CONCURRENTLY or CLUSTER.
 */
const outside = [
  /^(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)$/,
  /^ALTER SYSTEM$/,
  /^(?:CREATE|DROP)(?: UNIQUE)? INDEX CONCURRENTLY$/,
  /^REINDEX(?: VERBOSE)? (?:SCHEMA|DATABASE|SYSTEM)$/,
  /^VACUUM$/,
  /^DISCARD ALL$/,
];
const copyFromStdin = /^COPY(?: .*)? FROM STDIN$/;

/** Cuts a script (placeholders replaced) into statements as Flyway's own parser does, which is not PostgreSQL's. */
export function parseScript(text: string): ParsedScript {
  const lexer: Lexer = { text, at: 0, depth: 0 };
  const statements: FlywayStatement[] = [];
  for (;;) {
    const next = nextStatement(lexer);
    if (next === null) return { statements, error: null };
    if ('says' in next) return { statements: [], error: next };
    statements.push(next);
  }
}

function nextStatement(lexer: Lexer): FlywayStatement | { at: number; says: string } | null {
  const blocks: string[] = [];
  let tokens: Token[] = [];
  let start = -1;
  let code = -1;
  let keywords = 0;
  let words = '';
  let transactional: boolean | null = null;
  let isCopy = false;
  for (;;) {
    const token = nextToken(lexer);
    if (token.type === 'delimiter' && code === -1) {
      tokens = [];
      words = '';
      start = -1;
      continue;
    }
    if (token.type === 'keyword' && token.depth === 0) {
      keywords += 1;
      adjustBlocks(blocks, tokens, token);
    }
    const open = token.depth > 0 || blocks.length > 0;
    if (token.type === 'end' || (token.type === 'delimiter' && token.depth === 0 && blocks.length === 0)) {
      if (code === -1) return null;
      if (token.type === 'end' && open) return { at: code, says: 'Incomplete statement' };
      const statement = {
        start,
        end: trimmedEnd(lexer.text, token.start),
        code,
        transactional: transactional ?? true,
      };
      return isCopy ? withData(lexer, statement) : { ...statement, copy: null };
    }
    if (start === -1 && token.type !== 'blank') start = token.start;
    tokens.push(token);
    if (code === -1 && token.type !== 'comment' && token.type !== 'blank') code = token.start;
    if (keywords <= cutoff && token.type === 'keyword' && token.depth === 0) {
      words = words === '' ? token.text : `${words} ${token.text}`;
      isCopy ||= copyFromStdin.test(words);
      if (outside.some((pattern) => pattern.test(words))) transactional ??= false;
    }
  }
}

/** The bodies of `BEGIN ATOMIC` functions hold semicolons. */
function adjustBlocks(blocks: string[], tokens: readonly Token[], { text }: Token): void {
  const initiator = blocks.at(-1);
  const previous = tokens.findLast(
    ({ type, depth }) => type !== 'comment' && type !== 'blank' && depth === 0,
  );
  if (previous?.text === 'BEGIN' && text === 'ATOMIC') blocks.push('ATOMIC');
  else if (text === 'CASE' && initiator === 'ATOMIC') blocks.push('CASE');
  else if (text === 'END' && initiator !== undefined) blocks.pop();
}

/** From the line after the semicolon to a line `\.`; without one Flyway reads on for ever. */
function withData(
  lexer: Lexer,
  statement: Omit<FlywayStatement, 'copy'>,
): FlywayStatement | { at: number; says: string } {
  const { text } = lexer;
  const lineEnd = text.indexOf('\n', lexer.at);
  const from = lineEnd === -1 ? text.length : lineEnd + 1;
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 ? text.length : newline + 1;
    if (text.slice(at, next).trim() === '\\.') {
      lexer.at = next;
      return { ...statement, copy: { from, to: next, data: text.slice(from, at) } };
    }
    at = next;
  }
  return { at: statement.code, says: 'The data of this COPY does not end with a line \\.' };
}

function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}
