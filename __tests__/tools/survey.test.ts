import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { noOptions } from '../../src/config/options.ts';
import { Undecided } from '../../src/errors.ts';
import { survey } from '../../src/tools/index.ts';
import { treeOf } from './memory-tree.ts';

/** A repository's layout: paths as it has them, texts in our own words where a text decides. */
interface Layout {
  readonly files: readonly string[];
  readonly texts?: Readonly<Record<string, string>>;
  /** `tool path`, sorted. */
  readonly databases: readonly string[];
  /** `tool path` of what stops the gate, since it cannot be read. */
  readonly unreadable?: readonly string[];
  /** Directories that must be said to be passed over. */
  readonly passedOver?: readonly string[];
}

const table = 'CREATE TABLE things (id bigint PRIMARY KEY);\n';
const postgresLock = 'provider = "postgresql"\n';
const goose = `-- +goose Up\n${table}-- +goose Down\nDROP TABLE things;\n`;
const dbmate = `-- migrate:up\n${table}-- migrate:down\nDROP TABLE things;\n`;
const clickhouse = 'CREATE TABLE things (id UInt64) ENGINE = MergeTree() ORDER BY id;\n';
const journal = (dialect: string) => JSON.stringify({ version: '7', dialect, entries: [] });
const cargo = (line: string) => `[package]\nname = "app"\n\n[dependencies]\n${line}\n`;

const layouts: Readonly<Record<string, Layout>> = {
  'documenso/documenso': {
    files: [
      'package.json',
      'packages/prisma/schema.prisma',
      'packages/prisma/migrations/20230605122017_signature/migration.sql',
      'packages/prisma/migrations/20230605164015_expiry/migration.sql',
    ],
    texts: { 'packages/prisma/migrations/migration_lock.toml': postgresLock },
    databases: ['prisma packages/prisma/migrations'],
  },
  'umami-software/umami': {
    files: [
      'db/clickhouse/migrations/01_edit_keys.sql',
      'db/clickhouse/migrations/02_add_visit_id.sql',
      'prisma/migrations/01_init/migration.sql',
      'prisma/migrations/02_report_schema_session_data/migration.sql',
    ],
    texts: { 'prisma/migrations/migration_lock.toml': postgresLock },
    databases: ['prisma prisma/migrations'],
    passedOver: ['db/clickhouse/migrations'],
  },
  'langfuse/langfuse': {
    files: ['packages/shared/prisma/schema.prisma', 'packages/shared/clickhouse/load/ingest.sql'],
    texts: {
      'packages/shared/prisma/migrations/migration_lock.toml': postgresLock,
      'packages/shared/prisma/migrations/20230518153530_init/migration.sql': table,
      'packages/shared/clickhouse/migrations/canonical/0001_traces.up.sql': clickhouse,
      'packages/shared/clickhouse/migrations/canonical/0001_traces.down.sql': 'DROP TABLE traces;\n',
    },
    databases: ['prisma packages/shared/prisma/migrations'],
    passedOver: ['packages/shared/clickhouse/migrations/canonical'],
  },
  'triggerdotdev/trigger.dev': {
    files: [
      '.railway/baseline.sql',
      'apps/integrations/prisma/migrations/20230213221827_init/migration.sql',
      'internal-packages/database/prisma/migrations/20230101000000_init/migration.sql',
    ],
    texts: {
      'apps/integrations/prisma/migrations/migration_lock.toml': postgresLock,
      'internal-packages/database/prisma/migrations/migration_lock.toml': postgresLock,
    },
    databases: [
      'prisma apps/integrations/prisma/migrations',
      'prisma internal-packages/database/prisma/migrations',
    ],
  },
  'vercel/ai-chatbot': {
    files: [
      'drizzle.config.ts',
      'lib/db/migrations/0000_keen_devos.sql',
      'lib/db/migrations/0001_sparkling_blue_marvel.sql',
      'lib/db/migrations/meta/0000_snapshot.json',
    ],
    texts: { 'lib/db/migrations/meta/_journal.json': journal('postgresql') },
    databases: ['drizzle lib/db/migrations'],
  },
  'wundergraph/cosmo': {
    files: [
      'controlplane/drizzle.config.ts',
      'controlplane/migrations/0000_slimy_vargas.sql',
      'router/go.mod',
    ],
    texts: {
      'controlplane/migrations/meta/_journal.json': journal('pg'),
      'controlplane/clickhouse/migrations/20230927211048_operation_request_metrics_5_30.sql': clickhouse,
      'graphqlmetrics/migrations/20231010143332_graphql_schema_usage_table.sql': clickhouse,
    },
    databases: ['drizzle controlplane/migrations'],
    passedOver: ['controlplane/clickhouse/migrations', 'graphqlmetrics/migrations'],
  },
  'lobehub/lobe-chat': {
    files: ['packages/database/migrations/0000_init.sql'],
    texts: { 'packages/database/migrations/meta/_journal.json': journal('postgresql') },
    databases: ['drizzle packages/database/migrations'],
  },
  'Dokploy/dokploy': {
    files: ['apps/dokploy/drizzle/0000_reflective_puck.sql'],
    texts: { 'apps/dokploy/drizzle/meta/_journal.json': journal('postgresql') },
    databases: ['drizzle apps/dokploy/drizzle'],
  },
  'usebasejump/basejump': {
    files: [
      'supabase/config.toml',
      'supabase/seed.sql',
      'supabase/migrations/20240414161707_basejump-setup.sql',
      'supabase/migrations/20240414161947_basejump-accounts.sql',
      'supabase/tests/database/01-basejump-schema-tests.sql',
      'supabase/tests/database/02-personal-accounts.sql',
    ],
    databases: ['supabase supabase/migrations'],
  },
  'imbhargav5/nextbase-nextjs-supabase-starter': {
    files: [
      'apps/database/supabase/config.toml',
      'apps/database/supabase/migrations/20230208104717_init.sql',
      'apps/database/supabase/migrations/20230208104718_private_items.sql',
    ],
    databases: ['supabase apps/database/supabase/migrations'],
  },
  'mckaywrigley/chatbot-ui': {
    files: [
      'supabase/config.toml',
      'supabase/types.ts',
      'supabase/migrations/20240108234540_setup.sql',
      'supabase/migrations/20240108234541_add_profiles.sql',
    ],
    databases: ['supabase supabase/migrations'],
  },
  'MarquezProject/marquez': {
    files: [
      'api/src/main/java/marquez/db/FlywayFactory.java',
      'api/src/main/resources/marquez/db/migration/V1__initial_schema.sql',
      'api/src/main/resources/marquez/db/migration/V17.2__open_lineage.sql',
      'api/src/main/resources/marquez/db/migration/R__1_Jobs_view_and_rewrite_function.sql',
    ],
    databases: ['flyway api/src/main/resources/marquez/db/migration'],
  },
  'brave-intl/bat-go': {
    files: [
      'go.mod',
      'migrations/0001_initial_schema.up.sql',
      'migrations/0001_initial_schema.down.sql',
      'migrations/0002_job_drain.up.sql',
      'migrations/0002_job_drain.down.sql',
    ],
    databases: ['golang-migrate migrations'],
  },
  'goharbor/harbor': {
    files: [
      'src/go.mod',
      'make/migrations/postgresql/0001_initial_schema.up.sql',
      'make/migrations/postgresql/0002_1.7.0_schema.up.sql',
    ],
    databases: ['golang-migrate make/migrations/postgresql'],
  },
  'coder/coder': {
    files: [
      'go.mod',
      'coderd/database/migrations/000001_base.up.sql',
      'coderd/database/migrations/000001_base.down.sql',
      'coderd/database/migrations/testdata/fixtures/000020_workspace_agents.up.sql',
    ],
    databases: ['golang-migrate coderd/database/migrations'],
  },
  'mattermost/mattermost': {
    files: [
      'server/go.mod',
      'server/channels/db/migrations/migrations.list',
      'server/channels/db/migrations/mysql/000001_create_teams.up.sql',
      'server/channels/db/migrations/mysql/000001_create_teams.down.sql',
      'server/channels/db/migrations/postgres/000001_create_teams.up.sql',
      'server/channels/db/migrations/postgres/000001_create_teams.down.sql',
    ],
    databases: ['golang-migrate server/channels/db/migrations/postgres'],
    passedOver: ['server/channels/db/migrations/mysql'],
  },
  'flipt-io/flipt': {
    files: [
      'go.mod',
      'config/migrations/clickhouse/0_initial_clickhouse.up.sql',
      'config/migrations/cockroachdb/0_initial.up.sql',
      'config/migrations/mysql/0_initial.up.sql',
      'config/migrations/postgres/0_initial.up.sql',
      'config/migrations/postgres/1_variants_unique_per_flag.up.sql',
      'config/migrations/sqlite3/0_initial.up.sql',
    ],
    databases: ['golang-migrate config/migrations/postgres'],
    passedOver: [
      'config/migrations/clickhouse',
      'config/migrations/cockroachdb',
      'config/migrations/mysql',
      'config/migrations/sqlite3',
    ],
  },
  'openmeterio/openmeter': {
    files: [
      'go.mod',
      'atlas.hcl',
      'tools/migrate/migrations/atlas.sum',
      'tools/migrate/migrations/20240826120919_init.up.sql',
      'tools/migrate/migrations/20240826120919_init.down.sql',
    ],
    texts: {
      'tools/migrate/clickhouse_migrations/20260322000000_create_events_table.up.sql': clickhouse,
    },
    databases: ['golang-migrate tools/migrate/migrations'],
    passedOver: ['tools/migrate/clickhouse_migrations'],
  },
  'modrinth/labrinth': {
    files: ['migrations/20200716160921_init.sql', 'migrations/20200717192808_Make_categories_non-null.sql'],
    texts: { 'Cargo.toml': cargo('sqlx = { version = "0.7", features = ["postgres"] }') },
    databases: ['sqlx migrations'],
  },
  'atuinsh/atuin': {
    files: [
      'crates/atuin-client/migrations/20210422143411_create_history.sql',
      'crates/atuin-server-postgres/migrations/20210425153745_create_history.sql',
      'crates/atuin-server-sqlite/migrations/20231203124112_create-store.sql',
    ],
    texts: {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n[workspace.dependencies.sqlx]\nversion = "0.9"\n',
      'crates/atuin-client/Cargo.toml': cargo('sqlx = { workspace = true, features = ["sqlite", "regexp"] }'),
      'crates/atuin-server-postgres/Cargo.toml': cargo(
        'sqlx = { workspace = true, features = ["postgres"] }',
      ),
      'crates/atuin-server-sqlite/Cargo.toml': cargo('sqlx = { workspace = true, features = ["sqlite"] }'),
    },
    databases: ['sqlx crates/atuin-server-postgres/migrations'],
    passedOver: ['crates/atuin-client/migrations', 'crates/atuin-server-sqlite/migrations'],
  },
  'zed-industries/zed': {
    files: [
      'crates/collab/migrations/20220506130724_create_contacts.sql',
      'crates/collab/migrations/20220523232954_allow_user_deletes.sql',
      'crates/collab/migrations_llm/20240806213401_create_usages.sql',
      'crates/collab/migrations.sqlite/20221109000000_test_schema.sql',
    ],
    texts: {
      'crates/collab/Cargo.toml': cargo('sqlx = { version = "0.8", features = ["postgres", "sqlite"] }'),
    },
    databases: ['sqlx crates/collab/migrations', 'sqlx crates/collab/migrations_llm'],
    passedOver: ['crates/collab/migrations.sqlite'],
  },
  'windmill-labs/windmill': {
    files: [
      'backend/migrations/20220123221903_first.up.sql',
      'backend/migrations/20220123221903_first.down.sql',
      'frontend/package.json',
    ],
    texts: { 'backend/Cargo.toml': cargo('sqlx = { version = "0.8", features = ["postgres"] }') },
    databases: ['sqlx backend/migrations'],
  },
  'jacob-horton/yas': {
    files: [
      'server/migrations/20260111155408_init_schema.sql',
      'server/migrations/20260111171626_groups.sql',
    ],
    texts: { 'server/Cargo.toml': cargo('sqlx = { version = "0.8", features = ["postgres", "migrate"] }') },
    databases: ['sqlx server/migrations'],
  },
  'LemmyNet/lemmy': {
    files: [
      'diesel.toml',
      'migrations/00000000000000_diesel_initial_setup/up.sql',
      'migrations/00000000000000_diesel_initial_setup/down.sql',
      'migrations/2019-02-26-002946_create_user/up.sql',
    ],
    texts: { 'Cargo.toml': cargo('diesel = { version = "2", features = ["postgres"] }') },
    databases: ['diesel migrations'],
  },
  'dani-garcia/vaultwarden': {
    files: [
      'diesel.toml',
      'migrations/mysql/2018-01-14-171611_create_tables/up.sql',
      'migrations/postgresql/2019-09-12-100000_create_tables/up.sql',
      'migrations/sqlite/2018-01-14-171611_create_tables/up.sql',
    ],
    texts: { 'Cargo.toml': cargo('diesel = { version = "2", features = ["chrono", "r2d2"] }') },
    databases: ['diesel migrations/postgresql'],
    passedOver: ['migrations/mysql', 'migrations/sqlite'],
  },
  'Permify/permify': {
    files: ['go.mod'],
    texts: {
      'internal/storage/postgres/migrations/20230117143902_initial.sql': goose,
      'internal/storage/postgres/migrations/20230117145140_multi_tenant.sql': goose,
    },
    databases: ['goose internal/storage/postgres/migrations'],
  },
  'openfga/openfga': {
    files: ['go.mod'],
    texts: {
      'assets/migrations/mysql/001_initialize_schema.sql': goose,
      'assets/migrations/postgres/001_initialize_schema.sql': goose,
      'assets/migrations/sqlite/001_initialize_schema.sql': goose,
    },
    databases: ['goose assets/migrations/postgres'],
    passedOver: ['assets/migrations/mysql', 'assets/migrations/sqlite'],
  },
  'hatchet-dev/hatchet': {
    files: ['go.mod', 'cmd/hatchet-migrate/migrate/migrations/20250417193714_v1_0_15..go'],
    texts: {
      'cmd/hatchet-migrate/migrate/migrations/20240122014727_v0_6_0.sql': goose,
      'cmd/hatchet-migrate/migrate/migrations/20240126235456_v0_7_0.sql': goose,
    },
    databases: ['goose cmd/hatchet-migrate/migrate/migrations'],
  },
  'supabase/postgres': {
    files: ['migrations/tests/extensions/01-postgis.sql', 'migrations/tests/extensions/02-pgrouting.sql'],
    texts: {
      'migrations/db/init-scripts/00000000000000-initial-schema.sql': dbmate,
      'migrations/db/migrations/10000000000000_demote-postgres.sql': dbmate,
    },
    databases: ['dbmate migrations/db/init-scripts', 'dbmate migrations/db/migrations'],
  },
  'supabase/storage': {
    files: [
      'package.json',
      'migrations/multitenant/0001-initialmigration.sql',
      'migrations/multitenant/0010-delete-cache-cache-notifier-on-delete.sql',
      'migrations/tenant/0001-initialmigration.sql',
      'migrations/tenant/0002-storage-schema.sql',
    ],
    databases: ['plain migrations/multitenant', 'plain migrations/tenant'],
  },
  'supabase/auth': {
    files: [
      'go.mod',
      'migrations/00_init_auth_schema.up.sql',
      'migrations/20220614074223_add_ip_address_to_audit_log.postgres.up.sql',
    ],
    databases: [],
    unreadable: ['pop migrations'],
  },
  'ory/kratos': {
    files: [
      'go.mod',
      'contrib/sql/migrations/20191000000001_json_schemas.mysql.up.sql',
      'contrib/sql/migrations/20191000000001_json_schemas.postgres.up.sql',
      'contrib/sql/migrations/20191000000001_json_schemas.postgres.down.sql',
    ],
    databases: [],
    unreadable: ['pop contrib/sql/migrations'],
  },
  'graphile/starter': {
    files: [
      'package.json',
      '@app/db/.gmrc',
      '@app/db/package.json',
      '@app/db/migrations/afterReset.sql',
      '@app/db/migrations/current/1-current.sql',
    ],
    texts: {
      '@app/db/migrations/committed/000001.sql': `--! Previous: -\n--! Hash: sha1:0\n\n${table}`,
    },
    databases: ['graphile-migrate @app/db/migrations'],
  },
  'maevsi/sqitch': {
    files: [
      'src/sqitch.conf',
      'src/deploy/role_anonymous.sql',
      'src/revert/role_anonymous.sql',
      'src/verify/role_anonymous.sql',
    ],
    texts: {
      'src/sqitch.plan':
        '%syntax-version=1.0.0\n%project=app\n\nrole_anonymous 2024-01-01T00:00:00Z A <a@example.org> # x\n',
    },
    databases: ['sqitch src'],
  },
  'riverqueue/river': {
    files: [
      'go.mod',
      'riverdriver/riverpgxv5/migration/main/002_initial_schema.up.sql',
      'riverdriver/rivermysql/migration/main/001_create_river_migration.up.sql',
      'riverdriver/riversqlite/migration/main/001_create_river_migration.up.sql',
    ],
    databases: ['golang-migrate riverdriver/riverpgxv5/migration/main'],
    passedOver: ['riverdriver/rivermysql/migration/main', 'riverdriver/riversqlite/migration/main'],
  },
  'mastodon/mastodon': {
    files: ['db/migrate/20160220174730_create_accounts.rb', 'db/schema.rb'],
    databases: ['rails db/migrate'],
  },
  'getsentry/sentry': {
    files: ['src/sentry/migrations/0001_squashed_0484_break_org_member_user_fk.py'],
    databases: [],
    unreadable: ['like django src/sentry/migrations'],
  },
  'outline/outline': {
    files: ['server/migrations/20160619080644-initial.js', '.sequelizerc'],
    databases: ['sequelize server/migrations'],
  },
  'temporalio/temporal': {
    files: [
      'go.mod',
      'schema/postgresql/v12/temporal/versioned/v1.0/schema.sql',
      'schema/postgresql/v12/temporal/versioned/v1.0/manifest.json',
      'schema/postgresql/v12/temporal/versioned/v1.1/cluster_metadata.sql',
    ],
    databases: [],
  },
  'pressly/goose': {
    files: ['go.mod', 'examples/go-migrations/00002_rename_root.go'],
    texts: {
      'examples/go-migrations/00001_create_users_table.sql': goose,
      'examples/sql-migrations/00001_create_users_table.sql': goose,
    },
    databases: [],
  },
  'amacneil/dbmate': {
    files: ['go.mod'],
    texts: { 'testdata/db/migrations/20151129054053_test_migration.sql': dbmate },
    databases: [],
  },
};

describe('layouts of real repositories', () => {
  test.each(Object.entries(layouts))(
    '%s',
    async (_, { files, texts = {}, databases, unreadable = [], passedOver = [] }) => {
      const tree = treeOf({
        ...Object.fromEntries(files.map((path) => [path, path.endsWith('.sql') ? table : ''])),
        ...texts,
      });
      const found = await survey(tree);
      expect(found.databases.map(({ tool, path }) => `${tool} ${path}`).sort()).toEqual(databases);
      expect(found.unsupported.map(({ tool, path }) => `${tool} ${path}`).sort()).toEqual(unreadable);
      const said = found.notes.flatMap((note) =>
        / was passed over: /.test(note) ? (note.split(' was passed over: ')[0] ?? []) : [],
      );
      expect(said.sort()).toEqual(passedOver);
    },
  );

  test('there are forty of them', () => {
    expect(Object.keys(layouts).length).toBeGreaterThanOrEqual(40);
  });
});

/** What the user is asked, or null. */
async function question(files: Readonly<Record<string, string>>): Promise<string | null> {
  const tree = treeOf(files);
  try {
    await loadConfig({ options: noOptions, head: tree, base: tree, ruleDefaults: {} });
    return null;
  } catch (error) {
    if (error instanceof Undecided) return error.message;
    throw error;
  }
}

describe('what cannot be told is asked', () => {
  test('goose files where Supabase keeps its own', async () => {
    const asked = await question({
      'supabase/config.toml': '',
      'supabase/migrations/20240101000000_a.sql': goose,
    });
    expect(asked).toContain('looks like supabase (supabase/config.toml is there) and like goose');
    expect(asked).toContain('path: "supabase/migrations"\n    tool: supabase');
    expect(asked).toContain('path: "supabase/migrations"\n    tool: goose');
  });

  test('folders of up.sql that nobody owns', async () => {
    const asked = await question({
      'go.mod': 'module example.org/app\n',
      'migrations/codeinsights/1000000001/metadata.yaml': 'name: initial\n',
      'migrations/codeinsights/1000000001/up.sql': table,
      'migrations/codeinsights/1000000001/down.sql': 'DROP TABLE things;\n',
    });
    expect(asked).toContain('migrations/codeinsights');
  });
});
