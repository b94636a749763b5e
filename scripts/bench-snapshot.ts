import { execFileSync } from 'node:child_process';
import { snapshotAt } from '../src/catalog/connected.ts';
import { diff } from '../src/catalog/diff.ts';
import { openSession } from '../src/run/index.ts';
import { startShadow } from '../src/shadow/index.ts';
import type { Connection } from '../src/shadow/shadow.ts';
import { type Cost, costOf } from './bench-cpu.ts';
import { seconds } from './bench-time.ts';

const tables = 1_000;

/** A schema as large products have: tables with keys, foreign keys, checks, indexes, comments, grants, views, functions. */
const largeSchema = (): string[] => [
  `CREATE TYPE state AS ENUM ('new', 'paid', 'sent');
   CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.updated_at := now(); RETURN NEW; END'`,
  ...Array.from({ length: tables }, (_, n) => {
    const foreign = n === 0 ? '' : `, parent_id bigint REFERENCES t${Math.floor(n / 2)} ON DELETE CASCADE`;
    return `CREATE TABLE t${n} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, total numeric(12,2) DEFAULT 0 CHECK (total >= 0),
        state state NOT NULL DEFAULT 'new', data jsonb, created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz${foreign});
      CREATE INDEX t${n}_state ON t${n} (state, created_at DESC) WHERE state <> 'sent';
      COMMENT ON TABLE t${n} IS 'table ${n}'; GRANT SELECT ON t${n} TO PUBLIC;
      ${n % 4 === 0 ? `CREATE TRIGGER touch BEFORE UPDATE ON t${n} FOR EACH ROW EXECUTE FUNCTION touch();` : ''}
      ${n % 5 === 0 ? `CREATE VIEW v${n} AS SELECT id, name, total FROM t${n} WHERE state = 'paid';` : ''}
      ${n % 10 === 0 ? `CREATE FUNCTION f${n}(x bigint) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT total FROM t${n} WHERE id = x';` : ''}`;
  }),
];

/** A pull request that touches some tables, others each round. */
const migration = (round: number): string => `
  ALTER TABLE t${100 + round} ADD note text;
  CREATE INDEX ON t${200 + round} (name);
  ALTER TABLE t${300 + round} DROP COLUMN data;
  ALTER TABLE t${400 + round} ADD CHECK (total < 1000000);
  CREATE TABLE n${round} (id bigint PRIMARY KEY REFERENCES t${500 + round}, name text)`;

const snapshotRounds = 9;

/** Two snapshots with a migration between them and their diff, and one pg_dump of the same schema, taking turns; over TCP,
 * which pg_dump needs here. */
export async function snapshots(): Promise<string[]> {
  // The major of the pg_dump that Debian has: it refuses newer servers.
  await using shadow = await startShadow({ shadow: 'embedded', major: 15, extensions: [], tcp: true });
  await using session = await openSession(shadow.admin);
  const send = async (statement: string): Promise<void> => {
    const { error } = await session.send(statement);
    if (error !== null) throw error;
  };
  for (const statement of [...largeSchema(), 'VACUUM ANALYZE']) await send(statement);
  const [dumps, diffs]: [Cost[], Cost[]] = [[], []];
  let held = { heapMb: 0, objects: 0 };
  for (let round = 0; round < snapshotRounds; round += 1) {
    dumps.push(await costOf(session, () => dumped(shadow.admin)));
    diffs.push(
      await costOf(session, async () => {
        const { ms, ...rest } = await compared(shadow.admin, () => send(migration(round)));
        held = rest;
        return ms;
      }),
    );
  }
  const row = (title: string, costs: readonly Cost[]): string => {
    const [ms, cpuMs] = [least(costs, 'ms'), least(costs, 'cpuMs')];
    const ratios = [ms / least(dumps, 'ms'), cpuMs / least(dumps, 'cpuMs')].map((ratio) => ratio.toFixed(2));
    return `| ${[title, seconds(ms), ratios[0], seconds(cpuMs), ratios[1]].join(' | ')} |`;
  };
  return [
    '',
    '## The schema diff',
    '',
    `A database of 1,000 tables (${held.objects} objects of the catalog), PostgreSQL ${shadow.postgresVersion}. A migration that touches`,
    `five of them runs between the snapshots, on no account. The best of ${snapshotRounds} rounds; the heap held ${Math.round(held.heapMb)} MB at the end.`,
    '',
    '| | seconds | ratio | seconds of all processors | ratio |',
    '|:--|--:|--:|--:|--:|',
    row('pg_dump --schema-only, once', dumps),
    row('two snapshots and the diff', diffs),
  ];
}

const least = (costs: readonly Cost[], what: keyof Cost): number =>
  Math.min(...costs.map((cost) => cost[what]));

/** Milliseconds of one `pg_dump --schema-only`. */
function dumped(connection: Connection): number {
  const start = performance.now();
  execFileSync('pg_dump', ['--schema-only', '--no-password', '-f', '/dev/null'], {
    env: {
      PATH: process.env.PATH,
      PGHOST: connection.host,
      PGPORT: `${connection.port}`,
      PGUSER: connection.user,
      PGPASSWORD: connection.password,
      PGDATABASE: connection.database,
    },
  });
  return performance.now() - start;
}

/** Milliseconds of two snapshots, connecting included as in pg_dump, and their diff; and how much the heap holds then. */
async function compared(
  connection: Connection,
  migrate: () => Promise<void>,
): Promise<{ ms: number; heapMb: number; objects: number }> {
  const start = performance.now();
  const before = await snapshotAt(connection, { ignore: [], earlier: null });
  const between = performance.now();
  await migrate();
  const again = performance.now();
  const after = await snapshotAt(connection, { ignore: [], earlier: before });
  const changes = diff(before, after, 'identity');
  const ms = performance.now() - again + between - start;
  if (changes.length !== 5) throw new Error(`five tables were touched, ${changes.length} changes seen`);
  return { ms, heapMb: process.memoryUsage().heapUsed / 2 ** 20, objects: before.objects.length };
}
