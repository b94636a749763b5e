import type { Rule } from '../rule.ts';
import { toldDeployments } from './told-deployments.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY);';
const files = { '1_users.sql': users };

export const migratesAtBoot: Rule = {
  name: 'migrates-at-boot',
  about: 'history',
  severity: 'notice',
  summary: 'An application runs the migrations when it starts.',
  why: 'An image or a start script that migrates before it serves does so in every instance: three replicas begin at once, two of them wait for the first one’s lock or fail. A migration that takes long is killed by the health check in its middle and begun again. A node that restarts at night deploys what was merged in the day. And the old version still serves while the schema already changes under it, in no order that anybody has planned.\n\nLooked at are `CMD` and `ENTRYPOINT` of images, start scripts, `start` in package.json and the web process of a Procfile; told are lines that the pull request adds.',
  instead:
    'One step of the deployment runs the migrations, before the new version starts: a job of the pipeline, a release phase, an init job of which there is one.',
  sources: [
    'https://www.prisma.io/docs/orm/prisma-client/deployment/deploy-database-changes-with-prisma-migrate',
    'https://devcenter.heroku.com/articles/release-phase',
  ],
  peers: [],
  oncePerRun: true,
  bad: [
    {
      title: 'An image',
      around: { Dockerfile: 'FROM node:24\nCMD npx prisma migrate deploy && node server.js\n' },
      base: files,
      migration: files,
      line: 2,
    },
    {
      title: 'A start script',
      around: {
        'docker-entrypoint.sh': '#!/bin/sh\nset -e\npython manage.py migrate\nexec gunicorn shop.wsgi\n',
      },
      base: files,
      migration: files,
      line: 3,
    },
  ],
  good: [
    {
      title: 'A release phase',
      around: { Procfile: 'release: bin/rails db:migrate\nweb: bundle exec puma\n' },
      base: files,
      migration: files,
    },
    {
      title: 'A script that only migrates',
      around: { 'deploy.sh': '#!/bin/sh\nset -e\nnpx prisma migrate deploy\n' },
      base: files,
      migration: files,
    },
  ],
  check: (context) => toldDeployments(context, 'boot', 'runs the migrations when the application starts'),
};
