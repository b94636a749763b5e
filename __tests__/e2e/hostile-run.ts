import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../src/report/model.ts';
import { entry } from './command.ts';
import { type HostileInput, makeRepository } from './hostile-inputs.ts';

/** What came of a hostile input. */
export interface HostileResult {
  readonly verdict: HostileInput['verdict'] | 'crashed';
  /** `file:line` of each finding that blocks, or of why it is undecided. */
  readonly at: readonly string[];
  readonly message: string;
  readonly seconds: number;
  /** Of the gate's process, at its most; null where the system does not say. */
  readonly peakMegabytes: number | null;
}

/** Checks it by the command, as anybody would. */
export async function runHostile(input: HostileInput): Promise<HostileResult> {
  const directory = mkdtempSync(join(tmpdir(), 'gate-hostile-'));
  try {
    makeRepository(input, directory);
    const usual = input.options?.some((option) => option.startsWith('--base')) ? [] : ['--base', 'main'];
    const args = ['check', '--repo', directory, '--quiet', '--json', '-', ...usual, ...(input.options ?? [])];
    const start = performance.now();
    const child = spawn(process.execPath, [entry, ...args], {
      cwd: directory,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    let peakMegabytes: number | null = null;
    const watch = setInterval(() => {
      peakMegabytes = peakOf(child.pid) ?? peakMegabytes;
    }, 25);
    await once(child, 'close');
    clearInterval(watch);
    return {
      ...readResult(stdout, stderr),
      seconds: (performance.now() - start) / 1_000,
      peakMegabytes,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function readResult(stdout: string, stderr: string): Pick<HostileResult, 'verdict' | 'at' | 'message'> {
  if (stdout === '') {
    const defect = /^\s+at /m.test(stderr) || stderr.trim() === '';
    return { verdict: defect ? 'crashed' : 'refused', at: [], message: stderr.trim() };
  }
  const report = JSON.parse(stdout) as Report;
  const places = report.undecided === null ? blocking(report) : [report.undecided];
  return {
    verdict: report.verdict,
    at: places.flatMap(({ file, line }) => (file === null ? [] : line === null ? file : `${file}:${line}`)),
    message: places.map(({ message }) => message).join('\n'),
  };
}

const blocking = ({ findings }: Report) =>
  findings
    .filter(({ severity, allowed }) => severity === 'error' && allowed === null)
    .map(({ file, line, title, message }) => ({ file, line, message: `${title} ${message}` }));

/** Linux keeps the highest value itself. */
function peakOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1_024);
  } catch {
    return null;
  }
}

/** What no input may make the gate use, in megabytes. */
const MOST_MEMORY = 1_536;

/** The verdict, at that place, with that message, in that memory? */
export const isAsDemanded =
  ({ verdict, at, says }: HostileInput) =>
  (result: HostileResult): boolean =>
    result.verdict === verdict &&
    (at === null || result.at.some((place) => (typeof at === 'string' ? place === at : at.test(place)))) &&
    says.test(result.message) &&
    (result.peakMegabytes ?? 0) <= MOST_MEMORY;
