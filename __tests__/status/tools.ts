import { loadParser } from '../../src/sql/parse.ts';
import { atlasSum } from '../../src/tools/atlas/sum.ts';
import { noToolSettings } from '../../src/tools/configured.ts';
import { toolNamed } from '../../src/tools/index.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import type { TestDatabase } from '../shadow/with-shadow.ts';
import { committed } from '../tools/graphile-committed.ts';
import { type Content, treeOf } from '../tools/memory-tree.ts';

/** A project of a tool with these three statements as its migrations, or fewer. */
export interface Project {
  readonly name: ToolName;
  readonly path: string;
  files(statements: readonly string[]): Readonly<Record<string, Content>>;
  /** Does the tool's table hold what tells an edited file? */
  readonly checksums: boolean;
  /** SQL after which the newest migration counts as failed; null: the table cannot say so. */
  readonly fail: string | null;
}

const numbered =
  (name: (n: number) => string, text = (sql: string) => `${sql};\n`) =>
  (statements: readonly string[]) =>
    Object.fromEntries(statements.map((sql, index) => [name(index + 1), text(sql)]));

const stamp = (n: number): string => `2024010${n}000000`;

export const projects: readonly Project[] = [
  {
    name: 'prisma',
    path: 'prisma/migrations',
    files: (all) => ({
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      ...numbered((n) => `prisma/migrations/${stamp(n)}_m/migration.sql`)(all),
    }),
    checksums: true,
    fail: `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '20240103%'`,
  },
  {
    name: 'drizzle',
    path: 'drizzle',
    files: (all) => ({
      'drizzle.config.ts': "export default defineConfig({ out: './drizzle', dialect: 'postgresql' });\n",
      'drizzle/meta/_journal.json': JSON.stringify({
        version: '7',
        dialect: 'postgresql',
        entries: all.map((_, idx) => ({
          idx,
          version: '7',
          when: 1000 + idx,
          tag: `000${idx}_m`,
          breakpoints: true,
        })),
      }),
      ...numbered((n) => `drizzle/000${n - 1}_m.sql`)(all),
    }),
    checksums: true,
    fail: null,
  },
  {
    name: 'flyway',
    path: 'sql',
    files: (all) => ({
      'flyway.toml': '[flyway]\nlocations = ["filesystem:sql"]\n',
      ...numbered((n) => `sql/V${n}__m.sql`)(all),
    }),
    checksums: true,
    fail: `UPDATE flyway_schema_history SET success = false WHERE version = '3'`,
  },
  {
    name: 'golang-migrate',
    path: 'migrations',
    files: numbered((n) => `migrations/${n}_m.up.sql`),
    checksums: false,
    fail: 'UPDATE schema_migrations SET dirty = true',
  },
  {
    name: 'sqlx',
    path: 'migrations',
    files: numbered((n) => `migrations/000${n}_m.sql`),
    checksums: true,
    fail: 'UPDATE _sqlx_migrations SET success = false WHERE version = 3',
  },
  {
    name: 'dbmate',
    path: 'db/migrations',
    files: numbered(
      (n) => `db/migrations/${stamp(n)}_m.sql`,
      (sql) => `-- migrate:up\n${sql};\n\n-- migrate:down\n`,
    ),
    checksums: false,
    fail: null,
  },
  {
    name: 'goose',
    path: 'migrations',
    files: numbered(
      (n) => `migrations/0000${n}_m.sql`,
      (sql) => `-- +goose Up\n${sql};\n\n-- +goose Down\n`,
    ),
    checksums: false,
    fail: null,
  },
  {
    name: 'supabase',
    path: 'supabase/migrations',
    files: (all) => ({
      'supabase/config.toml': 'project_id = "app"\n',
      ...numbered((n) => `supabase/migrations/${stamp(n)}_m.sql`)(all),
    }),
    checksums: false,
    fail: null,
  },
  {
    name: 'hasura',
    path: 'hasura/migrations/default',
    files: (all) => ({
      'hasura/config.yaml': 'version: 3\nmetadata_directory: metadata\n',
      ...numbered((n) => `hasura/migrations/default/${n}_m/up.sql`)(all),
    }),
    checksums: false,
    fail: `UPDATE hdb_catalog.hdb_version SET cli_state = jsonb_set(cli_state, '{migrations,default,3}', 'true')`,
  },
  {
    name: 'atlas',
    path: 'migrations',
    files: (all) => {
      const files = numbered((n) => `${n}_m.sql`)(all);
      const sum = atlasSum(Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) })));
      return Object.fromEntries(
        Object.entries({ ...files, 'atlas.sum': String(sum) }).map(([name, text]) => [
          `migrations/${name}`,
          text,
        ]),
      );
    },
    checksums: true,
    fail: `UPDATE atlas_schema_revisions.atlas_schema_revisions SET applied = 0, error = 'x' WHERE version = '3'`,
  },
  {
    name: 'liquibase',
    path: 'db',
    files: (all) => ({
      'db/changelog.sql': `--liquibase formatted sql\n${all.map((sql, index) => `\n--changeset ann:${index + 1}\n${sql};\n`).join('')}`,
    }),
    checksums: true,
    fail: `UPDATE databasechangelog SET exectype = 'FAILED' WHERE id = '3'`,
  },
  {
    name: 'sqitch',
    path: '',
    files: (all) => ({
      'sqitch.conf': '[core]\n  engine = pg\n',
      'sqitch.plan': `%project=shop\n\n${all.map((_, index) => `m${index + 1} 2024-01-01T10:00:00Z Ann <ann@example.org>`).join('\n')}\n`,
      ...numbered((n) => `deploy/m${n}.sql`)(all),
    }),
    checksums: true,
    fail: null,
  },
  {
    name: 'graphile-migrate',
    path: 'db/migrations',
    files: (all) => ({
      'db/.gmrc': '{}',
      'db/migrations/current.sql': '',
      ...committed(
        'db/migrations/committed',
        all.map((sql, index) => [`00000${index + 1}-m.sql`, `${sql};`] as const),
      ),
    }),
    checksums: true,
    fail: null,
  },
  {
    name: 'node-pg-migrate',
    path: 'migrations',
    files: (all) => ({
      'package.json': JSON.stringify({
        scripts: { migrate: 'node-pg-migrate up' },
        dependencies: { 'node-pg-migrate': '^8.0.0' },
      }),
      ...numbered(
        (n) => `migrations/170000000000${n}_m.sql`,
        (sql) => `-- Up Migration\n${sql};\n-- Down Migration\n`,
      )(all),
    }),
    checksums: false,
    fail: null,
  },
  {
    name: 'diesel',
    path: 'migrations',
    files: numbered((n) => `migrations/2024-01-0${n}-000000_m/up.sql`),
    checksums: false,
    fail: null,
  },
  {
    name: 'refinery',
    path: 'migrations',
    files: numbered((n) => `migrations/V${n}__m.sql`),
    checksums: true,
    fail: null,
  },
];

/** The tool as the project has set it up, and its migrations. */
export async function projectOf({ name, path, files }: Project, statements: readonly string[]) {
  await loadParser();
  const tree = treeOf(files(statements));
  const tool = (await toolNamed(name).configured?.(tree, path, noToolSettings)) ?? toolNamed(name);
  return { tool, history: await tool.history(tree, path) };
}

/** How a stranger connects to a database of the tests. */
export const urlOf = ({ connection }: TestDatabase): string => {
  const { host, port, user, password, database } = connection as unknown as Record<string, string>;
  return `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(String(host))}&port=${port}`;
};
