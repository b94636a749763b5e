import { beforeAll, expect, test } from 'vitest';
import { OperationLines } from '../../../src/run/command/operation-line.ts';
import { loadParser, parseFile } from '../../../src/sql/parse.ts';

beforeAll(loadParser);

const linesOf = (file: string, text: string, ...statements: string[]): number[] => {
  const lines = new OperationLines(file, text);
  return statements.map((sql) =>
    lines.lineOf(
      parseFile(sql).statements.map(({ node }) => node),
      sql,
    ),
  );
};

test.each<[string, string, string, readonly [string, number][]]>([
  [
    'Django: without the app, over several lines',
    '0002_x.py',
    'operations = [\n  # order email\n  migrations.AddField(\n    model_name="order",\n    name="email",\n  ),\n  migrations.AddIndex(\n    model_name="order",\n    index=models.Index(fields=["email"], name="order_email_idx"),\n  ),\n]\n',
    [
      ['ALTER TABLE "shop_order" ADD COLUMN "email" text', 3],
      ['CREATE INDEX "order_email_idx" ON "shop_order" ("email")', 7],
    ],
  ],
  [
    'only the part that goes forth',
    'x.py',
    'def downgrade():\n  op.drop_table("users")\n\ndef upgrade():\n  op.create_table("users")\n',
    [['CREATE TABLE users (id int)', 5]],
  ],
  [
    'a name as it stands before one that is like it, raw SQL by its words',
    'x.js',
    "exports.up = async (knex) => {\n  await knex.raw('CREATE INDEX users_email ON users (email); UPDATE users SET age = 1');\n  await knex.schema.alterTable('users', (t) => t.index(['age'], 'users_age'));\n};\n",
    [['CREATE INDEX users_age ON users (age)', 3]],
  ],
  [
    'Rails: the call, of two that name the table',
    'x.rb',
    'def change\n  add_column :users, :city, :text\n  execute "UPDATE users SET city = 1 WHERE city IS NULL"\nend\n',
    [
      ['ALTER TABLE users ADD COLUMN city text', 2],
      ["UPDATE users SET city = '1' WHERE city IS NULL", 3],
    ],
  ],
  [
    'Ecto: blocks between do and end, not those that belong to functions',
    'x.exs',
    'defmodule A do\n  def up do\n    alter table(:users) do\n      if true do\n        add :city, :text\n      end\n    end\n\n    flush()\n    repo().update_all(from(u in "users", where: is_nil(u.city)), set: [city: "x"])\n  end\n\n  def down do\n    alter table(:users) do\n      remove :city\n    end\n  end\nend\n',
    [
      ['ALTER TABLE "users" ADD COLUMN "city" text', 3],
      ['UPDATE "users" AS u0 SET "city" = $1 WHERE (u0."city" IS NULL)', 10],
    ],
  ],
  [
    'Rails: a block and its call',
    'x.rb',
    'class A < ActiveRecord::Migration[7.0]\n  def change\n    create_table :teams do |t|\n      t.string :email\n    end\n    change_table :users do |t|\n      t.string :email\n    end\n  end\nend\n',
    [
      ['CREATE TABLE teams (id int, email text)', 3],
      ['ALTER TABLE users ADD COLUMN email text', 6],
    ],
  ],
  ['nothing names it', 'x.rb', 'def change\n  helper!\nend\n', [['CREATE TABLE made (id int)', 1]]],
])('%s', (_, file, text, expected) => {
  expect(linesOf(file, text, ...expected.map(([sql]) => sql))).toEqual(expected.map(([, line]) => line));
});
