import pg from 'pg';
import { Undecided } from '../errors.ts';
import { DISK_LIMIT, type Limits } from '../limits.ts';
import type { Shadow } from './shadow.ts';

/** How often is looked; a disk takes less than the limit in this time. */
const INTERVAL_MS = 2_000;

/** Ends the run when the databases of a shadow hold more than they may. */
export function watchDisk({ admin }: Shadow, limits: Limits): { stop(): void } {
  let stopped = false;
  const look = async (): Promise<void> => {
    const bytes = await sizeOf(admin);
    if (stopped || bytes <= DISK_LIMIT) return;
    limits.end(
      new Undecided(
        'not-observed',
        `The migrations wrote more than ${DISK_LIMIT / 1024 ** 3} GB to the shadow, which is all that they may. Fill tables outside the migrations, or with few rows here.`,
      ),
    );
  };
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    // A server that is being started anew, or is gone, has no size.
    look()
      .catch(() => {})
      .finally(() => {
        looking = false;
      });
  }, INTERVAL_MS);
  timer.unref();
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

/** Of this database and its copies; nobody may be connected to what is being copied. */
async function sizeOf(admin: Shadow['admin']): Promise<number> {
  const client = new pg.Client({ ...admin, database: 'postgres', application_name: 'migration-gate disk' });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ bytes: string }>(
      `SELECT sum(pg_catalog.pg_database_size(oid)) AS bytes FROM pg_catalog.pg_database
       WHERE datname ~ '^(shadow|copy_|migration_gate_)' AND pg_catalog.has_database_privilege(oid, 'CONNECT')`,
    );
    return Number(rows[0]?.bytes ?? 0);
  } finally {
    await client.end();
  }
}
