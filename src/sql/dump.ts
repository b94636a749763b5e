/** What pg_dump (or a person) wrote for psql, as SQL that a server takes. */
export interface DumpText {
  /** The text with meta-commands and the data of COPY blanked: lines and columns are the file's. */
  readonly sql: string;
  /** Data that follows `COPY … FROM stdin`: `at` is the offset of its first line. */
  readonly copyData: readonly { readonly at: number; readonly data: string }[];
}

/**
 * Takes out what only psql understands. Meta-commands are lines that begin with a backslash outside of literals,
 * comments and function bodies (`\restrict`, `\connect`, `\set`); none of them is obeyed.
 */
export function readDump(text: string): DumpText {
  const copyData: { at: number; data: string }[] = [];
  let sql = '';
  let kept = 0;
  let statement = 0;
  const blank = (from: number, to: number) => {
    sql += text.slice(kept, from) + text.slice(from, to).replace(/[^\r\n]/g, ' ');
    kept = to;
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at];
    if (char === '\\' && /^[ \t]*$/.test(text.slice(startOfLine(text, at), at))) {
      const end = endOfLine(text, at);
      blank(at, end);
      at = end;
      statement = end;
    } else if (char === ';') {
      const copies = copyFromStdin.test(text.slice(statement, at));
      at += 1;
      if (copies) {
        const from = Math.min(endOfLine(text, at) + 1, text.length);
        const last = endOfData(text, from);
        copyData.push({ at: from, data: text.slice(from, last) });
        at = endOfLine(text, last);
        blank(from, at);
      }
      statement = at;
    } else {
      at = afterToken(text, at);
    }
  }
  return { sql: sql + text.slice(kept), copyData };
}

const copyFromStdin = /^(?:\s|--[^\n]*\n)*COPY\b[^;]*\bFROM\s+STDIN\b/i;

const startOfLine = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** Where the line `\.` begins, or the text ends. */
function endOfData(text: string, from: number): number {
  const end = /^\\\.[ \t]*\r?$/m;
  const found = text.slice(from).search(end);
  return found === -1 ? text.length : from + found;
}

/** After the literal, comment, quoted name or character that begins here. */
function afterToken(text: string, at: number): number {
  const until = (end: string, from: number): number => {
    const found = text.indexOf(end, from);
    return found === -1 ? text.length : found + end.length;
  };
  const two = text.slice(at, at + 2);
  if (two === '--') return endOfLine(text, at);
  if (two === '/*') return afterComment(text, at);
  if (text[at] === '"') return until('"', at + 1);
  if (text[at] === "'") return afterLiteral(text, at);
  if (text[at] === '$' && !/[\w$\u0080-\uffff]/.test(text[at - 1] ?? ' ')) {
    const tag = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(text.slice(at, at + 130))?.[0];
    if (tag !== undefined) return until(tag, at + tag.length);
  }
  return at + 1;
}

/** A doubled quote is two literals side by side to us; only E'' knows backslashes. */
function afterLiteral(text: string, at: number): number {
  const escapes = /(?:^|[^\w$])[eE]$/.test(text.slice(Math.max(0, at - 2), at));
  for (let end = at + 1; end < text.length; end += 1) {
    if (escapes && text[end] === '\\') end += 1;
    else if (text[end] === "'") return end + 1;
  }
  return text.length;
}

function afterComment(text: string, at: number): number {
  let depth = 0;
  for (let end = at; end < text.length; end += 1) {
    const two = text.slice(end, end + 2);
    if (two === '/*') depth += 1;
    else if (two === '*/') depth -= 1;
    else continue;
    end += 1;
    if (depth === 0) return end + 1;
  }
  return text.length;
}
