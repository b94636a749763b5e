import type { Socket } from 'node:net';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import type { Connection } from '../../../src/shadow/shadow.ts';

/** A connection that sends what it is told, byte for byte. */
export interface RawClient {
  /** Sends, and waits for so many ReadyForQuery; 0: for what is asked with Flush, as long as it takes to come. */
  say(bytes: Buffer | readonly Buffer[], ready?: number): Promise<void>;
  end(): Promise<void>;
}

/** Logs in by pg, which knows how, and goes on without it. */
export async function rawClient(connection: Connection): Promise<RawClient> {
  const client = new pg.Client({ ...connection });
  client.on('error', () => {});
  await client.connect();
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.removeAllListeners('data');
  let received: Buffer = Buffer.alloc(0);
  let count = 0;
  let arrived = () => {};
  stream.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 5 && received.length > received.readInt32BE(1)) {
      const type = String.fromCharCode(received[0] ?? 0);
      if (type === 'Z' || type === 'G' || type === 'H' || type === '1') types.push(type);
      if (type === 'Z') count += 1;
      received = received.subarray(received.readInt32BE(1) + 1);
    }
    arrived();
  });
  const types: string[] = [];
  stream.on('close', () => arrived());
  return {
    async say(bytes, ready = 1) {
      const before = types.length;
      const wanted = count + ready;
      stream.write(Buffer.concat([bytes].flat()));
      const enough = () => (ready === 0 ? types.length > before : count >= wanted);
      while (!enough() && !stream.destroyed)
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
    },
    async end() {
      const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()));
      stream.end(serialize.end());
      await closed;
    },
  };
}

export const q = (text: string): Buffer => serialize.query(text);
export const p = (text: string, name = ''): Buffer => serialize.parse({ text, name });
export const b = (statement = '', portal = '', values: string[] = []): Buffer =>
  serialize.bind({ statement, portal, values });
export const d = (type: 'S' | 'P', name = ''): Buffer => serialize.describe({ type, name });
export const e = (portal = '', rows = 0): Buffer => serialize.execute({ portal, rows });
export const c = (type: 'S' | 'P', name = ''): Buffer => serialize.close({ type, name });
export const s: Buffer = serialize.sync();
export const h: Buffer = serialize.flush();
/** A statement by the extended protocol, without Sync. */
export const pbe = (text: string): Buffer[] => [p(text), b(), d('P'), e()];
