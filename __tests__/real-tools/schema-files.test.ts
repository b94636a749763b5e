import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { applicationOf, checked, projectOf, systemPrograms } from './applications.ts';

// What Rails keeps in db/ is what the real Rails makes of the migrations, or a finding.

beforeAll(systemPrograms);

const stale = ({ findings }: Report) => findings.filter(({ rule }) => rule === 'declared-schema-differs');
const { base } = projectOf('rails');
const nick = {
  'db/migrate/20240102000000_add_nick_to_users.rb': `class AddNickToUsers < ActiveRecord::Migration[6.1]
  def change
    add_column :users, :nick, :string
  end
end
`,
};

describe('schema.rb', () => {
  const schema = (version: string, columns: string) => `ActiveRecord::Schema.define(version: ${version}) do

  # These are extensions that must be enabled in order to support this database
  enable_extension "plpgsql"

  create_table "users", force: :cascade do |t|
${columns}    t.string "email", null: false
    t.integer "age"
  end

end
`;
  const old = schema('2024_01_01_000000', '');
  const withNick = (version: string) => schema(version, '    t.string "nick"\n');

  test('written again, its columns in another order: nothing to tell', async () => {
    const repo = await applicationOf('rails', { ...base, 'db/schema.rb': old });
    const report = await checked(repo, { ...nick, 'db/schema.rb': withNick('2024_01_02_000000') });
    expect([report.undecided, stale(report), report.verdict]).toEqual([null, [], 'pass']);
    expect(report.notChecked.join('\n')).not.toContain('schema.rb');
  });

  test('not written again: the difference, and the version that it stands at', async () => {
    const report = await checked(await applicationOf('rails', { ...base, 'db/schema.rb': old }), nick);
    const [found] = stale(report);
    expect(found).toMatchObject({
      severity: 'error',
      file: 'db/schema.rb',
      title: 'db/schema.rb is not what the migrations make: one difference',
    });
    expect(found?.message).toContain(
      'It was written at version 20240101000000, and the newest migration is 20240102000000.',
    );
    expect(found?.detail?.text).toContain('nick character varying');
  });

  test('only its version is old', async () => {
    const repo = await applicationOf('rails', { ...base, 'db/schema.rb': old });
    const report = await checked(repo, { ...nick, 'db/schema.rb': withNick('2024_01_01_000000') });
    expect(stale(report).map(({ title }) => title)).toEqual(['db/schema.rb is older than the migrations']);
  });

  test('what base lacks as well is a notice', async () => {
    const repo = await applicationOf('rails', { ...base, 'db/schema.rb': withNick('2024_01_01_000000') });
    const report = await checked(repo, {
      'db/migrate/20240103000000_create_logs.rb':
        'class CreateLogs < ActiveRecord::Migration[6.1]\n  def change\n    execute "SELECT 1"\n  end\nend\n',
      'db/schema.rb': withNick('2024_01_03_000000'),
    });
    expect(stale(report).map(({ severity }) => severity)).toEqual(['notice']);
    expect(report.verdict).toBe('pass');
  });

  test('one that does not load', async () => {
    const repo = await applicationOf('rails', { ...base, 'db/schema.rb': old });
    const report = await checked(repo, { 'db/schema.rb': old.replace('t.integer', 't.intiger') });
    expect(stale(report)[0]?.title).toBe('db/schema.rb does not run on an empty database');
    expect(stale(report)[0]?.message).toContain('intiger');
  });
});

test('structure.sql, which needs no pg_dump here, and the versions that it records', async () => {
  const structure = (columns: string, versions: string) => `SET statement_timeout = 0;
CREATE TABLE public.ar_internal_metadata (key character varying NOT NULL, value character varying);
CREATE TABLE public.schema_migrations (version character varying NOT NULL);
CREATE TABLE public.users (id bigint NOT NULL, email character varying NOT NULL, age integer${columns});
CREATE SEQUENCE public.users_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;
ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);
ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
SET search_path TO "$user", public;

INSERT INTO "schema_migrations" (version) VALUES
${versions};
`;
  const sql = {
    ...base,
    'config/application.rb': (base['config/application.rb'] ?? '').replace(
      '  config.eager_load',
      '  config.active_record.schema_format = :sql\n  config.eager_load',
    ),
    'db/structure.sql': structure('', "('20240101000000')"),
  };
  const report = await checked(await applicationOf('rails', sql), nick);
  expect(report.undecided).toBeNull();
  const [found] = stale(report);
  expect(found).toMatchObject({ severity: 'error', file: 'db/structure.sql' });
  expect(found?.message).toContain('It does not record the migration 20240102000000');
  const good = structure(', nick character varying', "('20240102000000'),\n('20240101000000')");
  const written = await checked(await applicationOf('rails', sql), { ...nick, 'db/structure.sql': good });
  expect([written.undecided, stale(written)]).toEqual([null, []]);
});

test('several databases, and a migration that was copied from an engine', async () => {
  const several = {
    ...base,
    'config/database.yml': `test:
  primary:
    adapter: postgresql
    database: <%= ENV["NOBODY"] %>
  animals:
    adapter: postgresql
    host: nowhere.example.com
    migrations_paths: db/animals
`,
    '.github/migration-gate.yml':
      'lock-timeout: set-by-role\ndatabases:\n  - path: db/migrate\n    tool: rails\n  - path: db/animals\n    tool: rails\n',
    'db/animals/20240101000000_create_dogs.rb':
      'class CreateDogs < ActiveRecord::Migration[6.1]\n  def change\n    create_table(:dogs) { |t| t.string :name }\n  end\nend\n',
  };
  const report = await checked(await applicationOf('rails', several), {
    'db/migrate/20240102000000_create_blobs.active_storage.rb':
      'class CreateBlobs < ActiveRecord::Migration[6.1]\n  def change\n    add_index :users, :age\n  end\nend\n',
    'db/animals/20240102000000_index_dogs.rb':
      'class IndexDogs < ActiveRecord::Migration[6.1]\n  def change\n    add_index :dogs, :name\n  end\nend\n',
  });
  expect(report.undecided).toBeNull();
  expect(report.findings.map(({ rule, file, database }) => [rule, file, database])).toEqual([
    ['create-index-blocking', 'db/migrate/20240102000000_create_blobs.active_storage.rb', 'db/migrate'],
    ['create-index-blocking', 'db/animals/20240102000000_index_dogs.rb', 'db/animals'],
  ]);
});
