import pg from 'pg';
import { Undecided } from '../errors.ts';
import type { Connection } from './shadow.ts';

/** What a server says of itself. */
export interface ServerFacts {
  readonly version: string;
  readonly major: number;
  /** `lc_messages` */
  readonly messages: string;
  readonly superuser: boolean;
  readonly mayCreateDatabases: boolean;
}

/** @throws Undecided `shadow-unavailable`; the password never stands in a message */
export function connectionOf(address: string): Connection {
  let parsed: URL;
  try {
    parsed = new URL(address);
  } catch {
    throw new Undecided(
      'shadow-unavailable',
      "The shadow's URL cannot be read. It looks like postgresql://user:password@host:5432/database; special characters in the password are percent-encoded.",
    );
  }
  return {
    host: decodeURIComponent(parsed.searchParams.get('host') ?? parsed.hostname) || 'localhost',
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username) || 'postgres',
    password: decodeURIComponent(parsed.password),
    database:
      decodeURIComponent(parsed.pathname.slice(1)) || decodeURIComponent(parsed.username) || 'postgres',
    ...sslOf(parsed.searchParams.get('sslmode')),
  };
}

/** As libpq reads `sslmode`: `require` encrypts without a look at the certificate. */
function sslOf(mode: string | null): Pick<Connection, 'ssl'> {
  if (mode === null || ['disable', 'allow', 'prefer'].includes(mode)) return {};
  return { ssl: { rejectUnauthorized: mode !== 'require' } };
}

/** Logs in; what goes wrong is told without the password. */
export async function enter(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client({
    ...connection,
    connectionTimeoutMillis: 30_000,
    application_name: 'migration-gate',
  });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    const said =
      error instanceof Error ? error.message || String((error as { code?: unknown }).code) : String(error);
    throw new Undecided(
      'shadow-unavailable',
      `The shadow at ${connection.host}:${connection.port} does not let us in: ${said.replaceAll(connection.password || '\u0000', '***')}`,
      { cause: error },
    );
  }
  return client;
}

/** Which server it is, and what the role may do there. */
export async function describe(client: pg.Client): Promise<ServerFacts> {
  const { rows } = await client.query<{
    version: string;
    messages: string;
    number: string;
    rolsuper: boolean;
    rolcreatedb: boolean;
  }>(
    `SELECT current_setting('server_version') AS version, current_setting('lc_messages') AS messages, current_setting('server_version_num') AS number,
       rolsuper, rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = current_user`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a session has a role');
  return {
    version: row.version.split(' ')[0] ?? row.version,
    major: Math.floor(Number(row.number) / 10_000),
    messages: row.messages,
    superuser: row.rolsuper,
    mayCreateDatabases: row.rolsuper || row.rolcreatedb,
  };
}
