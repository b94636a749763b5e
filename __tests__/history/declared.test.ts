import { expect, test } from 'vitest';
import { repository } from '../git/repository.ts';
import { gateOf, only } from './gate-of.ts';

const config = {
  '.github/migration-gate.yml':
    'lock-timeout: set-by-role\ndatabases:\n  - path: db/migrations\n    tool: dbmate\n    declared-schema: db/schema.sql\n',
};
const up = (sql: string) => `-- migrate:up\n${sql}\n\n-- migrate:down\n`;
const dump = (columns: string) => `SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.schema_migrations (version character varying NOT NULL);
CREATE TABLE public.users (
    id bigint NOT NULL${columns}
);
ALTER TABLE ONLY public.schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
INSERT INTO public.schema_migrations (version) VALUES ('20240101000000');
`;
const base = {
  ...config,
  'db/migrations/20240101000000_users.sql': up('CREATE TABLE users (id bigint PRIMARY KEY);'),
  'db/schema.sql': dump(''),
};
const nick = { 'db/migrations/20240102000000_nick.sql': up('ALTER TABLE users ADD COLUMN nick text;') };

async function findings(change: Record<string, string>) {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return gateOf(repo.directory);
}

test('a dump that was written again is what the migrations make', async () => {
  const report = await findings({ ...nick, 'db/schema.sql': dump(',\n    nick text') });
  expect([report.undecided, report.findings]).toEqual([null, []]);
});

test('one that was not is told with the difference', async () => {
  const report = await findings(nick);
  const { title, detail, severity, file } = only(report, 'declared-schema-differs');
  expect([severity, file, title]).toEqual([
    'error',
    'db/schema.sql',
    'db/schema.sql is not what the migrations make: one difference',
  ]);
  expect(detail?.text).toContain('-  nick text,');
  expect(report.verdict).toBe('blocked');
});

test('an edit of the dump alone is looked at, and one that does not run', async () => {
  const edited = only(
    await findings({ 'db/schema.sql': dump(',\n    more text') }),
    'declared-schema-differs',
  );
  expect(edited.detail?.text).toContain('+  more text,');
  const broken = only(await findings({ 'db/schema.sql': 'CREATE TABL x;' }), 'declared-schema-differs');
  expect(broken.title).toBe('db/schema.sql does not run on an empty database');
});
