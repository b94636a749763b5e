import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Connection } from '../../../src/shadow/shadow.ts';

/** Listens between a client and a server, and writes down what the server says. */
export interface Tap extends AsyncDisposable {
  readonly connection: Connection;
  /** Messages of the server, connection by connection; what differs from run to run is left out. */
  heard(): readonly (readonly string[])[];
}

/** @param slice of what is passed on in both directions: how large the pieces are, given how much is there */
export async function tap(target: Connection, slice: (length: number) => number = (n) => n): Promise<Tap> {
  const streams: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer({ noDelay: true }, (client) => {
    const chunks: Buffer[] = [];
    streams.push(chunks);
    const { host, port } = target;
    const upstream = connect(
      host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port, noDelay: true },
    );
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    upstream.on('data', (chunk: Buffer) => chunks.push(chunk));
    pass(client, upstream, slice);
    pass(upstream, client, slice);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    connection: { ...target, host: '127.0.0.1', port },
    heard: () =>
      streams.map((chunks) => messagesOf(Buffer.concat(chunks))).filter((heard) => heard.length > 0),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(from: Socket, to: Socket, slice: (length: number) => number): void {
  let queue = Promise.resolve();
  from.on('data', (chunk: Buffer) => {
    queue = queue.then(async () => {
      for (let at = 0; at < chunk.length; ) {
        const end = Math.min(chunk.length, at + Math.max(1, slice(chunk.length - at)));
        to.write(chunk.subarray(at, end));
        at = end;
        if (at < chunk.length) await new Promise((resolve) => setImmediate(resolve));
      }
    });
  });
  from.on('end', () => void queue.then(() => to.end()));
  from.on('close', () => void queue.then(() => to.end()));
}

/** The answer to a request to encrypt. */
const refusal = 'N'.charCodeAt(0);

function messagesOf(bytes: Buffer): string[] {
  const messages: string[] = [];
  let at = 0;
  // A message would go on with its length, whose first byte is 0.
  while (bytes[at] === refusal && bytes[at + 1] !== 0) at += 1;
  while (at + 5 <= bytes.length) {
    const type = String.fromCharCode(bytes[at] ?? 0);
    const end = at + 1 + bytes.readInt32BE(at + 1);
    const body = Buffer.from(bytes.subarray(at + 5, end));
    // Passwords' challenges and the key to cancel by are random.
    if (type === 'R') messages.push(`R ${body.readInt32BE(0)}`);
    else if (type === 'T') messages.push(`T ${withoutOids(body)}`);
    // Process ids too.
    else if (type === 'A') messages.push(`A ${body.toString('latin1', 4)}`);
    else if (type !== 'K') messages.push(`${type} ${body.toString('latin1')}`);
    at = end;
  }
  return messages;
}

/** A table has another oid in another database. */
function withoutOids(body: Buffer): string {
  let at = 2;
  for (let column = body.readInt16BE(0); column > 0; column -= 1) {
    at = body.indexOf(0, at) + 1;
    body.writeInt32BE(0, at);
    at += 18;
  }
  return body.toString('latin1');
}
