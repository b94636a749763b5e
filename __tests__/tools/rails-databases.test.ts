import { describe, expect, test } from 'vitest';
import { databaseName } from '../../src/tools/rails/databases.ts';
import { declaredFile, railsSchema } from '../../src/tools/rails/schema.ts';
import { rails } from '../../src/tools/rails.ts';
import { treeOf } from './memory-tree.ts';

const several = `default: &default
  adapter: postgresql
  pool: <%= ENV.fetch("POOL") { 5 } %>
<% if ENV["X"] %>
<% end %>
test:
  primary:
    <<: *default
    database: shop_test
  animals:
    <<: *default
    database: animals_test
    migrations_paths: db/animals_migrate
  logs:
    <<: *default
    migrations_paths:
      - db/logs
      - vendor/logs
`;

describe('the name of a database', () => {
  test.each([
    ['db/migrate', '', several, 'primary'],
    ['db/animals_migrate', '', several, 'animals'],
    ['api/vendor/logs', 'api', several, 'logs'],
    ['db/migrate', '', 'test:\n  adapter: postgresql\n  database: x\n', null],
    ['db/migrate', '', 'test:\n  <<: *nobody\n', null],
    ['db/migrate', '', null, null],
    ['db/animals_migrate', '', null, 'animals'],
  ])('%s in %j', (path, root, config, name) => {
    expect(databaseName(path, root, config, 'test')).toBe(name);
  });

  test('of another environment', () => {
    expect(databaseName('db/migrate', '', several, 'production')).toBeNull();
  });
});

describe('the file that Rails keeps', () => {
  const both = { 'db/schema.rb': '', 'db/structure.sql': '' };
  const config = (line: string) => ({ 'config/application.rb': `class A\n  ${line}\nend\n` });

  test.each([
    [{ 'db/schema.rb': '' }, 'db/migrate', 'db/schema.rb'],
    [{ 'db/structure.sql': '' }, 'db/migrate', 'db/structure.sql'],
    [
      { 'a/db/animals_schema.rb': '', 'a/db/schema.rb': '' },
      'a/db/animals_migrate',
      'a/db/animals_schema.rb',
    ],
    [{ ...both, 'db/logs_schema.rb': '', 'config/database.yml': several }, 'db/logs', 'db/logs_schema.rb'],
    [{ ...both, 'config/database.yml': several }, 'db/logs', null],
    [{ ...both, 'config/database.yml': several }, 'db/migrate', 'db/schema.rb'],
    [
      { 'db/schema.rb': '', 'config/database.yml': 'test:\n  main:\n    adapter: postgresql\n' },
      'db/migrate',
      'db/schema.rb',
    ],
    [both, 'db/migrate', 'db/schema.rb'],
    [{ ...both, ...config('config.active_record.schema_format = :sql') }, 'db/migrate', 'db/structure.sql'],
    [{ ...both, ...config('# config.active_record.schema_format = :sql') }, 'db/migrate', 'db/schema.rb'],
    [{ 'lib/x.rb': '' }, 'db/migrate', null],
  ])('%j', async (files, path, file) => {
    expect(await declaredFile(treeOf(files), path)).toBe(file);
  });

  const { lag, withoutVersion } = railsSchema(() => ({ missing: '' }));
  const rows = (...versions: string[]) =>
    `INSERT INTO "schema_migrations" (version) VALUES\n${versions.map((one) => `('${one}')`).join(',\n')};\n`;

  test('is older than the migrations', () => {
    const ruby = 'ActiveRecord::Schema[7.1].define(version: 2024_01_02_000000) do\nend\n';
    expect(lag(ruby, ['20240101000000', '20240102000000'])).toBeNull();
    expect(lag(ruby, ['20240103000000'])).toContain(
      '20240102000000, and the newest migration is 20240103000000',
    );
    expect(lag(rows('20240102000000', '20240101000000'), ['20240101000000', '20240102000000'])).toBeNull();
    expect(lag(rows('20240101000000'), ['20240101000000', '20240102000000'])).toContain(
      'does not record the migration 20240102000000,',
    );
    expect(lag('CREATE TABLE x (id int);', ['1'])).toBeNull();
  });

  test('says the same at another version', () => {
    const at = (version: string) =>
      `# Written by Rails\nActiveRecord::Schema.define(version: ${version}) do\nend\n`;
    expect(withoutVersion(at('2024_01_01_000000'))).toBe(withoutVersion(at('20240102000000')));
  });
});

test('a migration that was copied from an engine is one', async () => {
  const file = 'db/migrate/20240101000000_create_blobs.active_storage.rb';
  const { migrations } = await rails.history(treeOf({ [file]: 'class CreateBlobs' }), 'db/migrate');
  expect(migrations.map(({ identity }) => identity)).toEqual(['20240101000000']);
});
