import { expect, test } from 'vitest';
import { looseDeployments } from '../../src/history/deployments.ts';
import { treeOf } from '../tools/memory-tree.ts';

const told = async (head: Record<string, string>, base: Record<string, string> = {}) =>
  (await looseDeployments(treeOf(base), treeOf(head))).map(
    ({ file, line, command }) => `${file}:${line} ${command}`,
  );

const workflow = (name: string, run: string) =>
  `name: ${name}\njobs:\n  a:\n    steps:\n      - run: ${run}\n`;

test.each<[string, Record<string, string>, string[]]>([
  [
    'a workflow that deploys',
    { '.github/workflows/main.yml': workflow('Deploy to production', 'npx prisma migrate dev') },
    ['.github/workflows/main.yml:5 prisma migrate dev'],
  ],
  [
    'one that tests',
    { '.github/workflows/ci.yml': workflow('CI', 'npx prisma db push --accept-data-loss') },
    [],
  ],
  ['a comment', { Dockerfile: '# CMD prisma db push\n' }, []],
  ['a script for developers', { 'package.json': '{ "scripts": {\n"db:push": "prisma db push"\n} }' }, []],
  [
    'a start script of a workspace',
    { 'apps/api/package.json': '{ "scripts": {\n"start:prod": "prisma db push && node ."\n} }' },
    ['apps/api/package.json:2 prisma db push'],
  ],
  [
    'a release phase',
    {
      Procfile: 'release: bundle exec rails db:schema:load\n',
      'fly.toml': 'release_command = "drizzle-kit push --force"\n',
    },
    ['Procfile:1 rails db:schema:load', 'fly.toml:1 drizzle-kit push --force'],
  ],
  [
    'migrations when an application starts',
    {
      Dockerfile: 'CMD ["sh", "-c", "npx prisma migrate deploy && node server.js"]\n',
      'package.json': '{ "scripts": {\n"start": "knex migrate:latest && node ."\n} }',
      Procfile: 'web: alembic upgrade head && gunicorn app\n',
      'entrypoint.sh': 'bundle exec rails db:migrate\nexec "$@"\n',
    },
    [
      'Dockerfile:1 prisma migrate deploy',
      'Procfile:1 alembic upgrade',
      'entrypoint.sh:1 rails db:migrate',
      'package.json:2 knex migrate:latest',
    ],
  ],
  [
    'steps of their own',
    {
      Dockerfile: 'RUN npx prisma migrate deploy && npm run build\n',
      'package.json': '{ "scripts": {\n"release": "prisma migrate deploy"\n} }',
      Procfile: 'release: alembic upgrade head\n',
    },
    [],
  ],
  ['what runs migrations', { 'docker-entrypoint.sh': 'npx prisma migrate deploy\n' }, []],
])('%s', async (_, head, expected) => {
  expect(await told(head)).toEqual(expected);
});

test('what base has already is no news, in whatever line it stands now', async () => {
  const file = 'CMD npx prisma db push\n';
  expect(await told({ Dockerfile: `FROM x\n${file}` }, { Dockerfile: file })).toEqual([]);
});
