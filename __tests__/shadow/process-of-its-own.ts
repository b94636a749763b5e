import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Account } from '../../src/shadow/account.ts';
import { canReach } from '../../src/shadow/account.ts';
import type { Connection } from '../../src/shadow/shadow.ts';

const program = fileURLToPath(new URL('programs/boot.ts', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A directory that every account may enter, removed with the test. */
export function openDirectory(): string {
  const path = mkdtempSync('/tmp/mg-test-');
  chmodSync(path, 0o755);
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export interface Boot {
  readonly child: ChildProcess;
  /** The line that says it is up; rejects with what the program wrote when it ended before. */
  readonly up: Promise<{ connection: Connection; admin: Connection; postgresVersion: string }>;
  /** Resolves at the first progress message that contains the text. */
  said(text: string): Promise<void>;
  /** Exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  stderr(): string;
}

/** Boots a shadow in another process, with its own temporary and cache directory, as another user when said. */
export function boot(options: {
  major: number;
  afterwards: 'close' | 'forget' | 'wait' | 'throw' | 'exit';
  temporary: string;
  cache: string;
  account?: Account;
}): Boot {
  const command = [process.execPath, program, String(options.major), options.afterwards];
  const child = spawn(
    options.account === undefined ? process.execPath : 'setpriv',
    [...(options.account === undefined ? command.slice(1) : [...asUser(options.account), ...command])],
    {
      cwd: '/',
      env: {
        PATH: process.env.PATH,
        HOME: '/nonexistent',
        TMPDIR: options.temporary,
        XDG_CACHE_HOME: options.cache,
        SECRET_TOKEN: 'must-not-reach-sql',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const seen = async (test: () => boolean) => {
    while (!test()) {
      const more = [child.stdout, child.stderr].map((stream) =>
        once(stream as NodeJS.ReadableStream, 'data'),
      );
      if ((await Promise.race([...more, ended.then(() => 'ended')])) === 'ended' && !test()) {
        throw new Error(`it ended: ${stdout}\n${stderr}`);
      }
    }
  };
  return {
    child,
    up: seen(() => stdout.includes('\n')).then(() => JSON.parse(stdout.split('\n')[0] ?? '')),
    said: (text) => seen(() => stderr.includes(text)),
    ended,
    stderr: () => stderr,
  };
}

/** An ordinary user: no capability, but for reading the checkout where that lies in root's private directory. */
function asUser({ uid, gid }: Account): string[] {
  const reading = canReach(root, { name: '', uid, gid })
    ? []
    : ['--inh-caps', '-all,+dac_read_search', '--ambient-caps', '-all,+dac_read_search'];
  return ['--reuid', String(uid), '--regid', String(gid), '--clear-groups', ...reading];
}

/** Command lines of the processes that work in this directory or name it. */
export function processesIn(directory: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(join('/proc', pid, 'cmdline'), 'utf8').replaceAll('\0', ' ');
        const cwd = readlinkSync(join('/proc', pid, 'cwd'));
        return command.includes(directory) || cwd.startsWith(directory) ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
}

/** Shared memory of servers that no process has any more: what a killed `postgres` leaves outside its directory. */
export function orphanedSegments(): string[] {
  const segments = readdirSync('/dev/shm').filter((name) => name.startsWith('PostgreSQL.'));
  const mapped = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(join('/proc', pid, 'maps'), 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');
  // One that was listed may have been removed in good order meanwhile.
  return segments.filter((name) => !mapped.includes(name) && existsSync(join('/dev/shm', name)));
}
