import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../src/report/model.ts';
import { startShadow } from '../src/shadow/index.ts';
import { workloads } from './bench-history.ts';
import { best, rounds, seconds, timed } from './bench-time.ts';

/** What users run. While it is being worked on, `src/cli.ts` can stand in for the command. */
const built = (name: string): string =>
  fileURLToPath(
    new URL(`../${(name === 'cli' && process.env.MIGRATION_GATE_CLI) || `dist/${name}.js`}`, import.meta.url),
  );

/** One run of the command. */
interface Run {
  readonly ms: number;
  readonly peakMegabytes: number;
  readonly report: Report;
}

async function check(cache: string, ...args: string[]): Promise<Run> {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [built('cli'), 'check', '--quiet', '--json', '-', '--fail-on', 'never', ...args],
    {
      env: { ...process.env, XDG_CACHE_HOME: cache },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let json = '';
  let peakMegabytes = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    json += text;
  });
  const watch = setInterval(() => {
    peakMegabytes = Math.max(peakMegabytes, peakOf(child.pid));
  }, 20);
  await once(child, 'close');
  clearInterval(watch);
  const ms = performance.now() - start;
  const report = JSON.parse(json) as Report;
  if (report.undecided !== null) throw new Error(report.undecided.message);
  return { ms, peakMegabytes, report };
}

/** Linux keeps the highest value itself; 0 elsewhere. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}

/** The fastest of each: nothing kept but the binaries, and with what the run before has kept. */
async function coldAndKept(args: readonly string[]): Promise<{ cold: Run; kept: Run }> {
  const cache = mkdtempSync(join(tmpdir(), 'bench-cache-'));
  chmodSync(cache, 0o755);
  try {
    // Fills the cache.
    await check(cache, ...args);
    let cold: Run | null = null;
    let kept: Run | null = null;
    for (let round = 0; round < rounds; round += 1) {
      cold = faster(cold, await check(cache, '--no-cache', ...args));
      kept = faster(kept, await check(cache, ...args));
    }
    if (!cold || !kept) throw new Error('there is at least one round');
    return { cold, kept };
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

const faster = (one: Run | null, other: Run): Run => (one === null || other.ms < one.ms ? other : one);

/** The whole gate on a repository with that history and a pull request of one migration. */
export async function wholeGate(
  directory: string,
  history: readonly string[],
  psqlMs: number,
): Promise<string[]> {
  const repo = join(directory, 'repository');
  mkdirSync(join(repo, 'migrations'), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=b', '-c', 'user.email=b@example.com', '-c', 'commit.gpgsign=false', ...args],
      { cwd: repo, stdio: ['ignore', 'ignore', 'inherit'] },
    );
  const write = (n: number, sql: string) =>
    writeFileSync(join(repo, 'migrations', `${String(n).padStart(4, '0')}_bench.sql`), sql);
  git('init', '--quiet', '--initial-branch=main');
  for (const [n, sql] of history.entries()) write(n, sql);
  git('add', '.');
  git('commit', '--quiet', '-m', 'history');
  // Whatever does not come from new migrations is in this one too.
  git('switch', '--quiet', '-c', 'nothing');
  write(history.length, 'SELECT 1;\n');
  git('add', '.');
  git('commit', '--quiet', '-m', 'a pull request that does nothing');
  git('switch', '--quiet', '-c', 'head', 'main');
  write(history.length, Array.from({ length: 20 }, (_, n) => `${workloads[0]?.statement(n)};\n`).join(''));
  git('add', '.');
  git('commit', '--quiet', '-m', 'pull request');
  const of = (head: string) => [
    ...['--repo', repo, '--base', 'main'],
    ...['--head', head, '--shadow', 'embedded'],
  ];
  const { cold, kept } = await coldAndKept(of('head'));
  const nothing = await coldAndKept(of('nothing'));
  return [
    '## The whole gate',
    '',
    `The command on a repository with those ${history.length} migrations (${history.length * 2} tables) and a pull request of 20 statements.`,
    `psql alone took ${seconds(psqlMs)} seconds for base. The goals: at most 3 seconds more than psql with nothing kept, at most 1`,
    'second beside the new migrations with a kept base (which is what a pull request of `SELECT 1` takes), and less than 300 MB.',
    '',
    ...table(cold, kept, [
      `| a pull request of \`SELECT 1\` | ${seconds(nothing.cold.ms)} | ${seconds(nothing.kept.ms)} |`,
    ]),
  ];
}

/** The same on a repository of somebody: `CLONE BASE HEAD [PATH]`; nothing when none is named. */
export async function ofClone([clone, base, head, path]: readonly string[]): Promise<string[]> {
  if (clone === undefined || base === undefined || head === undefined) return [];
  const args = [
    '--repo',
    clone,
    '--base',
    base,
    '--head',
    head,
    ...(path === undefined ? [] : ['--path', path]),
  ];
  const { cold, kept } = await coldAndKept(args);
  return ['## The given clone', '', ...table(cold, kept)];
}

function table(cold: Run, kept: Run, more: readonly string[] = []): string[] {
  const part = (title: string, of: (report: Report) => number) =>
    `| ${title} | ${[cold, kept].map(({ report }) => seconds(of(report))).join(' | ')} |`;
  const timing = (report: Report) =>
    report.databases.map(({ timings }) => timings).filter((one) => one !== null);
  const sum = (name: 'bootMs' | 'baseMs' | 'headMs' | 'freshMs' | 'snapshotMs') => (report: Report) =>
    timing(report).reduce((total, timings) => total + timings[name], 0);
  return [
    '| seconds | nothing kept | base kept |',
    '|:--|--:|--:|',
    part('start of the server', sum('bootMs')),
    part('base’s history', sum('baseMs')),
    part('the pull request, observed', sum('headMs')),
    part('snapshots of the catalog', sum('snapshotMs')),
    `| **all** | **${seconds(cold.ms)}** | **${seconds(kept.ms)}** |`,
    ...more,
    `| peak memory, MB | ${cold.peakMegabytes.toFixed(0)} | ${kept.peakMegabytes.toFixed(0)} |`,
    '',
  ];
}

/** How long servers and programs take to start. */
export async function starts(): Promise<string[]> {
  const rows: string[] = [];
  for (const shadow of ['embedded', 'local', 'docker']) {
    const boot = async () => {
      await using booted = await startShadow({ shadow, major: 17, extensions: [] });
      return booted.bootMs;
    };
    const ms = await best({ boot }).then(
      (times) => seconds(times.boot),
      () => 'not here',
    );
    rows.push(`| the shadow \`${shadow}\` | ${ms} |`);
  }
  const load = (file: string) => () =>
    timed(async () => {
      // Loaded, and nothing done: the event is none of a pull request.
      const child = spawn(process.execPath, [file, '--version'], {
        env: { PATH: process.env.PATH },
        stdio: 'ignore',
      });
      await once(child, 'close');
    });
  const programs = await best({
    node: () =>
      timed(async () => {
        await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'close');
      }),
    action: load(built('action')),
    command: load(built('cli')),
  });
  return [
    '## Starts',
    '',
    'The goal for `dist/action.js` is 0.30 seconds, Node itself included.',
    '',
    '| | seconds |',
    '|:--|--:|',
    ...rows,
    `| Node alone | ${seconds(programs.node)} |`,
    `| \`dist/action.js\` | ${seconds(programs.action)} |`,
    `| \`dist/cli.js --version\` | ${seconds(programs.command)} |`,
  ];
}
