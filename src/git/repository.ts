import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { type GitPlace, type GitResult, gitLine, redact, tryGit, withoutLineFeed } from './command.ts';
import { type ConfigEntry, gitEnvironment } from './environment.ts';

/** The user's repository, which is only ever read. */
export interface Repository extends GitPlace {
  /** Top of the working tree; for a bare repository the repository itself. */
  readonly top: string;
  /** This working tree's own git directory (`.git/worktrees/x` for a linked one). */
  readonly gitDir: string;
  /** The git directory that all working trees share: objects, refs, `shallow`. */
  readonly commonDir: string;
  readonly bare: boolean;
  readonly objectFormat: string;
  readonly version: readonly [major: number, minor: number];
}

/** 2.31 is the first that takes configuration from GIT_CONFIG_COUNT, and Debian 12 has 2.39. */
const OLDEST = [2, 31] as const;

/**
 * The repository around a directory.
 *
 * @throws UserError if the directory or git is missing, git is too old, or there is no repository
 */
export async function openRepository(directory: string): Promise<Repository> {
  const cwd = resolve(directory);
  const there = await stat(cwd).catch((error: unknown) => {
    throw new UserError(`The directory ${cwd} cannot be read.`, { cause: error });
  });
  if (!there.isDirectory()) throw new UserError(`${cwd} is not a directory.`);

  const start = place(cwd, []);
  const version = await gitVersion(start);
  const { top, trusted, bare } = await findTop(start);
  const home = place(top, trusted);
  const [format, gitDir, commonDir] = await Promise.all([
    gitLine(home, ['rev-parse', '--show-object-format']),
    gitLine(home, ['rev-parse', '--absolute-git-dir']),
    gitLine(home, ['rev-parse', '--path-format=absolute', '--git-common-dir']),
  ]);
  return { ...home, top, gitDir, commonDir, bare, objectFormat: format, version };
}

/** The index file of the working tree (it need not exist). */
export function indexFile(repo: Repository): string {
  return join(repo.gitDir, 'index');
}

/** Whether the installed git is at least this version. */
export function isAtLeast(repo: Repository, [major, minor]: readonly [number, number]): boolean {
  return repo.version[0] > major || (repo.version[0] === major && repo.version[1] >= minor);
}

function place(cwd: string, config: readonly ConfigEntry[]): GitPlace {
  return { cwd, env: gitEnvironment(process.env, config), running: new Set() };
}

async function gitVersion(start: GitPlace): Promise<[number, number]> {
  const text = await gitLine(start, ['version']);
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? [];
  const version: [number, number] = [Number(major ?? 0), Number(minor ?? 0)];
  if (version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1])) {
    throw new UserError(`git ${OLDEST.join('.')} or newer is needed, but this is \`${text}\`.`);
  }
  return version;
}

async function findTop(
  start: GitPlace,
): Promise<{ top: string; bare: boolean; trusted: readonly ConfigEntry[] }> {
  let trusted: ConfigEntry[] = [];
  let asked = await tryGit(start, ['rev-parse', '--show-toplevel']);
  const foreign = dubious(asked);
  if (foreign !== null) {
    // In a container job the checkout belongs to the runner's user and the job runs as root; whoever set up
    // the job chose both. On a person's machine git's refusal protects from what another user wrote into
    // .git/config, and is theirs to lift.
    if (!isCi(start.env)) throw notOwned(foreign);
    trusted = [['safe.directory', foreign]];
    asked = await tryGit(place(start.cwd, trusted), ['rev-parse', '--show-toplevel']);
    if (dubious(asked) !== null) throw notOwned(foreign);
  }
  if (asked.code === 0) return { top: withoutLineFeed(asked.stdout), bare: false, trusted };
  const inside = await tryGit(place(start.cwd, trusted), ['rev-parse', '--is-bare-repository']);
  if (inside.code !== 0) {
    throw new UserError(
      `${start.cwd} is not inside a git repository (${firstLine(asked.stderr)}). Run it there, or give the repository with \`--repo\`.`,
    );
  }
  if (withoutLineFeed(inside.stdout) !== 'true') {
    throw new UserError(`${start.cwd} is inside a git directory; give its working tree with \`--repo\`.`);
  }
  const top = await gitLine(place(start.cwd, trusted), ['rev-parse', '--absolute-git-dir']);
  return { top, bare: true, trusted };
}

/** The directory that git refuses because it belongs to somebody else, if that is why it failed. */
function dubious({ code, stderr }: GitResult): string | null {
  if (code === 0) return null;
  const start = "detected dubious ownership in repository at '";
  const from = stderr.indexOf(start);
  if (from < 0) return null;
  const rest = stderr.slice(from + start.length);
  const end = rest.search(/'\n|'$/);
  return end < 0 ? null : rest.slice(0, end);
}

function isCi(env: NodeJS.ProcessEnv): boolean {
  return env.GITHUB_ACTIONS === 'true' || (env.CI !== undefined && !['', '0', 'false'].includes(env.CI));
}

function notOwned(directory: string): UserError {
  return new UserError(
    `The repository ${directory} belongs to another user, so git does not read it. If you trust it: git config --global --add safe.directory '${directory}'`,
  );
}

function firstLine(text: string): string {
  return redact(text.trim().split('\n', 1)[0] ?? '');
}
