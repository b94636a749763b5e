import { expect, test } from 'vitest';
import { survey } from '../../src/tools/index.ts';
import { treeOf } from './memory-tree.ts';

test('names that Knex gives too are Kysely’s where the files are', async () => {
  const { databases, unsupported } = await survey(
    treeOf({
      'package.json': '{"dependencies":{"kysely":"0.29.9","pg":"8.23.1"}}',
      'migrations/20240101000000_users.ts': "import { sql } from 'kysely';\nexport const up = () => {};\n",
    }),
  );
  expect(databases.map(({ path, tool }) => `${path} ${tool}`)).toEqual(['migrations kysely']);
  expect(unsupported).toEqual([]);
});
