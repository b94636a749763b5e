import type { Project } from './projects.ts';

/** `drizzle-kit`, and what it runs migrations with. */
export const drizzlePackages = ['drizzle-kit@0.31.11', 'drizzle-orm@0.45.4', 'pg@8.16.3'] as const;

const journal = (tags: readonly string[]): string =>
  JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: tags.map((tag, idx) => ({
      idx,
      version: '7',
      when: 1_700_000_000_000 + idx,
      tag,
      breakpoints: true,
    })),
  });

/** A project as `drizzle-kit generate` leaves it. */
export const drizzleProject: Project = {
  base: {
    'package.json': `{"name":"app","private":true,"dependencies":{"drizzle-orm":"0.45.4","pg":"8.16.3"},"devDependencies":{"drizzle-kit":"0.31.11"}}
`,
    'drizzle.config.ts': `import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/schema.ts',
  out: './drizzle',
  dbCredentials: { url: process.env.DATABASE_URL! },
});
`,
    'drizzle/meta/_journal.json': journal(['0000_users']),
    'drizzle/0000_users.sql': `CREATE TABLE "users" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"age" integer
);
`,
  },
  change: {
    'drizzle/meta/_journal.json': journal(['0000_users', '0001_email', '0002_age', '0003_fill', '0004_safe']),
    'drizzle/0001_email.sql': `CREATE INDEX "users_email_idx" ON "users" USING btree ("email");--> statement-breakpoint
CREATE TABLE "teams" ("id" bigserial PRIMARY KEY NOT NULL, "name" text);
`,
    'drizzle/0002_age.sql': `-- another type
ALTER TABLE "users" ALTER COLUMN "age" SET DATA TYPE bigint;
`,
    'drizzle/0003_fill.sql': `ALTER TABLE "users" ADD COLUMN "city" text;--> statement-breakpoint
UPDATE "users" SET "city" = 'unknown' WHERE "city" IS NULL;
`,
    'drizzle/0004_safe.sql': `ALTER TABLE "users" ADD CONSTRAINT "users_age_check" CHECK ("age" >= 0) NOT VALID;
`,
  },
};
