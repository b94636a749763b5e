import type { Rule } from '../rule.ts';
import { toldDeployments } from './told-deployments.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY);';

export const deploysWithoutMigrations: Rule = {
  name: 'deploys-without-migrations',
  about: 'history',
  severity: 'notice',
  summary: 'A deployment changes the database without its migrations.',
  why: 'What the gate has seen of a migration holds only if the deployment runs migrations. `prisma db push`, `drizzle-kit push` and their like compare the database with the code and change it on the spot, with whatever locks and losses that takes; `prisma migrate dev` and `reset` may empty it.\n\nLooked at are workflows that deploy, Dockerfiles, start scripts and the scripts of package.json that a deployment runs; told are lines that the pull request adds.',
  instead:
    'Deploy with the command that runs migrations: `prisma migrate deploy`, `drizzle-kit migrate`, `rails db:migrate`.',
  sources: [
    'https://www.prisma.io/docs/orm/prisma-client/deployment/deploy-database-changes-with-prisma-migrate',
  ],
  peers: ['rails ActiveRecord::ProtectedEnvironmentError'],
  oncePerRun: true,
  bad: [
    {
      title: 'An image pushes the schema when it starts',
      around: { Dockerfile: 'FROM node:24\nCMD npx prisma db push --accept-data-loss && node server.js\n' },
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users },
      line: 2,
    },
    {
      title: 'A start script',
      around: {
        'package.json': '{\n  "scripts": {\n    "start": "drizzle-kit push && node server.js"\n  }\n}\n',
      },
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users },
      line: 3,
    },
  ],
  good: [
    {
      title: 'Migrations are run',
      around: { Procfile: 'release: npx prisma migrate deploy\nweb: node server.js\n' },
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users },
    },
    {
      title: 'A workflow that tests makes its database as it likes',
      around: {
        '.github/workflows/test.yml':
          'name: test\non: push\njobs:\n  a:\n    steps:\n      - run: npx prisma db push\n',
      },
      base: { '1_users.sql': users },
      migration: { '1_users.sql': users },
    },
  ],
  check: (context) => toldDeployments(context, 'instead', 'changes the database without its migrations'),
};
