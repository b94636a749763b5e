import { describe, expect, test } from 'vitest';
import { compareHistories } from '../../src/history/compare.ts';
import { findSchemaSquash, isPerhapsCut, notInSchema } from '../../src/history/schema-squash.ts';
import { findSquash } from '../../src/history/squash.ts';
import { schemaLoad } from '../../src/tools/rails/schema.ts';
import { rails } from '../../src/tools/rails.ts';
import { treeOf } from '../tools/memory-tree.ts';

const migration = (body: string) =>
  `class X < ActiveRecord::Migration[7.1]\n  def change\n    ${body}\n  end\nend\n`;
const at = (name: string) => `db/migrate/${name}.rb`;
const [users, logs, nick, news] = [
  at('20240101000000_create_users'),
  at('20240102000000_create_logs'),
  at('20240103000000_add_nick'),
  at('20240104000000_create_news'),
] as const;
const base = {
  [users]: migration('create_table(:users) { |t| t.string :email }'),
  [logs]: migration('create_table :logs'),
  [nick]: migration('add_column :users, :nick, :string'),
};
const ruby = (version: string) => `ActiveRecord::Schema[7.1].define(version: ${version}) do\nend\n`;

async function found(head: Readonly<Record<string, string>>) {
  const at = 'db/migrate';
  const [before, now] = [await rails.history(treeOf(base), at), await rails.history(treeOf(head), at)];
  const both = { tool: rails, base: before, branch: now, head: now, mergeBase: null };
  const comparison = compareHistories(both);
  return {
    bySchema: findSchemaSquash(rails, comparison, before, now),
    byFile: findSquash(comparison, before, now),
    why: notInSchema(rails, comparison, before, now),
  };
}

describe('what a new database is made of', () => {
  const rows = (...versions: string[]) =>
    `INSERT INTO "schema_migrations" (version) VALUES\n${versions.map((one) => `('${one}')`).join(',\n')};\n`;

  test.each([
    [{ 'db/schema.rb': ruby('2024_01_03_000000') }, 'db/schema.rb', '20240103000000'],
    [
      { 'db/schema.rb': 'ActiveRecord::Schema.define(version: 20240103) do\nend' },
      'db/schema.rb',
      '20240103',
    ],
    [{ 'db/schema.rb': 'ActiveRecord::Schema.define(:version => 20240103) do' }, 'db/schema.rb', '20240103'],
    [{ 'db/structure.sql': rows('9', '20240103', '20240101') }, 'db/structure.sql', '20240103'],
  ])('%j', async (files, file, version) => {
    expect(await schemaLoad(treeOf(files), 'db/migrate')).toMatchObject({
      file,
      version,
      onlyWhenEmpty: true,
    });
  });

  test.each([
    [{ 'db/schema.rb': 'create_table :users' }, 'db/schema.rb does not say which migrations are in it.'],
    [{ 'db/structure.sql': 'CREATE TABLE users ();' }, 'db/structure.sql does not say which migrations'],
    [{ 'lib/x.rb': '' }, 'There is no db/schema.rb or db/structure.sql'],
  ])('%j says why not', async (files, why) => {
    expect(await schemaLoad(treeOf(files), 'db/migrate')).toContain(why);
  });
});

describe('deleted migrations', () => {
  test('that the schema file is no older than', async () => {
    const head = { 'db/schema.rb': ruby('2024_01_03_000000'), [nick]: base[nick] as string };
    const { bySchema, why } = await found(head);
    expect(bySchema).toMatchObject({ load: true, gone: [users, logs], into: { file: 'db/schema.rb' } });
    expect(why).toBeNull();
  });

  test('an ordinary migration that comes with them does not take their place', async () => {
    const head = { 'db/schema.rb': ruby('2024_01_04_000000'), [news]: migration('create_table :news') };
    expect((await found(head)).bySchema?.gone.toSorted()).toEqual([users, logs, nick]);
  });

  test('a file under the number of the last one tells whoever is too far behind', async () => {
    const guard = at('20240103000000_old_migrations_removed');
    const head = { 'db/schema.rb': ruby('2024_01_03_000000'), [guard]: migration('raise "load the schema"') };
    const { bySchema } = await found(head);
    expect(bySchema?.gone.toSorted()).toEqual([users, logs, nick]);
    expect(bySchema?.changes.map(({ kind }) => kind).toSorted()).toEqual(['deleted', 'deleted', 'edited']);
  });

  test('an edit beside them stays one', async () => {
    const head = {
      'db/schema.rb': ruby('2024_01_03_000000'),
      [nick]: migration('add_column :users, :nick, :text'),
    };
    expect((await found(head)).bySchema?.gone).toEqual([users, logs]);
  });

  test('of which one is newer than the file', async () => {
    const { bySchema, why } = await found({ 'db/schema.rb': ruby('2024_01_02_000000') });
    expect(bySchema).toBeNull();
    expect(why).toBe(
      'db/schema.rb, of which Rails makes a new database, was written at version 20240102000000, before 20240103000000.',
    );
  });

  test('of which one is newer than a file that stays', async () => {
    const { bySchema, why } = await found({
      'db/schema.rb': ruby('2024_01_03_000000'),
      [users]: base[users] as string,
      [logs]: base[logs] as string,
    });
    expect(bySchema).toBeNull();
    expect(why).toBe(
      `db/schema.rb does not stand for it, since ${users}, which is older, stays: whoever cuts a history off takes its beginning. A database that is behind never gets what is gone.`,
    );
  });

  test('without a file', async () => {
    const { bySchema, why } = await found({ [users]: base[users] as string });
    expect([bySchema, why]).toEqual([null, expect.stringContaining('There is no db/schema.rb')]);
  });
});

describe('squasher', () => {
  const into = at('20240103000000_init_schema');
  const made = {
    'db/schema.rb': ruby('2024_01_03_000000'),
    [into]: migration('create_table "users" do |t|'),
  };

  test('its migration has the version of the last one and stands for all', async () => {
    const { bySchema, byFile } = await found(made);
    expect(bySchema).toBeNull();
    expect(byFile).toMatchObject({ into: { file: into }, recorded: true, gone: [users, logs, nick] });
  });

  test('one that comes with it is a migration like any other', async () => {
    const clean = at('20240105000000_squasher_clean');
    const { byFile } = await found({ ...made, [clean]: migration('SchemaMigration.delete_all') });
    expect(byFile).toMatchObject({ into: { file: into } });
    expect(byFile?.also).toBeUndefined();
  });

  test('with the schema as SQL', async () => {
    const { byFile } = await found({
      [into]: migration('execute %q{\nCREATE TABLE public.users (id bigint);\n}'),
    });
    expect(byFile).toMatchObject({ into: { file: into }, recorded: true });
  });
});

describe('a base that may have been cut', () => {
  const perhapsCut = async (
    main: Readonly<Record<string, string>>,
    head: Readonly<Record<string, string>> = {},
  ) => {
    const history = await rails.history(treeOf(main), 'db/migrate');
    const { migrations } = await rails.history(treeOf(head), 'db/migrate');
    return isPerhapsCut(rails, history, migrations);
  };
  const rest = { [logs]: base[logs] as string };
  const made = (version: string, ...tables: string[]) =>
    ruby(version).replace('end', `${tables.map((name) => `  create_table "${name}"\n`).join('')}end`);

  test('has a table in its schema file that no migration names', async () => {
    expect(await perhapsCut({ ...rest, 'db/schema.rb': made('2024_01_02_000000', 'users', 'logs') })).toBe(
      true,
    );
    expect(await perhapsCut({ ...base, 'db/schema.rb': made('2024_01_03_000000', 'users', 'logs') })).toBe(
      false,
    );
  });

  test('not a join table, whose name no migration has', async () => {
    const joined = { ...base, [news]: migration('create_join_table :users, :logs') };
    const at4 = made('2024_01_04_000000', 'users', 'logs', 'logs_users');
    expect(await perhapsCut({ ...joined, 'db/schema.rb': at4 })).toBe(false);
  });

  test('not where another branch left its traces', async () => {
    expect(await perhapsCut({ ...rest, 'db/schema.rb': made('2024_01_09_000000', 'users', 'logs') })).toBe(
      false,
    );
    const ours = { ...base, 'db/schema.rb': made('2024_01_03_000000', 'users', 'news') };
    expect(await perhapsCut(ours, { [news]: migration('create_table :news') })).toBe(false);
  });

  test('the tool has tables of its own in structure.sql', async () => {
    const sql = (name: string) =>
      `CREATE TABLE public.schema_migrations (version text);\nCREATE TABLE public.${name} (id int);\nINSERT INTO "schema_migrations" (version) VALUES ('20240102000000');`;
    expect(await perhapsCut({ ...rest, 'db/structure.sql': sql('logs') })).toBe(false);
    expect(await perhapsCut({ ...rest, 'db/structure.sql': sql('users') })).toBe(true);
  });
});
