import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../src/report/markdown/markdown.ts';
import { repository } from '../git/repository.ts';
import { gateOf } from './gate-of.ts';

async function ifItFails(base: Record<string, string>, change: Record<string, string>) {
  const repo = repository({ '.github/migration-gate.yml': 'lock-timeout: set-by-role\n', ...base });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  const report = await gateOf(repo.directory);
  return { report, found: report.databases[0]?.migrations.map((migration) => migration.ifItFails) };
}

const users = 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n';

describe('if it fails half-way', () => {
  test('golang-migrate: the server takes a file back, the version stays dirty', async () => {
    const { report, found } = await ifItFails(
      { 'migrations/1_users.up.sql': users },
      { 'migrations/2_logs.up.sql': 'CREATE TABLE logs (id bigint);\nCREATE TABLE more (id bigint);\n' },
    );
    expect(found).toEqual([
      {
        leaves:
          'Nothing of it stays: the server takes it back. The application that runs now still fits; the new one must not start.',
        next: expect.stringContaining('Dirty database version'),
        commands: ['migrate force 1'],
      },
    ]);
    expect(toMarkdown(report, {})).toContain('If it fails half-way');
  });

  test('outside a transaction: what may stay, by name', async () => {
    const { found } = await ifItFails(
      { 'migrations/1_users.sql': users },
      {
        'migrations/2_logs.sql':
          '-- no-transaction\nCREATE TABLE logs (id bigint);\nDROP TABLE IF EXISTS old;\nCREATE INDEX CONCURRENTLY users_email ON users (email);\n',
      },
    );
    expect(found?.[0]?.leaves).toBe(
      'Each statement commits by itself: what stands before the one that fails stays, at most made public.logs. What CONCURRENTLY was building is left as an INVALID index, to be dropped before the next try. The application that runs now finds all it had; the new one fits only once the migration is through.',
    );
  });

  test('Prisma: the commands have the name of the folder', async () => {
    const { found } = await ifItFails(
      {
        'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
        'prisma/migrations/20240101000000_users/migration.sql': users,
      },
      { 'prisma/migrations/20240102000000_logs/migration.sql': 'CREATE TABLE logs (id bigint);\n' },
    );
    expect(found?.[0]?.commands).toEqual(['prisma migrate resolve --rolled-back 20240102000000_logs']);
  });

  test('a part stays: what each command is for, and that neither application fits what is dropped', async () => {
    const { found } = await ifItFails(
      { 'migrations/1_users.up.sql': `${users}CREATE TABLE old (id bigint);\n` },
      {
        'migrations/2_logs.up.sql':
          'BEGIN;\nDROP TABLE old;\nCOMMIT;\nBEGIN;\nCREATE TABLE logs (id bigint);\nCOMMIT;\n',
      },
    );
    expect(found?.[0]?.leaves).toMatch(
      /at most made public\.logs; dropped public\.old\..*neither fits until/,
    );
    expect(found?.[0]?.commands).toEqual([
      '# to run it again, after what it left was taken back by hand:',
      'migrate force 1',
      '# to count it as applied, after what it lacks was done by hand:',
      'migrate force 2',
    ]);
  });

  test('the very first version of golang-migrate: no option of that name', async () => {
    const { found } = await ifItFails(
      { 'README.md': 'x' },
      {
        'migrations/1_users.up.sql': users,
        'migrations/1_users.down.sql': 'DROP TABLE users;\n',
      },
    );
    expect(found?.[0]?.commands).toEqual(['migrate force -- -1']);
  });
});
