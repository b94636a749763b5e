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

/** The fastest of each, taking turns: nothing kept but the binaries, and with what the run before has kept. */
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

/** Migrations that are on `main`, and on branches those and one more; arguments that check a branch. */
function repository(
  place: string,
  history: readonly string[],
  branches: Readonly<Record<string, string>>,
): (branch: string) => string[] {
  mkdirSync(join(place, 'migrations'), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=b', '-c', 'user.email=b@example.com', '-c', 'commit.gpgsign=false', ...args],
      { cwd: place, stdio: ['ignore', 'ignore', 'inherit'] },
    );
  const write = (n: number, sql: string) =>
    writeFileSync(join(place, 'migrations', `${String(n).padStart(4, '0')}_bench.sql`), sql);
  git('init', '--quiet', '--initial-branch=main');
  for (const [n, sql] of history.entries()) write(n, sql);
  git('add', '.');
  git('commit', '--quiet', '-m', 'history');
  for (const [branch, sql] of Object.entries(branches)) {
    git('switch', '--quiet', '-c', branch, 'main');
    write(history.length, sql);
    git('add', '.');
    git('commit', '--quiet', '-m', branch);
  }
  return (branch) => ['--repo', place, '--base', 'main', '--head', branch, '--shadow', 'embedded'];
}

/** As few files as a young project has. */
const few = 5;

/**
 * The whole gate on a repository with that history and pull requests of one migration.
 *
 * @param psql milliseconds that psql takes for the history
 */
export async function wholeGate(
  directory: string,
  history: readonly string[],
  psql: () => Promise<number>,
): Promise<string[]> {
  const nothing = 'SELECT 1;\n';
  const some = Array.from({ length: 20 }, (_, n) => `${workloads[0]?.statement(n)};\n`).join('');
  const of = repository(join(directory, 'repository'), history, { nothing, some });
  const size = history.length / few;
  const files = Array.from({ length: few }, (_, n) => history.slice(n * size, (n + 1) * size).join(''));
  const ofFew = repository(join(directory, 'few'), files, { nothing });
  const { psql: psqlMs } = await best({ psql });
  const [usual, empty, lumped] = [
    await coldAndKept(of('some')),
    await coldAndKept(of('nothing')),
    await coldAndKept(ofFew('nothing')),
  ];
  const row = (title: string, { cold, kept }: { cold: Run; kept: Run }): string =>
    `| ${title} | ${seconds(cold.ms)} | ${seconds(kept.ms)} |`;
  return [
    '## The whole gate',
    '',
    `The command on a repository with those ${history.length} migrations (${history.length * 2} tables) and a pull request of 20 statements.`,
    `psql alone took ${seconds(psqlMs)} seconds for base just before. The goals: at most 3 seconds more than psql with nothing kept, at`,
    'most 1 second beside the new migrations with a kept base (which is what a pull request of `SELECT 1` takes), the same from many',
    'files as from few that make the same schema, and less than 300 MB.',
    '',
    ...table(usual.cold, usual.kept, [
      row('a pull request of `SELECT 1`', empty),
      row(`the same on the same schema, made by ${few} migrations`, lumped),
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
