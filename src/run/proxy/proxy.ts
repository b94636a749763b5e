import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Connection } from '../../shadow/shadow.ts';
import { loadParser } from '../../sql/parse.ts';
import { openSession } from '../session.ts';
import { Login } from './login.ts';
import { type Recorded, Recorder } from './record.ts';
import { Watch } from './watch.ts';

export interface ProxyInput {
  /** The shadow's database, as the role that migrates it. */
  readonly shadow: Connection;
  /** False: statements are recorded only, at nearly full speed. */
  readonly observe: boolean;
  /** Called when all is known of a statement. */
  readonly onStatement?: (statement: Recorded) => void;
  /**
   * Once this is true of a statement that clients have not yet heard the end of, the next one that any of them sends is
   * refused, as a lock timeout would do it. Only where nothing is observed.
   */
  readonly stopAfter?: (statement: Recorded) => boolean;
  /** A directory for a unix socket beside the port: `<directory>/.s.PGSQL.<port>`. */
  readonly socketDirectory?: string;
}

/** A server that looks like the shadow to a migration tool, and hears what is said. */
export interface Proxy {
  /** What to give the tool: like the shadow's, on loopback. Other databases of the shadow can be reached as well. */
  readonly connection: Connection;
  /** In the order in which they went to the server, all connections together; those that still run included. */
  readonly statements: readonly Recorded[];
  /** Connections that clients have made so far: 0 means that the tool went elsewhere. */
  readonly connections: number;
  /** Clients that wanted to be encrypted, and did not go on when they heard that nothing is encrypted here. */
  readonly declined: number;
  /**
   * What went wrong on our side and was noticed by a client: the tool's run says nothing about its migrations then.
   * Normally none.
   */
  readonly failures: readonly unknown[];
}

/**
 * Starts a proxy in front of a shadow. Closing it ends all connections.
 *
 * @throws when it cannot listen
 */
export async function startProxy(input: ProxyInput): Promise<Proxy & AsyncDisposable> {
  const { shadow, onStatement = () => {}, stopAfter = () => false, socketDirectory } = input;
  let stops = false;
  const recorder = new Recorder((statement) => {
    stops ||= stopAfter(statement);
    onStatement(statement);
  });
  /** One statement only: what the tool says then is how it ends. */
  const refuses = () => {
    const now = stops;
    stops = false;
    return now;
  };
  const watch = input.observe ? await watchOf(shadow) : null;
  const login = new Login({ shadow, recorder, watch, refuses });
  const sockets = new Set<Socket>();
  const accept = (client: Socket) => {
    sockets.add(client);
    client.once('close', () => sockets.delete(client));
    login.accept(client);
  };
  const servers = [createServer({ noDelay: true, allowHalfOpen: true }, accept)];
  const port = await listening(servers[0] as Server, { host: '127.0.0.1', port: 0 });
  if (socketDirectory !== undefined) {
    const local = createServer({ allowHalfOpen: true }, accept);
    servers.push(local);
    await listening(local, { path: join(socketDirectory, `.s.PGSQL.${port}`) });
  }
  const { user, password, database } = shadow;
  return {
    connection: { host: '127.0.0.1', port, user, password, database },
    statements: recorder.statements,
    failures: login.failures,
    get connections() {
      return login.connections;
    },
    get declined() {
      return login.declined;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      await login.settled();
    },
  };
}

/** What is there now is base's: statements are observed for what they do to it. */
async function watchOf(shadow: Connection): Promise<Watch> {
  await loadParser();
  await using session = await openSession(shadow);
  return await Watch.start(session.client);
}

/** @returns its port; 0 for a unix socket */
function listening(
  server: Server,
  where: { host: string; port: number } | { path: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
