import { debianProgram } from './install.ts';
import { manifest, nodeProgram, numbered, quoted, type RealTool, stamp } from './programs.ts';
import { projects } from './projects.ts';

// Tools whose migrations are programs.

const base = (tool: 'django' | 'rails'): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(projects[tool]?.base ?? {}).filter(([path]) => !/migrat\w*\/\d/.test(path)),
  );

const djangoSettings = `import os
SECRET_KEY = "x"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"]}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
`;

const alembicEnvironment = `from alembic import context
from sqlalchemy import create_engine

with create_engine("postgresql+psycopg2://").connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
`;

export const codePrograms: readonly RealTool[] = [
  {
    name: 'knex',
    title: 'Knex',
    files: (all) => ({
      ...manifest({ knex: '3.1.0', pg: '8.16.3' }),
      'knexfile.js':
        "module.exports = { client: 'pg', connection: process.env.DATABASE_URL, migrations: { directory: './migrations' } };\n",
      ...numbered(
        all,
        (n) => `migrations/${stamp(n)}_m.js`,
        (sql) => `exports.up = (knex) => knex.raw(${quoted(sql)});\nexports.down = async () => {};\n`,
      ),
    }),
    deploy: 'knex migrate:latest',
    packages: ['knex@3.1.0', 'pg@8.16.3'],
    programs: async (_, packages) => ({ knex: nodeProgram(packages, 'knex/bin/cli.js') }),
  },
  {
    name: 'typeorm',
    title: 'TypeORM',
    files: (all) => ({
      ...manifest({ typeorm: '0.3.27', pg: '8.16.3' }),
      'data-source.js':
        "const { DataSource } = require('typeorm');\nmodule.exports = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, migrations: ['migrations/*.js'] });\n",
      ...numbered(
        all,
        (n) => `migrations/170000000000${n}-m.js`,
        (sql, n) =>
          `module.exports = class M170000000000${n} {\n  async up(queryRunner) { await queryRunner.query(${quoted(sql)}); }\n  async down() {}\n};\n`,
      ),
    }),
    deploy: 'typeorm migration:run -d data-source.js',
    packages: ['typeorm@0.3.27', 'pg@8.16.3', 'ts-node@10.9.2', 'typescript@5.9.3', '@types/node@22.18.0'],
    programs: async (_, packages) => ({ typeorm: nodeProgram(packages, 'typeorm/cli.js') }),
  },
  {
    name: 'sequelize',
    title: 'Sequelize',
    files: (all) => ({
      ...manifest({ sequelize: '6.37.7', 'sequelize-cli': '6.6.3', pg: '8.16.3' }),
      ...numbered(
        all,
        (n) => `migrations/${stamp(n)}-m.js`,
        (sql) =>
          `module.exports = {\n  up: (queryInterface) => queryInterface.sequelize.query(${quoted(sql)}),\n  down: async () => {},\n};\n`,
      ),
    }),
    deploy: 'sequelize-cli db:migrate --url "$DATABASE_URL"',
    packages: ['sequelize@6.37.7', 'sequelize-cli@6.6.3', 'pg@8.16.3'],
    programs: async (_, packages) => ({
      'sequelize-cli': nodeProgram(packages, 'sequelize-cli/lib/sequelize'),
    }),
  },
  {
    name: 'kysely',
    title: 'Kysely',
    files: (all) => ({
      ...manifest({ kysely: '0.29.9', 'kysely-ctl': '0.21.0', pg: '8.23.1' }),
      'kysely.config.js': `import { PostgresDialect } from 'kysely';
import { defineConfig } from 'kysely-ctl';
import pg from 'pg';
export default defineConfig({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env.DATABASE_URL }) }),
  migrations: { migrationFolder: 'migrations' },
});
`,
      ...numbered(
        all,
        (n) => `migrations/${stamp(n)}_m.ts`,
        (sql) =>
          `import { sql } from 'kysely';\nexport const up = async (db: never) => {\n  await sql.raw(${quoted(sql)}).execute(db);\n};\n`,
      ),
    }),
    deploy: 'kysely migrate latest',
    packages: ['kysely-ctl@0.21.0', 'kysely@0.29.9', 'pg@8.23.1'],
    programs: async (_, packages) => ({ kysely: nodeProgram(packages, 'kysely-ctl/dist/bin.mjs') }),
  },
  {
    name: 'mikro-orm',
    title: 'MikroORM',
    files: (all) => ({
      ...manifest({
        '@mikro-orm/cli': '6.6.7',
        '@mikro-orm/core': '6.6.7',
        '@mikro-orm/migrations': '6.6.7',
      }),
      'mikro-orm.config.js': `const { defineConfig } = require('@mikro-orm/postgresql');
const { Migrator } = require('@mikro-orm/migrations');
module.exports = defineConfig({
  clientUrl: process.env.DATABASE_URL,
  extensions: [Migrator],
  entities: [],
  discovery: { warnWhenNoEntities: false },
  migrations: { path: 'migrations', snapshot: false },
});
`,
      ...numbered(
        all,
        (n) => `migrations/Migration${stamp(n)}.js`,
        (sql, n) =>
          `const { Migration } = require('@mikro-orm/migrations');\nexports.Migration${stamp(n)} = class extends Migration {\n  async up() { this.addSql(${quoted(sql)}); }\n};\n`,
      ),
    }),
    deploy: 'mikro-orm migration:up',
    packages: [
      '@mikro-orm/cli@6.6.7',
      '@mikro-orm/core@6.6.7',
      '@mikro-orm/migrations@6.6.7',
      '@mikro-orm/postgresql@6.6.7',
    ],
    programs: async (_, packages) => ({ 'mikro-orm': nodeProgram(packages, '@mikro-orm/cli/cli.js') }),
  },
  {
    name: 'alembic',
    title: 'Alembic',
    files: (all) => ({
      'alembic.ini': '[alembic]\nscript_location = %(here)s/migrations\n',
      'migrations/env.py': alembicEnvironment,
      ...numbered(
        all,
        (n) => `migrations/versions/r${n}_m.py`,
        (sql, n) =>
          `from alembic import op\n\nrevision = "r${n}"\ndown_revision = ${n === 1 ? 'None' : `"r${n - 1}"`}\n\n\ndef upgrade():\n    op.execute(${quoted(sql)})\n\n\ndef downgrade():\n    pass\n`,
      ),
    }),
    deploy: 'alembic upgrade heads',
    programs: async () => {
      await debianProgram('alembic', 'alembic', 'python3-psycopg2');
      return {};
    },
  },
  {
    name: 'django',
    title: 'Django',
    files: (all) => ({
      ...base('django'),
      'site1/settings.py': djangoSettings,
      'shop/models.py': '',
      ...numbered(
        all,
        (n) => `shop/migrations/000${n}_m.py`,
        (sql, n) =>
          `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${n === 1 ? '' : `("shop", "000${n - 1}_m")`}]\n    operations = [migrations.RunSQL(${quoted(sql)}, migrations.RunSQL.noop)]\n`,
      ),
    }),
    deploy: 'python manage.py migrate',
    programs: async () => {
      await debianProgram('django-admin', 'python3-django', 'python3-psycopg2');
      return { python: ['/usr/bin/python3'] };
    },
  },
  {
    name: 'rails',
    title: 'Rails',
    files: (all) => ({
      ...base('rails'),
      ...numbered(
        all,
        (n) => `db/migrate/${stamp(n)}_m${n}.rb`,
        (sql, n) =>
          `class M${n} < ActiveRecord::Migration[6.1]\n  def up\n    execute ${quoted(sql)}\n  end\n\n  def down; end\nend\n`,
      ),
    }),
    deploy: 'rails db:migrate',
    programs: async () => {
      await debianProgram('rails', 'ruby-railties', 'ruby-activerecord', 'ruby-pg');
      return { rails: ['/usr/bin/ruby', 'bin/rails'] };
    },
  },
];
