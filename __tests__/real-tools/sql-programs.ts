import { join } from 'node:path';
import { committed } from '../tools/graphile-committed.ts';
import { debianProgram, npmTool } from './install.ts';
import {
  liquibaseProgram,
  manifest,
  nodeProgram,
  numbered,
  type RealTool,
  sibling,
  stamp,
} from './programs.ts';

// Tools whose migrations are SQL, as far as npm and Debian have them.

const journal = (statements: readonly string[]): string =>
  JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: statements.map((_, idx) => ({
      idx,
      version: '7',
      when: 1_700_000_000_000 + idx,
      tag: `000${idx}_m`,
      breakpoints: true,
    })),
  });

const drizzleConfig = {
  'drizzle.config.ts': "export default defineConfig({ out: './drizzle', dialect: 'postgresql' });\n",
};
const drizzlePrograms = async () => ({ 'drizzle-kit': [process.execPath, sibling('drizzle-migrate.js')] });

const dbmate = `@dbmate/${process.platform}-${process.arch}`;

export const sqlPrograms: readonly RealTool[] = [
  {
    name: 'prisma',
    title: 'Prisma Migrate',
    files: (all) => ({
      ...manifest({ prisma: '7.3.0' }),
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
      ...numbered(all, (n) => `prisma/migrations/${stamp(n)}_m/migration.sql`),
    }),
    deploy: 'prisma migrate deploy',
    packages: [
      '@prisma/adapter-pg@7.3.0',
      '@prisma/schema-engine-wasm@7.3.0-16.9d6ad21cbbceab97458517b147a6a09ff43aa735',
      '@prisma/driver-adapter-utils@7.3.0',
      'pg@8.23.1',
    ],
    programs: async ({ directory, url }) => ({
      prisma: [process.execPath, sibling('prisma-deploy.js'), url, join(directory, 'prisma/migrations')],
    }),
  },
  {
    name: 'drizzle',
    title: 'Drizzle with a journal',
    files: (all) => ({
      ...manifest({ 'drizzle-orm': '0.45.4' }),
      ...drizzleConfig,
      'drizzle/meta/_journal.json': journal(all),
      ...numbered(all, (n) => `drizzle/000${n - 1}_m.sql`),
    }),
    deploy: 'drizzle-kit migrate',
    packages: ['drizzle-orm@0.45.4', 'pg@8.23.1'],
    programs: drizzlePrograms,
  },
  {
    name: 'drizzle',
    title: 'Drizzle with folders',
    files: (all) => ({
      ...manifest({ 'drizzle-orm': '1.0.0-rc.5' }),
      ...drizzleConfig,
      ...numbered(all, (n) => `drizzle/${stamp(n)}_m/migration.sql`),
      ...numbered(
        all,
        (n) => `drizzle/${stamp(n)}_m/snapshot.json`,
        () => '{"dialect":"postgres"}',
      ),
    }),
    deploy: 'drizzle-kit migrate',
    packages: ['drizzle-orm@1.0.0-rc.5', 'pg@8.23.1'],
    programs: drizzlePrograms,
  },
  {
    name: 'node-pg-migrate',
    title: 'node-pg-migrate with SQL',
    files: (all) => ({
      ...manifest({ 'node-pg-migrate': '8.0.4' }),
      ...numbered(all, (n) => `migrations/170000000000${n}_m.sql`),
    }),
    deploy: 'node-pg-migrate up',
    packages: ['node-pg-migrate@8.0.4', 'pg@8.23.1'],
    programs: async (_, packages) => ({
      'node-pg-migrate': nodeProgram(packages, 'node-pg-migrate/bin/node-pg-migrate.js'),
    }),
  },
  {
    name: 'dbmate',
    title: 'dbmate',
    files: (all) =>
      numbered(
        all,
        (n) => `db/migrations/${stamp(n)}_m.sql`,
        (sql) => `-- migrate:up\n${sql};\n\n-- migrate:down\n`,
      ),
    deploy: 'dbmate up',
    env: { DBMATE_NO_DUMP_SCHEMA: 'true' },
    programs: async () => ({
      dbmate: [join(await npmTool(`${dbmate}@2.36.0`), 'node_modules', dbmate, 'bin/dbmate')],
    }),
  },
  {
    name: 'graphile-migrate',
    title: 'graphile-migrate',
    files: (all) => ({
      'db/.gmrc': '{}',
      'db/migrations/current.sql': '',
      ...committed(
        'db/migrations/committed',
        all.map((sql, index) => [`00000${index + 1}-m.sql`, `${sql};`] as const),
      ),
    }),
    deploy: 'graphile-migrate migrate',
    from: 'db',
    env: { ROOT_DATABASE_URL: 'postgres:///template1' },
    packages: ['graphile-migrate@1.4.1'],
    programs: async (_, packages) => ({
      'graphile-migrate': nodeProgram(packages, 'graphile-migrate/dist/cli.js'),
    }),
  },
  {
    name: 'sqitch',
    title: 'Sqitch',
    files: (all) => ({
      'sqitch.conf': '[core]\n  engine = pg\n',
      'sqitch.plan': `%project=shop\n\n${all.map((_, index) => `m${index + 1} 2024-01-01T10:00:00Z Ann <ann@example.org>`).join('\n')}\n`,
      ...numbered(all, (n) => `deploy/m${n}.sql`),
    }),
    deploy: 'sqitch deploy',
    env: { SQITCH_FULLNAME: 'Ann', SQITCH_EMAIL: 'ann@example.org', LC_ALL: 'C.UTF-8' },
    programs: async () => {
      await debianProgram('sqitch', 'sqitch', 'libdbd-pg-perl', 'postgresql-client');
      return {};
    },
  },
  {
    name: 'liquibase',
    title: 'Liquibase',
    files: (all) => ({
      'changelog.sql': `--liquibase formatted sql\n${all.map((sql, index) => `\n--changeset ann:${index + 1}\n${sql};\n`).join('')}`,
    }),
    deploy: 'liquibase update',
    programs: async ({ connection }) => ({ liquibase: await liquibaseProgram(connection) }),
  },
];
