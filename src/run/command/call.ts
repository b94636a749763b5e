import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onExit } from '../../cleanup.ts';
import { Undecided } from '../../errors.ts';
import type { Call } from '../../tools/command-adapter.ts';

/** How a command ended. */
export interface Ended {
  /** Null: it was ended, since it took too long. */
  readonly code: number | null;
  /** The end of what it has printed, both streams together, without control characters. */
  readonly output: string;
  readonly ms: number;
}

/** What is kept of a command's output. */
const KEPT = 64 * 1024;
/** What a process that is told to end may take for it. */
const GRACE_MS = 3_000;
/** Windows has no process groups. */
const OWN_GROUP = process.platform !== 'win32';

/**
 * Runs a command to its end. After `limitMs` it is ended with everything that it has started.
 *
 * @param secrets what must not be shown, wherever it is printed
 * @throws Undecided when the program cannot be started
 */
export async function runCommand(
  { program, args, directory, env = {} }: Call,
  options: {
    readonly root: string;
    readonly env: Readonly<Record<string, string>>;
    readonly limitMs: number;
    readonly secrets: readonly string[];
    /** Where it was installed: paths there are shown without it. */
    readonly installedIn?: string;
  },
): Promise<Ended> {
  const since = performance.now();
  const child = spawn(program, args, {
    cwd: join(options.root, directory),
    env: { ...options.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: OWN_GROUP,
    windowsHide: true,
  });
  const unregister = onExit(() => endGroup(child, 'SIGKILL'), { sync: () => endGroup(child, 'SIGKILL') });
  let output = Buffer.alloc(0);
  const keep = (chunk: Buffer) => {
    output = Buffer.concat([output, chunk]);
    if (output.length > KEPT) output = output.subarray(output.length - KEPT);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let late = false;
  let patience: NodeJS.Timeout | undefined;
  const limit = setTimeout(() => {
    late = true;
    endGroup(child, 'SIGTERM');
    patience = setTimeout(() => endGroup(child, 'SIGKILL'), GRACE_MS);
  }, options.limitMs);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      // A server that it has left behind may hold its output open for ever.
      child.once('exit', (status) => setTimeout(() => resolve(status), 200));
      child.once('close', resolve);
    });
    return {
      code: late ? null : (code ?? 1),
      output: shown(output, options),
      ms: performance.now() - since,
    };
  } catch (error) {
    throw new Undecided(
      'unsupported-tool',
      `${program} cannot be started: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  } finally {
    clearTimeout(limit);
    clearTimeout(patience);
    // What it has started and not ended must not reach the next one's database.
    endGroup(child, 'SIGKILL');
    unregister();
  }
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (OWN_GROUP) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It has ended already.
  }
}

/** Text without colours and secrets. */
function shown(
  output: Buffer,
  { root, secrets, installedIn }: { root: string; secrets: readonly string[]; installedIn?: string },
): string {
  let text = output
    .toString('utf8')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to go
    .replace(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/g, (sign) =>
      sign === '\r' ? '\n' : '',
    );
  for (const place of [root, installedIn ?? root]) text = text.replaceAll(`${place}/`, '');
  for (const secret of secrets) if (secret !== '') text = text.replaceAll(secret, '***');
  return text.trim();
}

/** Who called whom: lines of a trace of Node's or Ruby's. */
const calls = /^\s+at .+[):\d]$|^.*:\d+:in [`'].+'$|^Tasks: TOP => |^\(See full trace/;

/** Node shows the line of the program that threw, which may be a whole bundle. */
const LINE = 400;

/** The last lines of an output that say what happened, for a message. */
export function lastLines(output: string, count = 15, most = 2_000): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const words = lines.filter((line) => !calls.test(line));
  const text = (words.length === 0 ? lines : words)
    .slice(-count)
    .map((line) => (line.length <= LINE ? line : `${line.slice(0, LINE)}…`))
    .join('\n');
  return text.length <= most ? text : `…${text.slice(-most)}`;
}
