import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { repository } from '../git/repository.ts';
import { checked } from './applications.ts';
import { npmTool, succeed } from './install.ts';

// What the real drizzle-kit generates has a snapshot that is what its SQL makes; what was edited by hand has not.

const packages: Record<'journal' | 'folders', readonly [string, ...string[]]> = {
  journal: ['drizzle-kit@0.31.11', 'drizzle-orm@0.45.4', 'pg@8.16.3'],
  folders: ['drizzle-kit@1.0.0-rc.5', 'drizzle-orm@1.0.0-rc.5', 'pg@8.16.3'],
};
type Layout = keyof typeof packages;

/** Schemas in code, one after the other; the second alters much of the first. */
const first = `import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, jsonb, numeric, pgEnum, pgPolicy, pgSchema, pgTable, pgView, primaryKey, serial, text, timestamp, unique, uniqueIndex, uuid, varchar } from 'drizzle-orm/pg-core';
export const mood = pgEnum('mood', ['sad', "it's ok", 'happy']);
export const app = pgSchema('app');
export const level = app.enum('level', ['a', 'b']);
export const users = pgTable('users', {
  id: serial().primaryKey(), email: text().notNull().unique(), mood: mood().default('happy').notNull(),
  tags: text().array().default([]), big: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(), created: timestamp({ withTimezone: true }).defaultNow(),
  data: jsonb().default({ a: 'b' }), price: numeric({ precision: 10, scale: 2 }).default('1.5'), lower: text().generatedAlwaysAs(sql\`lower(email)\`), ok: boolean().default(true), u: uuid().defaultRandom(), v: varchar({ length: 20 }).default('x'), l: level(), moods: mood().array(),
}, (t) => [index('users_created').on(t.created.desc()), uniqueIndex('users_lower').on(sql\`lower(\${t.email})\`).where(sql\`\${t.ok}\`), check('long', sql\`length(\${t.email}) > 3\`), index().using('gin', t.data)]);
export const posts = app.table('posts', { a: integer().notNull().references(() => users.id, { onDelete: 'cascade' }), b: integer().notNull(), c: text() }, (t) => [primaryKey({ columns: [t.a, t.b] }), unique('posts_c').on(t.c, t.b).nullsNotDistinct(), pgPolicy('p', { for: 'select', to: 'public', using: sql\`true\` })]);
export const vv = pgView('vv').as((q) => q.select({ id: users.id }).from(users));
export const sq = app.sequence('counter', { startWith: 5, increment: 2 });
`;
const second = first
  .replace("'happy']", "'happy', 'glad']")
  .replace("varchar({ length: 20 }).default('x')", "text().default('x'), nick: text().notNull().default('?')")
  .replace('index().using', "index('users_big').on(t.big), index().using")
  .replace("onDelete: 'cascade'", "onDelete: 'restrict'");

const config = "export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle' };\n";

/** The files that drizzle-kit makes of schemas in code. */
async function generated(layout: Layout, ...schemas: readonly string[]): Promise<Record<string, string>[]> {
  const installed = await npmTool(...packages[layout]);
  const folder = mkdtempSync(join(tmpdir(), 'drizzle-generated-'));
  symlinkSync(join(installed, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'drizzle.config.ts'), config);
  const steps: Record<string, string>[] = [];
  for (const [index, schema] of schemas.entries()) {
    writeFileSync(join(folder, 'schema.ts'), schema);
    await succeed(
      process.execPath,
      ['node_modules/drizzle-kit/bin.cjs', 'generate', '--name', `step${index}`],
      {
        cwd: folder,
      },
    );
    steps.push(
      Object.fromEntries(
        readdirSync(join(folder, 'drizzle'), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
          .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
      ),
    );
    // The folders' names are times in seconds.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }
  return steps;
}

const project = (layout: Layout, files: Record<string, string>) => ({
  '.github/migration-gate.yml': 'lock-timeout: set-by-role\n',
  'package.json': JSON.stringify({
    dependencies: { 'drizzle-orm': layout === 'journal' ? '0.45.4' : '1.0.0-rc.5' },
  }),
  ...files,
});
const drifts = ({ findings }: Report) => findings.filter(({ rule }) => rule === 'declared-schema-differs');
const edited = (files: Record<string, string>, pattern: RegExp, edit: (text: string) => string) =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, pattern.test(path) ? edit(text) : text]),
  );

describe.each(['journal', 'folders'] as const)('%s', (layout) => {
  const newestSql = layout === 'journal' ? /0001_\w+\.sql$/ : /step1\/migration\.sql$/;

  test('what was generated is what its snapshot says', async () => {
    const [one = {}, two = {}] = await generated(layout, first, second);
    for (const [base, head] of [
      [{ 'README.md': 'x' }, one],
      [one, two],
    ] as const) {
      const report = await checked(repository(project(layout, base)), head);
      expect([report.undecided, drifts(report)]).toEqual([null, []]);
      expect(report.notChecked.join('\n')).not.toContain('snapshot');
    }
  });

  test('edits by hand of the SQL', async () => {
    const [one = {}, two = {}] = await generated(layout, first, second);
    const lacking = edited(two, newestSql, (text) =>
      text.replace(/ALTER TABLE "users" ADD COLUMN "nick"[^;]*;/, 'SELECT 1;'),
    );
    const [error] = drifts(await checked(repository(project(layout, one)), lacking));
    expect(error?.severity).toBe('error');
    expect(error?.detail?.text).toBe("@@ column public.users.nick @@\n+nick text DEFAULT '?'::text NOT NULL");
    const more = edited(
      two,
      newestSql,
      (text) =>
        `${text}--> statement-breakpoint\nALTER TABLE "users" ADD COLUMN "extra" int;--> statement-breakpoint\nCREATE TABLE "own" (a int);--> statement-breakpoint\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';`,
    );
    const [warning] = drifts(await checked(repository(project(layout, one)), more));
    expect([warning?.severity, warning?.detail?.text]).toEqual([
      'warning',
      '@@ column public.users.extra @@\n-extra integer',
    ]);
    const other = edited(two, newestSql, (text) =>
      text.replace('"nick" text', '"nick" varchar(9)').replace(/'glad'( BEFORE '\w+')?/, "'gladly'"),
    );
    const [both] = drifts(await checked(repository(project(layout, one)), other));
    expect(both?.title).toContain('2 differences');
    expect(both?.detail?.text).toContain('-nick character varying(9)');
    expect(both?.detail?.text).toContain("'glad'");
  });

  test('what base has of it as well is a notice', async () => {
    const [one = {}, two = {}] = await generated(layout, first, second);
    const drifted = edited(one, /0000_step0\.sql$|step0\/migration\.sql$/, (text) =>
      text.replace('"v" varchar(20)', '"v" varchar(30)').replace('"ok" boolean DEFAULT true', '"ok" boolean'),
    );
    const old = edited(
      { ...two, ...drifted },
      /_journal\.json$/,
      () => two['drizzle/meta/_journal.json'] ?? '',
    );
    const [found] = drifts(await checked(repository(project(layout, drifted)), old));
    expect([found?.severity, found?.detail?.text]).toEqual([
      'notice',
      '@@ column public.users.ok @@\n-ok boolean\n+ok boolean DEFAULT true',
    ]);
  });
});

test('a migration that was copied without its snapshot, and two snapshots of two branches', async () => {
  const [one = {}, two = {}, three = {}] = await generated(
    'journal',
    first,
    second,
    second.replace('nick: text()', 'nack: text(), nick: text()'),
  );
  const bare = Object.fromEntries(
    Object.entries(two).filter(([path]) => !path.endsWith('0001_snapshot.json')),
  );
  const [missing] = drifts(await checked(repository(project('journal', one)), bare));
  expect(missing?.file).toBe('drizzle/meta/0000_snapshot.json');
  expect(missing?.message).toContain('The newest migration, 0001_step1, has no snapshot');
  const forked = edited(three, /0002_snapshot\.json$/, (text) => {
    const { prevId } = JSON.parse(two['drizzle/meta/0001_snapshot.json'] ?? '{}');
    return JSON.stringify({ ...JSON.parse(text), prevId });
  });
  const [twins] = drifts(await checked(repository(project('journal', two)), forked));
  expect([twins?.severity, twins?.title]).toEqual([
    'warning',
    'drizzle/meta/0002_snapshot.json does not go with the migrations',
  ]);
  expect(twins?.message).toContain(
    '0001_snapshot.json and drizzle/meta/0002_snapshot.json follow the same snapshot',
  );
  const neither = Object.fromEntries(
    Object.entries(three).filter(([path]) => !/000[12]_snapshot/.test(path)),
  );
  const report = await checked(repository(project('journal', edited(bare, /nothing/, String))), neither);
  expect(drifts(report)).toEqual([]);
});
