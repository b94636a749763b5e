import type { Socket } from 'node:net';
import { Backend, ConnectionLost } from './backend.ts';
import { Conversation, type ConversationInput } from './conversation.ts';
import { closed, drained } from './sockets.ts';
import { cancelKey, withoutChannelBinding } from './startup.ts';
import { BrokenStream, Outlet, Splitter } from './wire.ts';

export interface RelayInput extends ConversationInput {
  readonly client: Socket;
  readonly server: Socket;
  /** The client's first packet, to be sent on. */
  readonly startup: Buffer;
  /** What the client has sent behind it. */
  readonly early: Buffer;
  /** The server has told the key by which this connection's statements are cancelled. */
  readonly onKey: (key: string) => void;
  /** Our own questions have failed, and with them the client's connection. */
  readonly onBroken: (error: unknown) => void;
}

/** A message of the client is cut in pieces when it is longer than this. */
const keptBytes = 8 * 1024 * 1024;

/** One connection of a client: takes from both sockets what has come, and no more than the other side can take. */
export class Relay {
  private readonly input: RelayInput;
  private readonly backend: Backend;
  private readonly outlet: Outlet;
  private readonly conversation: Conversation;
  private readonly splitter = new Splitter((type) => (type === 'd' ? 0 : keptBytes));
  private clientEnded = false;
  private wake: () => void = () => {};

  constructor(input: RelayInput) {
    const { client, server, onBroken } = input;
    this.input = input;
    this.outlet = new Outlet((bytes) => client.write(bytes));
    this.backend = new Backend(server, (piece) => this.conversation.pass(piece));
    this.conversation = new Conversation(input, this.backend, this.outlet, (error) => {
      onBroken(error);
      client.end();
      server.destroy();
    });
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
      if (this.conversation.observer === null) client.resume();
    });
    client.on('data', (chunk: Buffer) => this.arrived(chunk));
    client.on('close', () => this.leave());
    client.on('end', () => this.leave());
    this.arrived(early);
    try {
      await this.listen();
      // What we do around the client's last statement is as much a part of it as its own commit.
      await this.conversation.observer?.free;
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
    if (this.conversation.observer === null) {
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
        this.conversation.send(piece);
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
    this.conversation.heard();
    if (client.writableNeedDrain && !this.clientEnded) server.pause();
  }

  private async listen(): Promise<void> {
    const { client, server } = this.input;
    for (;;) {
      const piece = this.conversation.observer === null ? null : this.splitter.next();
      if (piece !== null) {
        await this.conversation.follow(piece);
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

  /** Brings a request to cancel to the server when it hits what the client means. */
  async cancel(send: () => Promise<void>): Promise<void> {
    await (this.conversation.observer?.cancel(send) ?? send());
  }

  /** Passwords go through as they are, so that every method works that both sides know. */
  private login(): Parameters<Backend['begin']>[0] {
    return {
      receive: (piece) => {
        if (piece.type === 'K') this.input.onKey(cancelKey(piece.bytes));
        this.conversation.pass({ ...piece, bytes: withoutChannelBinding(piece.bytes) });
      },
      ready: ({ bytes }) => this.outlet.write(bytes),
      lost: () => {},
    };
  }
}
