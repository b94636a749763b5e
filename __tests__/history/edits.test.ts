import { beforeAll, describe, expect, test } from 'vitest';
import { gate } from '../../src/gate.ts';
import { compareMigrations } from '../../src/history/content-diff.ts';
import { differInSchemaOnly } from '../../src/history/seen-in-schema.ts';
import type { Report } from '../../src/report/model.ts';
import { differenceWords } from '../../src/rules/history/divergence.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { repository } from '../git/repository.ts';
import { migrationOf } from '../run/migrations.ts';
import { gateOf, only, optionsFor } from './gate-of.ts';

beforeAll(loadParser);

const config = { '.github/migration-gate.yml': 'lock-timeout: set-by-role\n' };

/** The gate's report of a branch that writes and removes files. */
async function changed(
  base: Record<string, string>,
  head: Record<string, string>,
  removed: readonly string[] = [],
): Promise<Report> {
  const repo = repository({ ...config, ...base });
  repo.git('checkout', '-q', '-b', 'change');
  for (const file of removed) repo.git('rm', '-q', file);
  repo.write(head);
  repo.commit();
  return await gateOf(repo.directory);
}

const users = 'CREATE TABLE users (id bigint PRIMARY KEY);\n';

describe('an edit that makes the same schema', () => {
  test('is a warning where the tool does not look', async () => {
    const report = await changed(
      { 'db/migrations/1_users.sql': users },
      { 'db/migrations/1_users.sql': 'CREATE TABLE IF NOT EXISTS public.users (id bigint PRIMARY KEY);\n' },
    );
    const { severity, title, message } = only(report, 'edited-applied-migration');
    expect([report.verdict, severity]).toEqual(['pass', 'warning']);
    expect(title).toContain('with the same schema');
    expect(message).toContain('Tried: the old text and the new one make the same schema');
  });

  test('is an error where it writes rows, and says so', async () => {
    const report = await changed(
      { 'db/migrations/1_users.sql': users },
      { 'db/migrations/1_users.sql': `${users}INSERT INTO users VALUES (1);\n` },
    );
    const { severity, message } = only(report, 'edited-applied-migration');
    expect([report.verdict, severity]).toEqual(['blocked', 'error']);
    expect(message).toContain('Tried: both make the same schema, but statements that changed do more');
  });

  test('is an error where the tool compares checksums', async () => {
    const file = 'src/main/resources/db/migration/V1__users.sql';
    const report = await changed(
      { [file]: users },
      { [file]: users.replace('TABLE', 'TABLE IF NOT EXISTS') },
    );
    const { severity, message } = only(report, 'edited-applied-migration');
    expect([report.verdict, severity]).toEqual(['blocked', 'error']);
    expect(message).toContain('Tried: both make the same schema.');
  });

  test.each<[string, string, boolean]>([
    ['', 'CREATE INDEX ON a (b);', true],
    ['CREATE INDEX ON a (b);', 'CREATE INDEX CONCURRENTLY ON a (b);', true],
    ['UPDATE a SET b = 1;', 'UPDATE a SET b = 1; CREATE TABLE c ();', true],
    ['', 'UPDATE a SET b = 1;', false],
    ['UPDATE a SET b = 1;', 'UPDATE a SET b = 1; UPDATE a SET b = 1;', false],
    ['', "SELECT setval('a', 1);", false],
    ['', 'DO $$ BEGIN DELETE FROM a; END $$;', false],
    ['', 'ALTER TABLE a ALTER b TYPE int USING 1;', false],
    ['', 'CREATE TABLE b AS SELECT * FROM a;', false],
    ['', 'no SQL', false],
  ])('%s → %s', (before, after, expected) => {
    expect(differInSchemaOnly(before, after)).toBe(expected);
  });
});

test('a migration of base that fails everywhere, and the pull request that mends it', async () => {
  const file = 'db/migrations/2_logs.sql';
  const repo = repository({ ...config, 'db/migrations/1_users.sql': users });
  repo.commit({ [file]: 'CREATE TABLE logs (id bigint REFERENCES nobody);\n' });
  const came = repo.git('rev-parse', '--short=10', 'HEAD');
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit({ [file]: 'CREATE TABLE logs (id bigint REFERENCES users);\n' });
  const { verdict, undecided } = await gateOf(repo.directory);
  expect([verdict, undecided?.reason]).toEqual(['undecided', 'base-does-not-apply']);
  expect(undecided?.message).toContain(`\`--applied-ref '${came}^'\``);
  const options = { ...optionsFor(repo.directory, 'main', 'HEAD'), appliedRef: `${came}^` };
  const report = await gate({ options });
  expect([report.verdict, report.findings.map(({ rule }) => rule)]).toEqual([
    'pass',
    ['unreleased-migration-changed'],
  ]);
});

test('where the surroundings lack something, that is the cure', async () => {
  const file = 'db/migrations/1_users.sql';
  const owned = `${users}ALTER TABLE users OWNER TO app;\n`;
  const report = await changed({ [file]: owned }, { [file]: `${owned}SELECT 1;\n` });
  expect(report.undecided?.message).toContain('CREATE ROLE app');
  expect(report.undecided?.message).not.toContain('applied-ref');
});

test('what base lacks may be in a script that was passed over', async () => {
  const by = '2024-01-01T10:00:00Z Ann <ann@example.org>';
  const plan = (...names: readonly string[]) =>
    `%project=shop\n\n${names.map((name) => `${name} ${by}\n`).join('')}`;
  const report = await changed(
    {
      'sqitch.conf': '[core]\n  engine = pg\n',
      'sqitch.plan': plan('app', 'logs'),
      'deploy/app.sql': '\\set owner `cat /run/secrets/owner`\nCREATE SCHEMA app AUTHORIZATION :owner;\n',
      'deploy/logs.sql': 'CREATE TABLE app.logs ();\n',
    },
    { 'sqitch.plan': plan('app', 'logs', 'more'), 'deploy/more.sql': 'CREATE TABLE app.more ();\n' },
  );
  expect(report.undecided?.reason).toBe('base-does-not-apply');
  expect(report.undecided?.message).toContain(
    'One migration before it was passed over, and may be what it lacks: Sqitch hands deploy/app.sql to psql',
  );
  expect(report.undecided?.message).not.toContain('CREATE SCHEMA');
});

describe('an edit of layout or comments', () => {
  test('Flyway’s checksum leaves line ends out: only what differs in it is refused', async () => {
    const directory = 'src/main/resources/db/migration';
    const report = await changed(
      {
        [`${directory}/V1__users.sql`]: users.trimEnd(),
        [`${directory}/V2__logs.sql`]: 'CREATE TABLE logs ();',
      },
      { [`${directory}/V1__users.sql`]: users, [`${directory}/V2__logs.sql`]: 'CREATE TABLE logs () ;' },
    );
    const found = report.findings.filter(({ rule }) => rule === 'edited-applied-migration');
    expect(found.map(({ file, severity }) => [file?.slice(-12), severity]).sort()).toEqual([
      ['V1__users.sql'.slice(-12), 'notice'],
      ['V2__logs.sql'.slice(-12), 'error'],
    ]);
    expect(found.find(({ severity }) => severity === 'notice')?.message).toContain(
      "Flyway's checksum is the same for both.",
    );
  });

  test('Prisma: a warning, since every developer is asked to start anew', async () => {
    const file = 'prisma/migrations/20240101000000_users/migration.sql';
    const lock = { 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n' };
    const report = await changed({ ...lock, [file]: users }, { [file]: `-- who signs in\n${users}` });
    const { severity, message } = only(report, 'edited-applied-migration');
    expect([report.verdict, severity]).toEqual(['pass', 'warning']);
    expect(message).toContain('`prisma migrate dev` compares checksums, though');
  });

  test('of the way back alone: it is called that, and the file is shown as it is', async () => {
    const file = 'db/migrations/20240101000000_users.sql';
    const text = (down: string) => `-- +goose Up\n${users}\n-- +goose Down\n${down}\n`;
    const report = await changed({ [file]: text('DROP TABLE user;') }, { [file]: text('DROP TABLE users;') });
    const { severity, title, detail } = only(report, 'edited-applied-migration');
    expect([severity, title]).toEqual(['notice', `${file} was changed in its way back only`]);
    expect(detail?.text).toContain('-DROP TABLE user;\n+DROP TABLE users;');
  });

  test('a text that the tool stops at is no reason to call two files equal', () => {
    const stop = { refused: { line: 1, says: 'Sqitch stops.' } };
    const [one, two] = ['\\set x `cat y`\nSELECT 1;', '\\set x `cat y`\nSELECT 2;'].map((text) => ({
      ...migrationOf('', stop),
      bytes: Buffer.from(text),
    }));
    if (one === undefined || two === undefined) throw new Error('two were made');
    expect(compareMigrations(one, two)).toMatchObject({ cosmetic: false, line: 2 });
    const opaque = { ...migrationOf('', { opaque: 'It is not run here.' }), bytes: one.bytes };
    expect(compareMigrations(opaque, { ...opaque, bytes: two.bytes }).cosmetic).toBe(false);
    const mended = {
      ...migrationOf('-- migrate:up\nSELECT 1;'),
      bytes: Buffer.from('-- migrate:up\nSELECT 1;'),
    };
    const broken = { ...migrationOf('SELECT 1;', stop), bytes: Buffer.from('SELECT 1;') };
    expect(compareMigrations(broken, mended).cosmetic).toBe(false);
  });
});

describe('an edit under another name', () => {
  test('the way back removes the new file', async () => {
    const [old, file] = ['migrations/V1__user.sql', 'migrations/V1__users.sql'];
    const cargo = { 'Cargo.toml': '[dependencies]\nrefinery = "0.8"\n' };
    const report = await changed({ ...cargo, [old]: users }, { [file]: users.replace('id', 'key') }, [old]);
    expect(only(report, 'edited-applied-migration').commands).toEqual([
      `git checkout main -- ${old}`,
      `git rm -f -- ${file}`,
    ]);
  });
});

describe('a rename', () => {
  const numbered = (number: number, name: string, sql: string) => ({
    [`migrations/${number}_${name}.up.sql`]: sql,
    [`migrations/${number}_${name}.down.sql`]: `DROP TABLE ${name};\n`,
  });
  const names = (number: number, name: string) => Object.keys(numbered(number, name, ''));
  const logs = 'CREATE TABLE logs (id bigint);\n';

  test('golang-migrate stands at a number that is gone: one finding, an error', async () => {
    const report = await changed(
      { ...numbered(1, 'users', users), ...numbered(9, 'logs', logs) },
      numbered(8, 'logs', logs),
      names(9, 'logs'),
    );
    const { severity, message } = only(report, 'renamed-applied-migration');
    expect(severity).toBe('error');
    expect(message).toContain('"no migration found for version …"');
    expect(report.findings.map(({ rule }) => rule)).toEqual(['renamed-applied-migration']);
  });

  test('golang-migrate does not miss an older one, and it is not late', async () => {
    const report = await changed(
      { ...numbered(2, 'users', users), ...numbered(9, 'logs', logs) },
      numbered(1, 'users', users),
      names(2, 'users'),
    );
    expect(report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['renamed-applied-migration', 'warning'],
    ]);
  });

  test('goose refuses a number below the newest', async () => {
    const up = (sql: string) => `-- +goose Up\n${sql}`;
    const report = await changed(
      { 'migrations/2_users.sql': up(users), 'migrations/9_logs.sql': up(logs) },
      { 'migrations/1_users.sql': up(users) },
      ['migrations/2_users.sql'],
    );
    expect([report.verdict, report.findings.map(({ rule, severity }) => [rule, severity])]).toEqual([
      'blocked',
      [['renamed-applied-migration', 'error']],
    ]);
  });

  test.each<[string, 'pass' | 'blocked']>([
    [users.replace('TABLE', 'TABLE IF NOT EXISTS'), 'pass'],
    ['CREATE TABLE users (id bigint);\nDROP TABLE users;\n', 'pass'],
    [`${users.replace('TABLE', 'TABLE IF NOT EXISTS')}DELETE FROM users WHERE id = 0;\n`, 'blocked'],
  ])('Prisma runs it a second time: %s', async (sql, verdict) => {
    const at = (name: string) => `prisma/migrations/${name}/migration.sql`;
    const lock = { 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n' };
    const report = await changed(
      { ...lock, [at('20240101000000_users')]: sql },
      { [at('20240102000000_users')]: sql },
      [at('20240101000000_users')],
    );
    expect([report.verdict, only(report, 'renamed-applied-migration').severity]).toEqual([
      verdict,
      verdict === 'pass' ? 'warning' : 'error',
    ]);
  });
});

describe('late ones', () => {
  const at = (day: string) => `prisma/migrations/202401${day}000000_x${day}/migration.sql`;
  const lock = { 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n' };
  const base = { ...lock, [at('01')]: users, [at('20')]: 'CREATE TABLE logs (id bigint);\n' };
  const late = (...days: readonly string[]) =>
    Object.fromEntries(days.map((day) => [at(day), `CREATE TABLE t${day} (id bigint);\n`]));

  test('are not blamed for what an edit makes different', async () => {
    const report = await changed(base, {
      ...late('05'),
      [at('01')]: users.replace('bigint', 'integer'),
    });
    expect(only(report, 'edited-applied-migration').severity).toBe('error');
    expect(only(report, 'out-of-order-migration').severity).toBe('notice');
  });

  test('six are one finding with the renames of all', async () => {
    const days = ['05', '06', '07', '08', '09', '10'];
    const { title, commands, detail } = only(await changed(base, late(...days)), 'out-of-order-migration');
    expect(title).toBe('6 migrations sort before 20240120000000, which base has already applied');
    expect(commands).toHaveLength(6);
    expect(detail?.text.split('\n')).toEqual(days.map(at));
  });
});

test('many differences are told together', () => {
  const one = (
    change: 'added' | 'removed' | 'altered',
    type: 'column' | 'index' | 'table',
    name: string,
  ) => ({
    change,
    type,
    name,
    previousName: null,
    before: 'a\nb',
    after: 'b\na',
    impact: 'none' as const,
    dataLoss: false,
  });
  expect(
    differenceWords([
      one('removed', 'column', 'a.b'),
      one('added', 'index', 'i'),
      one('added', 'index', 'j'),
      one('removed', 'column', 'a.c'),
      { ...one('altered', 'table', 'a'), orderOnly: true },
      one('altered', 'index', 'k'),
      one('altered', 'index', 'l'),
      one('added', 'table', 't'),
      one('added', 'table', 'u'),
    ]),
  ).toBe(
    ' The schemas diverge: production will have columns a.b and a.c, a new database will not; a new database will have indexes i and j and table t (and 1 more), production will not; only the order of the columns of table a will differ; indexes k and l will differ between production and a new database.',
  );
});
