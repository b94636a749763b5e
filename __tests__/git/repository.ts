import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

// The configuration of whoever runs the tests must not decide what they say.
process.env.GIT_CONFIG_GLOBAL = '/dev/null';
process.env.GIT_CONFIG_NOSYSTEM = '1';

const AUTHOR = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

const made: string[] = [];
afterAll(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A directory that is gone after the file's tests. */
export function scratchDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'mg-test-git-')));
  made.push(directory);
  return directory;
}

export interface TestRepository {
  readonly directory: string;
  /** Runs git there and returns what it prints, trimmed. */
  git(...args: string[]): string;
  write(files: Record<string, string>): void;
  /** Writes files, commits everything, returns the commit. */
  commit(files?: Record<string, string>): string;
}

/** A new repository on branch main with the given commits, one per argument. */
export function repository(...commits: Record<string, string>[]): TestRepository {
  const repo = at(scratchDirectory());
  repo.git('init', '-q', '-b', 'main');
  for (const files of commits) repo.commit(files);
  return repo;
}

/** A repository that exists. */
export function at(directory: string): TestRepository {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: directory,
      env: { ...process.env, ...AUTHOR },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const write = (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
  };
  const commit = (files: Record<string, string> = {}) => {
    write(files);
    git('add', '--all');
    git('commit', '-q', '--allow-empty', '-m', 'change');
    return git('rev-parse', 'HEAD');
  };
  return { directory, git, write, commit };
}

/** `git clone` of a repository over the file transport, which honours `--depth`. */
export function clone(from: TestRepository, ...options: string[]): TestRepository {
  const directory = join(scratchDirectory(), 'clone');
  from.git('clone', '-q', ...options, `file://${from.directory}`, directory);
  return at(directory);
}

/** Everything below a directory, `.git` included, by path, kind and contents. */
export function fingerprint(directory: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (below: string) => {
    for (const name of readdirSync(join(directory, below)).sort()) {
      const path = join(below, name);
      const stat = lstatSync(join(directory, path));
      if (stat.isDirectory()) {
        found[path] = 'directory';
        walk(path);
      } else if (stat.isSymbolicLink()) found[path] = `-> ${readlinkSync(join(directory, path))}`;
      else
        found[path] = createHash('sha1')
          .update(readFileSync(join(directory, path)))
          .digest('hex');
    }
  };
  walk('');
  return found;
}
