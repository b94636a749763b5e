import { createHash } from 'node:crypto';

/** A committed migration as its text says it. */
export interface Committed {
  readonly hash: string;
  /** null for the first one. */
  readonly previousHash: string | null;
  readonly allowInvalidHash: boolean;
  readonly noTransaction: boolean;
  /** The hash that the body has. */
  readonly actualHash: string;
}

/** Why graphile-migrate cannot read a file at all. */
export interface Unreadable {
  readonly line: number;
  readonly why: string;
}

/** Reads the headers of a committed migration, as the tool does before it runs any. */
export function readCommitted(text: string): Committed | Unreadable {
  const lines = text.split('\n');
  const headers = new Map<string, string>();
  let count = 0;
  for (const line of lines) {
    const [, key, value = ''] = /^--! ([A-Z][a-zA-Z0-9_]*)(?::(.*))?$/.exec(line) ?? [];
    if (key === undefined) break;
    count += 1;
    if (headers.has(key)) return { line: count, why: `header '${key}' is specified more than once` };
    headers.set(key, value.trim());
  }
  const after = lines[count];
  if (after === '\r') return { line: count + 1, why: 'it looks like the line endings have been corrupted' };
  if (after !== '') return { line: count + 1, why: 'there should be two newlines after the headers section' };
  const previous = headers.get('Previous');
  const hash = headers.get('Hash');
  if (!previous) return { line: 1, why: "no 'Previous' comment" };
  if (!hash) return { line: 1, why: "no 'Hash' comment" };
  const body = lines.slice(count).join('\n').trim();
  const previousHash = previous === '-' ? null : previous;
  return {
    hash,
    previousHash,
    allowInvalidHash: headers.has('AllowInvalidHash'),
    noTransaction: /^--!\s*no-transaction\b/.test(body.split('\n', 1)[0] ?? ''),
    actualHash: hashOf(body, previousHash),
  };
}

/** What `--! Hash:` has to say. */
export const hashOf = (body: string, previousHash: string | null): string =>
  `sha1:${createHash('sha1')
    .update(`${`${previousHash ?? ''}\n${body.trim()}`.trim()}\n`)
    .digest('hex')}`;
