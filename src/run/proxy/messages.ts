import pg from 'pg';
import { serialize } from 'pg-protocol';
import type { Status } from './record.ts';
import { headerLength } from './wire.ts';

/** Reads the fields of one message's body. */
export class Reader {
  private readonly bytes: Buffer;
  private at: number;

  /** @param bytes with type and length; may be cut off, and then strings end where it does and numbers are 0 */
  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.at = headerLength;
  }

  get more(): boolean {
    return this.at < this.bytes.length;
  }

  int16(): number {
    this.at += 2;
    return this.at <= this.bytes.length ? this.bytes.readInt16BE(this.at - 2) : 0;
  }

  int32(): number {
    this.at += 4;
    return this.at <= this.bytes.length ? this.bytes.readInt32BE(this.at - 4) : 0;
  }

  uint32(): number {
    return this.int32() >>> 0;
  }

  take(length: number): Buffer {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  char(): string {
    return this.take(1).toString('latin1');
  }

  /** A string that ends with a zero byte. */
  text(encoding: BufferEncoding = 'utf8'): string {
    return this.textBytes().toString(encoding);
  }

  textBytes(): Buffer {
    const zero = this.bytes.indexOf(0, this.at);
    const end = zero === -1 ? this.bytes.length : zero;
    const bytes = this.bytes.subarray(this.at, end);
    this.at = end + 1;
    return bytes;
  }
}

/** Of a ReadyForQuery. */
export function statusOf(bytes: Buffer): Status {
  const status = new Reader(bytes).char();
  return status === 'T' || status === 'E' ? status : 'I';
}

/** Type oids in a ParameterDescription. */
export function parameterTypes(bytes: Buffer): number[] {
  const reader = new Reader(bytes);
  return Array.from({ length: reader.int16() }, () => reader.uint32());
}

/** Fields of ErrorResponse and NoticeResponse by their letter (Postgres manual, 55.8). */
export type Fields = ReadonlyMap<string, string>;

export function fieldsOf(bytes: Buffer, encoding: BufferEncoding = 'utf8'): Fields {
  const reader = new Reader(bytes);
  const fields = new Map<string, string>();
  while (reader.more) {
    const letter = reader.char();
    if (letter === '\0') break;
    fields.set(letter, reader.text(encoding));
  }
  return fields;
}

/** Not translated, where the server says it (since 9.6). */
export const severityOf = (fields: Fields): string => fields.get('V') ?? fields.get('S') ?? '';

const errorFields = [
  ['code', 'C'],
  ['detail', 'D'],
  ['hint', 'H'],
  ['position', 'P'],
  ['internalPosition', 'p'],
  ['internalQuery', 'q'],
  ['where', 'W'],
  ['schema', 's'],
  ['table', 't'],
  ['column', 'c'],
  ['dataType', 'd'],
  ['constraint', 'n'],
  ['file', 'F'],
  ['line', 'L'],
  ['routine', 'R'],
] as const;

export function errorOf(bytes: Buffer, encoding?: BufferEncoding): pg.DatabaseError {
  const fields = fieldsOf(bytes, encoding);
  const error = new pg.DatabaseError(fields.get('M') ?? '', bytes.length, 'error');
  error.severity = severityOf(fields);
  for (const [name, letter] of errorFields) error[name] = fields.get(letter);
  return error;
}

/** The message with these fields, as a server would send it. */
export function encodeFields(type: 'E' | 'N', fields: Fields): Buffer {
  const texts = [...fields].map(([letter, text]) => `${letter}${text}\0`).join('');
  return message(type, Buffer.from(`${texts}\0`));
}

/** An ErrorResponse whose position is this many characters farther back. */
export function shifted(bytes: Buffer, characters: number): Buffer {
  const at = bytes.indexOf('\0P', headerLength, 'latin1');
  const end = at === -1 ? -1 : bytes.indexOf(0, at + 2);
  if (end === -1) return bytes;
  const position = Number(bytes.toString('latin1', at + 2, end)) + characters;
  const body = [bytes.subarray(headerLength, at + 2), Buffer.from(String(position)), bytes.subarray(end)];
  return message('E', Buffer.concat(body));
}

/** An ErrorResponse that ends the connection. */
export const fatal = (code: string, text: string): Buffer =>
  encodeFields(
    'E',
    new Map([
      ['S', 'FATAL'],
      ['V', 'FATAL'],
      ['C', code],
      ['M', text],
    ]),
  );

export const readyForQuery = (status: Status): Buffer => message('Z', Buffer.from(status));

export function message(type: string, body: Buffer): Buffer {
  const bytes = Buffer.alloc(headerLength + body.length);
  bytes.write(type, 0, 'latin1');
  bytes.writeInt32BE(4 + body.length, 1);
  body.copy(bytes, headerLength);
  return bytes;
}

/** Names and type oids of a RowDescription. */
export function columnsOf(bytes: Buffer): readonly { readonly name: string; readonly type: number }[] {
  const reader = new Reader(bytes);
  return Array.from({ length: reader.int16() }, () => {
    const name = reader.text();
    reader.take(6);
    const type = reader.uint32();
    reader.take(8);
    return { name, type };
  });
}

/** Values of a DataRow as text. */
export function valuesOf(bytes: Buffer): readonly (string | null)[] {
  const reader = new Reader(bytes);
  return Array.from({ length: reader.int16() }, () => {
    const length = reader.int32();
    return length === -1 ? null : reader.take(length).toString();
  });
}

/**
 * One statement by the extended protocol, under a name of its own: the client's unnamed statement and portal, which
 * a simple Query would drop, stay as they are, and nothing of ours is left behind.
 */
export function askBytes(name: string, text: string, values: (string | null)[] = []): Buffer {
  return Buffer.concat([
    serialize.parse({ name, text }),
    serialize.bind({ portal: name, statement: name, values }),
    serialize.describe({ type: 'P', name }),
    serialize.execute({ portal: name }),
    serialize.close({ type: 'P', name }),
    serialize.close({ type: 'S', name }),
    serialize.sync(),
  ]);
}
