import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../src/report/markdown/markdown.ts';
import { toTerminal } from '../../src/report/terminal/terminal.ts';
import { repository } from '../git/repository.ts';
import { gateOf, only } from './gate-of.ts';

const config = { '.github/migration-gate.yml': 'lock-timeout: set-by-role\n' };
const users = 'CREATE TABLE users (\n  id bigint PRIMARY KEY,\n  email text\n);\n';

function pullRequest(base: Record<string, string>, work: (repo: ReturnType<typeof repository>) => void) {
  const repo = repository({ ...config, ...base });
  repo.git('checkout', '-q', '-b', 'change');
  work(repo);
  repo.commit();
  return repo;
}

const commandsOf = ({ commands = [] }: { commands?: readonly string[] }): string => commands.join(' && ');

describe('the way out of a changed history', () => {
  test('an edit: since when it is there, what takes it back, and the migration that does what it meant', async () => {
    const repo = pullRequest({ 'db/migrations/1_users.sql': users }, ({ write }) =>
      write({
        'db/migrations/1_users.sql': users.replace('email text', "nickname text DEFAULT 'x',\n  email text"),
      }),
    );
    const report = await gateOf(repo.directory);
    const found = only(report, 'edited-applied-migration');
    const { message, fix, detail } = found;
    const first = repo.git('rev-list', '--max-parents=0', 'HEAD').slice(0, 10);
    expect(message).toContain(
      `It is on main since ${repo.git('log', '-1', '--format=%cs', 'main')} (${first}).`,
    );
    expect(detail?.text).toContain('+  nickname');
    expect(fix?.sql).toBe("ALTER TABLE public.users ADD COLUMN nickname text DEFAULT 'x'::text;");
    expect(fix?.heading).toContain('New migration db/migrations/2_follow_up.sql');
    expect(fix?.heading).toContain('but for the order of columns');
    expect(toMarkdown(report, {})).toContain('ADD COLUMN nickname');
    expect(toMarkdown(report, {})).toContain('```text\ngit checkout main -- db/migrations/1_users.sql\n```');
    expect(toTerminal(report, { color: false, width: 100 })).toContain(
      'New migration db/migrations/2_follow_up.sql',
    );

    execFileSync('sh', ['-c', commandsOf(found)], { cwd: repo.directory });
    repo.commit({ 'db/migrations/2_follow_up.sql': `${fix?.sql}\n` });
    const after = await gateOf(repo.directory);
    expect(after.findings).toEqual([]);
    expect(after.databases[0]?.schemaChanges.map(({ name }) => name)).toEqual(['public.users.nickname']);
  });

  test('a deletion, in the form of the tool', async () => {
    const up = (sql: string) => `-- migrate:up\n${sql}\n\n-- migrate:down\n`;
    const repo = pullRequest(
      {
        'db/migrations/20240101000000_users.sql': up(users),
        'db/migrations/20240102000000_logs.sql': up('CREATE TABLE logs (id bigint);'),
      },
      ({ git }) => git('rm', '-q', 'db/migrations/20240102000000_logs.sql'),
    );
    const { fix, commands } = only(await gateOf(repo.directory), 'deleted-applied-migration');
    expect(fix?.sql).toBe('-- migrate:up\nDROP TABLE public.logs;\n\n-- migrate:down');
    expect(fix?.heading).toContain('db/migrations/20240102000001_follow_up.sql');
    expect(commands).toEqual(['git checkout main -- db/migrations/20240102000000_logs.sql']);
  });

  test('a late one: the rename that the finding tells cures it', async () => {
    const repo = pullRequest(
      { 'db/migrations/1_users.sql': users, 'db/migrations/3_b.sql': 'CREATE TABLE b (id int);' },
      ({ write }) => write({ "db/migrations/2_it's; here.sql": 'CREATE TABLE a (id int);' }),
    );
    const found = only(await gateOf(repo.directory), 'out-of-order-migration');
    execFileSync('sh', ['-c', commandsOf(found)], { cwd: repo.directory });
    repo.commit();
    const after = await gateOf(repo.directory);
    expect(after.findings).toEqual([]);
    expect(after.databases[0]?.migrations.map(({ file }) => file)).toEqual([
      "db/migrations/4_it's; here.sql",
    ]);
  });

  test('two that take the same number move apart', async () => {
    const repo = pullRequest({ 'db/migrations/1_users.sql': users }, ({ write }) =>
      write({ 'db/migrations/1_b.sql': 'CREATE TABLE b (id int);' }),
    );
    const { commands } = only(await gateOf(repo.directory), 'duplicate-version');
    expect(commands).toEqual(['git mv -- db/migrations/1_b.sql db/migrations/2_b.sql']);
  });

  test('many files are one finding that names ten', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 14 }, (_, n) => [
        `db/migrations/${n + 10}_t.sql`,
        `CREATE TABLE t${n} (id int);\n`,
      ]),
    );
    const repo = pullRequest(files, ({ git }) => git('rm', '-q', ...Object.keys(files).slice(2)));
    const { title, detail, commands = [] } = only(await gateOf(repo.directory), 'deleted-applied-migration');
    expect(title).toBe('12 applied migrations are gone');
    expect(detail?.text.split('\n')).toHaveLength(11);
    expect(detail?.text).toContain('… and 2 more');
    execFileSync('sh', ['-c', commandsOf({ commands })], { cwd: repo.directory });
    expect(repo.git('diff', '--stat', 'main')).toBe('');
  });

  test('what cannot be led out of by a migration shows none', async () => {
    const repo = pullRequest({ 'db/migrations/1_m.sql': "CREATE TYPE m AS ENUM ('a', 'b');" }, ({ write }) =>
      write({ 'db/migrations/1_m.sql': "CREATE TYPE m AS ENUM ('a');" }),
    );
    expect(only(await gateOf(repo.directory), 'edited-applied-migration').fix).toBeNull();
  });
});
