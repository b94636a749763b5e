import pg from 'pg';
import { UserError } from '../errors.ts';
import type { Ask } from './record.ts';

/** How long one question may take, and how long it may wait for a lock, in milliseconds. */
const STATEMENT_MS = 5_000;
const LOCK_MS = 1_000;

// For the transaction alone: behind a pooler the session is shared with the application.
const limits = `SET LOCAL statement_timeout = ${STATEMENT_MS}; SET LOCAL lock_timeout = ${LOCK_MS}`;

/** A production database, asked with care. */
export interface Asked extends AsyncDisposable {
  /** For a snapshot: it begins read-only transactions by itself, and each gets the limits. */
  readonly client: pg.ClientBase;
  readonly ask: Ask;
  /** `host/database`, without user or password. */
  readonly label: string;
}

/**
 * Connects so that nothing can be changed or held up: every transaction is read-only, and statements and the wait for a
 * lock end by themselves.
 *
 * @throws UserError for what is no URL of PostgreSQL, or cannot be reached; no message holds the password
 */
export async function askDatabase(url: string): Promise<Asked> {
  const { label, secrets } = read(url);
  const client = new pg.Client({
    connectionString: url,
    application_name: 'migration-gate status',
    connectionTimeoutMillis: 10_000,
    // Ends a question that the network has swallowed.
    query_timeout: STATEMENT_MS * 2,
  });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => {});
    throw new UserError(
      `The database ${label} cannot be reached: ${hidden((error as Error).message, secrets)}`,
    );
  }
  const careful = Object.create(client, {
    query: {
      value: (asked: string | pg.Query, ...rest: never[]) =>
        typeof asked === 'string' && asked.startsWith('BEGIN')
          ? client.query(asked, ...rest).then((result) => client.query(limits).then(() => result))
          : client.query(asked as string, ...rest),
    },
  }) as pg.ClientBase;
  return {
    client: careful,
    label,
    ask: async (sql, values = []) => {
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        await client.query(limits);
        const { rows } = await client.query(sql, [...values]);
        await client.query('COMMIT');
        return rows;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {});
        throw new UserError(
          `${label} does not tell what was applied: ${hidden((error as Error).message, secrets)}`,
        );
      }
    },
    [Symbol.asyncDispose]: () => client.end().catch(() => {}),
  };
}

function read(url: string): { label: string; secrets: readonly string[] } {
  let parsed: URL;
  try {
    // A socket's directory stands behind `?host=`, and the host is empty.
    parsed = new URL(url.replace('@/', '@localhost/'));
  } catch {
    throw new UserError('--database-url is no URL: postgresql://user:password@host:5432/database.');
  }
  if (!/^postgres(?:ql)?:$/.test(parsed.protocol)) {
    throw new UserError('--database-url must begin with postgresql://.');
  }
  const { password, hostname, port, pathname } = parsed;
  const given = [password, decoded(password), parsed.searchParams.get('password') ?? '', url];
  const host = `${hostname || (parsed.searchParams.get('host') ?? 'localhost')}${port === '' ? '' : `:${port}`}`;
  return { label: `${host}/${decoded(pathname.slice(1))}`, secrets: given.filter((text) => text !== '') };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const hidden = (message: string, secrets: readonly string[]): string =>
  secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message);
