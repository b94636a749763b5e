import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { repository, scratchDirectory, type TestRepository } from '../git/repository.ts';
import { check, command, entry } from './command.ts';

const users = 'CREATE TABLE users (\n  id bigint PRIMARY KEY,\n  email text\n);\n';
const orders =
  'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id), total integer NOT NULL);\n';

/** Main with two migrations, and the branch `change`, checked out, with these files on top. */
function pullRequest(change: Record<string, string>): TestRepository {
  const repo = repository({ 'db/migrations/0001_users.sql': users, 'db/migrations/0002_orders.sql': orders });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return repo;
}

/** Advice is not what these tests are about. */
const rulesOf = (report: Report) =>
  report.findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ rule, severity }) => `${severity} ${rule}`)
    .sort();

describe('verdicts', () => {
  test('a blocking index is blocked, with the lock and a way out', async () => {
    const repo = pullRequest({
      'db/migrations/0003_email.sql':
        '-- find users by e-mail\nCREATE INDEX users_email_idx\n  ON users (email);\n',
    });
    const { code, report, stderr } = await check(repo.directory);
    expect(code).toBe(1);
    expect(report.verdict).toBe('blocked');
    expect(report.findings).toMatchObject([
      {
        rule: 'create-index-blocking',
        severity: 'error',
        file: 'db/migrations/0003_email.sql',
        line: 2,
        endLine: 3,
        object: 'public.users',
        evidence: { lock: 'ShareLock', blocks: ['writes'], scan: true, rewrite: false },
      },
    ]);
    expect(report.findings[0]?.fix?.sql).toContain('CREATE INDEX CONCURRENTLY users_email_idx ON users');
    expect(report.findings[0]?.fix?.verified).toBe(true);
    expect(report.databases).toMatchObject([
      {
        path: 'db/migrations',
        tool: 'plain',
        shadow: { provider: 'embedded', postgresVersion: expect.stringMatching(/^17\./) },
        migrationCounts: { base: 2, new: 1 },
        migrations: [
          {
            version: '0003',
            name: 'email',
            status: 'new',
            transaction: 'single',
            error: null,
            statements: [
              {
                line: 2,
                endLine: 3,
                locks: expect.arrayContaining([
                  { schema: 'public', relation: 'users', kind: 'table', mode: 'ShareLock', new: true },
                ]),
                rewrites: [],
                scans: ['public.users'],
              },
            ],
          },
        ],
        schemaChanges: [{ change: 'added', type: 'index', name: 'public.users_email_idx', impact: 'none' }],
      },
    ]);
    expect(stderr).not.toContain('::');
  });

  test('a safe migration passes', async () => {
    const repo = pullRequest({
      'db/migrations/0003_notes.sql':
        'CREATE TABLE notes (id bigint PRIMARY KEY);\nCREATE INDEX ON notes (id);\n',
      'db/migrations/0004_email.sql': '-- no-transaction\nCREATE INDEX CONCURRENTLY i ON users (email);\n',
    });
    const { code, report } = await check(repo.directory);
    expect([code, report.verdict, report.findings]).toEqual([0, 'pass', []]);
    expect(report.databases[0]?.migrations.map(({ transaction }) => transaction)).toEqual(['single', 'none']);
  });

  test('a branch that changes no migration needs no server', async () => {
    const repo = pullRequest({ 'README.md': 'Shop\n' });
    const { code, report } = await check(repo.directory);
    expect([code, report.verdict]).toEqual([0, 'pass']);
    expect(report.databases.every(({ shadow }) => shadow === null)).toBe(true);
  });

  test('a repository without migrations passes', async () => {
    const repo = repository({ 'README.md': 'Shop\n' });
    const { code, report } = await check(repo.directory);
    expect([code, report.verdict, report.databases]).toEqual([0, 'pass', []]);
  });

  test('an edited migration is blocked, and what environments will differ in is said', async () => {
    const repo = pullRequest({
      'db/migrations/0001_users.sql': users.replace('email text', 'email text,\n  nickname text'),
    });
    const { code, report } = await check(repo.directory);
    expect(code).toBe(1);
    expect(rulesOf(report)).toEqual(['error edited-applied-migration']);
    expect(report.databases[0]).toMatchObject({
      historyChanges: [{ kind: 'edited', file: 'db/migrations/0001_users.sql', version: '0001' }],
      migrations: [{ version: '0001', status: 'edited', statements: [] }],
      divergence: [{ change: 'added', type: 'column', name: 'public.users.nickname' }],
      schemaChanges: [],
    });
    expect(report.findings[0]?.detail?.text).toContain('+  nickname text');
  });

  test('a migration that fails is shown with its place', async () => {
    const repo = pullRequest({
      'db/migrations/0003_broken.sql':
        'ALTER TABLE users ADD COLUMN a int;\nALTER TABLE users DROP COLUMN nope;\n',
      'db/migrations/0004_next.sql': 'CREATE TABLE later ();\n',
    });
    const { code, report } = await check(repo.directory);
    expect(code).toBe(1);
    expect(rulesOf(report)).toEqual(['error migration-fails']);
    expect(report.findings[0]).toMatchObject({ file: 'db/migrations/0003_broken.sql', line: 2 });
    expect(report.databases[0]?.migrations).toMatchObject([
      { error: { sqlstate: '42703', line: 2 }, ran: true },
      { error: null, ran: false },
    ]);
  });

  test('a base that does not apply is undecided, and not the author’s fault', async () => {
    const repo = repository({
      'db/migrations/0001_a.sql': 'SELECT 1;\n',
      'db/migrations/0002_b.sql': 'SELECT\n nope;\n',
    });
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit({ 'db/migrations/0003_c.sql': 'SELECT 1;\n' });
    const { code, report } = await check(repo.directory);
    expect([code, report.verdict]).toEqual([2, 'undecided']);
    expect(report.undecided).toMatchObject({
      reason: 'base-does-not-apply',
      file: 'db/migrations/0002_b.sql',
      line: 2,
      message: expect.stringContaining('column "nope" does not exist'),
    });
  });

  test('a merge conflict is undecided', async () => {
    const repo = pullRequest({ 'db/migrations/0003_x.sql': 'SELECT 1;\n' });
    repo.git('checkout', '-q', 'main');
    repo.commit({ 'db/migrations/0003_x.sql': 'SELECT 2;\n' });
    repo.git('checkout', '-q', 'change');
    const { code, report } = await check(repo.directory, '--head', 'change');
    expect([code, report.undecided?.reason, report.undecided?.file]).toEqual([
      2,
      'merge-conflict',
      'db/migrations/0003_x.sql',
    ]);
  });
});

describe('what is compared', () => {
  test('uncommitted and untracked files are head', async () => {
    const repo = pullRequest({ 'README.md': 'Shop\n' });
    repo.write({ 'db/migrations/0003_drop.sql': 'DROP TABLE orders;\n' });
    const { code, report } = await check(repo.directory);
    expect([code, rulesOf(report), report.head]).toEqual([
      0,
      ['warning drop-table'],
      { ref: 'working tree', sha: null },
    ]);
  });

  test('what main got in the meantime is missing from head, not deleted', async () => {
    const repo = pullRequest({ 'db/migrations/0004_change.sql': 'ALTER TABLE users ADD COLUMN c int;\n' });
    repo.git('checkout', '-q', 'main');
    repo.commit({ 'db/migrations/0003_meanwhile.sql': 'ALTER TABLE users ADD COLUMN m int;\n' });
    repo.git('checkout', '-q', 'change');
    const { code, report } = await check(repo.directory, '--base', 'main', '--head', 'change');
    expect([code, report.verdict]).toEqual([0, 'pass']);
    expect(report.databases[0]).toMatchObject({
      historyChanges: [{ kind: 'missing-from-head', file: 'db/migrations/0003_meanwhile.sql' }],
      migrationCounts: { base: 3, new: 1 },
    });
  });

  test('two tools side by side, without configuration', async () => {
    const repo = repository({
      'db/migrations/0001_users.sql': users,
      'apps/web/prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      'apps/web/prisma/migrations/20240101000000_init/migration.sql':
        'CREATE TABLE "User" ("id" SERIAL PRIMARY KEY, "name" TEXT);\n',
    });
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit({
      'db/migrations/0002_x.sql': 'ALTER TABLE users ALTER COLUMN id TYPE text;\n',
      'apps/web/prisma/migrations/20240102000000_name/migration.sql':
        'ALTER TABLE "User" ALTER COLUMN "name" SET NOT NULL;\n',
    });
    const { code, report } = await check(repo.directory);
    expect(code).toBe(1);
    expect(report.databases.map(({ path, tool }) => [path, tool]).sort()).toEqual([
      ['apps/web/prisma/migrations', 'prisma'],
      ['db/migrations', 'plain'],
    ]);
    expect(rulesOf(report)).toEqual(['error alter-column-type-rewrite', 'error set-not-null']);
    const names = new Set(report.databases.map(({ name }) => name));
    expect(report.findings.every(({ database }) => names.has(database))).toBe(true);
  });

  test('a Prisma directory with a multi-file schema', async () => {
    const repo = repository({
      'prisma/schema/main.prisma': 'datasource db { provider = "postgresql" }\n',
      'prisma/schema/user.prisma': 'model User { id Int @id }\n',
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      'prisma/migrations/20240101000000_init/migration.sql':
        'CREATE TABLE "User" ("id" INTEGER PRIMARY KEY, "n" INTEGER);\n',
    });
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit({
      'prisma/migrations/20240102000000_same_time/migration.sql':
        'CREATE INDEX CONCURRENTLY "i" ON "User" ("n");\n',
    });
    repo.commit({
      'prisma/migrations/20240102000000_two/migration.sql':
        'CREATE TABLE "Two" ("id" INTEGER PRIMARY KEY);\n',
    });
    const { code, report } = await check(repo.directory);
    expect([code, report.findings]).toEqual([0, []]);
    expect(report.databases[0]?.migrations.map(({ file }) => file)).toEqual([
      'prisma/migrations/20240102000000_same_time/migration.sql',
      'prisma/migrations/20240102000000_two/migration.sql',
    ]);
  });

  test('--path and --tool come back as they were given', async () => {
    const repo = repository({ 'odd place/1_a.sql': 'CREATE TABLE a ();\n' });
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit({ 'odd place/2_b.sql': 'ALTER TABLE a ADD COLUMN b int;\n' });
    const { code, report } = await check(repo.directory, '--path', 'odd place', '--tool', 'plain');
    expect([code, report.databases[0]?.path, report.databases[0]?.paths]).toEqual([
      0,
      'odd place',
      ['odd place'],
    ]);
  });

  test('the checkout is as it was', async () => {
    const repo = pullRequest({ 'db/migrations/0003_x.sql': 'CREATE TABLE x ();\n' });
    repo.write({ 'db/migrations/0004_y.sql': 'CREATE TABLE y ();\n' });
    repo.git('add', 'db/migrations/0004_y.sql');
    const state = () => [
      repo.git('status', '--porcelain'),
      repo.git('for-each-ref'),
      repo.git('count-objects', '-v'),
    ];
    const before = state();
    await check(repo.directory);
    expect(state()).toEqual(before);
  });
});

describe('what the user decides', () => {
  const dropping = { 'db/migrations/0003_drop.sql': 'ALTER TABLE orders DROP COLUMN total;\n' };

  test.each([
    [[], 0, 'pass'],
    [['--fail-on', 'warning'], 1, 'blocked'],
    [['--fail-on', 'never'], 0, 'pass'],
  ] as const)('--fail-on: %j', async (flags, code, verdict) => {
    const result = await check(pullRequest(dropping).directory, ...flags);
    expect([result.code, result.report.verdict, rulesOf(result.report)]).toEqual([
      code,
      verdict,
      ['warning drop-column'],
    ]);
  });

  test('severities in the config', async () => {
    const repo = pullRequest({
      ...dropping,
      '.github/migration-gate.yml': 'rules:\n  drop-column: error\n',
    });
    const { code, report } = await check(repo.directory);
    expect([code, rulesOf(report)]).toEqual([1, ['error drop-column']]);
  });

  test('a rule that is off', async () => {
    const repo = pullRequest({ ...dropping, '.github/migration-gate.yml': 'rules:\n  drop-column: off\n' });
    const { code, report } = await check(repo.directory);
    expect([code, rulesOf(report)]).toEqual([0, []]);
  });

  test('an accepted finding stays in the report with its reason', async () => {
    const repo = pullRequest({
      'db/migrations/0003_i.sql':
        '-- migration-gate:allow create-index-blocking: users has forty rows\nCREATE INDEX ON users (email);\n',
    });
    const { code, report } = await check(repo.directory);
    expect([code, report.verdict, report.counts]).toEqual([
      0,
      'pass',
      { error: 0, warning: 0, notice: 0, allowed: 1 },
    ]);
    expect(report.findings[0]?.allowed).toEqual({
      reason: 'users has forty rows',
      file: 'db/migrations/0003_i.sql',
      line: 1,
    });
  });

  test.each([
    [
      'the next migration',
      { '0003_a.sql': 'SELECT nope;', '0004_b.sql': 'CREATE INDEX ON users (email);' },
      2,
    ],
    ['the rest of the file', { '0003_a.sql': 'SELECT nope;\nCREATE INDEX ON users (email);' }, 2],
    ['nothing', { '0003_a.sql': 'SELECT nope;' }, 0],
  ])('a failure that is accepted and keeps from running: %s', async (_title, files, expected) => {
    const migrations = Object.entries(files).map(([name, sql]) => [
      `db/migrations/${name}`,
      name === '0003_a.sql' ? `-- migration-gate:allow migration-fails: needs a superuser\n${sql}\n` : sql,
    ]);
    const { code, report } = await check(pullRequest(Object.fromEntries(migrations)).directory);
    expect([code, report.undecided?.reason ?? null]).toEqual([
      expected,
      expected === 0 ? null : 'not-observed',
    ]);
  });

  test('a pull request that switches off the rule it breaks', async () => {
    const repo = repository({
      'db/migrations/0001_users.sql': users,
      '.github/migration-gate.yml': 'fail-on: error\n',
    });
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit({
      'db/migrations/0002_i.sql': 'CREATE INDEX ON users (email);\n',
      '.github/migration-gate.yml': 'fail-on: error\nrules:\n  create-index-blocking: off\n',
    });
    const { code, report } = await check(repo.directory);
    expect([code, rulesOf(report)]).toEqual([1, ['error gate-weakened']]);
    expect(report.findings[0]).toMatchObject({ database: '', file: '.github/migration-gate.yml', line: 3 });
  });

  test('a mistake in the config is undecided, with its place', async () => {
    const repo = pullRequest({
      ...dropping,
      '.github/migration-gate.yml': 'fail-on: error\nrulez:\n  a: off\n',
    });
    const { code, report } = await check(repo.directory);
    expect(code).toBe(2);
    expect(report.undecided).toMatchObject({
      reason: 'invalid-configuration',
      file: '.github/migration-gate.yml',
      line: 2,
      message: expect.stringContaining('rules'),
    });
  });

  test.each(['15', '16', '18'])('--postgres-version %s', async (major) => {
    const repo = pullRequest({ 'db/migrations/0003_v.sql': 'CREATE TABLE v ();\n' });
    const { code, report } = await check(repo.directory, '--postgres-version', major);
    expect([code, report.databases[0]?.shadow?.postgresVersion.split('.')[0]]).toEqual([0, major]);
  });
});

describe('wrong use', () => {
  test.each([
    [['check', '--nonsense'], /unknown option '--nonsense'/],
    [['check', '--bas', 'main'], /Did you mean --base/],
    [['chek'], /Did you mean check/],
    [['check', '--tool', 'prizma'], /Did you mean prisma/],
    [['check', '--fail-on', 'sometimes'], /error, warning, never/],
    [['check', '--base', 'nowhere'], /nowhere/],
    [['check', '--base', '--upload-pack=touch owned'], /.+/],
    [['check', '--postgres-version', '9.6'], /major version/],
    [['check', '--shadow', 'moon'], /moon/],
    [['check', '--path', 'db/migration'], /db\/migrations/],
    [['check', '--json', '-', '--markdown', '-'], /standard output/],
    [['explain', 'create-index-bloking'], /create-index-blocking/],
  ] as const)('%j', async (args, message) => {
    const repo = pullRequest({ 'db/migrations/0003_x.sql': 'CREATE TABLE x ();\n' });
    const { code, stdout, stderr } = await command(repo.directory, ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
  });

  test('outside of a repository', async () => {
    const { code, stderr } = await command(scratchDirectory(), 'check');
    expect(code).toBe(2);
    expect(stderr).toMatch(/git repository/);
  });

  test('--help and --version', async () => {
    const help = await command(scratchDirectory(), 'check', '--help');
    expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('--base <ref>')]);
    const version = await command(scratchDirectory(), '--version');
    expect([version.code, version.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });

  test('explain lists the rules and shows a page', async () => {
    const list = await command(scratchDirectory(), 'explain');
    expect([list.code, list.stdout]).toEqual([0, expect.stringContaining('create-index-blocking')]);
    const page = await command(scratchDirectory(), 'explain', 'create-index-blocking');
    expect([page.code, page.stdout]).toEqual([0, expect.stringContaining('CONCURRENTLY')]);
  });
});

describe('files', () => {
  test('JSON and Markdown beside the terminal report', async () => {
    const repo = pullRequest({ 'db/migrations/0003_i.sql': 'CREATE INDEX ON users (email);\n' });
    const out = scratchDirectory();
    const [json, markdown] = [join(out, 'report.json'), join(out, 'report.md')];
    const { code, stdout } = await command(repo.directory, 'check', '--json', json, '--markdown', markdown);
    expect(code).toBe(1);
    expect(stdout).toContain('create-index-blocking');
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({ schemaVersion: 1, verdict: 'blocked' });
    expect(readFileSync(markdown, 'utf8')).toContain('Blocked');
  });

  test('--quiet prints nothing when all is well', async () => {
    const repo = pullRequest({ 'db/migrations/0003_x.sql': 'CREATE TABLE x ();\n' });
    expect(await command(repo.directory, 'check', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

test.skipIf(process.platform === 'win32')(
  'SIGTERM in the middle leaves no process and no directory',
  async () => {
    const repo = pullRequest({ 'db/migrations/0003_slow.sql': 'SELECT pg_sleep(30);\n' });
    // A place of its own: other tests run meanwhile. The server's account has to reach it.
    const temporary = scratchDirectory();
    chmodSync(temporary, 0o755);
    const child = spawn(process.execPath, [entry, 'check'], {
      cwd: repo.directory,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8');
    for await (const text of child.stderr) {
      said += text;
      if (said.includes('0003_slow.sql')) break;
    }
    const servers = serversOf(child.pid ?? 0);
    expect(servers.length).toBeGreaterThan(0);
    expect(left(temporary)).toHaveLength(2);
    child.kill('SIGTERM');
    const [code, signal] = await once(child, 'exit');
    // By the signal itself, or with the code that stands for it.
    expect(['SIGTERM', 143]).toContain(signal ?? code);
    expect(servers.filter(isThere)).toEqual([]);
    expect(left(temporary)).toEqual([]);
  },
);

/** What the gate keeps there while it runs: the server's directory and git's. The copied binaries stay for the next run. */
function left(temporary: string): string[] {
  return readdirSync(temporary).filter((name) => !name.startsWith('migration-gate-bin-'));
}

function serversOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(parent);
      } catch {
        return false;
      }
    });
}

function isThere(pid: number): boolean {
  try {
    readlinkSync(`/proc/${pid}/cwd`);
    return true;
  } catch {
    return false;
  }
}
