import { expect, test } from 'vitest';
import { schemaOf } from '../../src/tools/prisma/schema.ts';
import { repository } from '../git/repository.ts';
import { treeOf } from '../tools/memory-tree.ts';
import { gateOf } from './gate-of.ts';

const column = (name: string, type: string, more: object = {}) => ({
  [name]: { name, type, primaryKey: false, notNull: false, ...more },
});
const snapshot = (number: number, columns: object, values = ['sad', 'happy']) =>
  JSON.stringify({
    id: `snapshot-${number}`,
    prevId: `snapshot-${number - 1}`,
    version: '7',
    dialect: 'postgresql',
    enums: { 'public.mood': { name: 'mood', schema: 'public', values } },
    schemas: {},
    tables: {
      'public.users': {
        name: 'users',
        schema: '',
        columns: { ...column('id', 'serial', { primaryKey: true, notNull: true }), ...columns },
        indexes: {},
        foreignKeys: {},
        compositePrimaryKeys: {},
        uniqueConstraints: {},
        checkConstraints: { adult: { name: 'adult', value: '"users"."age" > 17' } },
      },
    },
  });
const journal = (count: number) =>
  JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: Array.from({ length: count }, (_, idx) => ({
      idx,
      when: 1_700_000_000_000 + idx,
      tag: `000${idx}_step`,
    })),
  });
const before = { ...column('age', 'integer'), ...column('v', 'varchar(20)', { default: "'x'" }) };
const base = {
  '.github/migration-gate.yml': 'lock-timeout: set-by-role\n',
  'drizzle/meta/_journal.json': journal(1),
  'drizzle/meta/0000_snapshot.json': snapshot(0, before),
  'drizzle/0000_step.sql': `CREATE TYPE "mood" AS ENUM('sad', 'happy');--> statement-breakpoint
CREATE TABLE "people" ("id" serial PRIMARY KEY NOT NULL, "age" integer, "v" varchar(20) DEFAULT 'x', CONSTRAINT "adult" CHECK ("age" > 17));--> statement-breakpoint
ALTER TABLE "people" RENAME TO "users";
`,
};

async function drifts(sql: string, declared: string) {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit({
    'drizzle/meta/_journal.json': journal(2),
    'drizzle/meta/0001_snapshot.json': declared,
    'drizzle/0001_step.sql': sql,
  });
  const report = await gateOf(repo.directory);
  expect(report.undecided).toBeNull();
  return {
    notChecked: report.notChecked.filter((line) => line.includes('snapshot')),
    told: report.findings
      .filter(({ rule }) => rule === 'declared-schema-differs')
      .map(({ severity, detail }) => [severity, detail?.text]),
  };
}

test('names that a renamed table left, casts that a change of type left, order of values, what is not validated', async () => {
  const found = await drifts(
    `ALTER TABLE "users" ALTER COLUMN "v" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "age" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TYPE "mood" ADD VALUE 'glad' BEFORE 'sad';--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "adult";--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "adult" CHECK ("age" > 17) NOT VALID;--> statement-breakpoint
CREATE TABLE "own" ("id" int);--> statement-breakpoint
CREATE VIEW "ages" AS SELECT "age" FROM "users";`,
    snapshot(1, { ...column('age', 'bigint'), ...column('v', 'text', { default: "'x'" }) }, [
      'sad',
      'happy',
      'glad',
    ]),
  );
  expect(found).toEqual({ told: [], notChecked: [] });
});

test('an index that the snapshot does not know is a warning; a default that it says and nobody sets, an error', async () => {
  const indexed = await drifts('CREATE INDEX "own_index" ON "users" ("age");', snapshot(1, before));
  expect(indexed.told).toEqual([
    [
      'warning',
      '@@ index public.users.own_index @@\n-CREATE INDEX own_index ON public.users USING btree (age);',
    ],
  ]);
  const asked = { ...before, ...column('age', 'integer', { default: 18 }) };
  expect((await drifts('SELECT 1;', snapshot(1, asked))).told).toEqual([
    ['error', '@@ column public.users.age @@\n-age integer\n+age integer DEFAULT 18'],
  ]);
});

test('what the server does not take of a snapshot is told, and not compared', async () => {
  const asked = {
    ...before,
    ...column('age', 'integer', { default: "'no number'" }),
    ...column('more', 'nothing'),
  };
  const { told, notChecked } = await drifts('SELECT 1;', snapshot(1, asked));
  expect(told).toEqual([]);
  expect(notChecked).toEqual([
    'In drizzle/meta/0001_snapshot.json, what the server did not take: column public.users.age, column public.users.more.',
  ]);
});

test('text that would be more than one statement is not run', async () => {
  const asked = { ...before, ...column('age', 'integer', { default: '1; DROP TABLE "users" CASCADE' }) };
  const { told, notChecked } = await drifts('SELECT 1;', snapshot(1, asked));
  expect([told, notChecked.length]).toEqual([[], 1]);
});

test('where the schema of Prisma is', async () => {
  const place = (files: Record<string, string>, path = 'prisma/migrations') => schemaOf(treeOf(files), path);
  expect(await place({ 'prisma/schema.prisma': '' })).toBe('prisma/schema.prisma');
  expect(await place({ 'prisma/schema/a.prisma': '' })).toBe('prisma/schema');
  expect(await place({ 'prisma/a.prisma': '', 'prisma/models/b.prisma': '' })).toBe('prisma');
  expect(await place({ 'other/schema.prisma': '' })).toBeNull();
  expect(
    await place({ 'package.json': '{"prisma":{"schema":"./prisma"}}', 'prisma/schema.prisma': '' }),
  ).toBe('prisma');
  expect(
    await place(
      {
        'prisma.config.ts': 'export default { schema: "db/schema.prisma", migrations: { path: "db/sql" } };',
        'db/schema.prisma': '',
      },
      'db/sql',
    ),
  ).toBe('db/schema.prisma');
});
