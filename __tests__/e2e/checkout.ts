import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files by path; null removes one. */
export type Files = Readonly<Record<string, string | null>>;

/** A repository on a server with a pull request from `topic` to `main`, and the ways to check it out. */
export interface Server extends Disposable {
  readonly shas: {
    /** `main` when the branch left it. */
    readonly base: string;
    readonly head: string;
    /** What GitHub makes of both, under `refs/pull/1/merge`. */
    readonly merge: string;
  };
  /** As actions/checkout does it by default: that one commit, detached, nothing else. */
  checkout(sha: string): string;
  /** Another commit on `topic`, merged again. */
  push(files: Files): Server['shas'];
  /** Another pull request, from where `topic` began, under `refs/pull/N/head`. */
  pull(number: number, files: Files): void;
}

/** What a checkout has of a server is only what was asked for: the base is not among it. */
export function serve(base: Files, change: Files): Server {
  const root = mkdtempSync(join(tmpdir(), 'gate-e2e-'));
  const work = join(root, 'work');
  const bare = join(root, 'server.git');
  git(root, 'init', '--quiet', '--initial-branch=main', work);
  git(root, 'init', '--quiet', '--bare', '--initial-branch=main', bare);
  git(bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  git(work, 'remote', 'add', 'origin', bare);
  const shas = { base: commit(work, base), head: '', merge: '' };
  git(work, 'switch', '--quiet', '--create', 'topic');
  const push = (files: Files): Server['shas'] => {
    shas.head = commit(work, files);
    git(work, 'switch', '--quiet', '--detach', 'main');
    git(work, 'merge', '--quiet', '--no-ff', '-m', 'Merge topic into main', 'topic');
    shas.merge = git(work, 'rev-parse', 'HEAD');
    git(work, 'push', '--quiet', '--force', 'origin', 'main', 'topic', 'HEAD:refs/pull/1/merge');
    git(work, 'switch', '--quiet', 'topic');
    return { ...shas };
  };
  push(change);

  return {
    shas,
    push,
    pull(number, files) {
      git(work, 'switch', '--quiet', '--detach', 'main');
      commit(work, files);
      git(work, 'push', '--quiet', 'origin', `HEAD:refs/pull/${number}/head`);
      git(work, 'switch', '--quiet', 'topic');
    },
    checkout(sha) {
      const clone = mkdtempSync(join(root, 'clone-'));
      git(clone, 'init', '--quiet');
      git(clone, 'remote', 'add', 'origin', `file://${bare}`);
      git(clone, 'fetch', '--quiet', '--no-tags', '--depth=1', 'origin', `+${sha}:refs/remotes/pull/1/merge`);
      git(clone, 'checkout', '--quiet', '--detach', 'refs/remotes/pull/1/merge');
      return clone;
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

function commit(work: string, files: Files): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(work, path);
    if (text === null) {
      rmSync(file);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  git(work, 'add', '--all');
  git(work, 'commit', '--quiet', '--allow-empty', '-m', 'Change');
  return git(work, 'rev-parse', 'HEAD');
}

function git(directory: string, ...args: string[]): string {
  return execFileSync('git', ['-C', directory, ...args], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Ann',
      GIT_AUTHOR_EMAIL: 'ann@example.org',
      GIT_COMMITTER_NAME: 'Ann',
      GIT_COMMITTER_EMAIL: 'ann@example.org',
    },
  }).trim();
}
