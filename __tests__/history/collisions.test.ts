import { expect, test } from 'vitest';
import { openTrees } from '../../src/git/trees.ts';
import { type Collision, collisionsOf } from '../../src/history/collisions.ts';
import { sameVersions } from '../../src/history/same-version.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { configuredTool, noToolSettings } from '../../src/tools/configured.ts';
import { plain } from '../../src/tools/plain.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { repository } from '../git/repository.ts';

type Files = Record<string, string>;

/** Two real branches of a real repository, put beside each other as git would merge them. */
async function collide(tool: ToolName, path: string, base: Files, mine: Files, theirs: Files) {
  await loadParser();
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'theirs');
  repo.commit(theirs);
  repo.git('checkout', '-q', '-b', 'mine', 'main');
  repo.commit(mine);
  await using trees = await openTrees({ repo: repo.directory, base: 'main', head: 'mine' });
  const beside = await trees.beside({ name: 'theirs', number: null });
  const adapter = await configuredTool({ tool, path, toolSettings: noToolSettings }, trees);
  const both = await adapter.history(beside.both, path).catch((error: Error) => error.message);
  return collisionsOf({
    tool: adapter,
    base: await adapter.history(trees.base, path),
    mine: await adapter.history(trees.head, path),
    theirs: await adapter.history(beside.other, path),
    both,
    conflicts: beside.conflicts,
    name: '#12',
  });
}

const short = (found: readonly Collision[]) =>
  found.map(({ kind, file, otherFile }) => [kind, file, otherFile]);

const users = 'CREATE TABLE users (id int PRIMARY KEY);\n';
const a = 'CREATE TABLE a (id int PRIMARY KEY);\n';
const b = 'CREATE TABLE b (id int PRIMARY KEY);\n';

test.each([
  ['golang-migrate', 'migrations', ['1_users.up.sql', '2_a.up.sql', '2_b.up.sql'], '2'],
  ['flyway', 'sql', ['V1__users.sql', 'V2__a.sql', 'V2__b.sql'], '2'],
  ['sqlx', 'migrations', ['0001_users.sql', '0002_a.sql', '0002_b.sql'], '2'],
  ['plain', 'db', ['001_users.sql', '002_a.sql', '002_b.sql'], '002'],
] as const)('%s: one version twice', async (tool, path, [first, mine, theirs], version) => {
  const found = await collide(
    tool,
    path,
    { [`${path}/${first}`]: users },
    { [`${path}/${mine}`]: a },
    { [`${path}/${theirs}`]: b },
  );
  expect(found.filter(({ kind }) => kind === 'same-version')).toEqual([
    {
      kind: 'same-version',
      file: `${path}/${mine}`,
      otherFile: `${path}/${theirs}`,
      says: expect.stringMatching(new RegExp(`^Both have the version ${version}\\. \\w`)),
    },
  ]);
});

test('Prisma: folders of one date are two migrations, and nothing is in the way', async () => {
  const folder = (name: string) => `prisma/migrations/20240102000000_${name}/migration.sql`;
  const base = {
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    'prisma/migrations/20240101000000_users/migration.sql': users,
  };
  expect(
    await collide('prisma', 'prisma/migrations', base, { [folder('a')]: a }, { [folder('b')]: b }),
  ).toEqual([]);
});

test('one file name with other content; with the same content it is one file', async () => {
  const base = { 'migrations/1_users.up.sql': users };
  const file = 'migrations/2_a.up.sql';
  expect(short(await collide('golang-migrate', 'migrations', base, { [file]: a }, { [file]: b }))).toEqual([
    ['same-file', file, file],
  ]);
  expect(await collide('golang-migrate', 'migrations', base, { [file]: a }, { [file]: a })).toEqual([]);
});

const revision = (id: string, parent: string | null) =>
  `revision = '${id}'\ndown_revision = ${parent === null ? 'None' : `'${parent}'`}\n\ndef upgrade():\n    pass\n`;

test('Alembic: two children of one revision are two heads, in files that git merges without a word', async () => {
  const base = {
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
    'alembic/versions/aaa1_users.py': revision('aaa1', null),
  };
  const [found, ...more] = await collide(
    'alembic',
    'alembic/versions',
    base,
    { 'alembic/versions/bbb2_mine.py': revision('bbb2', 'aaa1') },
    { 'alembic/versions/ccc3_theirs.py': revision('ccc3', 'aaa1') },
  );
  expect(more).toEqual([]);
  expect(found).toEqual({
    kind: 'two-heads',
    file: 'alembic/versions/bbb2_mine.py',
    otherFile: 'alembic/versions/ccc3_theirs.py',
    says: expect.stringContaining('Multiple head revisions are present'),
  });
});

const step = (parent: string | null) =>
  `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${parent === null ? '' : `('shop', '${parent}')`}]\n    operations = []\n`;

test('Django: two leaves of one app, whatever their numbers', async () => {
  const base = {
    'manage.py': '',
    'shop/migrations/__init__.py': '',
    'shop/migrations/0001_initial.py': step(null),
  };
  const found = await collide(
    'django',
    '',
    base,
    { 'shop/migrations/0002_mine.py': step('0001_initial') },
    { 'shop/migrations/0003_theirs.py': step('0001_initial') },
  );
  expect(found).toEqual([
    {
      kind: 'two-heads',
      file: 'shop/migrations/0002_mine.py',
      otherFile: 'shop/migrations/0003_theirs.py',
      says: expect.stringContaining('Conflicting migrations detected'),
    },
  ]);
});

test('Django: the same number in two apps is nothing', async () => {
  const base = {
    'manage.py': '',
    'shop/migrations/__init__.py': '',
    'shop/migrations/0001_initial.py': step(null),
    'post/migrations/__init__.py': '',
    'post/migrations/0001_initial.py': step(null).replaceAll('shop', 'post'),
  };
  const mine = { 'shop/migrations/0002_mine.py': step('0001_initial') };
  const theirs = { 'post/migrations/0002_theirs.py': step('0001_initial').replaceAll('shop', 'post') };
  expect(await collide('django', '', base, mine, theirs)).toEqual([]);
});

test('a chain that one of them continues has one head', async () => {
  const base = {
    'alembic.ini': '[alembic]\nscript_location = alembic\n',
    'alembic/versions/aaa1_users.py': revision('aaa1', null),
  };
  const mine = { 'alembic/versions/bbb2_mine.py': revision('bbb2', 'aaa1') };
  const theirs = { ...mine, 'alembic/versions/ccc3_theirs.py': revision('ccc3', 'bbb2') };
  expect(await collide('alembic', 'alembic/versions', base, mine, theirs)).toEqual([]);
});

test('Drizzle: one entry of the journal, which git cannot merge, and the one that a deploy would then pass over', async () => {
  const journal = (...tags: string[]) =>
    JSON.stringify({ version: '7', dialect: 'postgresql', entries: tags.map(entry) }, null, 2);
  const entry = (tag: string, idx: number) => ({
    idx,
    version: '7',
    when: 1700000000000 + idx * 1000 + tag.length,
    tag,
    breakpoints: true,
  });
  const found = await collide(
    'drizzle',
    'drizzle',
    { 'drizzle/0000_users.sql': users, 'drizzle/meta/_journal.json': journal('0000_users') },
    { 'drizzle/0001_mine.sql': a, 'drizzle/meta/_journal.json': journal('0000_users', '0001_mine') },
    { 'drizzle/0001_theirs.sql': b, 'drizzle/meta/_journal.json': journal('0000_users', '0001_theirs') },
  );
  expect(short(found)).toEqual([
    ['same-number', 'drizzle/0001_mine.sql', 'drizzle/0001_theirs.sql'],
    ['conflict', 'drizzle/meta/_journal.json', 'drizzle/meta/_journal.json'],
    ['late', 'drizzle/0001_mine.sql', null],
  ]);
});

test('a late one that the tool would skip, and by whose deploy', async () => {
  const up = (name: string) => `migrations/${name}.up.sql`;
  const found = await collide(
    'golang-migrate',
    'migrations',
    { [up('20240101000000_users')]: users },
    { [up('20240103000000_mine')]: a },
    { [up('20240102000000_theirs')]: b },
  );
  expect(found).toEqual([
    {
      kind: 'late',
      file: up('20240102000000_theirs'),
      otherFile: up('20240102000000_theirs'),
      says: expect.stringMatching(
        /^It comes too late if this pull request is deployed first\. golang-migrate /,
      ),
    },
  ]);
});

test('thousands of files on both sides are not held against each other one by one', () => {
  const count = 3_000;
  const side = (name: string) =>
    Array.from({ length: count }, (_, number) => {
      const version = String(number + 1);
      const file = `db/${version}_${name}.sql`;
      return {
        ...{ version, name, identity: file, file, sql: '', bytes: Buffer.from('') },
        transaction: 'single' as const,
      };
    });
  let compared = 0;
  const counting = {
    ...plain,
    order: (...both: Parameters<typeof plain.order>) => {
      compared += 1;
      return plain.order(...both);
    },
  };
  const pairs = sameVersions(counting, side('a'), side('b'));
  expect(pairs.map(({ mine, theirs, equal }) => `${mine.version} ${theirs.version} ${equal}`)).toEqual(
    Array.from({ length: count }, (_, number) => `${number + 1} ${number + 1} version`),
  );
  expect(compared).toBeLessThan(count * 100);
});
