import { beforeAll, describe, expect, test } from 'vitest';
import { commentBudget, toMarkdown } from '../../src/report/markdown/markdown.ts';
import type { Report } from '../../src/report/model.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { repository } from '../git/repository.ts';
import { applicationOf, checked, projectOf, systemPrograms } from './applications.ts';
import { projects } from './projects.ts';

// The real tools run themselves, in small applications, from base to the comment.

beforeAll(systemPrograms);

const found = ({ findings }: Report) =>
  findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ rule, file, line }) => `${rule} ${file}:${line}`);

/** What differs from run to run. */
const steady = (text: string): string =>
  text
    .replace(/\b[0-9a-f]{7,40}\b/g, '<commit>')
    .replace(/\b\d+(?:\.\d+)? (?:ms|s)\b/g, '<time>')
    .replace(/\d{4}-\d\d-\d\d(?=[ )])/g, '<date>');

describe.each(Object.keys(projects) as ToolName[])('%s', (tool) => {
  test('a blocking index and what else the pull request brings, down and up again', async () => {
    const report = await checked(await applicationOf(tool), projectOf(tool).change, { checkDown: true });
    expect(report.undecided).toBeNull();
    expect(report.verdict).toBe('blocked');
    expect(found(report)).not.toEqual([]);
    const comment = toMarkdown(report, { id: 'default', budget: commentBudget });
    await expect(steady(comment)).toMatchFileSnapshot(`golden/${tool}.md`);
  });

  test('a file that base has is edited', async () => {
    const { base, change } = projectOf(tool);
    const file = Object.keys(base).findLast((path) => /migrat\w*\/.*\d/.test(path)) ?? '';
    const text = (base[file] ?? '').replace(/email/g, 'mail');
    const report = await checked(await applicationOf(tool), { [file]: text });
    expect(Object.keys(change)).not.toContain(file);
    expect(found(report).map((each) => each.split(' ')[0])).toContain('edited-applied-migration');
    expect(report.databases[0]?.divergence.map(({ name }) => name)).not.toEqual([]);
  });
});

describe('what goes wrong', () => {
  const users = 'migrations/20240101000000_users.js';
  const next = 'migrations/20240105000000_next.js';
  const migration = (body: string) =>
    `exports.up = async (knex) => {\n${body}\n};\nexports.down = async () => {};\n`;

  test('the server refuses a statement: its words, at the call, and what the transaction takes back', async () => {
    const report = await checked(await applicationOf('knex'), {
      [next]: migration("  await knex.schema.createTable('teams', (t) => t.increments());"),
      'migrations/20240106000000_broken.js': migration("  await knex.raw('ALTER TABLE nobody ADD x int');"),
    });
    expect(found(report)).toEqual(['migration-fails migrations/20240106000000_broken.js:2']);
    expect(
      report.databases[0]?.migrations.map(({ rolledBack, error }) => [rolledBack, error?.sqlstate]),
    ).toEqual([
      [true, undefined],
      [undefined, '42P01'],
    ]);
  });

  test('an accepted failure stays undecided: what the program would have sent then is not known', async () => {
    const report = await checked(await applicationOf('knex'), {
      [next]: `// migration-gate:allow migration-fails: it exists in production\n\n${migration("  await knex.raw('ALTER TABLE nobody ADD x int');")}`,
    });
    expect(report.undecided).toMatchObject({ reason: 'not-observed', file: next });
  });

  test('the program stops by itself: its last words', async () => {
    const report = await checked(await applicationOf('knex'), {
      [next]: migration("  throw new Error('no service token');"),
    });
    expect(found(report)).toEqual([`tool-refuses-file ${next}:1`]);
    expect(report.findings[0]?.message).toMatch(/Knex stops[\s\S]*no service token/);
  });

  test('a migration is gone: the tool says so itself', async () => {
    const repo = await applicationOf('knex');
    repo.git('rm', '-q', users);
    const report = await checked(repo, { [next]: migration("  await knex.raw('SELECT 1');") });
    expect(found(report)).toEqual([`deleted-applied-migration ${users}:null`, `tool-refuses-file ${next}:1`]);
    expect(report.findings.at(-1)?.message).toContain('following files are missing: 20240101000000_users.js');
  });

  test('a command that never connects is told so', async () => {
    const report = await checked(
      await applicationOf('knex'),
      { [next]: migration("  await knex.raw('SELECT 1');") },
      { applyCommand: 'true' },
    );
    expect(report.undecided).toMatchObject({ reason: 'not-observed' });
    expect(report.undecided?.message).toContain('never connected to the shadow. It may have gone elsewhere');
  });

  test('a command that accepts only an encrypted connection is told that there is none', async () => {
    const report = await checked(
      await applicationOf('knex'),
      { [next]: migration("  await knex.raw('SELECT 1');") },
      { applyCommand: 'psql "$DATABASE_URL?sslmode=require" -c "SELECT 1"' },
    );
    expect(report.undecided).toMatchObject({ reason: 'not-observed' });
    expect(report.undecided?.message).toMatch(
      /accepts only an encrypted connection[\s\S]*PGSSLMODE[\s\S]*does not support SSL/,
    );
  });

  test('a tool that is not installed is named, with what installs it', async () => {
    const repo = repository({ ...projectOf('knex').base, 'pnpm-lock.yaml': '' });
    const report = await checked(repo, { [next]: migration("  await knex.raw('SELECT 1');") });
    expect(report.undecided).toMatchObject({ reason: 'unsupported-tool' });
    expect(report.undecided?.message).toMatch(/Knex is not installed .*Run pnpm install --frozen-lockfile/);
  });

  test('two heads of Alembic', async () => {
    const other = projectOf('alembic').change['migrations/versions/3c4d_email.py'] ?? '';
    const file = 'migrations/versions/9e9e_other.py';
    const repo = await applicationOf('alembic', {
      ...projectOf('alembic').base,
      'migrations/versions/3c4d_email.py': other,
    });
    const text = other.replaceAll('3c4d', '9e9e').replaceAll('email', 'age');
    const report = await checked(repo, { [file]: text });
    expect(found(report)).toContain(`multiple-heads ${file}:1`);
  });

  test('a message of several statements is run again one by one; a comment accepts what one call sends', async () => {
    const report = await checked(await applicationOf('knex'), {
      [next]: migration(
        "  await knex.raw('CREATE TABLE t (x int); CREATE INDEX users_email ON users (email)');\n  // migration-gate:allow create-index-blocking: small\n  await knex.schema.alterTable('users', (t) => t.index(['age'], 'users_age'));",
      ),
    });
    expect(found(report)).toEqual([`create-index-blocking ${next}:2`, `create-index-blocking ${next}:4`]);
    expect(report.findings.map(({ allowed }) => allowed?.reason)).toContain('small');
  });

  test('what set_config() leaves in the session is found where it is sent', async () => {
    const report = await checked(await applicationOf('knex'), {
      [next]: migration(
        "  await knex.raw('CREATE SCHEMA app');\n  await knex.raw(\"SELECT set_config('search_path', 'app, public', ?)\", ['false']);",
      ),
    });
    expect(found(report)).toEqual([`set-session-leaks ${next}:3`]);
    expect(report.findings[0]?.title).toContain('search_path = app, public');
  });

  test('an UPDATE of every row: the loop that stands in its place is let through', async () => {
    const report = await checked(await applicationOf('knex'), {
      [next]: migration("  await knex.raw('UPDATE users SET age = 3');"),
    });
    expect(found(report)).toEqual([`update-delete-without-where ${next}:2`]);
    const code = report.findings[0]?.fix?.code?.text ?? '';
    expect(code).toMatch(
      /^exports\.config = \{ transaction: false \};[\s\S]*knex\.raw\(`DO \$\$[\s\S]*COMMIT;/,
    );
    const again = await checked(await applicationOf('knex'), {
      [next]: `${code}\nexports.down = () => {};\n`,
    });
    expect([again.verdict, found(again), again.undecided]).toEqual(['pass', [], null]);
  });

  test('no token of the job reaches the command', async () => {
    process.env.GITHUB_TOKEN = 'ghs_secret';
    process.env.INPUT_TABLE = 'x';
    const report = await checked(await applicationOf('knex'), {
      [next]: migration(
        "  const names = Object.keys(process.env).filter((n) => /TOKEN|INPUT_|ACTIONS_|GITHUB_/.test(n));\n  if (names.length > 0) throw new Error(names.join());\n  await knex.raw('CREATE TABLE fine (id int PRIMARY KEY)');",
      ),
    });
    expect(found(report)).toEqual([]);
    expect(report.verdict).toBe('pass');
  });
});
