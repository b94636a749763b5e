import type { Socket } from 'node:net';
import { Answer, type Receiver } from './answer.ts';
import { Backend } from './backend.ts';
import { ClientSession } from './client-session.ts';
import { queryText } from './frontend.ts';
import { Reader } from './messages.ts';
import type { Draft, Recorder } from './record.ts';
import { cancelKey, withoutChannelBinding } from './startup.ts';
import { BrokenStream, Outlet, type Piece, Splitter } from './wire.ts';

export interface RelayInput {
  /** Number of the connection. */
  readonly number: number;
  readonly client: Socket;
  readonly server: Socket;
  readonly database: string;
  /** The client's first packet, to be sent on. */
  readonly startup: Buffer;
  /** What the client has sent behind it. */
  readonly early: Buffer;
  readonly recorder: Recorder;
  /** The server has told the key by which this connection's statements are cancelled. */
  readonly onKey: (key: string) => void;
}

/** A message of the client is cut in pieces when it is longer than this. */
const keptBytes = 8 * 1024 * 1024;

/** One connection of a client: passes on what both sides say, and keeps account of it. */
export class Relay {
  private readonly input: RelayInput;
  private readonly backend: Backend;
  private readonly outlet: Outlet;
  private readonly session: ClientSession;
  private readonly splitter = new Splitter((type) => (type === 'd' ? 0 : keptBytes));
  /** What the client has begun by the extended protocol and not yet ended with Sync. */
  private open: Answer | null = null;
  private last: Answer | null = null;
  private clientEnded = false;
  private wake: () => void = () => {};

  constructor(input: RelayInput) {
    this.input = input;
    this.session = new ClientSession(input);
    this.outlet = new Outlet((bytes) => input.client.write(bytes));
    this.backend = new Backend(input.server, (piece) => this.aside(piece));
  }

  /** Resolves when the connection is over on both sides. */
  async run(): Promise<void> {
    const { client, server, startup, early } = this.input;
    this.backend.begin(this.login(), startup);
    const over = Promise.all([closed(client), closed(server)]);
    server.on('data', (chunk: Buffer) => this.fromServer(chunk));
    server.on('close', () => {
      this.backend.end();
      this.outlet.flush();
      client.end();
    });
    client.on('drain', () => server.resume());
    client.on('data', (chunk: Buffer) => this.arrived(chunk));
    client.on('close', () => this.leave());
    client.on('end', () => this.leave());
    this.arrived(early);
    try {
      await this.listen();
      server.end();
    } catch (error) {
      if (!(error instanceof BrokenStream)) throw error;
      client.destroy();
      server.destroy();
    }
    await over;
  }

  private arrived(chunk: Buffer): void {
    this.splitter.push(chunk);
    // Until it is asked for more.
    this.input.client.pause();
    this.wake();
  }

  private leave(): void {
    this.clientEnded = true;
    // Nobody reads what the server still says.
    this.input.server.resume();
    this.wake();
  }

  private fromServer(chunk: Buffer): void {
    const { client, server } = this.input;
    try {
      this.backend.receive(chunk);
    } catch (error) {
      if (!(error instanceof BrokenStream)) throw error;
      server.destroy();
    }
    this.outlet.flush();
    if (client.writableNeedDrain && !this.clientEnded) server.pause();
  }

  private async listen(): Promise<void> {
    const { client, server } = this.input;
    for (;;) {
      const piece = this.splitter.next();
      if (piece !== null) {
        this.fromClient(piece);
        if (server.writableNeedDrain) await drained(server);
      } else if (this.clientEnded || this.backend.lost) {
        return;
      } else {
        const more = new Promise<void>((resolve) => {
          this.wake = resolve;
        });
        client.resume();
        await more;
      }
    }
  }

  private fromClient(piece: Piece): void {
    const { backend, session, open } = this;
    const { type, bytes } = piece;
    if (piece.first && type === 'Q')
      this.single(piece, () => session.begin(queryText(bytes, session.encoding)));
    else if (piece.first && type === 'F')
      this.single(piece, () => session.begin(`function call: oid ${new Reader(bytes).uint32()}`));
    else {
      if (piece.first && 'PBDEC'.includes(type)) session.step(this.opened(), piece);
      // While the server takes data it ignores a Sync, and waits for the one that comes after them.
      const ignored = open === null && this.last?.copied === true && !this.last.over;
      if (type === 'S' && !ignored) {
        this.opened();
        this.open = null;
      }
      backend.write(bytes);
    }
  }

  /** A message with an answer of its own. */
  private single({ bytes }: Piece, begin: () => Draft): void {
    const answer = this.opened();
    answer.expect({ kind: 'query', begin });
    this.open = null;
    this.backend.write(bytes);
  }

  /** The answer to what the client is sending. */
  private opened(): Answer {
    if (this.open !== null) return this.open;
    const { recorder } = this.input;
    const answer: Answer = new Answer(
      recorder,
      this.plainly(() => answer),
      this.session.encoding,
    );
    this.open = answer;
    this.last = answer;
    this.backend.begin(answer);
    return answer;
  }

  private plainly(answer: () => Answer): Receiver {
    const finish = () => {
      for (const draft of answer().drafts) this.input.recorder.finish(draft);
    };
    return {
      pass: (piece) => this.pass(piece),
      ready: ({ bytes }) => {
        this.outlet.write(bytes);
        finish();
      },
      lost: finish,
    };
  }

  private pass(piece: Piece): void {
    this.session.hear(piece);
    this.outlet.write(piece.bytes);
  }

  /** What the server says of itself, or in answer to nothing that we know. */
  private aside(piece: Piece): void {
    this.pass(piece);
  }

  /** Passwords go through as they are, so that every method works that both sides know. */
  private login(): Parameters<Backend['begin']>[0] {
    return {
      receive: (piece) => {
        if (piece.type === 'K') this.input.onKey(cancelKey(piece.bytes));
        this.pass({ ...piece, bytes: withoutChannelBinding(piece.bytes) });
      },
      ready: ({ bytes }) => this.outlet.write(bytes),
      lost: () => {},
    };
  }
}

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.once('close', () => resolve());
  });

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
}
