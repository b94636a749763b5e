import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll } from 'vitest';
import { startShadow } from '../../src/shadow/index.ts';
import type { Connection, Shadow } from '../../src/shadow/shadow.ts';

/** A fresh database on a shared server. */
export interface TestDatabase {
  /** As the migration role, its owner. */
  readonly connection: Connection;
  readonly admin: Connection;
  /** Drops it. */
  close(): Promise<void>;
}

/** One server for a test file. Roles are shared by its databases; the server ends with the file. */
export interface SharedShadow {
  readonly shadow: Shadow;
  /** @param options.empty false: a copy of that database (nobody may be connected to it), oids included */
  database(options?: { template?: string }): Promise<TestDatabase>;
}

const started = new Map<number, Promise<SharedShadow>>();

afterAll(async () => {
  for (const shared of started.values()) await (await shared).shadow[Symbol.asyncDispose]();
  started.clear();
});

/** The file's server of this major, started at the first call. */
export function sharedShadow(major: number): Promise<SharedShadow> {
  const shared = started.get(major) ?? start(major);
  started.set(major, shared);
  return shared;
}

async function start(major: number): Promise<SharedShadow> {
  const shadow = await startShadow({ shadow: 'embedded', major, extensions: [] });
  return {
    shadow,
    async database({ template = 'template0' } = {}) {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await asAdmin(
        shadow,
        `CREATE DATABASE ${name} OWNER ${shadow.connection.user} TEMPLATE ${template}${major < 15 ? '' : ' STRATEGY file_copy'}`,
      );
      return {
        connection: { ...shadow.connection, database: name },
        admin: { ...shadow.admin, database: name },
        close: () => asAdmin(shadow, `DROP DATABASE ${name} WITH (FORCE)`),
      };
    },
  };
}

async function asAdmin(shadow: Shadow, statement: string): Promise<void> {
  const client = new pg.Client({ ...shadow.admin });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
