import { realpath } from 'node:fs/promises';
import { type GitPlace, tryGit } from '../git/command.ts';
import { gitEnvironment } from '../git/environment.ts';

/** How workflows name the action where nobody says which copy and which release: both words are to be replaced. */
export const actionReference = 'OWNER/migration-gate@REF';

/** A repository of GitHub's, or of a GitHub Enterprise server, by https or ssh; the name in the first group. */
const remote =
  /^(?:https:\/\/(?:[^/@]*@)?|ssh:\/\/git@|git@)[^/:]*github[^/:]*(?::\d+)?[/:]([\w.-]+\/migration-gate)(?:\.git)?\/?$/;

/**
 * The copy that this program is, as a workflow names it: `OWNER/migration-gate@COMMIT`. Null where the program is no clone,
 * or its remote may not have the commit.
 *
 * @param directory the top of the program's own files
 */
export async function referenceOf(directory: string): Promise<string | null> {
  const place: GitPlace = { cwd: directory, env: gitEnvironment(process.env, []), running: new Set() };
  const ask = async (...args: string[]): Promise<string> => {
    const { code, stdout } = await tryGit(place, args);
    return code === 0 ? stdout.toString('utf8').trim() : '';
  };
  const top = await ask('rev-parse', '--show-toplevel');
  // Installed as a package, it lies somewhere in a repository of somebody else.
  if (top === '' || (await realpath(top)) !== (await realpath(directory))) return null;
  const name = remote.exec(await ask('remote', 'get-url', 'origin'))?.[1];
  const commit = await ask('rev-parse', 'HEAD');
  const there = await ask(
    'for-each-ref',
    '--count=1',
    '--contains=HEAD',
    '--format=x',
    'refs/remotes/origin',
  );
  return name === undefined || there === '' ? null : `${name}@${commit}`;
}
