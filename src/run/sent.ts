import { parseInChunks } from '../sql/chunks.ts';
import type { Migration, Span } from '../tools/tool.ts';
import { type Piece, PieceList, skipBlanks } from './pieces.ts';

/** What the tool sends as one message, and the data of the COPYs in it, in their order. */
export interface Message {
  readonly sql: string;
  /** Offset of `sql` in the migration's text. */
  readonly start: number;
  readonly copies: readonly string[];
}

type Sent = Pick<Migration, 'sql' | 'transaction' | 'messages' | 'copyData'>;

/** What the tool sends, message by message: as it says itself, else the whole text, or each statement where they commit one by one. */
export function messagesOf(migration: Sent): readonly Message[] {
  const spans = migration.messages ?? wholeOrStatements(migration);
  const copies = copiesOf(
    migration,
    spans.map(({ start }) => start),
  );
  return spans.map(({ start, end }, index) => ({
    sql: migration.sql.slice(start, end),
    start,
    copies: copies.get(index) ?? [],
  }));
}

function wholeOrStatements(migration: Sent): readonly Span[] {
  const { sql, transaction } = migration;
  const whole = [{ start: 0, end: sql.length }];
  if (transaction !== 'none') return whole;
  const statements: Span[] = [];
  for (const part of betweenData(migration)) {
    const error = parseInChunks(sql.slice(part.start, part.end), ({ start, end }) =>
      statements.push({ start: part.start + start, end: part.start + end }),
    );
    if (error !== null) return whole;
  }
  return statements;
}

/** The text without the blanks that stand where data was, maybe very many: the parser need not see them. */
function betweenData({ sql, copyData = [] }: Sent): readonly Span[] {
  const ends = [...copyData.map(({ at }) => at), sql.length];
  return ends.map((end, index) => ({ start: index === 0 ? 0 : skipBlanks(sql, ends[index - 1] ?? 0), end }));
}

/** A statement (or what could not be cut into statements) and the message in which the tool sends it. */
export type SentPiece = Piece & {
  /** Number of its message. */
  readonly message: number;
  /** The message holds other statements too, so that the server makes an implicit transaction block of it. */
  readonly block: boolean;
  readonly copies: readonly string[];
};

/** The statements of a migration in their order. */
export function sentPieces(migration: Sent): readonly SentPiece[] {
  const { pieces, messages } = migration.messages === undefined ? ofText(migration) : ofMessages(migration);
  const sizes = new Map<number, number>();
  for (const message of messages) sizes.set(message, (sizes.get(message) ?? 0) + 1);
  const copies = copiesOf(
    migration,
    pieces.map(({ start }) => start),
  );
  return pieces.map((piece, index) => {
    const message = messages[index] ?? 0;
    return { ...piece, message, block: (sizes.get(message) ?? 0) > 1, copies: copies.get(index) ?? none };
  });
}

const none: readonly string[] = [];

/** The number of each piece's message, by the piece's index. */
interface Numbered {
  readonly pieces: readonly Piece[];
  readonly messages: readonly number[];
}

function ofText(migration: Sent): Numbered {
  const { sql, transaction } = migration;
  const list = new PieceList(sql);
  const number = (_: Piece, index: number) => (transaction === 'none' ? index : 0);
  for (const { start, end } of betweenData(migration)) {
    if (list.add(start, end)) continue;
    const whole = new PieceList(sql);
    whole.addWhole(0, sql.length);
    return { pieces: whole.pieces, messages: whole.pieces.map(number) };
  }
  return { pieces: list.pieces, messages: list.pieces.map(number) };
}

function ofMessages({ sql, messages: spans = [] }: Sent): Numbered {
  const list = new PieceList(sql);
  const messages: number[] = [];
  for (const [number, { start, end }] of spans.entries()) {
    if (!list.add(start, end)) list.addWhole(start, end);
    while (messages.length < list.pieces.length) messages.push(number);
  }
  return { pieces: list.pieces, messages };
}

/**
 * Which of the texts that begin at these offsets each COPY's data follows: the last one that begins before it.
 *
 * @returns the data by the text's index
 */
function copiesOf(
  { copyData = [] }: Sent,
  starts: readonly number[],
): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const { at, data } of copyData) {
    const after = starts.findIndex((start) => start >= at);
    const index = after === -1 ? starts.length - 1 : after - 1;
    const list = found.get(index);
    if (list === undefined) found.set(index, [data]);
    else list.push(data);
  }
  return found;
}

/** A migration that sends other SQL, statement by statement. */
export function sendingInstead(migration: Migration, sql: string): Migration {
  const { messages, copyData, ...rest } = migration;
  return { ...rest, sql, transaction: 'none' };
}

/** The part of a migration between two offsets, as a migration that sends what the whole one sends there. */
export function partOf(migration: Migration, start: number, end: number): Migration {
  const { messages, copyData, ...rest } = migration;
  return {
    ...rest,
    sql: migration.sql.slice(start, end),
    ...(messages === undefined
      ? {}
      : {
          messages: messages
            .filter((span) => span.end > start && span.start < end)
            .map((span) => ({
              start: Math.max(span.start, start) - start,
              end: Math.min(span.end, end) - start,
            })),
        }),
    ...(copyData === undefined
      ? {}
      : {
          copyData: copyData
            .filter(({ at }) => at > start && at <= end)
            .map(({ at, data }) => ({ at: at - start, data })),
        }),
  };
}
