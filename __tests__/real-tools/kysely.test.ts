import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadParser, parseFile, sameStatements } from '../../src/sql/parse.ts';
import { toolNamed } from '../../src/tools/index.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { inToolWords, type Part } from '../../src/tools/words/words.ts';
import { repository, type TestRepository } from '../git/repository.ts';
import { checked } from './applications.ts';
import { commentOf, found } from './comment-of.ts';
import { npmTool } from './install.ts';
import { kyselyPackages, kyselyProject, migratorProject } from './kysely-project.ts';
import { mikroOrmPackages, mikroOrmProject, withoutTransaction } from './mikro-orm-project.ts';
import type { Project } from './projects.ts';

// Kysely (by kysely-ctl, and by a script around its Migrator) and MikroORM run themselves.

beforeAll(loadParser);

type Packages = readonly [string, ...string[]];

async function installed({ base }: Pick<Project, 'base'>, packages: Packages): Promise<TestRepository> {
  const repo = repository({ ...base, '.gitignore': 'node_modules\n' });
  symlinkSync(join(await npmTool(...packages), 'node_modules'), join(repo.directory, 'node_modules'));
  return repo;
}

const projects: readonly [ToolName, Project, Packages][] = [
  ['kysely', kyselyProject, kyselyPackages],
  ['mikro-orm', mikroOrmProject, mikroOrmPackages],
];

test.each(projects)('%s: what a pull request brings, down and up again', async (tool, project, packages) => {
  const report = await checked(await installed(project, packages), project.change, { checkDown: true });
  expect(report.undecided).toBeNull();
  expect(found(report).map((each) => each.replace(/ .*[/_]/, ' '))).toEqual([
    'create-index-blocking email.ts:'.concat(tool === 'kysely' ? '4' : '5'),
    'alter-column-type-rewrite age.ts:'.concat(tool === 'kysely' ? '4' : '5'),
    'ddl-and-dml-mixed fill.ts:'.concat(tool === 'kysely' ? '5' : '6'),
  ]);
  expect(report.databases[0]?.migrations.map(({ transaction }) => transaction)).toEqual(
    Object.keys(project.change).map(() => 'single'),
  );
  await expect(commentOf(report)).toMatchFileSnapshot(`golden/${tool}.md`);
});

test.each(projects)('%s: a file that base has is edited', async (_, project, packages) => {
  const file = Object.keys(project.base).at(-1) ?? '';
  const text = (project.base[file] ?? '').replace('email', 'mail');
  const report = await checked(await installed(project, packages), { [file]: text });
  expect(found(report)[0]).toContain('edited-applied-migration');
  expect(report.databases[0]?.divergence.map(({ name }) => name)).not.toEqual([]);
});

test.each(projects)('%s: what the server refuses', async (tool, project, packages) => {
  const [file = ''] = Object.keys(project.change);
  const text = (project.change[file] ?? '').replace(/'users'\)|"users" \(/, (text) =>
    text.replace('users', 'nobody'),
  );
  const report = await checked(await installed(project, packages), { [file]: text });
  expect(found(report)).toEqual([`migration-fails ${file}:${tool === 'kysely' ? 4 : 5}`]);
});

test('a script of the project around Migrator, without a transaction', async () => {
  const repo = await installed(migratorProject, kyselyPackages);
  const report = await checked(repo, migratorProject.change, {
    applyCommand: 'npm run --silent migrate',
    checkDown: true,
  });
  const [email = '', safe = ''] = Object.keys(migratorProject.change);
  expect(found(report)).toEqual([`create-index-blocking ${email}:4`]);
  expect(report.databases[0]?.migrations.map(({ file, transaction }) => [file, transaction])).toEqual([
    [email, 'none'],
    [safe, 'none'],
  ]);
  expect(report.notChecked.join('\n')).toMatch(
    /The way back[^\n]*no command of its own[^\n]*npm run migrate/,
  );
});

test('MikroORM outside of a transaction', async () => {
  const repo = await installed(withoutTransaction, mikroOrmPackages);
  const report = await checked(repo, withoutTransaction.change, { checkDown: true });
  expect([report.verdict, found(report)]).toEqual(['pass', []]);
  expect(report.databases[0]?.migrations.map(({ transaction }) => transaction)).toEqual(['none']);
});

const fix: readonly Part[] = [
  {
    title: 'x',
    sql: ['CREATE INDEX CONCURRENTLY word_email ON users (email);'],
    outsideTransaction: true,
    fills: false,
  },
  {
    title: 'x',
    sql: ['COMMENT ON TABLE users IS \'it\'\'s ":x?" %s\n\\ #{1} ${2} `"""`\';'],
    outsideTransaction: false,
    fills: false,
  },
];

/** The code of a fix as migrations of the tool, and how they are run. */
const written: Readonly<
  Record<'kysely' | 'mikro-orm', { file(code: string, number: number): [string, string]; command?: string }>
> = {
  kysely: {
    file: (code, number) => [
      `migrations/170000000000${number}_x.ts`,
      `import { type Kysely, sql } from 'kysely';\n\n${code}\n`,
    ],
    command: 'npx kysely migrate latest --no-transaction',
  },
  'mikro-orm': {
    file: (code, number) => [
      `src/migrations/Migration2024010${number}000000.ts`,
      `import { Migration } from '@mikro-orm/migrations';\n\nexport class Migration2024010${number}000000 extends Migration {\n${code}\n}\n`,
    ],
  },
};

test.each([
  ['kysely', kyselyProject, kyselyPackages],
  ['mikro-orm', withoutTransaction, mikroOrmPackages],
] as const)('%s: the code that a fix shows sends the fix', async (tool, project, packages) => {
  const { title, words } = toolNamed(tool);
  if (words === undefined) throw new Error(`${tool} has no words`);
  const code = inToolWords({ title, words }, fix, { file: 'x.ts', kept: null })?.text ?? '';
  const { file, command } = written[tool];
  const pieces = code.split(/^\/\/ Migration \d of \d: x\n/m).slice(1);
  const files = Object.fromEntries(pieces.map((piece, at) => file(piece.trimEnd(), at + 2)));
  const report = await checked(
    await installed(project, packages),
    files,
    command === undefined ? {} : { applyCommand: command },
  );
  expect(report.undecided).toBeNull();
  for (const [at, { sql }] of fix.entries()) {
    const wanted = sql.flatMap((text) => parseFile(text).statements.map((one) => one.sql));
    const sent = (report.databases[0]?.migrations[at]?.statements ?? []).map((one) => one.sql);
    const meant = sent.flatMap((text) => wanted.filter((each) => sameStatements(text, each)));
    expect(meant, sent.join('\n')).toEqual(wanted);
  }
});
