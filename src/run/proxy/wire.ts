/**
 * Messages of the Postgres protocol cut out of a byte stream, version 3 (Postgres manual, 55.7). Own code: pg-protocol's
 * parser reads only what a server says, and keeps every message whole before it shows it; a proxy must pass a row of
 * 1 GB on while it arrives, and keep the bytes as they are.
 */

/** A message, or a part of a long one. */
export interface Piece {
  /** The message's type byte as a character. */
  readonly type: string;
  /** Of the first piece with type and length (5 bytes). */
  readonly bytes: Buffer;
  readonly first: boolean;
  readonly last: boolean;
}

/** Type and length. */
export const headerLength = 5;

/** What is no message of the protocol. */
export class BrokenStream extends Error {
  override readonly name = 'BrokenStream';
}

/** Takes chunks as they arrive and gives out messages. */
export class Splitter {
  private readonly chunks: Buffer[] = [];
  private readonly keep: (type: string) => number;
  private buffered = 0;
  /** Of a message that has been begun: its type, and how much is to come. */
  private type = '';
  private rest = 0;

  /** @param keep how many bytes of a message of this type must be there at once: a longer one comes in pieces */
  constructor(keep: (type: string) => number) {
    this.keep = keep;
  }

  /** Bytes that have not been given out. */
  get waiting(): number {
    return this.buffered;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.chunks.push(chunk);
    this.buffered += chunk.length;
  }

  /**
   * The next piece, null while too little of it is there.
   *
   * @throws BrokenStream
   */
  next(): Piece | null {
    if (this.rest > 0) return this.continued();
    if (this.buffered < headerLength) return null;
    const header = this.peek(headerLength);
    const type = String.fromCharCode(header[0] ?? 0);
    const length = header.readInt32BE(1) + 1;
    if (length < headerLength) throw new BrokenStream(`a message says that it has ${length} bytes`);
    const needed = Math.min(length, Math.max(headerLength, this.keep(type)));
    if (this.buffered < needed) return null;
    const bytes = this.take(Math.min(length, Math.max(needed, this.chunks[0]?.length ?? 0)));
    this.type = type;
    this.rest = length - bytes.length;
    return { type, bytes, first: true, last: this.rest === 0 };
  }

  private continued(): Piece | null {
    const chunk = this.chunks[0];
    if (chunk === undefined) return null;
    const bytes = this.take(Math.min(this.rest, chunk.length));
    this.rest -= bytes.length;
    return { type: this.type, bytes, first: false, last: this.rest === 0 };
  }

  private peek(length: number): Buffer {
    this.gather(length);
    return this.chunks[0] ?? Buffer.alloc(0);
  }

  private take(length: number): Buffer {
    this.gather(length);
    const chunk = this.chunks[0] ?? Buffer.alloc(0);
    this.buffered -= length;
    if (chunk.length === length) this.chunks.shift();
    else this.chunks[0] = chunk.subarray(length);
    return chunk.subarray(0, length);
  }

  /** Makes the first chunk this long. */
  private gather(length: number): void {
    const first = this.chunks[0];
    if (first === undefined || first.length >= length) return;
    let count = 0;
    for (let size = 0; size < length; count += 1) size += this.chunks[count]?.length ?? 0;
    this.chunks.splice(0, count, Buffer.concat(this.chunks.slice(0, count)));
  }
}

/** Puts what is written in one turn into as few writes as possible: what stands side by side in a chunk stays together. */
export class Outlet {
  private readonly sink: (bytes: Buffer) => void;
  private pending: Buffer | null = null;
  private scheduled = false;

  constructor(sink: (bytes: Buffer) => void) {
    this.sink = sink;
  }

  write(bytes: Buffer): void {
    const { pending } = this;
    if (pending !== null && follows(pending, bytes)) {
      this.pending = Buffer.from(pending.buffer, pending.byteOffset, pending.length + bytes.length);
      return;
    }
    this.flush();
    this.pending = bytes;
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  flush(): void {
    const { pending } = this;
    this.pending = null;
    if (pending !== null && pending.length > 0) this.sink(pending);
  }
}

const follows = (before: Buffer, after: Buffer): boolean =>
  before.buffer === after.buffer && before.byteOffset + before.length === after.byteOffset;
