import type { Socket } from 'node:net';
import { Answer, type Receiver } from './answer.ts';
import { Backend, ConnectionLost } from './backend.ts';
import { ClientSession } from './client-session.ts';
import { queryText } from './frontend.ts';
import { fatal, message, Reader } from './messages.ts';
import { type Line, Observer } from './observer.ts';
import { type Plan, planOf } from './plan.ts';
import type { Recorder } from './record.ts';
import { cancelKey, withoutChannelBinding } from './startup.ts';
import type { Watch } from './watch.ts';
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
  /** Null: statements are recorded only. */
  readonly watch: Watch | null;
  /** The server has told the key by which this connection's statements are cancelled. */
  readonly onKey: (key: string) => void;
  /** Is the statement that comes now to fail? */
  readonly refuses: () => boolean;
  /** Our own questions have failed, and with them the client's connection. */
  readonly onBroken: (error: unknown) => void;
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
  /** Messages that open an exchange and say nothing of what will be run: kept until something does. */
  private readonly lead: Piece[] = [];
  private readonly observer: Observer | null;
  private last: Answer | null = null;
  private clientEnded = false;
  private wake: () => void = () => {};
  /** The server has said something, or nothing runs any more. */
  private heard: () => void = () => {};

  constructor(input: RelayInput) {
    this.input = input;
    this.session = new ClientSession(input);
    this.outlet = new Outlet((bytes) => input.client.write(bytes));
    this.backend = new Backend(input.server, (piece) => this.pass(piece));
    this.observer = input.watch === null ? null : new Observer(this.line(input.watch));
  }

  /** Resolves when the connection is over on both sides. */
  async run(): Promise<void> {
    const { client, server, startup, early, recorder, number } = this.input;
    this.backend.begin(this.login(), startup);
    const over = Promise.all([closed(client), closed(server)]);
    server.on('data', (chunk: Buffer) => this.fromServer(chunk));
    server.on('close', () => {
      this.backend.end();
      this.outlet.flush();
      client.end();
      this.wake();
    });
    client.on('drain', () => server.resume());
    server.on('drain', () => {
      if (this.observer === null) client.resume();
    });
    client.on('data', (chunk: Buffer) => this.arrived(chunk));
    client.on('close', () => this.leave());
    client.on('end', () => this.leave());
    this.arrived(early);
    try {
      await this.listen();
      // What we do around the client's last statement is as much a part of it as its own commit.
      await this.observer?.free;
      server.end();
    } catch (error) {
      client.destroy();
      server.destroy();
      if (!(error instanceof BrokenStream || error instanceof ConnectionLost)) throw error;
    }
    await over;
    recorder.finishAll(number);
  }

  private arrived(chunk: Buffer): void {
    const { client, server } = this.input;
    this.splitter.push(chunk);
    if (this.observer === null) {
      this.relay();
      if (server.writableNeedDrain) client.pause();
      return;
    }
    // Until it is asked for more.
    client.pause();
    this.wake();
  }

  /** Passes on what is there, at once: a statement must not wait for anything. */
  private relay(): void {
    try {
      for (let piece = this.splitter.next(); piece !== null; piece = this.splitter.next())
        this.fromClient(piece);
    } catch (error) {
      if (!(error instanceof BrokenStream)) throw error;
      this.input.client.destroy();
    }
    this.backend.flush();
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
    this.heard();
    if (client.writableNeedDrain && !this.clientEnded) server.pause();
  }

  private async listen(): Promise<void> {
    const { client, server } = this.input;
    for (;;) {
      const piece = this.observer === null ? null : this.splitter.next();
      if (piece !== null) {
        await this.observed(piece);
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

  /** Passes a message on, whatever the server is doing. */
  private fromClient(said: Piece): void {
    const begins = 'QP'.includes(said.type) && said.first && said.last;
    const piece = begins && this.observer === null && this.input.refuses() ? refused(said) : said;
    const { type, bytes, first } = piece;
    const single = type === 'Q' || type === 'F';
    if (first && single) this.single(piece);
    if (first && isExtended(type)) this.session.step(this.opened(), piece);
    if (first && type === 'S' && !this.isIgnored()) this.opened();
    if (first && (single || type === 'S')) this.open = null;
    this.backend.write(bytes);
  }

  /** While the server takes data it ignores a Sync, and waits for the one that comes after them. */
  private isIgnored(): boolean {
    return this.open === null && this.last?.copied === true && !this.last.over;
  }

  /** Passes a message on when what came before is done, with our questions between. */
  private async observed(piece: Piece): Promise<void> {
    const { observer } = this;
    const { type, first } = piece;
    const goesOn =
      !first || this.open !== null || 'dcfp'.includes(type) || (this.isIgnored() && 'SH'.includes(type));
    if (observer !== null && first && this.open === null && 'dcf'.includes(type))
      await this.asked(observer, type);
    if (observer === null || goesOn) return this.fromClient(piece);
    if (isExtended(type) && this.session.textOf(piece) === null) {
      this.lead.push(piece);
      return;
    }
    await observer.free;
    const text = type === 'Q' ? queryText(piece.bytes, this.session.encoding) : this.session.textOf(piece);
    if (text !== null && !this.backend.lost) {
      const plan = this.plan(piece, text);
      if (type === 'Q' && this.lead.length === 0)
        return observer.simple(plan, piece.bytes, (part) => message('Q', Buffer.from(`${part}\0`)));
      if (type !== 'Q') this.open = await observer.extended(plan);
    }
    for (const each of this.lead.splice(0)) this.fromClient(each);
    this.fromClient(piece);
  }

  /**
   * Waits until the server takes data, or nothing runs that could: of several COPYs in one message each is sent when
   * the one before it is done, and the server forgets data that come between them.
   */
  private async asked(observer: Observer, type: string): Promise<void> {
    let free = false;
    void observer.free.then(() => {
      free = true;
      this.heard();
    });
    while (!free && this.last?.copying !== true)
      await new Promise<void>((resolve) => {
        this.heard = resolve;
      });
    // CopyDone and CopyFail: what comes behind them is for the next COPY.
    if (type !== 'd' && this.last !== null) this.last.copying = false;
  }

  private plan(piece: Piece, text: string): Plan {
    const { encoding, conforming } = this.session;
    return planOf({
      text,
      status: this.backend.status,
      simple: piece.type === 'Q',
      readable: piece.last && conforming && encoding === 'utf8' && !text.includes('\ufffd'),
      functions: this.input.watch?.functions ?? new Set(),
    });
  }

  private line(watch: Watch): Line {
    const { backend, session } = this;
    const { recorder } = this.input;
    return {
      backend,
      watch,
      recorder,
      pass: (piece) => this.pass(piece),
      answer: (receiver) => {
        const answer = new Answer(recorder, receiver, session.encoding);
        this.last = answer;
        backend.begin(answer);
        return answer;
      },
      begin: (text) => session.begin(text, [], backend.status),
      broken: (error) => {
        const said = error instanceof Error ? error.message : String(error);
        this.outlet.write(fatal('XX000', `migration-gate: could not observe this: ${said}`));
        this.outlet.flush();
        this.input.onBroken(error);
        this.input.client.end();
        this.input.server.destroy();
      },
    };
  }

  /** Brings a request to cancel to the server when it hits what the client means. */
  async cancel(send: () => Promise<void>): Promise<void> {
    await (this.observer === null ? send() : this.observer.cancel(send));
  }

  /** A message with an answer of its own. */
  private single({ bytes, type }: Piece): void {
    const { session } = this;
    const answer = this.opened();
    const text =
      type === 'Q' ? queryText(bytes, session.encoding) : `function call: oid ${new Reader(bytes).uint32()}`;
    answer.expect({ kind: 'query', begin: () => session.begin(text) });
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

  /** To the client. */
  private pass(piece: Pick<Piece, 'type' | 'bytes' | 'first'>): void {
    this.session.hear(piece);
    this.outlet.write(piece.bytes);
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

/** The same message with a text that the server does not take, so that everybody is in the state that an error makes. */
function refused(piece: Piece): Piece {
  const text = 'migration-gate stops here\0';
  const name = piece.type === 'Q' ? [] : [new Reader(piece.bytes).textBytes(), Buffer.alloc(1)];
  const types = piece.type === 'Q' ? [] : [Buffer.alloc(2)];
  return { ...piece, bytes: message(piece.type, Buffer.concat([...name, Buffer.from(text), ...types])) };
}

const isExtended = (type: string): boolean => 'PBDEC'.includes(type);

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
