import { beforeAll, describe, expect, it } from 'vitest';
import { applyMigrations, prepareBookkeeping } from '../../src/run/apply.ts';
import { recordedIn } from '../../src/run/recorded.ts';
import { openSession } from '../../src/run/session.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { toolNamed } from '../../src/tools/index.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { treeOf } from '../tools/memory-tree.ts';

beforeAll(loadParser);

/** Four migrations, each a file of this name with this before its SQL. */
const four = (path: (n: number) => string, before = ''): Record<string, string> =>
  Object.fromEntries([1, 2, 3, 4].map((n) => [path(n), `${before}CREATE TABLE t${n} (id int);\n`]));

const journal = JSON.stringify({
  version: '7',
  dialect: 'postgresql',
  entries: [1, 2, 3, 4].map((n) => ({
    ...{ idx: n, version: '7', when: 1_700_000_000_000 + n, tag: `000${n}_a`, breakpoints: true },
  })),
});

const histories: readonly [ToolName, Record<string, string>][] = [
  ['prisma', four((n) => `m/2024010100000${n}_a${n}/migration.sql`)],
  ['golang-migrate', four((n) => `m/00000${n}_a.up.sql`)],
  ['goose', four((n) => `m/0000${n}_a.sql`, '-- +goose Up\n')],
  ['flyway', four((n) => `m/V${n}__a.sql`)],
  ['node-pg-migrate', four((n) => `m/170000000000${n}_a.sql`, '-- Up Migration\n')],
  ['sqlx', four((n) => `m/2024010100000${n}_a.sql`)],
  ['supabase', four((n) => `supabase/migrations/2024010100000${n}_a.sql`)],
  ['diesel', four((n) => `m/2024-01-01-00000${n}_a/up.sql`)],
  ['refinery', four((n) => `m/V${n}__a.sql`)],
  [
    'sqitch',
    {
      'm/sqitch.plan': `%project=shop\n\n${[1, 2, 3, 4].map((n) => `a${n}${n === 1 ? '' : ` [a${n - 1}]`} 2024-01-0${n}T10:00:00Z Ann <ann@example.org>\n`).join('')}`,
      ...four((n) => `m/deploy/a${n}.sql`),
    },
  ],
  ['drizzle', { ...four((n) => `m/000${n}_a.sql`), 'm/meta/_journal.json': journal }],
];

describe('which migrations a database has', () => {
  it.each(histories)('%s: those that its table names', async (name, files) => {
    const tool = toolNamed(name);
    const path = name === 'supabase' ? 'supabase/migrations' : 'm';
    const { migrations } = await tool.history(treeOf(files), path);
    const database = await (await sharedShadow(majors[0] ?? 17)).database();
    try {
      await using session = await openSession(database.connection);
      expect(await recordedIn(session.client, tool, migrations)).toBeNull();
      await prepareBookkeeping(session, tool.bookkeeping);
      expect(await recordedIn(session.client, tool, migrations)).toEqual(new Set());
      expect(await applyMigrations(session, tool.bookkeeping, migrations.slice(0, 2))).toBeNull();
      expect(await recordedIn(session.client, tool, migrations)).toEqual(new Set(migrations.slice(0, 2)));
      expect(await applyMigrations(session, tool.bookkeeping, migrations.slice(2))).toBeNull();
      expect(await recordedIn(session.client, tool, migrations)).toEqual(new Set(migrations));
    } finally {
      await database.close();
    }
  });
});
