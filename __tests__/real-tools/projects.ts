import type { ToolName } from '../../src/tools/tool.ts';

/** A small application of each tool, and what a pull request adds to it. */
export interface Project {
  readonly base: Readonly<Record<string, string>>;
  readonly change: Readonly<Record<string, string>>;
}

export const projects: Partial<Record<ToolName, Project>> = {
  knex: {
    base: {
      'package.json': `{"name":"app","private":true,"dependencies":{"knex":"3.1.0","pg":"8.16.3"}}
`,
      'knexfile.js': `module.exports = {
  development: { client: 'pg', connection: process.env.DATABASE_URL || 'postgres://localhost/app', migrations: { directory: './migrations' } },
};
`,
      'migrations/20240101000000_users.js': `exports.up = async (knex) => {
  await knex.schema.createTable('users', (t) => {
    t.increments('id');
    t.string('email').notNullable();
    t.integer('age');
  });
};
exports.down = async (knex) => {
  await knex.schema.dropTable('users');
};
`,
    },
    change: {
      'migrations/20240102000000_index.js': `exports.up = async (knex) => {
  await knex.schema.alterTable('users', (t) => {
    t.index(['email'], 'users_email_idx');
  });
  await knex('users').where({ email: 'x' }).update({ age: 1 });
};
exports.down = async (knex) => {
  await knex.schema.alterTable('users', (t) => t.dropIndex(['email'], 'users_email_idx'));
};
`,
      'migrations/20240103000000_age.js': `exports.up = (knex) => knex.schema.alterTable('users', (t) => {
  t.bigInteger('age').alter();
});
exports.down = (knex) => knex.schema.alterTable('users', (t) => { t.integer('age').alter(); });
`,
      'migrations/20240104000000_safe.js': `exports.config = { transaction: false };
exports.up = (knex) => knex.raw('CREATE INDEX CONCURRENTLY users_age_idx ON users (age)');
exports.down = (knex) => knex.raw('DROP INDEX CONCURRENTLY users_age_idx');
`,
    },
  },
  alembic: {
    base: {
      'alembic.ini': `[alembic]
script_location = %(here)s/migrations
sqlalchemy.url = driver://user:pass@localhost/dbname

[loggers]
keys = root
[handlers]
keys =
[formatters]
keys =
[logger_root]
level = WARN
handlers =
qualname =
`,
      'migrations/env.py': `from alembic import context
from sqlalchemy import engine_from_config, pool

config = context.config


def run_migrations_online():
    connectable = engine_from_config(
        config.get_section(config.config_ini_section), prefix="sqlalchemy.", poolclass=pool.NullPool
    )
    with connectable.connect() as connection:
        context.configure(connection=connection, target_metadata=None)
        with context.begin_transaction():
            context.run_migrations()


run_migrations_online()
`,
      'migrations/versions/1a2b_users.py': `"""users"""
from alembic import op
import sqlalchemy as sa

revision = "1a2b"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger, primary_key=True),
        sa.Column("email", sa.String(255), nullable=False),
        sa.Column("age", sa.Integer),
    )


def downgrade() -> None:
    op.drop_table("users")
`,
    },
    change: {
      'migrations/versions/3c4d_email.py': `"""email index"""
from alembic import op

revision = "3c4d"
down_revision = "1a2b"


def upgrade() -> None:
    op.create_index("users_email_idx", "users", ["email"])


def downgrade() -> None:
    op.drop_index("users_email_idx")
`,
      'migrations/versions/5e6f_safe.py': `"""safe index and a data migration"""
from alembic import op
import sqlalchemy as sa

revision = "5e6f"
down_revision: str = "3c4d"


def upgrade() -> None:
    op.add_column("users", sa.Column("city", sa.Text))
    op.execute("UPDATE users SET city = 'x' WHERE city IS NULL")
    with op.get_context().autocommit_block():
        op.create_index("users_age_idx", "users", ["age"], postgresql_concurrently=True)


def downgrade() -> None:
    op.drop_index("users_age_idx")
    op.drop_column("users", "city")
`,
    },
  },
  django: {
    base: {
      'manage.py': `#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
`,
      'site1/__init__.py': ``,
      'site1/settings.py': `SECRET_KEY = "x"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "app", "HOST": "db.example.com", "USER": "app"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
`,
      'shop/__init__.py': ``,
      'shop/models.py': `from django.db import models


class Order(models.Model):
    email = models.CharField(max_length=200)
    total = models.IntegerField(default=0)
`,
      'shop/migrations/__init__.py': ``,
      'shop/migrations/0001_initial.py': `from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.CharField(max_length=200)),
                ("total", models.IntegerField(default=0)),
            ],
        ),
    ]
`,
    },
    change: {
      'shop/migrations/0002_email_index.py': `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["email"], name="order_email_idx"),
        ),
        migrations.AlterField(
            model_name="order",
            name="total",
            field=models.BigIntegerField(default=0),
        ),
    ]
`,
      'shop/migrations/0003_safe.py': `from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("shop", "0002_email_index")]

    operations = [
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(fields=["total"], name="order_total_idx"),
        ),
    ]
`,
      'shop/migrations/0004_data.py': `from django.db import migrations


def forwards(apps, schema_editor):
    Order = apps.get_model("shop", "Order")
    Order.objects.filter(email="").update(email="nobody@example.com")


class Migration(migrations.Migration):
    dependencies = [("shop", "0003_safe")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
`,
      'shop/models.py': `from django.db import models


class Order(models.Model):
    email = models.CharField(max_length=200)
    total = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["email"], name="order_email_idx"),
            models.Index(fields=["total"], name="order_total_idx"),
        ]
`,
    },
  },
  rails: {
    base: {
      Rakefile: `require_relative "config/application"
Rails.application.load_tasks
`,
      'bin/rails': `#!/usr/bin/env ruby
APP_PATH = File.expand_path("../config/application", __dir__)
require "rails/commands"
`,
      'config/application.rb': `require "rails"
require "active_record/railtie"

class Shop < Rails::Application
  config.eager_load = false
  config.logger = Logger.new(IO::NULL)
end
`,
      'config/environment.rb': `require_relative "application"
Rails.application.initialize!
`,
      'config/database.yml': `default: &default
  adapter: postgresql
development:
  <<: *default
  database: shop_development
test:
  <<: *default
  database: shop_test
`,
      'db/migrate/20240101000000_create_users.rb': `class CreateUsers < ActiveRecord::Migration[6.1]
  def change
    create_table :users do |t|
      t.string :email, null: false
      t.integer :age
    end
  end
end
`,
    },
    change: {
      'db/migrate/20240102000000_index_users_on_email.rb': `class IndexUsersOnEmail < ActiveRecord::Migration[6.1]
  def change
    add_index :users, :email
    change_column :users, :age, :bigint
  end
end
`,
      'db/migrate/20240103000000_index_users_on_age.rb': `class IndexUsersOnAge < ActiveRecord::Migration[6.1]
  disable_ddl_transaction!

  def change
    add_index :users, :age, algorithm: :concurrently
  end
end
`,
      'db/migrate/20240104000000_fill_email.rb': `class FillEmail < ActiveRecord::Migration[6.1]
  class User < ActiveRecord::Base; end

  def up
    User.where(email: "").update_all(email: "nobody@example.com")
  end

  def down; end
end
`,
    },
  },
  typeorm: {
    base: {
      'package.json': `{"private":true,"dependencies":{"typeorm":"0.3.27","pg":"8.16.3"}}
`,
      'tsconfig.json': `{"compilerOptions":{"module":"commonjs","target":"es2022","esModuleInterop":true,"experimentalDecorators":true,"skipLibCheck":true,"types":["node"]}}
`,
      'src/data-source.ts': `import { DataSource } from 'typeorm';

export const AppDataSource = new DataSource({
  type: 'postgres',
  host: 'db.example.com',
  username: 'app',
  password: 'x',
  database: 'app',
  migrations: ['src/migrations/*.ts'],
});
`,
      'src/migrations/1700000000000-users.ts': `import { MigrationInterface, QueryRunner } from 'typeorm';

export class Users1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`CREATE TABLE "user" ("id" SERIAL PRIMARY KEY, "email" text NOT NULL)\`);
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`DROP TABLE "user"\`);
  }
}
`,
    },
    change: {
      'src/migrations/1700000000001-email.ts': `import { MigrationInterface, QueryRunner, TableIndex } from 'typeorm';

export class Email1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`ALTER TABLE "user" ADD "age" integer\`);
    await queryRunner.createIndex('user', new TableIndex({ name: 'user_email', columnNames: ['email'] }));
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('user', 'user_email');
    await queryRunner.query(\`ALTER TABLE "user" DROP "age"\`);
  }
}
`,
    },
  },
  sequelize: {
    base: {
      'package.json': `{"private":true,"dependencies":{"sequelize":"6.37.7","sequelize-cli":"6.6.3","pg":"8.16.3"}}
`,
      'migrations/20240101000000-users.js': `module.exports = {
  up: (queryInterface, Sequelize) =>
    queryInterface.createTable('Users', { id: { type: Sequelize.INTEGER, primaryKey: true, autoIncrement: true }, email: Sequelize.STRING }),
  down: (queryInterface) => queryInterface.dropTable('Users'),
};
`,
    },
    change: {
      'migrations/20240102000000-email.js': `module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.addColumn('Users', 'age', { type: Sequelize.INTEGER });
    await queryInterface.addIndex('Users', ['email'], { name: 'users_email' });
    await queryInterface.bulkInsert('Users', [{ email: "o'hara", age: 3 }]);
  },
  async down(queryInterface) {
    await queryInterface.removeIndex('Users', 'users_email');
    await queryInterface.removeColumn('Users', 'age');
  },
};
`,
    },
  },
  'node-pg-migrate': {
    base: {
      'package.json': `{"private":true,"type":"module","dependencies":{"node-pg-migrate":"8.0.3","pg":"8.16.3"}}
`,
      'migrations/1700000000000_users.js': `export const up = (pgm) => {
  pgm.createTable('users', { id: 'id', email: { type: 'text', notNull: true } });
};
export const down = (pgm) => {
  pgm.dropTable('users');
};
`,
    },
    change: {
      'migrations/1700000000001_email.js': `export const up = (pgm) => {
  pgm.createIndex('users', 'email');
};
export const down = (pgm) => {
  pgm.dropIndex('users', 'email');
};
`,
      'migrations/1700000000002_sql.sql': `-- Up Migration
ALTER TABLE users ADD COLUMN age int NOT NULL DEFAULT random() * 10;
-- Down Migration
ALTER TABLE users DROP COLUMN age;
`,
    },
  },
};
