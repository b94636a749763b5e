import { beforeAll, describe, expect, test } from 'vitest';
import { compareHistories } from '../../src/history/compare.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { configuredTool, noToolSettings } from '../../src/tools/configured.ts';
import { detectDatabases } from '../../src/tools/index.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { unsupportedDirectories } from '../../src/tools/unsupported.ts';
import { wayBackIn } from '../../src/tools/way-back.ts';
import { treeOf } from './memory-tree.ts';

beforeAll(loadParser);

const revision = (id: string, down: string, more = ''): string =>
  `"""x\n\nrevision = "no"\n"""\nrevision: str = "${id}"\ndown_revision = ${down} # "no"\n${more}\n\ndef upgrade():\n    pass\n`;
const djangoMigration = (dependencies: string, more = ''): string =>
  `class Migration(migrations.Migration):\n    ${more}\n    dependencies = [${dependencies}]\n    operations = []\n`;

test('an alembic.ini that names a package is no other tool’s beside', async () => {
  const tree = treeOf({
    'shop/db/alembic/alembic.ini': '[alembic]\nscript_location = shop.db:alembic\n',
    'shop/db/alembic/env.py': '',
    'shop/db/alembic/versions/a_x.py': revision('a', 'None'),
  });
  expect(await unsupportedDirectories(tree)).toEqual({ found: [], notes: [] });
});

test.each<[string, Record<string, string>, readonly [string, ToolName][]]>([
  [
    'alembic.ini',
    {
      'api/alembic.ini': '[alembic]\nscript_location = %(here)s/db\n',
      'api/db/env.py': '',
      'api/db/versions/a_x.py': revision('a', 'None'),
    },
    [['api/db/versions', 'alembic']],
  ],
  [
    'alembic.ini that names a package',
    {
      'shop/db/alembic/alembic.ini': '[alembic]\nscript_location = shop.db:alembic\n',
      'shop/db/alembic/env.py': '',
      'shop/db/alembic/versions/a_x.py': revision('a', 'None'),
    },
    [['shop/db/alembic/versions', 'alembic']],
  ],
  [
    'alembic.ini that names a package below src',
    {
      'alembic.ini': '[alembic]\nscript_location = shop:migrations\n',
      'src/shop/migrations/env.py': '',
      'src/shop/migrations/versions/a_x.py': revision('a', 'None'),
    },
    [['src/shop/migrations/versions', 'alembic']],
  ],
  [
    'pyproject',
    {
      'pyproject.toml': '[tool.alembic]\nscript_location = "db"\n',
      'db/env.py': '',
      'db/versions/1_x.py': revision('a', 'None'),
    },
    [['db/versions', 'alembic']],
  ],
  [
    'Django, all apps of a project',
    { 'src/manage.py': '', 'src/a/migrations/0001_initial.py': '', 'src/b/migrations/0001_initial.py': '' },
    [['src', 'django']],
  ],
  ['an app of Django without a project', { 'a/migrations/0001_initial.py': '' }, []],
  [
    'Rails and its second database',
    { 'db/migrate/20240101000000_a.rb': '', 'db/animals_migrate/20240101000000_a.rb': '' },
    [
      ['db/animals_migrate', 'rails'],
      ['db/migrate', 'rails'],
    ],
  ],
  [
    'Knex',
    {
      'knexfile.js': "module.exports = { migrations: { directory: './db/steps' } }",
      'db/steps/20240101000000_a.js': '',
    },
    [['db/steps', 'knex']],
  ],
  [
    'TypeORM',
    {
      'package.json': '{"dependencies":{"typeorm":"1"}}',
      'src/m/1700000000000-a.ts': 'class A implements MigrationInterface {}',
    },
    [['src/m', 'typeorm']],
  ],
  [
    'Sequelize',
    {
      'package.json': '{"dependencies":{"sequelize":"6"}}',
      'migrations/20240101000000-a.js': 'queryInterface',
    },
    [['migrations', 'sequelize']],
  ],
  [
    'Kysely',
    {
      'package.json': '{"dependencies":{"kysely":"0.28"}}',
      'migrations/2024-01-01_a.ts': "import { Kysely } from 'kysely'",
    },
    [['migrations', 'kysely']],
  ],
  [
    'Kysely: kysely-ctl names files as node-pg-migrate does',
    {
      'package.json': '{"dependencies":{"kysely":"0.29"}}',
      'migrations/1700000000000_a.ts': "import { type Kysely } from 'kysely'",
    },
    [['migrations', 'kysely']],
  ],
  [
    'MikroORM',
    {
      'package.json': '{"dependencies":{"@mikro-orm/core":"7"}}',
      'migrations/Migration20240101000000.ts': '',
    },
    [['migrations', 'mikro-orm']],
  ],
  ['Ecto', { 'priv/repo/migrations/20240101000000_a.exs': '' }, [['priv/repo/migrations', 'ecto']]],
])('detection: %s', async (_, files, expected) => {
  const found = (await detectDatabases(treeOf(files))).filter((one) => !('sqlFiles' in one));
  expect(found.map(({ path, tool }) => [path, tool]).sort()).toEqual(expected);
});

async function compared(
  tool: ToolName,
  path: string,
  base: Record<string, string>,
  head: Record<string, string>,
) {
  const [before, after] = [treeOf(base), treeOf(head)];
  const configured = await configuredTool(
    { tool, path, toolSettings: noToolSettings },
    { head: after, base: before },
  );
  const [was, is] = [await configured.history(before, path), await configured.history(after, path)];
  const comparison = compareHistories({ tool: configured, base: was, branch: is, head: is, mergeBase: null });
  return {
    order: is.migrations.map(({ identity }) => identity),
    pending: comparison.pending.map(({ identity }) => identity),
    changes: comparison.changes.map(({ kind, version }) => `${kind} ${version}`),
    heads: (is.oddities ?? []).map(({ file }) => file),
  };
}

describe('Alembic goes by its graph', () => {
  const base = { 'v/9_one.py': revision('a', 'None'), 'v/8_two.py': revision('b', '"a"') };
  test.each<[string, Record<string, string>, unknown]>([
    [
      'a next one',
      { ...base, 'v/0_c.py': revision('c', '"b"') },
      { order: ['a', 'b', 'c'], pending: ['c'], changes: [], heads: [] },
    ],
    [
      'one below what is recorded never runs',
      {
        'v/9_one.py': revision('a', 'None'),
        'v/0_c.py': revision('c', '"a"'),
        'v/8_two.py': revision('b', '"c"'),
      },
      { order: ['a', 'c', 'b'], pending: [], changes: ['edited b', 'out-of-order c'], heads: [] },
    ],
    [
      'two heads',
      { ...base, 'v/0_c.py': revision('c', '"a"') },
      { order: ['a', 'c', 'b'], pending: ['c'], changes: [], heads: ['v/0_c.py', 'v/8_two.py'] },
    ],
    [
      'a merge',
      { ...base, 'v/0_c.py': revision('c', '"a"'), 'v/1_d.py': revision('d', '(\n    "b",\n    "c",\n)') },
      { order: ['a', 'c', 'b', 'd'], pending: ['c', 'd'], changes: [], heads: [] },
    ],
    [
      'what it merely needs comes first',
      { ...base, 'v/0_c.py': revision('c', '"a"', 'depends_on = "b"') },
      { order: ['a', 'b', 'c'], pending: ['c'], changes: [], heads: ['v/8_two.py', 'v/0_c.py'] },
    ],
    [
      'a comment is no edit',
      { ...base, 'v/8_two.py': `# said\n${revision('b', '"a"')}` },
      { order: ['a', 'b'], pending: [], changes: ['edited-cosmetic b'], heads: [] },
    ],
  ])('%s', async (_, head, expected) => {
    expect(await compared('alembic', 'v', base, head)).toEqual(expected);
  });
});

describe('Django goes by its graph', () => {
  const base = {
    'manage.py': '',
    'shop/migrations/0001_initial.py': djangoMigration(''),
    'user/migrations/0001_initial.py': djangoMigration('("shop", "0001_initial")'),
  };
  test.each<[string, Record<string, string>, unknown]>([
    [
      'over apps',
      {
        ...base,
        'shop/migrations/0002_x.py': djangoMigration('("shop", "0001_initial"), ("user", "0001_initial")'),
      },
      {
        order: ['shop.0001_initial', 'user.0001_initial', 'shop.0002_x'],
        pending: ['shop.0002_x'],
        changes: [],
        heads: [],
      },
    ],
    [
      'two leaves of one app',
      {
        ...base,
        'shop/migrations/0002_x.py': djangoMigration('("shop", "0001_initial")'),
        'shop/migrations/0002_y.py': djangoMigration('("shop", "0001_initial")'),
      },
      {
        order: ['shop.0001_initial', 'shop.0002_x', 'shop.0002_y', 'user.0001_initial'],
        pending: ['shop.0002_x', 'shop.0002_y'],
        changes: [],
        heads: ['shop/migrations/0002_x.py', 'shop/migrations/0002_y.py'],
      },
    ],
    [
      'one under what is recorded',
      {
        ...base,
        'shop/migrations/0000_z.py': djangoMigration(''),
        'user/migrations/0001_initial.py': djangoMigration('("shop", "0001_initial"), ("shop", "0000_z")'),
      },
      {
        order: ['shop.0000_z', 'shop.0001_initial', 'user.0001_initial'],
        pending: ['shop.0000_z'],
        changes: ['edited user.0001_initial', 'out-of-order shop.0000_z'],
        heads: ['shop/migrations/0000_z.py', 'shop/migrations/0001_initial.py'],
      },
    ],
  ])('%s', async (_, head, expected) => {
    expect(await compared('django', '', base, head)).toEqual(expected);
  });
});

test.each<[string, string, boolean]>([
  ['a.py', 'def downgrade():\n    op.drop_table("x")\n', true],
  ['a.py', 'def downgrade() -> None:\n    """no"""\n    pass # op.drop\n', false],
  ['a.py', 'def downgrade():\n    raise NotImplementedError()\n', false],
  [
    'a.py',
    'class Migration(m.Migration):\n    operations = [migrations.RunPython(go, migrations.RunPython.noop)]\n',
    true,
  ],
  ['a.py', 'class Migration(m.Migration):\n    operations = [migrations.RunPython(go)]\n', false],
  [
    'a.py',
    'class Migration(m.Migration):\n    operations = [migrations.RunSQL("DROP, x", reverse_sql="SELECT")]\n',
    true,
  ],
  ['a.rb', 'def change\n  add_column :a, :b, :text\nend\n', true],
  ['a.rb', '  def up\n    execute "x"\n  end\n', false],
  ['a.rb', '  def down\n    raise ActiveRecord::IrreversibleMigration\n  end\n', false],
  ['a.rb', '  def down\n    drop_table :x\n  end\n', true],
  ['a.js', 'exports.up = () => {};\nexports.down = (knex) => knex.schema.dropTable("x");\n', true],
  ['a.js', 'exports.up = () => {};\nexports.down = async () => {};\n', false],
  ['a.js', 'exports.down = function () {\n  throw new Error("no");\n};\n', false],
  ['a.ts', 'async down(q: QueryRunner): Promise<void> {\n  await q.query(`DROP TABLE x`);\n}\n', true],
  ['a.ts', 'export const up = 1;\n', false],
])('the way back of %s: %j', (file, text, expected) => {
  expect(wayBackIn(file, text, 'single') !== null).toBe(expected);
});
