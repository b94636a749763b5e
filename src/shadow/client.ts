import pg from 'pg';

/** Where a server listens and as whom to enter. */
export interface Entrance {
  readonly socketDirectory: string | null;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** A connected client; close it with `end()`. */
export async function openClient(entrance: Entrance): Promise<pg.Client> {
  const client = new pg.Client({
    host: entrance.socketDirectory ?? '127.0.0.1',
    port: entrance.port,
    user: entrance.user,
    password: entrance.password,
    database: entrance.database,
    ssl: false,
    connectionTimeoutMillis: 30_000,
  });
  // What happens between queries (the server is stopped) must not end the program as an unhandled error.
  client.on('error', () => {});
  await client.connect();
  return client;
}
