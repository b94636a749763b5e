import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plain } from '../../src/tools/plain.ts';
import { compare, debianProgram, succeed } from './support.ts';

const files = {
  'migrations/1_users.sql':
    'CREATE TABLE users (id bigserial PRIMARY KEY);\nINSERT INTO users DEFAULT VALUES;\n',
  'migrations/2_name.sql': 'ALTER TABLE users ADD COLUMN name text',
};

test('plain files make what psql makes of them', async () => {
  await debianProgram('psql', 'postgresql-client');
  const { difference } = await compare({
    tool: plain,
    files,
    path: 'migrations',
    deploy: ({ directory, env }) =>
      succeed('psql', ['-1', ...Object.keys(files).flatMap((file) => ['-f', join(directory, file)])], {
        env,
      }),
  });
  expect(difference).toBe('');
});

test('a difference is told line by line', async () => {
  const { difference } = await compare({
    tool: plain,
    files,
    path: 'migrations',
    deploy: ({ directory, env }) =>
      succeed(
        'psql',
        ['-f', join(directory, 'migrations/1_users.sql'), '-c', 'INSERT INTO users DEFAULT VALUES'],
        {
          env,
        },
      ),
  });
  expect(difference).toContain('+    name text');
  expect(difference).toContain('+  {"id":1,"name":null}');
  expect(difference).toContain('-public.users_id_seq: at 2');
});
