import { atlasSum } from '../../src/tools/atlas/sum.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { committed } from './graphile-committed.ts';
import type { Content } from './memory-tree.ts';

/** A repository with one migration of a tool. */
export interface Layout {
  readonly path: string;
  readonly file: string;
  /** The file's text around its statements. */
  readonly text: (sql: string) => string;
  /** What else the tool needs to be there. */
  readonly others?: (bytes: Buffer) => Readonly<Record<string, Content>>;
}

const itself = (sql: string): string => sql;
const toml = (line: string): string => `[package]\nname = "x"\n[dependencies]\n${line}\n`;

/** One layout for each tool whose migrations are SQL files. */
export const layouts = {
  prisma: {
    path: 'prisma/migrations',
    file: 'prisma/migrations/20240101000000_one/migration.sql',
    text: itself,
    others: () => ({ 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n' }),
  },
  drizzle: {
    path: 'drizzle',
    file: 'drizzle/0000_one.sql',
    text: itself,
    others: () => ({
      'drizzle/meta/_journal.json': JSON.stringify({
        version: '7',
        dialect: 'postgresql',
        entries: [{ idx: 0, version: '7', when: 1, tag: '0000_one', breakpoints: true }],
      }),
    }),
  },
  'graphile-migrate': {
    path: 'migrations',
    file: 'migrations/committed/000001.sql',
    text: (sql) => Object.values(committed('', [['000001.sql', sql]]))[0] ?? '',
    others: () => ({ '.gmrc': '{}' }),
  },
  'node-pg-migrate': {
    path: 'migrations',
    file: 'migrations/1700000000000_one.sql',
    text: (sql) => `-- Up Migration\n${sql}\n-- Down Migration\nSELECT 0;\n`,
    others: () => ({ 'package.json': '{"dependencies":{"node-pg-migrate":"^7.0.0"}}' }),
  },
  supabase: {
    path: 'supabase/migrations',
    file: 'supabase/migrations/20240101000000_one.sql',
    text: itself,
    others: () => ({ 'supabase/config.toml': 'project_id = "x"\n' }),
  },
  diesel: {
    path: 'migrations',
    file: 'migrations/2024-01-01-000000_one/up.sql',
    text: itself,
    others: () => ({
      'Cargo.toml': toml('diesel = { version = "2", features = ["postgres"] }'),
      'diesel.toml': '[print_schema]\nfile = "src/schema.rs"\n',
      'migrations/2024-01-01-000000_one/down.sql': 'SELECT 0;\n',
    }),
  },
  refinery: {
    path: 'migrations',
    file: 'migrations/V1__one.sql',
    text: itself,
    others: () => ({ 'Cargo.toml': toml('refinery = { version = "0.8", features = ["tokio-postgres"] }') }),
  },
  flyway: { path: 'db/migration', file: 'db/migration/V1__one.sql', text: itself },
  liquibase: {
    path: 'db/changelog',
    file: 'db/changelog/one.sql',
    text: (sql) => `--liquibase formatted sql\n--changeset anna:1\n${sql}\n`,
    others: () => ({
      'db/changelog/db.changelog-master.yaml':
        'databaseChangeLog:\n  - include:\n      file: db/changelog/one.sql\n',
    }),
  },
  hasura: {
    path: 'migrations/default',
    file: 'migrations/default/1700000000000_one/up.sql',
    text: itself,
    others: () => ({ 'config.yaml': 'version: 3\nendpoint: http://localhost:8080\n' }),
  },
  sqlx: {
    path: 'migrations',
    file: 'migrations/20240101000000_one.sql',
    text: itself,
    others: () => ({ 'Cargo.toml': toml('sqlx = { version = "0.8", features = ["postgres", "migrate"] }') }),
  },
  sqitch: {
    path: '',
    file: 'deploy/one.sql',
    text: itself,
    others: () => ({
      'sqitch.conf': '[core]\n\tengine = pg\n',
      'sqitch.plan':
        '%syntax-version=1.0.0\n%project=x\n\none 2024-01-01T00:00:00Z Anna <a@example.org> # one\n',
    }),
  },
  'golang-migrate': {
    path: 'db/migrations',
    file: 'db/migrations/1_one.up.sql',
    text: itself,
    others: () => ({ 'db/migrations/1_one.down.sql': 'SELECT 0;\n' }),
  },
  goose: {
    path: 'migrations',
    file: 'migrations/00001_one.sql',
    text: (sql) => `-- +goose Up\n-- +goose StatementBegin\n${sql}\n-- +goose StatementEnd\n`,
  },
  dbmate: {
    path: 'db/migrations',
    file: 'db/migrations/20240101000000_one.sql',
    text: (sql) => `-- migrate:up\n${sql}\n-- migrate:down\nSELECT 0;\n`,
  },
  atlas: {
    path: 'migrations',
    file: 'migrations/20240101000000_one.sql',
    text: itself,
    others: (bytes) => ({
      'migrations/atlas.sum': atlasSum([{ name: '20240101000000_one.sql', bytes }]),
    }),
  },
  plain: { path: 'db/migrations', file: 'db/migrations/001_one.sql', text: itself },
} as const satisfies Partial<Record<ToolName, Layout>>;
