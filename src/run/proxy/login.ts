import type { Socket } from 'node:net';
import type { Connection } from '../../shadow/shadow.ts';
import { fatal } from './messages.ts';
import type { Recorder } from './record.ts';
import { Relay } from './relay.ts';
import { connectServer, type FirstPacket, firstPacket, wantsReplication } from './startup.ts';
import type { Watch } from './watch.ts';

/** What clients say first, and to whom they are brought. */
export class Login {
  /** How many have asked for a session. */
  connections = 0;
  /** How many were told that nothing is encrypted here, and did not go on without. */
  declined = 0;
  /** Of our own making. */
  readonly failures: unknown[] = [];
  private readonly shadow: Connection;
  private readonly recorder: Recorder;
  private readonly watch: Watch | null;
  private readonly refuses: () => boolean;
  /** By the key with which a client cancels. */
  private readonly relays = new Map<string, Relay>();
  private readonly running = new Set<Promise<void>>();

  constructor({
    shadow,
    recorder,
    watch,
    refuses = () => false,
  }: {
    readonly shadow: Connection;
    readonly recorder: Recorder;
    /** Null: statements are recorded only. */
    readonly watch: Watch | null;
    /** Is the statement that comes now to fail? */
    readonly refuses?: () => boolean;
  }) {
    this.shadow = shadow;
    this.refuses = refuses;
    this.watch = watch;
    this.recorder = recorder;
  }

  /** Resolves when all connections are over. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  accept(client: Socket): void {
    // Told by `close`, which follows.
    client.on('error', () => {});
    const run = this.greet(client)
      .catch((error: unknown) => {
        this.failures.push(error);
        client.destroy();
      })
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }

  private async greet(client: Socket): Promise<void> {
    let early: Buffer = Buffer.alloc(0);
    let asked = false;
    for (;;) {
      const found = firstPacket(early);
      if (found === null) {
        const chunk = await nextChunk(client);
        if (chunk === null) {
          client.destroy();
          return;
        }
        early = Buffer.concat([early, chunk]);
        continue;
      }
      early = early.subarray(found.length);
      if (found.packet.kind !== 'encryption') {
        if (asked) this.declined -= 1;
        return this.enter(client, found.packet, early);
      }
      // Loopback needs none; the client goes on without, or gives up by itself.
      if (!asked) this.declined += 1;
      asked = true;
      client.write('N');
    }
  }

  private async enter(client: Socket, packet: FirstPacket, early: Buffer): Promise<void> {
    if (packet.kind === 'cancel') return this.cancel(client, packet.bytes, packet.key);
    if (packet.kind === 'handshake') {
      this.declined += 1;
      client.end();
      return;
    }
    if (packet.kind !== 'startup') {
      client.end(fatal('08P01', 'migration-gate: this is no Postgres client, or one of another protocol'));
      return;
    }
    const { parameters, bytes } = packet;
    if (wantsReplication(parameters)) {
      client.end(fatal('0A000', 'migration-gate: replication connections are not supported here'));
      return;
    }
    this.connections += 1;
    const number = this.connections;
    const server = await this.server(client);
    if (server === null) return;
    let own = '';
    const database = parameters.get('database') ?? parameters.get('user') ?? '';
    const relay: Relay = new Relay({
      number,
      client,
      server,
      database,
      startup: bytes,
      early,
      recorder: this.recorder,
      watch: database === this.shadow.database ? this.watch : null,
      refuses: this.refuses,
      onBroken: (error) => this.failures.push(error),
      onKey: (key) => {
        own = key;
        this.relays.set(key, relay);
      },
    });
    await relay.run();
    if (this.relays.get(own) === relay) this.relays.delete(own);
  }

  private async server(client: Socket): Promise<Socket | null> {
    try {
      const server = await connectServer(this.shadow);
      server.on('error', () => {});
      if (!client.destroyed) return server;
      server.destroy();
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      client.end(fatal('08001', `migration-gate: the shadow cannot be reached: ${said}`));
    }
    return null;
  }

  /** The keys are the server's own, so that it finds the connection. */
  private async cancel(client: Socket, bytes: Buffer, key: string): Promise<void> {
    await this.relays.get(key)?.cancel(() => this.forward(bytes));
    client.end();
  }

  private async forward(bytes: Buffer): Promise<void> {
    const server = await connectServer(this.shadow);
    await new Promise<void>((resolve) => {
      server.on('error', () => {});
      server.once('close', () => resolve());
      server.resume();
      server.end(bytes);
    });
  }
}

/** Null: the client has gone. */
function nextChunk(client: Socket): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const done = (chunk: Buffer | null) => {
      client.pause();
      client.off('data', done);
      client.off('end', gone);
      client.off('close', gone);
      resolve(chunk);
    };
    const gone = () => done(null);
    client.on('data', done);
    client.once('end', gone);
    client.once('close', gone);
    client.resume();
  });
}
