import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations, openSession, traceMigrations } from '../src/run/index.ts';
import { startShadow } from '../src/shadow/index.ts';
import type { Connection, Shadow } from '../src/shadow/shadow.ts';
import { loadParser } from '../src/sql/parse.ts';
import type { Bookkeeping } from '../src/tools/tool.ts';
import { ofClone, starts, wholeGate } from './bench-gate.ts';
import { asMigration, generatedHistory, type Workload, workloads } from './bench-history.ts';
import { throughProxy } from './bench-proxy.ts';
import { snapshots } from './bench-snapshot.ts';
import { best, rounds, seconds, timed } from './bench-time.ts';

// `npm run bench`: measures what the gate costs, each against its alternative side by side in the same run, and prints
// docs/benchmarks.md. psql must be on the PATH, and dist built. The ratios mean something; the times are this machine's.
// `npm run bench -- CLONE BASE HEAD [PATH]` also measures the gate on a given clone.

const historyLength = 500;
const traceLength = 500;
/** Statements of a migration as people write them. */
const usualLength = 20;

const noBookkeeping: Bookkeeping = { setup: '', before: () => '', after: () => '', relations: [] };
let databases = 0;

const ratio = (ms: number, reference: number): string => (ms / reference).toFixed(2);

await loadParser();
const directory = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  await using shadow = await startShadow({ shadow: 'embedded', major: 17, extensions: [] });
  const history = generatedHistory(historyLength);
  const psql = byPsql(shadow, history);
  const page = [
    ...intro(shadow),
    ...(await base(shadow, history, psql)),
    ...(await tracing(shadow, history)),
    ...(await throughProxy(directory)),
    ...(await wholeGate(directory, history, psql)),
    ...(await ofClone(process.argv.slice(2))),
    ...(await starts()),
    ...(await snapshots()),
  ].join('\n');
  process.stdout.write(`${page}\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function intro({ postgresVersion }: Shadow): string[] {
  return [
    '# What the gate costs',
    '',
    `Written by \`npm run bench\`: ${cpus().length} cores, Node ${process.versions.node}, PostgreSQL ${postgresVersion} (embedded).`,
    `The best of ${rounds} rounds each; both sides of a comparison took turns in one run. Ratios carry over to other`,
    `machines, times do not: other work on this one (load ${(loadavg()[0] ?? 0).toFixed(1)} when it began) is in them.`,
    '',
  ];
}

/** psql in one process with a transaction around each file, into an empty database; milliseconds. */
function byPsql(shadow: Shadow, history: readonly string[]): () => Promise<number> {
  const files = history.map((sql, n) => {
    const file = join(directory, `${String(n).padStart(4, '0')}.sql`);
    writeFileSync(file, `BEGIN;\n${sql}COMMIT;\n`);
    return ['-f', file];
  });
  return () =>
    inDatabase(shadow, async ({ host, port, user, password, database }) => {
      const place = ['-h', host, '-p', String(port), '-U', user, '-d', database];
      execFileSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...place, ...files.flat()], {
        env: { PATH: process.env.PATH, PGPASSWORD: password },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    });
}

/** Base's history by the gate, and by psql. */
async function base(
  shadow: Shadow,
  history: readonly string[],
  psql: () => Promise<number>,
): Promise<string[]> {
  const migrations = history.map((sql, n) => asMigration(sql, String(n)));
  const times = await best({
    psql,
    gate: () =>
      inDatabase(shadow, async (connection) => {
        await using session = await openSession(connection);
        const failure = await applyMigrations(session, noBookkeeping, migrations);
        if (failure !== null) throw new Error(failure.error.message);
      }),
  });
  return [
    '## Base’s history',
    '',
    `${historyLength} migrations of 5 statements, each in a transaction of its own, into an empty database. The goal is a ratio of 1.2.`,
    '',
    '| | seconds | ratio |',
    '|:--|--:|--:|',
    `| psql, one process | ${seconds(times.psql)} | 1 |`,
    `| the gate | ${seconds(times.gate)} | ${ratio(times.gate, times.psql)} |`,
    '',
  ];
}

/** The same statements one by one, with and without observation: in usual migrations, and all in one. */
async function tracing(shadow: Shadow, history: readonly string[]): Promise<string[]> {
  const rows: string[] = [];
  await inDatabase(shadow, async (connection) => {
    await built(connection, history);
    for (const workload of workloads) {
      const cells: string[] = [];
      for (const length of [usualLength, traceLength]) {
        const times = await best({
          plain: () => inCopy(shadow, connection, (copy) => untraced(copy, workload, length)),
          traced: () => inCopy(shadow, connection, (copy) => traced(copy, workload, length)),
        });
        const [plain, observed] = [times.plain / traceLength, times.traced / traceLength];
        cells.push(plain.toFixed(2), observed.toFixed(2), (observed - plain).toFixed(2));
      }
      rows.push(`| ${workload.title} | ${cells.join(' | ')} |`);
    }
  });
  return [
    '## Observation',
    '',
    `${traceLength} statements on the database that the history above has made, in migrations of ${usualLength} and all in one, whose`,
    'transaction then holds thousands of locks; milliseconds a statement. The goal is at most 3 on top of the statement itself.',
    '',
    `| statements | in ${traceLength / usualLength} migrations, unobserved | observed | on top | in one, unobserved | observed | on top |`,
    '|:--|--:|--:|--:|--:|--:|--:|',
    ...rows,
    '',
  ];
}

async function built(connection: Connection, history: readonly string[]): Promise<void> {
  await using session = await openSession(connection);
  for (const sql of history) throwOn((await session.send(sql)).error);
}

function numbers(from: number, length: number): number[] {
  return Array.from({ length }, (_, n) => from + n);
}

async function untraced(connection: Connection, { statement }: Workload, length: number): Promise<void> {
  await using session = await openSession(connection);
  for (let from = 0; from < traceLength; from += length) {
    throwOn((await session.send('BEGIN')).error);
    for (const n of numbers(from, length)) throwOn((await session.send(statement(n))).error);
    throwOn((await session.send('COMMIT')).error);
  }
}

async function traced(connection: Connection, { statement }: Workload, length: number): Promise<void> {
  const migrations = numbers(0, traceLength / length).map((index) =>
    asMigration(
      numbers(index * length, length)
        .map((n) => `${statement(n)};`)
        .join('\n'),
      `bench${index}`,
    ),
  );
  const traces = await traceMigrations({ connection, bookkeeping: noBookkeeping, migrations });
  for (const { error, statements } of traces.migrations) {
    if (error !== null || statements.length !== length)
      throw new Error(error?.message ?? 'not all was traced');
  }
}

/** Milliseconds that the work takes in a copy of a database. */
async function inCopy(
  { admin }: Shadow,
  { database, ...rest }: Connection,
  work: (copy: Connection) => Promise<void>,
): Promise<number> {
  databases += 1;
  const copy = `bench_${databases}`;
  await using session = await openSession(admin);
  throwOn(
    (await session.send(`CREATE DATABASE ${copy} OWNER ${rest.user} TEMPLATE ${database} STRATEGY file_copy`))
      .error,
  );
  const ms = await timed(() => work({ ...rest, database: copy }));
  throwOn((await session.send(`DROP DATABASE ${copy} WITH (FORCE)`)).error);
  return ms;
}

/** Milliseconds that the work takes in a database of its own. */
async function inDatabase(
  { admin, connection }: Shadow,
  work: (connection: Connection) => Promise<void>,
): Promise<number> {
  databases += 1;
  const database = `bench_${databases}`;
  await using session = await openSession(admin);
  throwOn(
    (await session.send(`CREATE DATABASE ${database} OWNER ${connection.user} TEMPLATE template0`)).error,
  );
  const ms = await timed(() => work({ ...connection, database }));
  throwOn((await session.send(`DROP DATABASE ${database} WITH (FORCE)`)).error);
  return ms;
}

function throwOn(error: Error | null): void {
  if (error !== null) throw error;
}
