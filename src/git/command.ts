import { type ChildProcess, spawn } from 'node:child_process';
import { type Place, Undecided, UserError } from '../errors.ts';

/** Where a git command runs, and as which repository. */
export interface GitPlace {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Children at work, so that whoever removes the directory they write to can end them first. */
  readonly running: Set<ChildProcess>;
}

/** How a git command ended. */
export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A git command that should have worked did not: a defect, or something that the caller explains. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  readonly stderr: string;

  constructor(args: readonly string[], { code, stderr }: GitResult) {
    super(`git ${args[0]} failed with exit code ${code}: ${redact(stderr.trim()) || '(no message)'}`);
    this.stderr = stderr;
  }
}

/** What git says of an object that the clone lacks, that could not be fetched, or that is damaged. */
const LACKING =
  /could not (?:read|fetch) [0-9a-f]{40}|unable to read (?:tree|[0-9a-f(])|not a tree object|(?:bad|invalid|missing) (?:object|tree|blob|commit|file)|promisor remote|is corrupt|inflate:|object file|packfile/i;

/**
 * What to throw where a git command failed that should have worked.
 *
 * @param place the file whose contents were to be read, where that is known
 */
export function gitFailed(args: readonly string[], result: GitResult, place?: Place): GitFailure | Undecided {
  const failure = new GitFailure(args, result);
  return LACKING.test(result.stderr)
    ? lacking(redact(result.stderr.trim()), { place, cause: failure })
    : failure;
}

/** A clone without an object that the comparison needs. @param said what git says */
export function lacking(
  said: string,
  options: { place?: Place | undefined; cause?: unknown } = {},
): Undecided {
  const [first = ''] = said.split('\n');
  return new Undecided(
    'base-not-available',
    `The clone lacks ${options.place === undefined ? 'an object' : `the contents of ${options.place.file}`}, or has it damaged (git: ${first.slice(0, 300)}). In a workflow let actions/checkout get the files (no \`filter\`); elsewhere \`git fetch --refetch\` gets what is missing, and \`git fsck\` tells what is damaged.`,
    options,
  );
}

/** Enough for any message; a hostile server or filter may write without end. */
const MAX_STDERR = 64 * 1024;

/** Windows has no process groups, and opens a window for a detached child. */
const OWN_GROUP = process.platform !== 'win32';

/**
 * Runs git, without a shell, and resolves however it ends.
 *
 * @throws UserError where git itself cannot be started
 */
export async function tryGit(
  place: GitPlace,
  args: readonly string[],
  { input, env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<GitResult> {
  const chunks: Buffer[] = [];
  const { child, ended } = startGit({ ...place, env: { ...place.env, ...env } }, args, {
    stdin: input === undefined ? 'ignore' : 'pipe',
    onData: (chunk) => chunks.push(chunk),
  });
  child.stdin?.end(input);
  const { code, stderr } = await ended;
  return { code, stdout: Buffer.concat(chunks), stderr };
}

/**
 * Runs git and returns what it printed.
 *
 * @throws GitFailure where it ends with another code than 0
 * @throws Undecided('base-not-available') where the clone lacks an object
 */
export async function git(
  place: GitPlace,
  args: readonly string[],
  options: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Buffer> {
  const result = await tryGit(place, args, options);
  if (result.code !== 0) throw gitFailed(args, result);
  return result.stdout;
}

/** As `git`, for a one-line answer: without the line feed at its end. */
export async function gitLine(place: GitPlace, args: readonly string[]): Promise<string> {
  return withoutLineFeed(await git(place, args));
}

/** A git command at work. */
export interface StartedGit {
  readonly child: ChildProcess;
  /** How it ended. Rejects with what `onData` threw, and with UserError where git cannot be started. */
  readonly ended: Promise<EndedGit>;
}

export interface EndedGit {
  readonly code: number;
  readonly stderr: string;
  /** It was ended by `endGit`. */
  readonly stopped: boolean;
}

/** Starts git and hands on its output as it comes. An error thrown by `onData` ends the command. */
export function startGit(
  place: GitPlace,
  args: readonly string[],
  { stdin, onData }: { stdin: 'ignore' | 'pipe'; onData: (chunk: Buffer) => void },
): StartedGit {
  const child = spawn('git', args, {
    cwd: place.cwd,
    env: place.env,
    stdio: [stdin, 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own, so that what git starts in turn (ssh, a remote helper) can be ended with it. That
    // also takes it off the terminal: nothing can ask for a password there.
    detached: OWN_GROUP,
  });
  place.running.add(child);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < MAX_STDERR) stderr += text;
  });
  // Git may end before it has read everything (EPIPE); its exit code tells.
  child.stdin?.on('error', () => {});
  const ended = new Promise<EndedGit>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      place.running.delete(child);
      reject(cannotStart(error, place.cwd));
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      try {
        onData(chunk);
      } catch (error) {
        endGit(child);
        reject(error);
      }
    });
    child.once('close', (code, signal) => {
      place.running.delete(child);
      resolve({
        code: code ?? -1,
        stderr: signal === null ? stderr : `${stderr}ended by ${signal}`,
        stopped: stopped.has(child),
      });
    });
  });
  return { child, ended };
}

const stopped = new WeakSet<ChildProcess>();

/** Ends a git command at once, with all that it started. */
export function endGit(child: ChildProcess): void {
  if (child.pid === undefined) return;
  stopped.add(child);
  try {
    process.kill(OWN_GROUP ? -child.pid : child.pid, 'SIGKILL');
  } catch (error) {
    // Gone by itself in the meantime; macOS says EPERM for a group of which only zombies are left.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/** Resolves when a git command is gone. What it may have left behind with its pipes is not waited for. */
export function hasExited(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve();
  child.ref();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
  });
}

/** Node reports a missing working directory as ENOENT too; callers make sure that it exists. */
function cannotStart(error: NodeJS.ErrnoException, cwd: string): Error {
  if (error.code !== 'ENOENT') return new Error(`git could not be started in ${cwd}`, { cause: error });
  return new UserError('git was not found. Install git 2.31 or newer and make sure that it is on PATH.', {
    cause: error,
  });
}

/** Git's answer as text, without the one line feed that ends it (a path may hold others). */
export function withoutLineFeed(output: Buffer): string {
  const text = output.toString('utf8');
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

/** Parts of a NUL-terminated list. */
export function nulSeparated(output: Buffer): string[] {
  const parts = output.toString('utf8').split('\0');
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

/** Removes credentials in URLs and the given secrets: git repeats the remote's URL in its messages. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/'"<>]*@/gi, '$1***@');
  for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, '***');
  return clean;
}
