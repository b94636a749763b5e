import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { npmTool } from '../__tests__/real-tools/install.ts';
import { urlOf } from '../src/run/command/environment.ts';
import { openSession, type Session } from '../src/run/index.ts';
import { startProxy } from '../src/run/proxy/proxy.ts';
import { startShadow } from '../src/shadow/index.ts';
import type { Connection, Shadow } from '../src/shadow/shadow.ts';
import { type Cost, costOf } from './bench-cpu.ts';
import { generatedHistory } from './bench-history.ts';
import { seconds, timed } from './bench-time.ts';

const migrations = 400;
const proxyRounds = 5;

/** A tool with a history, and how it is called on a database. */
interface Bench {
  readonly title: string;
  readonly command: (connection: Connection) => readonly [program: string, args: readonly string[]];
}

/**
 * Tools on their own, and through the proxy that only writes down what they send, as for base's history. The tools come over
 * TCP both times; the proxy reaches the server by its socket, as in the gate.
 *
 * @param directory for their files
 */
export async function throughProxy(directory: string): Promise<string[]> {
  const history = generatedHistory(migrations);
  await using shadow = await startShadow({ shadow: 'embedded', major: 17, extensions: [], tcp: true });
  await using session = await openSession(shadow.admin);
  const { rows: found } = await session.client.query<{ directory: string }>(
    "SELECT current_setting('unix_socket_directories') AS directory",
  );
  const socket = found[0]?.directory || shadow.connection.host;
  const rows: string[] = [];
  for (const prepare of [psql, knex]) {
    const bench = await prepare(directory, history);
    if (typeof bench === 'string') rows.push(`| ${bench} | | | | |`);
    else rows.push(await row(shadow, session, socket, bench));
  }
  return [
    '## The proxy',
    '',
    `A history of ${migrations} migrations of 5 statements run by a tool, on its own and through the proxy with probing off. The goal is at most 15 %`,
    `more of the tool's own time. The best of ${proxyRounds} rounds; processor time is that of the tool, the proxy and the server together.`,
    '',
    '| | on its own | through the proxy | ratio | of processor time |',
    '|:--|--:|--:|--:|--:|',
    ...rows,
    '',
  ];
}

async function row(
  shadow: Shadow,
  session: Session,
  socket: string,
  { title, command }: Bench,
): Promise<string> {
  const run = async (connection: Connection): Promise<number> => {
    const [program, args] = command(connection);
    return await timed(async () => {
      const env = { PATH: process.env.PATH, PGPASSWORD: connection.password };
      const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
      const [code] = await once(child, 'close');
      if (code !== 0) throw new Error(`${title} ended with ${code}`);
    });
  };
  const sides = {
    own: (connection: Connection) => run(connection),
    proxied: async (connection: Connection) => {
      await using proxy = await startProxy({ shadow: { ...connection, host: socket }, observe: false });
      const ms = await run(proxy.connection);
      if (proxy.statements.length < migrations * 5) throw new Error('the proxy has not seen all statements');
      return ms;
    },
  };
  const costs: Record<keyof typeof sides, Cost[]> = { own: [], proxied: [] };
  for (let round = 0; round < proxyRounds; round += 1) {
    for (const name of ['own', 'proxied'] as const)
      costs[name].push(await inDatabase(shadow, session, (connection) => sides[name](connection)));
  }
  const least = (name: keyof typeof sides, of: keyof Cost) =>
    Math.min(...costs[name].map((cost) => cost[of]));
  const ratio = (of: keyof Cost) => (least('proxied', of) / least('own', of)).toFixed(2);
  const [own, proxied] = [least('own', 'ms'), least('proxied', 'ms')];
  return `| ${title} | ${seconds(own)} | ${seconds(proxied)} | ${ratio('ms')} | ${ratio('cpuMs')} |`;
}

/** What the work costs in an empty database. */
async function inDatabase(
  { connection }: Shadow,
  session: Session,
  work: (connection: Connection) => Promise<number>,
): Promise<Cost> {
  const send = async (statement: string) => {
    const { error } = await session.send(statement);
    if (error !== null) throw error;
  };
  await send(`CREATE DATABASE bench_proxy OWNER ${connection.user} TEMPLATE template0`);
  const cost = await costOf(session, () => work({ ...connection, database: 'bench_proxy' }));
  await send('DROP DATABASE bench_proxy WITH (FORCE)');
  return cost;
}

/** A file with all migrations; a sentence where there is no psql. */
async function psql(directory: string, history: readonly string[]): Promise<Bench | string> {
  const there = (process.env.PATH ?? '').split(delimiter).some((path) => existsSync(join(path, 'psql')));
  if (!there) return 'psql is not on the PATH';
  const file = join(directory, 'history.sql');
  writeFileSync(file, history.map((sql) => `BEGIN;\n${sql}COMMIT;\n`).join(''));
  return {
    title: 'psql',
    command: (connection) => [
      'psql',
      ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', urlOf(connection), '-f', file],
    ],
  };
}

/** A project with the same migrations as programs; a sentence where the packages cannot be had. */
async function knex(directory: string, history: readonly string[]): Promise<Bench | string> {
  const project = join(directory, 'knex');
  mkdirSync(join(project, 'migrations'), { recursive: true });
  try {
    const installed = await npmTool('knex@3.1.0', 'pg@8.16.3');
    symlinkSync(join(installed, 'node_modules'), join(project, 'node_modules'));
  } catch {
    return 'Knex could not be installed';
  }
  for (const [n, sql] of history.entries()) {
    const statements = sql
      .replace(/^--.*\n/, '')
      .split(/;\n/)
      .filter((text) => text.trim() !== '');
    const calls = statements.map((text) => `  await knex.raw(${JSON.stringify(text)});\n`).join('');
    writeFileSync(
      join(project, 'migrations', `${String(n).padStart(4, '0')}.js`),
      `exports.up = async (knex) => {\n${calls}};\nexports.down = async () => {};\n`,
    );
  }
  const cli = join(project, 'node_modules/knex/bin/cli.js');
  return {
    title: 'Knex',
    command: (connection) => [
      process.execPath,
      [
        ...[cli, 'migrate:latest', '--cwd', project, '--client', 'pg'],
        ...['--migrations-directory', join(project, 'migrations'), '--connection', urlOf(connection)],
      ],
    ],
  };
}
