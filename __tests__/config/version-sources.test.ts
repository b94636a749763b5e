import { describe, expect, test } from 'vitest';
import { postgresVersionOf } from '../../src/config/postgres-version.ts';
import { treeOf } from '../tools/memory-tree.ts';

const version = async (files: Readonly<Record<string, string>>, path?: string) => {
  const { major, stated, note } = await postgresVersionOf(treeOf(files), path);
  return { major, stated, note };
};

describe('files that say which server it is', () => {
  test.each<[string, Readonly<Record<string, string>>, number]>([
    [
      'a Dockerfile',
      { 'docker/db/Dockerfile': 'FROM --platform=linux/amd64 postgres:16-alpine AS db\n' },
      16,
    ],
    ['a Dockerfile of an extension', { 'db.Dockerfile': 'from timescale/timescaledb:latest-pg15\n' }, 15],
    [
      "Supabase's image",
      { 'compose.yml': 'services:\n  db:\n    image: supabase/postgres:15.1.0.147\n' },
      15,
    ],
    ['asdf', { '.tool-versions': 'nodejs 22.1.0\npostgres 16.2\n' }, 16],
    ['mise', { 'mise.toml': '[tools]\nnode = "22"\npostgres = "16.3"\n' }, 16],
    ['a devcontainer', { '.devcontainer/devcontainer.json': '{\n  "image": "postgres:16"\n}\n' }, 16],
    [
      'Terraform for RDS',
      {
        'infra/db.tf':
          'resource "aws_db_instance" "x" {\n  engine = "postgres"\n  engine_version = "16.4"\n}\n',
      },
      16,
    ],
    [
      'Terraform for Cloud SQL',
      { 'db.tf': 'resource "x" "y" {\n  database_version = "POSTGRES_15"\n}\n' },
      15,
    ],
    ['a chart', { 'chart/values.yaml': 'postgresql:\n  image:\n    tag: 16.2.0-debian-12-r1\n' }, 16],
    [
      'Testcontainers in Java',
      { 'src/test/java/a/DatabaseTest.java': 'new PostgreSQLContainer<>("postgres:16-alpine")' },
      16,
    ],
    [
      'Testcontainers in Kotlin',
      { 'src/test/kotlin/PostgresBase.kt': 'PostgreSQLContainer(DockerImageName.parse("postgres:15"))' },
      15,
    ],
    [
      'Testcontainers in Go',
      { 'db/db_test.go': 'c, err := postgres.Run(ctx,\n\t"postgres:16-alpine",\n)' },
      16,
    ],
    [
      'Testcontainers in TypeScript',
      { 'test/setup-db.ts': "await new PostgreSqlContainer('pgvector/pgvector:pg16').start()" },
      16,
    ],
  ])('%s', async (_, files, major) => {
    const [file] = Object.keys(files);
    expect(await version(files)).toEqual({
      major,
      stated: true,
      note: `PostgreSQL ${major}, as ${file} says.`,
    });
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    [
      'Terraform of another engine',
      { 'db.tf': 'resource "x" "y" {\n  engine = "mysql"\n  engine_version = "16.1"\n}\n' },
    ],
    [
      "a chart's image of something else",
      { 'values.yaml': 'postgresql:\n  image:\n    repository: x/proxy\n    tag: "16"\n' },
    ],
    ['a chart that is a template', { 'values.yaml': 'postgresql:\n  image: {{ .x }}\n   tag: 16\n' }],
    ['a string that is no call', { 'src/database.ts': 'const image = "postgres:16";' }],
    ['an example', { 'examples/compose.yml': 'image: postgres:16\n' }],
    ['a version of another tool', { '.tool-versions': 'postgrest 12.0.1\n' }],
  ])('%s says nothing', async (_, files) => {
    expect(await version(files)).toMatchObject({ major: 17, stated: false });
  });

  test('production is believed before development, and both before tests', async () => {
    const files = {
      'infra/db.tf': 'resource "x" "y" {\n  engine = "aurora-postgresql"\n  engine_version = "15.4"\n}\n',
      'compose.yml': 'image: postgres:16\n',
      'src/test/java/DatabaseTest.java': 'new PostgreSQLContainer<>("postgres:14")',
    };
    expect(await version(files)).toMatchObject({ major: 15, stated: true });
    const { 'infra/db.tf': _, ...rest } = files;
    expect(await version(rest)).toMatchObject({ major: 16, stated: true });
  });

  test('a Supabase project has its own', async () => {
    const files = {
      'compose.yml': 'image: postgres:16\n',
      'apps/db/supabase/config.toml': '[db]\nport = 54322\nmajor_version = 15\n',
    };
    expect(await version(files, 'apps/db/supabase/migrations')).toMatchObject({ major: 15, stated: true });
    expect(await version(files, 'other/migrations')).toMatchObject({ major: 16, stated: true });
  });
});
