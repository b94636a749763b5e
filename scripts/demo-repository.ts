import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const example = fileURLToPath(new URL('../examples/shop/', import.meta.url));

/** Branches of the repository that `makeDemoRepository` makes; the second one is checked out. */
export const branches = { base: 'main', head: 'wholesale-orders' } as const;

/**
 * Makes a git repository of `examples/shop` in `directory`, which is emptied first: a base branch with one commit
 * for each migration, and a pull request's branch on top of it.
 */
export function makeDemoRepository(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, 'migrations'), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: directory, env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  const commit = (message: string, date: string) => {
    git('add', '.');
    const when = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    execFileSync('git', ['commit', '--quiet', '-m', message], {
      cwd: directory,
      env: { ...environment, ...when },
    });
  };

  git('init', '--quiet', `--initial-branch=${branches.base}`);
  for (const file of readdirSync(join(example, 'main/migrations')).sort()) {
    cpSync(join(example, 'main/migrations', file), join(directory, 'migrations', file));
    const [, date, subject] = /^(\d{8})\d+_(.+)\.sql$/.exec(file) ?? [];
    if (date === undefined || subject === undefined) throw new Error(`${file}: not a timestamp and a name`);
    commit(subject.replaceAll('_', ' '), `${date}T120000Z`);
  }
  git('switch', '--quiet', '--create', branches.head);
  cpSync(join(example, 'pull-request'), directory, { recursive: true });
  commit('wholesale orders and refunds', '20250602T120000Z');
}

/** The user's own git configuration (hooks, signing, line ends) stays out of it. */
const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Demo',
  GIT_AUTHOR_EMAIL: 'demo@example.com',
  GIT_COMMITTER_NAME: 'Demo',
  GIT_COMMITTER_EMAIL: 'demo@example.com',
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [directory] = process.argv.slice(2);
  if (directory === undefined) throw new Error('usage: node scripts/demo-repository.ts DIRECTORY');
  makeDemoRepository(directory);
}
