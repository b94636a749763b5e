import type { Project } from './projects.ts';

/** What a Kysely project installs; `kysely-ctl` brings the command `kysely`. */
export const kyselyPackages = ['kysely@0.29.9', 'kysely-ctl@0.21.0', 'pg@8.16.3'] as const;

const migration = (up: string, down: string): string => `import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
${up}
}

export async function down(db: Kysely<any>): Promise<void> {
${down}
}
`;

/** The config that `kysely init` writes, for Postgres. */
export const kyselyConfig = (migrations = ''): string => `import { defineConfig } from 'kysely-ctl';
import { Pool } from 'pg';

export default defineConfig({
  dialect: 'pg',
  dialectConfig: { pool: new Pool({ connectionString: process.env.DATABASE_URL }) },
  migrations: { migrationFolder: 'migrations'${migrations} },
});
`;

/** A project whose migrations kysely-ctl runs. */
export const kyselyProject: Project = {
  base: {
    'package.json': `{"name":"app","private":true,"type":"module","dependencies":{"kysely":"0.29.9","pg":"8.16.3"},"devDependencies":{"kysely-ctl":"0.21.0"}}
`,
    'kysely.config.ts': kyselyConfig(),
    'migrations/1700000000000_users.ts': migration(
      `  await db.schema
    .createTable('users')
    .addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('age', 'integer')
    .execute();`,
      `  await db.schema.dropTable('users').execute();`,
    ),
  },
  change: {
    'migrations/1700000000001_email.ts': migration(
      `  await db.schema.createIndex('users_email_idx').on('users').column('email').execute();`,
      `  await db.schema.dropIndex('users_email_idx').execute();`,
    ),
    'migrations/1700000000002_age.ts': migration(
      `  await db.schema.alterTable('users').alterColumn('age', (column) => column.setDataType('bigint')).execute();`,
      `  await db.schema.alterTable('users').alterColumn('age', (column) => column.setDataType('integer')).execute();`,
    ),
    'migrations/1700000000003_fill.ts': migration(
      `  await db.schema.alterTable('users').addColumn('city', 'text').execute();
  await db.updateTable('users').set({ city: 'unknown' }).where('city', 'is', null).execute();`,
      `  await db.schema.alterTable('users').dropColumn('city').execute();`,
    ),
    'migrations/1700000000004_safe.ts': migration(
      `  await sql\`ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age >= 0) NOT VALID\`.execute(db);`,
      `  await sql\`ALTER TABLE users DROP CONSTRAINT users_age_check\`.execute(db);`,
    ),
  },
};

/** The same with a script of its own around Kysely's Migrator, which runs without a transaction. */
export const migratorProject: Project = {
  base: {
    'package.json': `{"name":"app","private":true,"type":"module","scripts":{"migrate":"node scripts/migrate.ts"},"dependencies":{"kysely":"0.29.9","pg":"8.16.3"}}
`,
    'scripts/migrate.ts': `import { promises as fs } from 'node:fs';
import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import pg from 'pg';

const db = new Kysely<unknown>({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: process.env.DATABASE_URL }) }),
});
const migrationFolder = path.join(import.meta.dirname, '../migrations');
const migrator = new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder }) });
const { error } = await migrator.migrateToLatest({ disableTransactions: true });
await db.destroy();
if (error !== undefined) {
  console.error(error);
  process.exit(1);
}
`,
    'migrations/1700000000000_users.ts': kyselyProject.base['migrations/1700000000000_users.ts'] ?? '',
  },
  change: {
    'migrations/1700000000001_email.ts': migration(
      `  await db.schema.createIndex('users_email_idx').on('users').column('email').execute();`,
      `  await db.schema.dropIndex('users_email_idx').execute();`,
    ),
    'migrations/1700000000002_safe.ts': migration(
      `  await sql\`CREATE INDEX CONCURRENTLY users_age_idx ON users (age)\`.execute(db);`,
      `  await sql\`DROP INDEX CONCURRENTLY users_age_idx\`.execute(db);`,
    ),
  },
};
