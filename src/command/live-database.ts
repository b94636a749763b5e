import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Catalog } from '../catalog/model.ts';
import { snapshot } from '../catalog/snapshot.ts';
import { UserError } from '../errors.ts';

/** How long connecting and each query may take, in milliseconds. */
const connectMs = 15_000;
const statementMs = 60_000;
const lockMs = 5_000;

export interface LiveCatalog {
  readonly catalog: Catalog;
  /** Host and database, without the user and the password: what texts call it. */
  readonly title: string;
  /** `17.10` */
  readonly version: string;
  readonly major: number;
}

/** What node-postgres calls TLS settings. */
type Tls =
  | false
  | {
      readonly rejectUnauthorized: boolean;
      readonly checkServerIdentity?: () => undefined;
      readonly ca?: string;
    };

/**
 * The schema of a database in use. The session reads only: the server itself refuses writes, and no query or lock
 * waits long. Any role that may connect will do.
 *
 * @param which what the user calls this URL, for messages: `the first URL`
 * @throws UserError; neither it nor its cause has the URL or the password in it
 */
export async function liveCatalog(address: string, which: string): Promise<LiveCatalog> {
  const { title, attempts, connection, hide } = partsOf(address, which);
  let client: pg.Client;
  try {
    client = await enter(connection, attempts);
  } catch (error) {
    throw new UserError(`${which} (${title}) does not let us in: ${hide(said(error))}`);
  }
  try {
    const { rows } = await client.query<{ version: string; major: number }>(
      "SELECT split_part(current_setting('server_version'), ' ', 1) AS version, current_setting('server_version_num')::int / 10000 AS major",
    );
    const [{ version, major } = { version: '?', major: 0 }] = rows;
    if (major < oldestMajor) {
      throw new UserError(
        `${which} (${title}) is PostgreSQL ${version}; the oldest that can be compared is ${oldestMajor}.`,
      );
    }
    return {
      // Roles are the server's, which has other databases.
      catalog: await snapshot(client, { ignore: [], roles: false, limits: { statementMs, lockMs } }),
      title,
      version,
      major,
    };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${which} (${title}) could not be read: ${hide(said(error))}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What the whole session runs under. */
const sessionSettings = {
  default_transaction_read_only: 'on',
  statement_timeout: statementMs,
  lock_timeout: lockMs,
  idle_in_transaction_session_timeout: statementMs,
};

/** Connects by the first way that the server takes. */
async function enter(connection: pg.ClientConfig, attempts: readonly Tls[]): Promise<pg.Client> {
  const options = Object.entries(sessionSettings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
  let failure: unknown;
  for (const ssl of attempts) {
    // Poolers refuse settings at the start. The transaction that reads is read-only and limited in any case.
    for (const settings of [{ options }, {}]) {
      const client = new pg.Client({
        ...connection,
        ...settings,
        ssl,
        connectionTimeoutMillis: connectMs,
        application_name: 'migration-gate diff',
      });
      client.on('error', () => {});
      try {
        await client.connect();
        return client;
      } catch (error) {
        failure = error;
        await client.end().catch(() => undefined);
        if (!/unsupported startup parameter|startup options/i.test(said(error))) break;
      }
    }
    if (!refusesThisWay(failure)) break;
  }
  throw failure;
}

/** No TLS there, or none wanted: another `sslmode` may do. A wrong password is wrong either way. */
const refusesThisWay = (error: unknown): boolean =>
  /does not support SSL/i.test(said(error)) || (error as { code?: unknown } | null)?.code === '28000';

const oldestMajor = 13;

/** A server's or socket's words; several addresses of one host each have their own. */
function said(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(said))].join('; ');
  if (!(error instanceof Error)) return String(error);
  return error.message || String((error as { code?: unknown }).code ?? error.name);
}

/** Takes a URL apart as libpq does. Nothing of it but host, port and database may be shown. */
function partsOf(
  address: string,
  which: string,
): {
  readonly connection: pg.ClientConfig;
  readonly title: string;
  readonly attempts: readonly Tls[];
  hide(text: string): string;
} {
  let url: URL;
  try {
    url = new URL(address);
    if (!/^postgres(?:ql)?:$/.test(url.protocol)) throw new Error('another protocol');
  } catch {
    throw new UserError(
      `${which} is no URL of a Postgres. It looks like postgresql://user:password@host:5432/database; special characters in the password are percent-encoded.`,
    );
  }
  const decode = (text: string): string => {
    try {
      return decodeURIComponent(text);
    } catch {
      throw new UserError(`${which} has a % that begins no percent-encoded character.`);
    }
  };
  const option = (name: string): string | null => url.searchParams.get(name);
  const user = decode(url.username) || option('user') || process.env.PGUSER || 'postgres';
  const password = decode(url.password) || option('password') || process.env.PGPASSWORD || '';
  const host =
    option('host') ?? (decode(url.hostname).replace(/^\[|\]$/g, '') || process.env.PGHOST || 'localhost');
  const port = Number(option('port') ?? (url.port || process.env.PGPORT || 5432));
  const database = decode(url.pathname.slice(1)) || option('dbname') || process.env.PGDATABASE || user;
  // Longer ones first, so that no part of one stays. A shorter word would only spoil the message.
  const secrets = [address, password, url.password, encodeURIComponent(password)]
    .filter((text) => text.length > 2)
    .sort((left, right) => right.length - left.length);
  const mode = option('sslmode') ?? process.env.PGSSLMODE ?? 'prefer';
  const tls = tlsOf(mode, which, rootCertificate(option('sslrootcert'), which));
  return {
    connection: { host, port, user, password, database },
    title: `${host}:${port}/${database}`,
    // libpq encrypts nothing on a socket.
    attempts: host.startsWith('/') ? [false] : tls,
    hide: (text: string): string =>
      secrets.reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text),
  };
}

/** `sslrootcert`: a file, or `system` for what the machine trusts. */
function rootCertificate(file: string | null, which: string): string | null {
  if (file === null || file === 'system') return null;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(
      `The sslrootcert of ${which.toLowerCase()} cannot be read: ${(error as Error).message}`,
    );
  }
}

/** What `sslmode` makes libpq try, in its order. */
function tlsOf(mode: string, which: string, ca: string | null): readonly Tls[] {
  const encrypted: Tls = { rejectUnauthorized: false, checkServerIdentity: () => undefined };
  const trusted = ca === null ? {} : { ca };
  const anyName = { rejectUnauthorized: true, checkServerIdentity: () => undefined, ...trusted };
  switch (mode) {
    case 'disable':
      return [false];
    case 'allow':
      return [false, encrypted];
    case 'prefer':
      return [encrypted, false];
    case 'require':
      // With a root certificate it looks at the server's, as verify-ca does.
      return [ca === null ? encrypted : anyName];
    case 'verify-ca':
      return [anyName];
    case 'verify-full':
      return [{ rejectUnauthorized: true, ...trusted }];
    default:
      throw new UserError(
        `${which} has an sslmode that there is not; it is disable, allow, prefer, require, verify-ca or verify-full.`,
      );
  }
}
