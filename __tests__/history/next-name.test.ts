import { beforeAll, describe, expect, test } from 'vitest';
import { increased, movedBehind, newPath } from '../../src/history/next-name.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { toolNamed } from '../../src/tools/index.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { inDirectory, treeOf } from '../tools/memory-tree.ts';

beforeAll(loadParser);

test.each([
  ['7', '8'],
  ['0009', '0010'],
  ['999', '1000'],
  ['20240131235959', '20240201000000'],
  ['20240231235959', '20240231235960'],
  ['2024-01-31-235959', '2024-02-01-000000'],
  ['1.2', '1.3'],
  ['1_09', '1_10'],
])('after %s comes %s', (number, next) => {
  expect(increased(number)).toBe(next);
});

const dbmate = '-- migrate:up\nSELECT 1;\n-- migrate:down\n';

/** Files of a tool; the second one listed is the late one. */
const cases: readonly [ToolName, readonly string[], readonly string[], string][] = [
  ['plain', ['3_c.sql', '2_b.sql'], ['2_b.sql > 4_b.sql'], '4_follow_up.sql'],
  ['plain', ['0010_c.sql', '0009_b.sql'], ['0009_b.sql > 0011_b.sql'], '0011_follow_up.sql'],
  [
    'dbmate',
    ['20240301000000_c.sql', '20240201000000_b.sql'],
    ['20240201000000_b.sql > 20240301000001_b.sql'],
    '20240301000001_follow_up.sql',
  ],
  [
    'golang-migrate',
    ['000003_c.up.sql', '000002_b.up.sql', '000002_b.down.sql'],
    ['000002_b.up.sql > 000004_b.up.sql', '000002_b.down.sql > 000004_b.down.sql'],
    '000004_follow_up.up.sql',
  ],
  [
    'prisma',
    ['20240301000000_c/migration.sql', '20240201000000_b/migration.sql'],
    ['20240201000000_b > 20240301000001_b'],
    '20240301000001_follow_up/migration.sql',
  ],
  ['flyway', ['V1_3__c.sql', 'V1_2__2fa.sql'], ['V1_2__2fa.sql > V1_4__2fa.sql'], 'V1_4__follow_up.sql'],
  [
    'diesel',
    ['2024-03-01-000000_c/up.sql', '2024-02-01-000000_b/up.sql', '2024-02-01-000000_b/down.sql'],
    ['2024-02-01-000000_b > 2024-03-01-000001_b'],
    '2024-03-01-000001_follow_up/up.sql',
  ],
];

describe.each(cases)('%s: %j', (name, files, moves, fresh) => {
  const tool = toolNamed(name);
  const read = async () => {
    const contents = Object.fromEntries(
      files.map((file) => [file, name === 'dbmate' ? dbmate : 'SELECT 1;']),
    );
    const { migrations } = await tool.history(treeOf(inDirectory('db', contents)), 'db');
    const late = migrations.find(({ file }) => file === `db/${files[1]}`);
    if (late === undefined) throw new Error('the late one is a migration');
    return { late, migrations };
  };

  test('the late one is moved behind the newest', async () => {
    const { late, migrations } = await read();
    const told = (movedBehind(tool, late, migrations) ?? []).map(
      ({ from, to }) => `${from.replace('db/', '')} > ${to.replace('db/', '')}`,
    );
    expect(told).toEqual(moves);
  });

  test('a new one is named as its neighbours are', async () => {
    const { migrations } = await read();
    expect(newPath(tool, migrations, 'follow_up')?.file).toBe(`db/${fresh}`);
  });
});
