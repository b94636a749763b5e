import { chmodSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { repository } from '../git/repository.ts';
import { checked } from './applications.ts';
import { npmTool } from './install.ts';

// The real command line of Prisma is asked whether its schema is what the migrations make. The binary of its engine is no
// package: in its place stands the same engine as WebAssembly.

const program = fileURLToPath(new URL('prisma-engine.js', import.meta.url));
const versions = {
  5: {
    prisma: '5.22.0',
    engine: '7.1.1-3.c2990dca591cba766e3b7ef5d9e8a84796e47ab7',
    adapter: '7.10.1',
    url: '\n  url = env("DATABASE_URL")',
  },
  6: {
    prisma: '6.19.3',
    engine: '7.1.1-3.c2990dca591cba766e3b7ef5d9e8a84796e47ab7',
    adapter: '7.10.1',
    url: '\n  url = env("DATABASE_URL")',
  },
  7: {
    prisma: '7.4.0',
    engine: '7.4.0-20.ab56fe763f921d033a6c195e7ddeb3e255bdbb57',
    adapter: '7.4.0',
    url: '',
  },
} as const;
type Major = keyof typeof versions;

const engines = new Map<Major, string>();

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'prisma-engine-'));
  for (const major of [5, 6, 7] as const) {
    const { engine, adapter } = versions[major];
    const packages = await npmTool(
      `@prisma/adapter-pg@${adapter}`,
      `@prisma/schema-engine-wasm@${engine}`,
      `@prisma/driver-adapter-utils@${adapter}`,
      'pg@8.23.1',
    );
    const file = join(folder, `engine-${major}`);
    writeFileSync(
      file,
      `#!/bin/sh\nPRISMA_ENGINE_PACKAGES='${packages}' exec '${process.execPath}' '${program}' "$@"\n`,
    );
    chmodSync(file, 0o755);
    engines.set(major, file);
  }
}, 300_000);

const schema = (major: Major, fields = '') => `datasource db {
  provider = "postgresql"${versions[major].url}
}

model User {
  id    Int    @id @default(autoincrement())
  email String @unique
${fields}}
`;

const base = (major: Major, fields = '') => ({
  '.gitignore': 'node_modules\n',
  '.github/migration-gate.yml': `lock-timeout: set-by-role
databases:
  - path: prisma/migrations
    tool: prisma
    command-environment:
      PRISMA_SCHEMA_ENGINE_BINARY: ${engines.get(major)}
      PRISMA_QUERY_ENGINE_LIBRARY: ${engines.get(major)}
`,
  'package.json': JSON.stringify({ devDependencies: { prisma: versions[major].prisma } }),
  ...(major === 7
    ? {
        'prisma.config.ts':
          "import { defineConfig, env } from 'prisma/config';\nexport default defineConfig({ schema: 'prisma/schema.prisma', datasource: { url: env('NOBODY_HAS_IT') } });\n",
      }
    : {}),
  'prisma/schema.prisma': schema(major, fields),
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/20240101000000_init/migration.sql': `CREATE TABLE "User" ("id" SERIAL NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
`,
});
const migration = (sql: string) => ({ 'prisma/migrations/20240102000000_more/migration.sql': `${sql}\n` });
const nick = 'ALTER TABLE "User" ADD COLUMN "nick" TEXT;';

async function report(
  major: Major,
  change: Record<string, string>,
  before: Record<string, string> = base(major),
): Promise<Report> {
  const repo = repository(before);
  const installed = await npmTool(`prisma@${versions[major].prisma}`);
  symlinkSync(join(installed, 'node_modules'), join(repo.directory, 'node_modules'));
  return checked(repo, change);
}

const drifts = ({ findings }: Report) => findings.filter(({ rule }) => rule === 'declared-schema-differs');

describe.each([5, 6, 7] as const)('Prisma %i', (major) => {
  test('both say the same: nothing to tell', async () => {
    const found = await report(major, {
      ...migration(nick),
      'prisma/schema.prisma': schema(major, '  nick String?\n'),
    });
    expect([found.undecided, drifts(found), found.verdict]).toEqual([null, [], 'pass']);
    expect(found.notChecked.join('\n')).not.toContain('schema.prisma');
  });

  test('the schema has a field that no migration makes', async () => {
    const found = await report(major, { 'prisma/schema.prisma': schema(major, '  nick String?\n') });
    expect(found.notChecked.join('\n')).not.toContain('schema.prisma');
    const [drift] = drifts(found);
    expect(drift).toMatchObject({ severity: 'error', file: 'prisma/schema.prisma' });
    expect(drift?.title).toBe('prisma/schema.prisma is not what the migrations make: one statement missing');
    expect(drift?.detail).toEqual({
      language: 'sql',
      text: 'ALTER TABLE "User" ADD COLUMN     "nick" TEXT;',
    });
    expect(found.verdict).toBe('blocked');
  });

  test('a migration makes what the schema does not have', async () => {
    const found = await report(major, migration(nick));
    expect(found.notChecked.join('\n')).not.toContain('schema.prisma');
    const [drift] = drifts(found);
    expect(drift?.severity).toBe('warning');
    expect(drift?.detail?.text).toBe('ALTER TABLE "User" DROP COLUMN "nick";');
  });

  test('what base lacks as well is a notice, and no part of what is new', async () => {
    const before = base(major, '  old String?\n');
    const other = 'CREATE VIEW "emails" AS SELECT "email" FROM "User";';
    const [notice] = drifts(await report(major, migration(other), before));
    expect([notice?.severity, notice?.detail?.text]).toEqual([
      'notice',
      'ALTER TABLE "User" ADD COLUMN     "old" TEXT;',
    ]);
    const [fresh] = drifts(
      await report(
        major,
        { 'prisma/schema.prisma': schema(major, '  old String?\n\n  @@map("people")\n') },
        before,
      ),
    );
    expect(fresh?.severity).toBe('error');
    const [both] = drifts(
      await report(
        major,
        { 'prisma/schema.prisma': schema(major, '  old String?\n\n  @@index([id, email])\n') },
        before,
      ),
    );
    expect(both?.detail?.text).toBe('CREATE INDEX "User_id_email_idx" ON "User"("id", "email");');
    expect(both?.message).toContain('One more statement was missing before.');
  });

  test('what the language of the schema has no words for is no difference', async () => {
    const found = await report(major, {
      ...migration(`ALTER TABLE "User" ADD COLUMN "lower" TEXT GENERATED ALWAYS AS (lower("email")) STORED;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER t BEFORE INSERT ON "User" FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE "User" ADD CONSTRAINT "short" CHECK (length("email") < 200) NOT VALID;
`),
      'prisma/schema.prisma': schema(major, '  lower String?\n'),
    });
    expect(found.notChecked.join('\n')).not.toContain('schema.prisma');
    expect(drifts(found)).toEqual([]);
  });
});

test('a schema that cannot be read decides nothing and is told', async () => {
  const found = await report(6, { 'prisma/schema.prisma': schema(6, '  nick Strin?\n') });
  expect(drifts(found)).toEqual([]);
  expect(found.notChecked.join('\n')).toMatch(
    /Whether prisma\/schema\.prisma is what the migrations make: .*failed[\s\S]*Strin/,
  );
});

test('not installed: told where only one of the two changes', async () => {
  const change = { 'prisma/schema.prisma': schema(6, '  nick String?\n') };
  const alone = await checked(repository(base(6)), change);
  expect(alone.notChecked.join('\n')).toContain('Prisma Migrate is not installed in the checkout');
  expect(alone.databases[0]?.shadow).toBeNull();
  const both = await checked(repository(base(6)), { ...change, ...migration(nick) });
  expect(both.notChecked.join('\n')).not.toContain('not installed');
});

test('a folder of schemas, with the migrations in it', async () => {
  const { 'prisma/schema.prisma': whole, ...rest } = base(7);
  const [source = '', model = ''] = whole.split('\nmodel');
  const folder = {
    ...rest,
    'prisma.config.ts': 'export default { schema: "prisma" };\n',
    'prisma/source.prisma': source,
    'prisma/models/user.prisma': `model${model}`,
  };
  const found = await report(
    7,
    { 'prisma/models/user.prisma': `model${model.replace('@unique', '@unique\n  nick String?')}` },
    folder,
  );
  expect(found.notChecked.join('\n')).not.toContain('schema');
  expect(drifts(found)[0]).toMatchObject({
    file: 'prisma',
    detail: { language: 'sql', text: 'ALTER TABLE "User" ADD COLUMN     "nick" TEXT;' },
  });
});

describe.each([5, 6, 7] as const)('several schemas, Prisma %i', (major) => {
  const preview =
    major === 7
      ? ''
      : 'generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["multiSchema"]\n}\n\n';
  const model = (nick = '') => `${preview}datasource db {
  provider = "postgresql"${versions[major].url}
  schemas  = ["auth", "shop"]
}

model User {
  id Int @id @default(autoincrement())
  email String
${nick}
  @@schema("auth")
}

model Order {
  id Int @id @default(autoincrement())
  kind Kind

  @@schema("shop")
}

enum Kind {
  SMALL
  LARGE

  @@schema("shop")
}
`;
  const main = () => ({
    ...base(major),
    'prisma/schema.prisma': model(),
    'prisma/migrations/20240101000000_init/migration.sql': `CREATE SCHEMA IF NOT EXISTS "auth";
CREATE SCHEMA IF NOT EXISTS "shop";
CREATE TYPE "shop"."Kind" AS ENUM ('SMALL', 'LARGE');
CREATE TABLE "auth"."User" ("id" SERIAL NOT NULL, "email" TEXT NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "shop"."Order" ("id" SERIAL NOT NULL, "kind" "shop"."Kind" NOT NULL, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));
`,
  });

  test('both say the same', async () => {
    const found = await report(
      major,
      {
        ...migration('ALTER TABLE "auth"."User" ADD COLUMN "nick" TEXT;'),
        'prisma/schema.prisma': model('  nick String?\n'),
      },
      main(),
    );
    expect(found.notChecked.join('\n')).not.toContain('schema.prisma');
    expect([found.undecided, drifts(found), found.verdict]).toEqual([null, [], 'pass']);
  });

  test('the schema has a field that no migration makes', async () => {
    const found = await report(major, { 'prisma/schema.prisma': model('  nick String?\n') }, main());
    expect(found.notChecked.join('\n')).not.toContain('schema.prisma');
    expect(drifts(found)[0]?.detail?.text).toBe('ALTER TABLE "auth"."User" ADD COLUMN     "nick" TEXT;');
  });
});
