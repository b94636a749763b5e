import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import {
  type GitPlace,
  type GitResult,
  gitFailed,
  gitLine,
  redact,
  tryGit,
  withoutLineFeed,
} from './command.ts';
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
  const asked = await askLayout(start);
  // An older one repeats the option that it does not know.
  if (asked.layout === null || asked.result.stdout.includes('--path-format')) await mustBeNewEnough(start);
  const { layout, trusted } = await trustedLayout(start, asked);
  const top = layout.top ?? layout.gitDir;
  const home = place(top, trusted);
  // Git runs at the top from now on, so that what it says there counts.
  const { objectFormat, gitDir, commonDir } = resolve(top) === cwd ? layout : await layoutAt(home);
  return { ...home, top, gitDir, commonDir, bare: layout.top === null, objectFormat };
}

/** The index file of the working tree (it need not exist). */
export function indexFile(repo: Repository): string {
  return join(repo.gitDir, 'index');
}

/** What `git version` says, as text and as numbers. */
export async function gitVersion(
  from: GitPlace,
): Promise<{ text: string; isAtLeast: (oldest: readonly [major: number, minor: number]) => boolean }> {
  const text = await gitLine(from, ['version']);
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(text) ?? []).map(Number);
  return { text, isAtLeast: ([first, second]) => major > first || (major === first && minor >= second) };
}

async function mustBeNewEnough(from: GitPlace): Promise<void> {
  const { text, isAtLeast } = await gitVersion(from);
  if (isAtLeast(OLDEST)) return;
  throw new UserError(`git ${OLDEST.join('.')} or newer is needed, but this is \`${text}\`.`);
}

function place(cwd: string, config: readonly ConfigEntry[]): GitPlace {
  return { cwd, env: gitEnvironment(process.env, config), running: new Set() };
}

interface Layout {
  readonly bare: boolean;
  readonly objectFormat: string;
  readonly gitDir: string;
  readonly commonDir: string;
  /** Null where there is no working tree. */
  readonly top: string | null;
}

const PATHS = [['--absolute-git-dir'], ['--path-format=absolute', '--git-common-dir'], ['--show-toplevel']];

/** All at once, since each git takes its time. The last question fails in a bare repository, after the other answers. */
async function askLayout(from: GitPlace): Promise<{ result: GitResult; layout: Layout | null }> {
  const questions = ['--is-bare-repository', '--show-object-format', ...PATHS.flat()];
  const result = await tryGit(from, ['rev-parse', ...questions]);
  const [bare, objectFormat, ...lines] = withoutLineFeed(result.stdout).split('\n');
  if (objectFormat === undefined) return { result, layout: null };
  const asked = PATHS.slice(0, result.code === 0 ? 3 : 2);
  // More lines than paths: one of them holds a line feed.
  const paths =
    lines.length === asked.length
      ? lines
      : await Promise.all(asked.map((question) => gitLine(from, ['rev-parse', ...question])));
  const [gitDir = '', commonDir = '', top = null] = paths;
  return { result, layout: { bare: bare === 'true', objectFormat, gitDir, commonDir, top } };
}

async function layoutAt(home: GitPlace): Promise<Layout> {
  const { result, layout } = await askLayout(home);
  if (layout === null) throw gitFailed(['rev-parse'], result);
  return layout;
}

/** The layout, asked again where git has to be told first that the directory's owner is trusted. */
async function trustedLayout(
  start: GitPlace,
  first: Awaited<ReturnType<typeof askLayout>>,
): Promise<{ layout: Layout; trusted: readonly ConfigEntry[] }> {
  let trusted: ConfigEntry[] = [];
  let asked = first;
  const foreign = dubious(asked.result);
  if (foreign !== null) {
    // In a container job the checkout belongs to the runner's user and the job runs as root; whoever set up
    // the job chose both. On a person's machine git's refusal protects from what another user wrote into
    // .git/config, and is theirs to lift.
    if (!isCi(start.env)) throw notOwned(foreign);
    trusted = [['safe.directory', foreign]];
    asked = await askLayout(place(start.cwd, trusted));
    if (dubious(asked.result) !== null) throw notOwned(foreign);
  }
  const { layout, result } = asked;
  if (layout === null) {
    throw new UserError(
      `${start.cwd} is not inside a git repository (${firstLine(result.stderr)}). Run it there, or give the repository with \`--repo\`.`,
    );
  }
  if (layout.top === null && !layout.bare) {
    throw new UserError(`${start.cwd} is inside a git directory; give its working tree with \`--repo\`.`);
  }
  return { layout, trusted };
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
