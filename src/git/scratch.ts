import { copyFile, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOwnedDirectory, removeLeftovers } from '../shadow/owned-directory.ts';
import { begun } from './begun.ts';
import { endGit, type GitPlace, git, hasExited, nulSeparated } from './command.ts';
import { type ConfigEntry, withConfig } from './environment.ts';
import type { Repository } from './repository.ts';

/**
 * A bare repository in a temporary directory that borrows the user's objects. Everything that has to be
 * written goes there: the working tree's tree, the merge, what is fetched and, since it is a repository of
 * its own, the limits of a shallow clone (`git fetch --depth` in the user's clone would rewrite
 * `.git/shallow`).
 */
export interface Scratch extends GitPlace, AsyncDisposable {
  readonly directory: string;
  readonly objects: string;
  /** Where git keeps the commits whose parents are missing. The file may not exist. */
  readonly shallowFile: string;
  /** What the user's configuration says, from all of its files. */
  readonly settings: readonly Setting[];
}

/** One value of the user's configuration. */
export interface Setting {
  /** `system`, `global`, `local` (the repository's own), `worktree` or `command`. */
  readonly scope: string;
  /** As git writes it: only the middle part keeps its case. */
  readonly key: string;
  readonly value: string;
}

/** Sections that decide how a remote is reached (actions/checkout stores its token in `http.*`). */
const REMOTE_CONFIG = /^(remote|url|http|credential|ssh|protocol)\.|^core\.(sshcommand|gitproxy|askpass)$/i;

/** Makes the scratch repository; closing removes it, a signal does too. */
export async function makeScratch(repo: Repository): Promise<Scratch> {
  const told = begun(settingsOf(repo));
  // What a killed run left is removed by the next one, as with servers.
  await removeLeftovers(tmpdir());
  const owned = createOwnedDirectory(tmpdir(), 0o700);
  const directory = await realpath(owned.path);
  const running: GitPlace['running'] = new Set();
  const stop = () => {
    for (const child of running) endGit(child);
  };
  const stopAndWait = async () => {
    stop();
    await Promise.all([...running].map(hasExited));
  };
  owned.addStop({ run: stopAndWait, sync: stop });
  const close = owned.remove;

  const gitDir = join(directory, 'repository');
  const objects = join(gitDir, 'objects');
  const shallowFile = join(gitDir, 'shallow');
  let settings: Setting[];
  try {
    await mkdir(join(gitDir, 'refs'), { recursive: true });
    await mkdir(join(objects, 'info'), { recursive: true });
    await writeFile(join(gitDir, 'HEAD'), 'ref: refs/heads/none\n');
    await writeFile(join(gitDir, 'config'), configFile(repo.objectFormat));
    await writeFile(join(objects, 'info', 'alternates'), `${quoted(join(repo.commonDir, 'objects'))}\n`);
    await copyIfPresent(join(repo.commonDir, 'shallow'), shallowFile);
    settings = await told;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    cwd: repo.top,
    env: withConfig({ ...repo.env, GIT_DIR: gitDir }, remoteConfig(settings)),
    running,
    directory,
    objects,
    shallowFile,
    settings,
    [Symbol.asyncDispose]: close,
  };
}

/** Copies a file unless there is none. @returns whether there was one */
export async function copyIfPresent(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** The commits whose parents the scratch repository does not have. */
export async function shallowCommits(scratch: Scratch): Promise<Set<string>> {
  try {
    return new Set((await readFile(scratch.shallowFile, 'utf8')).split('\n').filter((line) => line !== ''));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw error;
  }
}

async function settingsOf(repo: Repository): Promise<Setting[]> {
  // Read by git and not from the file: actions/checkout includes its token from another one.
  const fields = nulSeparated(await git(repo, ['config', '--list', '-z', '--show-scope']));
  const settings: Setting[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [scope = '', field = ''] = fields.slice(index, index + 2);
    const end = field.indexOf('\n');
    // A key without a value means true.
    settings.push(
      end < 0
        ? { scope, key: field, value: 'true' }
        : { scope, key: field.slice(0, end), value: field.slice(end + 1) },
    );
  }
  return settings;
}

/** The repository's own settings, as far as they decide how remotes are reached. */
const remoteConfig = (settings: readonly Setting[]): ConfigEntry[] =>
  settings
    .filter(({ scope, key }) => (scope === 'local' || scope === 'worktree') && REMOTE_CONFIG.test(key))
    .map(({ key, value }) => [key, value]);

function configFile(objectFormat: string): string {
  const lines = ['[core]', 'repositoryFormatVersion = 1', 'bare = true'];
  if (objectFormat !== 'sha1') lines.push('[extensions]', `objectFormat = ${objectFormat}`);
  return `${lines.join('\n')}\n`;
}

/** As `info/alternates` wants a path that it would otherwise take for a comment, a quoted one or several. */
function quoted(path: string): string {
  if (!/^["#]|[\n\\]/.test(path)) return path;
  return `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}
