import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { applicationOf, checked, projectOf, systemPrograms } from './applications.ts';

// Migrations that are deleted since Rails makes new databases of db/schema.rb or db/structure.sql, on the real Rails.

beforeAll(systemPrograms);

const loud = ({ findings }: Report) => findings.map(({ rule, severity, title }) => [rule, severity, title]);

const { base } = projectOf('rails');
const users = 'db/migrate/20240101000000_create_users.rb';
const nick = 'db/migrate/20240102000000_add_nick_to_users.rb';
const migration = (name: string, body: string) =>
  `class ${name} < ActiveRecord::Migration[6.1]\n  def change\n    ${body}\n  end\nend\n`;
const schema = (version: string, columns: string) => `ActiveRecord::Schema.define(version: ${version}) do
  create_table "users", force: :cascade do |t|
${columns}    t.string "email", null: false
    t.integer "age"
  end
end
`;
const withNick = '    t.string "nick"\n';
const old = {
  ...base,
  [nick]: migration('AddNickToUsers', 'add_column :users, :nick, :string'),
  'db/schema.rb': schema('2024_01_02_000000', withNick),
};
const gone = [users, nick];

async function without(files: readonly string[], tree: Readonly<Record<string, string>> = old) {
  const repo = await applicationOf('rails', tree);
  repo.git('rm', '-q', ...files);
  return repo;
}

describe('schema.rb', () => {
  test('has what the deleted ones made: a notice, and what is new is run after it', async () => {
    const report = await checked(await without(gone), {
      'db/migrate/20240103000000_create_logs.rb': migration('CreateLogs', 'create_table :logs'),
      'db/schema.rb': schema('2024_01_03_000000', withNick).replace(/end\n$/, '  create_table "logs"\nend\n'),
    });
    expect([report.undecided, loud(report), report.verdict]).toEqual([
      null,
      [
        [
          'squashed-history',
          'notice',
          'db/schema.rb stands for 2 applied migrations that are gone, with the same schema',
        ],
      ],
      'pass',
    ]);
    const [found] = report.findings;
    expect(found?.message).toContain('********** NO FILE **********');
    expect(found?.detail?.text.split('\n')).toEqual(gone);
    expect(report.databases[0]?.migrations.map(({ version }) => version)).toEqual(['20240103000000']);
  });

  test('is behind the newest: the pending ones of a new database are run after it', async () => {
    const kept = {
      ...old,
      'db/migrate/20240103000000_create_logs.rb': migration('CreateLogs', 'create_table :logs'),
    };
    const report = await checked(await without([users], kept), { 'README.md': 'x' });
    expect(loud(report)).toContainEqual([
      'squashed-history',
      'notice',
      'db/schema.rb stands for an applied migration that is gone, with the same schema',
    ]);
  });

  test('lacks what a deleted one made: told once, with the difference', async () => {
    const report = await checked(await without(gone), { 'db/schema.rb': schema('2024_01_02_000000', '') });
    expect([loud(report), report.verdict]).toEqual([
      [
        [
          'squashed-history',
          'error',
          'db/schema.rb stands for 2 applied migrations that are gone, with another schema',
        ],
      ],
      'blocked',
    ]);
    const [found] = report.findings;
    expect(found?.message).toContain(
      'production will have column public.users.nick, a new database will not',
    );
    expect(found?.commands?.[0]).toContain(`git checkout main -- ${users}`);
  });

  test('lacks what a deleted one made, and nobody hears of squashes: the file is told', async () => {
    const lacking = { 'db/schema.rb': schema('2024_01_02_000000', '') };
    const report = await checked(await without(gone), lacking, { rules: 'squashed-history: off' });
    expect(loud(report)).toEqual([
      ['declared-schema-differs', 'error', 'db/schema.rb is not what the migrations make: one difference'],
    ]);
  });

  test('does not load', async () => {
    const broken = schema('2024_01_02_000000', withNick).replace('t.integer', 't.intiger');
    const report = await checked(await without(gone), { 'db/schema.rb': broken });
    expect(report.verdict).toBe('blocked');
    expect(loud(report).map(([rule, severity]) => [rule, severity])).toEqual([['squashed-history', 'error']]);
    expect(report.findings[0]?.message).toContain('intiger');
  });

  test('is older than a deleted one, or is not there: they are deleted', async () => {
    const older = await checked(await without(gone), {
      'db/schema.rb': schema('2024_01_01_000000', withNick),
    });
    const [found] = older.findings.filter(({ rule }) => rule === 'deleted-applied-migration');
    expect(found?.message).toContain('was written at version 20240101000000, before 20240102000000.');
    expect(older.verdict).toBe('blocked');
    const { 'db/schema.rb': _, ...none } = old;
    const without_ = await checked(await without(gone, none), { 'README.md': 'x' });
    const [deleted] = without_.findings.filter(({ rule }) => rule === 'deleted-applied-migration');
    expect(deleted?.message).toContain('There is no db/schema.rb or db/structure.sql');
    expect(without_.verdict).toBe('blocked');
  });
});

describe('structure.sql', () => {
  const structure = (columns: string) => `SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.ar_internal_metadata (key character varying NOT NULL PRIMARY KEY, value character varying, created_at timestamp(6) without time zone NOT NULL, updated_at timestamp(6) without time zone NOT NULL);
CREATE TABLE public.schema_migrations (version character varying NOT NULL PRIMARY KEY);
CREATE TABLE public.users (id bigint NOT NULL, email character varying NOT NULL, age integer${columns});
CREATE SEQUENCE public.users_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;
ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);
ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
SET search_path TO "$user", public;

INSERT INTO "schema_migrations" (version) VALUES
('20240102000000'),
('20240101000000');
`;
  const { 'db/schema.rb': _, ...rest } = old;
  const sql = {
    ...rest,
    'config/application.rb': (base['config/application.rb'] ?? '').replace(
      '  config.eager_load',
      '  config.active_record.schema_format = :sql\n  config.eager_load',
    ),
    'db/structure.sql': structure(', nick character varying'),
  };
  const logs = {
    'db/migrate/20240103000000_create_logs.rb': migration('CreateLogs', 'create_table :logs'),
  };

  test('with all of it, and a new migration that it does not have yet', async () => {
    const report = await checked(await without(gone, sql), logs);
    expect(loud(report)).toContainEqual([
      'squashed-history',
      'notice',
      'db/structure.sql stands for 2 applied migrations that are gone, with the same schema',
    ]);
  });

  test('without a column', async () => {
    const report = await checked(await without(gone, sql), { ...logs, 'db/structure.sql': structure('') });
    const [found] = report.findings.filter(({ rule }) => rule === 'squashed-history');
    expect(found?.severity).toBe('error');
    expect(found?.message).toContain('column public.users.nick');
  });
});

test('squasher: one migration of the last version', async () => {
  const into = 'db/migrate/20240102000000_init_schema.rb';
  const init = (columns: string) => `class InitSchema < ActiveRecord::Migration[6.1]
  def up
    create_table "users" do |t|
      t.string "email", null: false
      t.integer "age"
${columns}    end
  end

  def down
    raise ActiveRecord::IrreversibleMigration, "The initial migration is not revertable"
  end
end
`;
  const clean = {
    'db/migrate/20240103000000_squasher_clean.rb': migration(
      'SquasherClean',
      `execute "DELETE FROM schema_migrations WHERE version = '20240101000000'"`,
    ),
    'db/schema.rb': schema('2024_01_03_000000', withNick),
  };
  const equal = await checked(await without(gone), { ...clean, [into]: init('      t.string "nick"\n') });
  const [found] = equal.findings.filter(({ rule }) => rule === 'squashed-history');
  expect(found).toMatchObject({
    severity: 'error',
    title: `${into} replaces 2 applied migrations, with the same schema`,
  });
  expect(found?.message).toContain('Existing databases have recorded its version and do not run it.');
  expect(found?.message).toContain('accept-squash: true');
  const other = await checked(await without(gone), { ...clean, [into]: init('') });
  const told = other.findings.filter(({ rule }) => rule === 'squashed-history');
  expect(told.map(({ title }) => title)).toEqual([
    `${into} replaces 2 applied migrations, with another schema`,
  ]);
});

describe('after the squash', () => {
  const { [users]: _, ...rest }: Readonly<Record<string, string>> = old;
  const logs = {
    'db/migrate/20240103000000_create_logs.rb': migration('CreateLogs', 'create_table :logs'),
    'db/schema.rb': schema('2024_01_03_000000', withNick).replace(/end\n$/, '  create_table "logs"\nend\n'),
  };

  test('base is built of its schema file, and the pending migrations are run on that', async () => {
    const report = await checked(await applicationOf('rails', rest), logs);
    expect([report.undecided, loud(report), report.verdict]).toEqual([null, [], 'pass']);
    expect(report.notes.join('\n')).toContain('as Rails builds a new one: of db/schema.rb');
    expect(report.databases[0]?.schemaChanges.map(({ name }) => name)).toContain('public.logs');
  });

  test('what remains runs, and makes less than the schema file', async () => {
    const { [nick]: __, ...none } = rest;
    const news = 'db/migrate/20240102000000_create_news.rb';
    const withNews = (columns: string) =>
      schema('2024_01_02_000000', columns).replace(/end\n$/, '  create_table "news"\nend\n');
    const cut = {
      ...none,
      [news]: migration('CreateNews', 'create_table :news'),
      'db/schema.rb': withNews(withNick),
    };
    const add = 'db/migrate/20240103000000_add_born.rb';
    const added = await checked(await applicationOf('rails', cut), {
      [add]: migration('AddBorn', 'add_column :users, :born, :date'),
      'db/schema.rb': withNews(`${withNick}    t.date "born"\n`).replace('2024_01_02', '2024_01_03'),
    });
    expect([added.undecided, added.verdict]).toEqual([null, 'pass']);
    expect(added.databases[0]?.schemaChanges.map(({ name }) => name)).toEqual(['public.users.born']);
    expect(added.notes.join('\n')).toContain('The migrations of main alone do not make its schema.');
    const deleted = await checked(await without([news], cut), { 'README.md': 'x' });
    expect(loud(deleted).map(([rule, severity]) => [rule, severity])).toEqual([
      ['squashed-history', 'notice'],
    ]);
    // A file that lacks what the migrations make is no more than they are.
    const torn = { ...cut, 'db/schema.rb': schema('2024_01_02_000000', withNick) };
    const other = await checked(await applicationOf('rails', torn), {
      [add]: migration('AddBorn', 'add_column :news, :born, :date'),
    });
    expect(other.databases[0]?.schemaChanges.map(({ name }) => name)).toEqual(['public.news.born']);
    expect(other.notes.join('\n')).not.toContain('alone do not make its schema');
  });

  test('all of them were deleted', async () => {
    const { [nick]: __, ...none } = rest;
    const report = await checked(await applicationOf('rails', none), {
      'db/migrate/20240103000000_add_age.rb': migration('AddAge', 'add_column :users, :born, :date'),
      'db/schema.rb': schema('2024_01_03_000000', `${withNick}    t.date "born"\n`),
    });
    expect([report.undecided, report.verdict]).toEqual([null, 'pass']);
    expect(report.databases[0]?.schemaChanges.map(({ name }) => name)).toEqual(['public.users.born']);
    expect(report.notes.join('\n')).toContain('main has no migrations any more');
  });

  test('the next ones that are deleted are proved as well', async () => {
    const equal = await checked(await without([nick], rest), logs);
    expect(loud(equal).map(([rule, severity]) => [rule, severity])).toEqual([['squashed-history', 'notice']]);
    expect(equal.findings[0]?.message).toContain('base’s own db/schema.rb');
    const other = await checked(await without([nick], rest), {
      ...logs,
      'db/schema.rb': logs['db/schema.rb'].replace(withNick, ''),
    });
    expect(loud(other).map(([rule, severity]) => [rule, severity])).toEqual([['squashed-history', 'error']]);
  });

  test('a schema file that does not load either is undecided', async () => {
    const broken = { ...rest, 'db/schema.rb': old['db/schema.rb'].replace('t.integer', 't.intiger') };
    const report = await checked(await applicationOf('rails', broken), logs);
    expect(report.undecided?.reason).toBe('base-does-not-apply');
    expect(report.undecided?.message).toContain('db:migrate');
  });
});
