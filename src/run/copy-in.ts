import type { Writable } from 'node:stream';

/** What pg's connection has for the copy-in part of the protocol (its types leave it out). */
export interface CopyWire {
  readonly stream: Writable;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** Characters that are sent at once. */
const chunkLength = 64 * 1024;

/**
 * Sends the data of one COPY, no faster than the server takes it, so that it is never there a second time.
 *
 * @param isOver the server has refused the data, or is gone: the rest is not sent
 */
export async function sendCopy(wire: CopyWire, data: string, isOver: () => boolean): Promise<void> {
  for (let at = 0; at < data.length && !isOver(); ) {
    const end = endOfChunk(data, at);
    wire.sendCopyFromChunk(Buffer.from(data.slice(at, end)));
    at = end;
    if (wire.stream.writableNeedDrain) await drained(wire.stream);
  }
  if (!isOver()) wire.endCopyFrom();
}

/** Two halves of one character stay together. */
function endOfChunk(data: string, at: number): number {
  const end = Math.min(at + chunkLength, data.length);
  const last = data.charCodeAt(end - 1);
  return end < data.length && last >= 0xd800 && last < 0xdc00 ? end + 1 : end;
}

const drained = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.once('drain', done);
    stream.once('close', done);
  });
