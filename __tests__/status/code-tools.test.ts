import { expect, test } from 'vitest';
import { openSession } from '../../src/run/index.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { askDatabase } from '../../src/status/connect.ts';
import { readerOf } from '../../src/status/readers/index.ts';
import { standing } from '../../src/status/status.ts';
import { noToolSettings } from '../../src/tools/configured.ts';
import { toolNamed } from '../../src/tools/index.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { treeOf } from '../tools/memory-tree.ts';
import { urlOf } from './tools.ts';

const revision = (id: string, parent: string | null) =>
  `revision = '${id}'\ndown_revision = ${parent === null ? 'None' : `'${parent}'`}\n\ndef upgrade():\n    pass\n`;
const django = (needs: string) =>
  `from django.db import migrations\nclass Migration(migrations.Migration):\n    dependencies = [${needs}]\n    operations = []\n`;

/** Files, SQL that fills the tool's table as the tool does, what the status tells, and how many migrations are applied. */
const cases: readonly [ToolName, string, Record<string, string>, string, string[], number][] = [
  [
    'alembic',
    'alembic/versions',
    {
      'alembic.ini': '[alembic]\nscript_location = alembic\n',
      'alembic/env.py': 'x = 1\n',
      'alembic/versions/a_one.py': revision('aaaa', null),
      'alembic/versions/b_two.py': revision('bbbb', 'aaaa'),
      'alembic/versions/c_three.py': revision('cccc', 'bbbb'),
    },
    "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY); INSERT INTO alembic_version VALUES ('bbbb');",
    ['pending'],
    2,
  ],
  [
    'django',
    '',
    {
      'manage.py': 'import os\n',
      'shop/migrations/__init__.py': '',
      'shop/migrations/0001_initial.py': django(''),
      'shop/migrations/0002_more.py': django("('shop', '0001_initial')"),
    },
    `CREATE TABLE django_migrations (id serial, app text, name text, applied timestamptz DEFAULT now());
     INSERT INTO django_migrations (app, name) VALUES ('shop', '0001_initial');`,
    ['pending'],
    1,
  ],
  [
    'rails',
    'db/migrate',
    {
      'db/migrate/20240101000000_a.rb': 'class A < ActiveRecord::Migration[7.1]\nend\n',
      'db/migrate/20240102000000_b.rb': 'class B < ActiveRecord::Migration[7.1]\nend\n',
    },
    "CREATE TABLE schema_migrations (version varchar PRIMARY KEY); INSERT INTO schema_migrations VALUES ('20240101000000'), ('20240102000000');",
    [],
    2,
  ],
  [
    'knex',
    'migrations',
    {
      'migrations/20240101000000_a.js': 'exports.up = () => {};\n',
      'migrations/20240102000000_b.js': 'exports.up = () => {};\n',
    },
    `CREATE TABLE knex_migrations (id serial, name text, batch int, migration_time timestamptz);
     INSERT INTO knex_migrations (name, batch) VALUES ('20240102000000_b.js', 1);`,
    ['late'],
    1,
  ],
  [
    'ecto',
    'priv/repo/migrations',
    {
      'priv/repo/migrations/20240101000000_a.exs': 'defmodule A do\nend\n',
      'priv/repo/migrations/20240102000000_b.exs': 'defmodule B do\nend\n',
    },
    `CREATE TABLE schema_migrations (version bigint PRIMARY KEY, inserted_at timestamp(0));
     INSERT INTO schema_migrations VALUES (20240101000000, now());`,
    ['pending'],
    1,
  ],
  [
    'ecto',
    'priv/repo/migrations',
    { 'priv/repo/migrations/20240101000000_a.exs': 'defmodule A do\nend\n' },
    `CREATE TABLE schema_migrations (version bigint PRIMARY KEY, inserted_at timestamp(0));
     INSERT INTO schema_migrations VALUES (20240101000000, now()), (20240102000000, now());`,
    ['unknown'],
    1,
  ],
  [
    'alembic',
    'alembic/versions',
    {
      'alembic.ini': '[alembic]\nscript_location = alembic\n',
      'alembic/env.py': 'x = 1\n',
      'alembic/versions/a_one.py': revision('aaaa', null),
    },
    "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY); INSERT INTO alembic_version VALUES ('bbbb');",
    ['unknown'],
    1,
  ],
  [
    'django',
    '',
    {
      'manage.py': 'import os\n',
      'shop/migrations/__init__.py': '',
      'shop/migrations/0001_squashed_0002_more.py': django('').replace(
        '    dependencies',
        "    replaces = [('shop', '0001_initial'), ('shop', '0002_more')]\n    dependencies",
      ),
    },
    `CREATE TABLE django_migrations (id serial, app text, name text, applied timestamptz DEFAULT now());
     INSERT INTO django_migrations (app, name) VALUES ('auth', '0001_initial'), ('shop', '0001_initial'), ('shop', '0002_more');`,
    [],
    1,
  ],
];

test.each(cases)('%s (%#)', async (name, path, files, fill, told, applied) => {
  await loadParser();
  const database = await (await sharedShadow(majors.at(-1) ?? 17)).database();
  {
    await using session = await openSession(database.connection);
    expect((await session.send(fill)).error).toBeNull();
  }
  const tree = treeOf(files);
  const tool = (await toolNamed(name).configured?.(tree, path, noToolSettings)) ?? toolNamed(name);
  const reader = readerOf(tool);
  if (reader === null) throw new Error(`${name} has no reader`);
  await using asked = await askDatabase(urlOf(database));
  const found = await standing(asked, tool, await tool.history(tree, path), reader);
  expect(found.table).not.toBeNull();
  expect([found.entries.map(({ kind }) => kind), found.applied.length]).toEqual([told, applied]);
  await database.close();
});

test('files that are run by a script have no table', () => {
  expect(readerOf(toolNamed('plain'))).toBeNull();
});
