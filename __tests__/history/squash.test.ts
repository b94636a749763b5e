import { describe, expect, test } from 'vitest';
import { repository } from '../git/repository.ts';
import { gateOf, only } from './gate-of.ts';

const quiet = { '.github/migration-gate.yml': 'lock-timeout: set-by-role\n' };
const accepting = { '.github/migration-gate.yml': 'lock-timeout: set-by-role\naccept-squash: true\n' };
const users = 'CREATE TABLE users (id bigint PRIMARY KEY);\n';
const logs = 'CREATE TABLE logs (id bigint PRIMARY KEY);\n';
const nick = 'ALTER TABLE users ADD COLUMN nick text;\n';
const all =
  'CREATE TABLE users (id bigint PRIMARY KEY, nick text);\nCREATE TABLE logs (id bigint PRIMARY KEY);\n';

function squashed(base: Record<string, string>, gone: readonly string[], files: Record<string, string>) {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  if (gone.length > 0) repo.git('rm', '-q', ...gone);
  repo.commit(files);
  return repo.directory;
}

const prisma = {
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/20240101000000_users/migration.sql': users,
  'prisma/migrations/20240102000000_logs/migration.sql': logs,
  'prisma/migrations/20240103000000_nick/migration.sql': nick,
};
const prismaFiles = Object.keys(prisma).slice(1);

describe('a history that was put together', () => {
  test('Prisma: proved, and what every database has to be told', async () => {
    const repo = squashed({ ...quiet, ...prisma }, prismaFiles, {
      'prisma/migrations/20240103000000_squashed/migration.sql': all,
    });
    const report = await gateOf(repo);
    const { severity, message, title, detail, commands } = only(report, 'squashed-history');
    expect(title).toBe(
      'prisma/migrations/20240103000000_squashed/migration.sql replaces 3 applied migrations, with the same schema',
    );
    expect(severity).toBe('error');
    expect(commands).toEqual(['prisma migrate resolve --applied 20240103000000_squashed']);
    expect(message).toContain('accept-squash: true');
    expect(detail?.text.split('\n')).toEqual(prismaFiles);
    expect(report.findings).toHaveLength(1);
    expect(report.verdict).toBe('blocked');
  });

  test('with others between them: what is made anew tells, and one that makes nothing of theirs is no squash', async () => {
    const gone = prismaFiles.filter((file) => !file.includes('_logs'));
    const into = 'prisma/migrations/20240104000000_squashed/migration.sql';
    const make = (sql: string) => gateOf(squashed({ ...quiet, ...prisma }, gone, { [into]: sql }));
    const report = await make('CREATE TABLE users (id bigint PRIMARY KEY, nick text);\n');
    expect(report.findings.map(({ rule, title }) => [rule, title])).toEqual([
      ['squashed-history', `${into} replaces 2 applied migrations, with the same schema`],
    ]);
    const other = await make('CREATE TABLE news (id bigint PRIMARY KEY);\n');
    expect(other.findings.map(({ rule }) => rule)).toEqual([
      'deleted-applied-migration',
      'deleted-applied-migration',
    ]);
  });

  test('into two files: both are recorded, and what is new beside them is still run', async () => {
    const at = (name: string) => `prisma/migrations/${name}/migration.sql`;
    const repo = squashed({ ...accepting, ...prisma }, prismaFiles, {
      [at('20240104000000_users')]: 'CREATE TABLE users (id bigint PRIMARY KEY, nick text);\n',
      [at('20240104000001_logs')]: logs,
      [at('20240105000000_news')]: 'CREATE TABLE news (id bigint PRIMARY KEY);\n',
    });
    const report = await gateOf(repo);
    const { title, severity, commands } = only(report, 'squashed-history');
    expect([severity, title]).toEqual([
      'notice',
      `${at('20240104000000_users')} and 1 more replace 3 applied migrations, with the same schema`,
    ]);
    expect(commands).toEqual([
      'prisma migrate resolve --applied 20240104000000_users',
      'prisma migrate resolve --applied 20240104000001_logs',
    ]);
    expect(report.databases[0]?.migrations.map(({ version }) => version)).toEqual(['20240105000000']);
  });

  test('accepted by the config of base', async () => {
    const repo = squashed({ ...accepting, ...prisma }, prismaFiles, {
      'prisma/migrations/20240103000000_squashed/migration.sql': all,
      'prisma/migrations/20240104000000_new/migration.sql': 'CREATE TABLE news (id bigint PRIMARY KEY);\n',
    });
    const report = await gateOf(repo);
    expect(report.findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
      'notice squashed-history',
    ]);
    expect(report.verdict).toBe('pass');
    expect(report.databases[0]?.migrations.map(({ version }) => version)).toEqual(['20240104000000']);
  });

  test('another schema is shown, accepted or not', async () => {
    const repo = squashed({ ...accepting, ...prisma }, prismaFiles, {
      'prisma/migrations/20240103000000_squashed/migration.sql': users + logs,
    });
    const report = await gateOf(repo);
    const { severity, message, commands } = only(report, 'squashed-history');
    expect(severity).toBe('error');
    expect(message).toContain('production will have column public.users.nick, a new database will not');
    expect(commands?.[0]).toContain(
      'git checkout main -- prisma/migrations/20240101000000_users/migration.sql',
    );
  });

  test('into the first file, under its own name', async () => {
    const base = {
      'migrations/1_users.sql': users,
      'migrations/2_logs.sql': logs,
      'migrations/3_nick.sql': nick,
    };
    const repo = squashed({ ...quiet, ...base }, ['migrations/2_logs.sql', 'migrations/3_nick.sql'], {
      'migrations/1_users.sql': all,
    });
    const report = await gateOf(repo);
    expect(only(report, 'squashed-history').title).toContain('with the same schema');
    expect(report.findings).toHaveLength(1);
  });

  test('golang-migrate and dbmate have commands and rows of their own', async () => {
    const base = {
      'migrations/1_users.up.sql': users,
      'migrations/2_logs.up.sql': logs,
      'migrations/3_nick.up.sql': nick,
    };
    const repo = squashed({ ...quiet, ...base }, Object.keys(base), { 'migrations/3_all.up.sql': all });
    expect(only(await gateOf(repo), 'squashed-history').commands).toEqual(['migrate force 3']);
    const up = (sql: string) => `-- migrate:up\n${sql}\n-- migrate:down\n`;
    const other = {
      'db/migrations/20240101000000_a.sql': up(users),
      'db/migrations/20240102000000_b.sql': up(logs),
      'db/migrations/20240103000000_c.sql': up(nick),
    };
    const dbmate = squashed({ ...quiet, ...other }, Object.keys(other), {
      'db/migrations/20240104000000_all.sql': up(all),
    });
    expect(only(await gateOf(dbmate), 'squashed-history').commands?.[0]).toContain(
      `insert into "public"."schema_migrations" (version) values ('20240104000000');`.replaceAll('"', ''),
    );
  });

  test('a baseline of Flyway for empty databases', async () => {
    const base = {
      'flyway.toml': '[flyway]\nlocations = ["filesystem:sql"]\n',
      'sql/V1__users.sql': users,
      'sql/V2__logs.sql': logs,
      'sql/V3__nick.sql': nick,
    };
    const equal = await gateOf(squashed({ ...quiet, ...base }, [], { 'sql/B3__all.sql': all }));
    expect(only(equal, 'squashed-history').severity).toBe('notice');
    expect(equal.verdict).toBe('pass');
    const other = await gateOf(squashed({ ...quiet, ...base }, [], { 'sql/B3__all.sql': users }));
    expect(only(other, 'squashed-history').message).toContain('They do not make the same schema.');
    expect(other.verdict).toBe('blocked');
  });
});
