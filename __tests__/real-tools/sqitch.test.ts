import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sqitch } from '../../src/tools/sqitch.ts';
import { treeOf } from '../tools/memory-tree.ts';
import { compare, debianProgram, type Place, placeWith, run, succeed } from './support.ts';

const planner = '2024-01-01T10:00:00Z Jörg Ånn <ann@example.org>';

/** Every feature of a plan, and scripts with what only psql reads. */
const files = {
  'sqitch.conf': `[core]
  engine = pg
  top_dir = db # all scripts
[engine "pg"]
  registry = "Ledger of changes"
[engine "pg.variables"]
  owner = "Ann's"
`,
  'db/sqitch.plan': `%syntax-version=1.0.0
# a comment
%project=shop
%uri=https://example.org/shop

schema ${planner} # The schema\\nof the shop
users [schema] ${planner.replace('10:', '11:')} # Users # of all kinds
@v1 ${planner.replace('10:', '12:')} # First release

+ admin/roles [users !old:legacy] ${planner.replace('10:', '13:')}
view [shop:users@v1 schema] ${planner.replace('10:', '14:')} # a view
@v2 ${planner.replace('10:', '15:')}
@v2.1 ${planner.replace('10:', '15:')} # again
view [view@v2] ${planner.replace('10:', '16:')} # reworked
data [view] ${planner.replace('10:', '17:')} # \\\\ and data
`,
  'db/deploy/schema.sql': '-- Deploy\nBEGIN;\nCREATE SCHEMA shop;\nCOMMIT;\n',
  'db/deploy/users.sql':
    "\\set schema shop\r\n\\set comment 'It''s ' :owner\r\nBEGIN;\r\nCREATE TABLE :\"schema\".users (id int PRIMARY KEY, name text);\r\nCOMMENT ON TABLE :schema.users IS :'comment';\r\nCOMMIT;\r\n",
  'db/deploy/admin/roles.sql':
    '\\if :{?nothing}\n\\! false\n\\elif off\nSELECT 1/0;\n\\else\n\\ir ../../parts/admins.sql\n\\endif\n',
  'db/parts/admins.sql': "\\echo 'only for psql'\nCREATE TABLE shop.admins (id int);",
  'db/deploy/view@v2.sql': 'CREATE VIEW shop.names AS SELECT name FROM shop.users;\n',
  'db/deploy/view.sql': 'CREATE OR REPLACE VIEW shop.names AS SELECT name, id FROM shop.users;\n',
  'db/deploy/data.sql': `\ufeffCOPY shop.users FROM stdin; SELECT count(*) FROM shop.users;
1\ta;b
2\t\\N
\\.
INSERT INTO shop.users VALUES (3, ':schema \\echo')
`,
} as const;

const env = ({ env }: Place) => ({
  ...env,
  SQITCH_FULLNAME: 'migration-gate',
  SQITCH_EMAIL: 'migration-gate@localhost',
  LC_ALL: 'C.UTF-8',
});
const deploy = (place: Place) =>
  succeed('sqitch', ['deploy', '--no-verify', `db:pg:${place.connection.database}`], {
    cwd: place.directory,
    env: env(place),
  });
const have = () => debianProgram('sqitch', 'sqitch', 'libdbd-pg-perl', 'postgresql-client');

/** Comments on the registry's own tables are not made. */
const withoutComments = (patch: string) =>
  patch
    .split('\n')
    .filter(
      (line) =>
        /^[+-](?![+-])/.test(line) &&
        !/^-COMMENT ON (?:TABLE|COLUMN|SCHEMA) "Ledger/.test(line) &&
        line !== '-',
    );

test('scripts, registry, ids and hashes are those of the real tool', async () => {
  await have();
  const { difference, failure } = await compare({ tool: sqitch, files, path: 'db', deploy });
  expect(failure).toBeNull();
  expect(withoutComments(difference)).toEqual([]);
});

test.each<[string, (plan: string) => string, string]>([
  ['a line put in', (plan) => plan.replace('view [', `late ${planner}\nview [`), 'Cannot find change'],
  ['a note changed', (plan) => plan.replace('The schema', 'Schema'), 'Cannot find change'],
  ['a line removed', (plan) => plan.replace(/^view \[view.*\n/m, ''), 'Cannot find change'],
])('%s above the last deployed change stops the real tool', async (_, edit, words) => {
  await have();
  const place = await placeWith(files);
  await deploy(place);
  const plan = join(place.directory, 'db/sqitch.plan');
  await writeFile(plan, edit(files['db/sqitch.plan']));
  await writeFile(join(place.directory, 'db/deploy/late.sql'), 'SELECT 1;');
  const { code, stderr } = await run('sqitch', ['deploy', `db:pg:${place.connection.database}`], {
    cwd: place.directory,
    env: env(place),
  });
  expect(code).not.toBe(0);
  expect(stderr).toContain(words);
});

test('a script that is missing stops both', async () => {
  await have();
  const { 'db/deploy/data.sql': _, ...rest } = files;
  const place = await placeWith(rest);
  const args = ['deploy', '--no-verify', `db:pg:${place.connection.database}`];
  const { code, stdout, stderr } = await run('sqitch', args, { cwd: place.directory, env: env(place) });
  expect(code).not.toBe(0);
  // The words are psql's before 1.5.
  expect(`${stdout}${stderr}`).toMatch(/db\/deploy\/data\.sql(?: does not exist|: No such file)/);
  const { migrations } = await sqitch.history(treeOf(rest), 'db');
  expect(migrations.at(-1)?.refused).toEqual({
    line: 15,
    says: 'Sqitch stops: Deploy script db/deploy/data.sql does not exist.',
  });
});

test('an edited and a missing deployed script do not', async () => {
  await have();
  const place = await placeWith(files);
  await deploy(place);
  const script = (name: string) => join(place.directory, 'db/deploy', name);
  await writeFile(script('schema.sql'), 'SELECT 2;');
  await rename(script('users.sql'), script('users.old'));
  const { stdout } = await deploy(place);
  expect(stdout).toContain('up-to-date');
});

test.each<[string, Record<string, string>, string]>([
  [
    'equal scripts',
    { 'db/deploy/view@v2.sql': 'SELECT 1;', 'db/deploy/data.sql': 'SELECT 1;' },
    'The deploy script is not unique',
  ],
  [
    'an unknown dependency',
    { 'db/sqitch.plan': files['db/sqitch.plan'].replace('data [view]', 'data [nobody]') },
    'Unknown change "nobody" required by change "data"',
  ],
  [
    'a conflict with nothing',
    { 'db/sqitch.plan': files['db/sqitch.plan'].replace('data [view]', 'data [!nobody]') },
    'Unable to find change "nobody" in plan',
  ],
  [
    'a conflict',
    { 'db/sqitch.plan': files['db/sqitch.plan'].replace('data [view]', 'data [!users]') },
    'Conflicts with previously deployed change: users',
  ],
])('%s: both stop', async (_, changed, words) => {
  await have();
  const all = { ...files, ...changed };
  const place = await placeWith(all);
  const real = await run('sqitch', ['deploy', '--no-verify', `db:pg:${place.connection.database}`], {
    cwd: place.directory,
    env: env(place),
  });
  // Until 1.4 the server's words are shown.
  expect(
    `${real.stdout}${real.stderr}`.replace(/.*script_hash_key.*/, 'The deploy script is not unique'),
  ).toContain(words);
  const { migrations } = await sqitch.history(treeOf(all), 'db');
  expect(migrations.flatMap(({ refused }) => refused?.says ?? []).join()).toContain(words);
});
