import type { Project } from './projects.ts';

/** What a MikroORM project installs. */
export const mikroOrmPackages = [
  '@mikro-orm/cli@7.2.1',
  '@mikro-orm/core@7.2.1',
  '@mikro-orm/migrations@7.2.1',
  '@mikro-orm/postgresql@7.2.1',
  'tsx@4.23.15',
] as const;

const migration = (name: string, up: string, down: string, more = ''): string =>
  `import { Migration } from '@mikro-orm/migrations';

export class ${name} extends Migration {
${more}  override async up(): Promise<void> {
${up}
  }

  override async down(): Promise<void> {
${down}
  }
}
`;

/** A project as the documentation sets it up; the database is the config's own, which the environment overrides. */
export const mikroOrmProject: Project = {
  base: {
    'package.json': `{"name":"app","private":true,"type":"module","dependencies":{"@mikro-orm/core":"7.2.1","@mikro-orm/migrations":"7.2.1","@mikro-orm/postgresql":"7.2.1"},"devDependencies":{"@mikro-orm/cli":"7.2.1","tsx":"4.23.15"},"mikro-orm":{"configPaths":["./src/mikro-orm.config.ts"]}}
`,
    'tsconfig.json': `{"compilerOptions":{"module":"nodenext","target":"es2024"}}
`,
    'src/mikro-orm.config.ts': `import { defineConfig, EntitySchema } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';

const User = new EntitySchema({ name: 'User', tableName: 'users', properties: { id: { type: 'bigint', primary: true } } });

export default defineConfig({
  host: 'db.example.com',
  user: 'app',
  password: 'x',
  dbName: 'app',
  entities: [User],
  extensions: [Migrator],
  migrations: { path: './src/migrations', allOrNothing: true },
});
`,
    'src/migrations/Migration20240101000000.ts': migration(
      'Migration20240101000000',
      `    this.addSql('create table "users" ("id" bigserial primary key, "email" text not null, "age" int null);');`,
      `    this.addSql('drop table if exists "users" cascade;');`,
    ),
  },
  change: {
    'src/migrations/Migration20240102000000_email.ts': migration(
      'Migration20240102000000_email',
      `    this.addSql('create index "users_email_idx" on "users" ("email");');`,
      `    this.addSql('drop index "users_email_idx";');`,
    ),
    'src/migrations/Migration20240103000000_age.ts': migration(
      'Migration20240103000000_age',
      `    this.addSql('alter table "users" alter column "age" type bigint using ("age"::bigint);');`,
      `    this.addSql('alter table "users" alter column "age" type int using ("age"::int);');`,
    ),
    'src/migrations/Migration20240104000000_fill.ts': migration(
      'Migration20240104000000_fill',
      `    this.addSql('alter table "users" add column "city" text null;');
    this.addSql("update \\"users\\" set \\"city\\" = 'unknown' where \\"city\\" is null;");`,
      `    this.addSql('alter table "users" drop column "city";');`,
    ),
  },
};

/** What leaves the transaction: the class alone does not, since the run around it waits for its row. */
export const withoutTransaction: Project = {
  base: {
    ...mikroOrmProject.base,
    'src/mikro-orm.config.ts': (mikroOrmProject.base['src/mikro-orm.config.ts'] ?? '').replace(
      'allOrNothing: true',
      'allOrNothing: false',
    ),
  },
  change: {
    'src/migrations/Migration20240102000000_safe.ts': migration(
      'Migration20240102000000_safe',
      `    this.addSql('create index concurrently "users_age_idx" on "users" ("age");');`,
      `    this.addSql('drop index concurrently "users_age_idx";');`,
      `  override isTransactional(): boolean {
    return false;
  }

`,
    ),
  },
};
