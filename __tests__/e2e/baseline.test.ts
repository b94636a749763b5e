import { describe, expect, test } from 'vitest';
import { repository } from '../git/repository.ts';
import { check } from './command.ts';

/** As pg_dump 17 writes it, of a whole database: with roles, psql's commands, rows, extensions and the tool's own table. */
const dump = `--
-- PostgreSQL database dump
--

\\restrict 0aB9xYz

-- Dumped from database version 17.6
-- Dumped by pg_dump version 17.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;

--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';

--
-- Name: later(); Type: FUNCTION; Schema: public; Owner: app
--

CREATE FUNCTION public.later() RETURNS bigint
    LANGUAGE sql
    AS $$
\\ 
SELECT id FROM public.users
$$;

ALTER FUNCTION public.later() OWNER TO app;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.schema_migrations (
    version character varying NOT NULL
);

CREATE TABLE public.users (
    id bigint NOT NULL,
    email public.citext NOT NULL
);

ALTER TABLE public.users OWNER TO app;

COPY public.schema_migrations (version) FROM stdin;
20240101000000
20240102000000
\\.

COPY public.users (id, email) FROM stdin;
1	a@example.org
2	b;@example.org
\\.

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

GRANT SELECT ON TABLE public.users TO reader;

--
-- PostgreSQL database dump complete
--

\\unrestrict 0aB9xYz
`;

const up = (sql: string) => `-- migrate:up\n${sql}\n\n-- migrate:down\n`;
/** The first file needs a table that the history never made. */
const history = {
  'db/migrations/20240101000000_users.sql': up('ALTER TABLE users ADD COLUMN email citext NOT NULL;'),
  'db/migrations/20240102000000_key.sql': up('ALTER TABLE users ADD PRIMARY KEY (id);'),
  'db/migrations/20240103000000_teams.sql': up('CREATE TABLE teams (id bigint PRIMARY KEY);'),
};
const config = (baseline: string, more = '') =>
  `databases:\n  - path: db/migrations\n    postgres-version: 17\n${baseline}${more}`;
const usual = config('    baseline:\n      file: schema.sql\n      version: 20240102000000\n');

function pullRequest(base: Record<string, string>, change: Record<string, string>) {
  const repo = repository({ ...history, ...base });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return repo;
}
const view = {
  'db/migrations/20240104000000_view.sql': up('CREATE VIEW mails AS SELECT email FROM users;'),
};
const roles = 'CREATE ROLE app;\nCREATE ROLE reader;\n';

test('without a baseline the error proposes one', async () => {
  const { code, report } = await check(pullRequest({}, view).directory);
  expect(code).toBe(2);
  expect(report.undecided).toMatchObject({
    reason: 'base-does-not-apply',
    file: 'db/migrations/20240101000000_users.sql',
  });
  expect(report.undecided?.message).toContain(
    'databases:\n  - path: db/migrations\n    baseline:\n      file: schema.sql\n      version: "20240103000000"\n',
  );
});

test('the dump stands for the first migrations, and is recorded as they are', async () => {
  const repo = pullRequest(
    {
      'schema.sql': dump,
      'roles.sql': roles,
      '.github/migration-gate.yml': usual.replace('baseline:', 'setup: [roles.sql]\n    baseline:'),
    },
    {
      'db/migrations/20240104000000_versions.sql': up(
        `DO $$ BEGIN
  IF (SELECT string_agg(version, ' ' ORDER BY version) FROM schema_migrations) IS DISTINCT FROM '20240101000000 20240102000000 20240103000000' THEN
    RAISE EXCEPTION 'recorded: %', (SELECT string_agg(version, ' ') FROM schema_migrations);
  END IF;
  IF (SELECT count(*) FROM users) <> 2 THEN RAISE EXCEPTION 'rows'; END IF;
END $$;
ALTER TABLE users ADD COLUMN nickname text;`,
      ),
    },
  );
  const { code, report } = await check(repo.directory);
  expect(report.undecided).toBeNull();
  expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(code).toBe(0);
  expect(report.databases[0]?.schemaChanges).toMatchObject([{ name: 'public.users.nickname' }]);
  expect(report.notes).toEqual(
    expect.arrayContaining([
      'The baseline schema.sql stands for the 2 migrations up to 20240102000000.',
      'Of the baseline schema.sql was passed over: OWNER TO app.',
    ]),
  );
});

test('the fresh path begins with it too', async () => {
  const repo = pullRequest(
    {
      'schema.sql': dump,
      'roles.sql': roles,
      '.github/migration-gate.yml': usual.replace('baseline:', 'setup: [roles.sql]\n    baseline:'),
    },
    {
      'db/migrations/20240103000000_teams.sql': up('CREATE TABLE teams (id bigint PRIMARY KEY, name text);'),
    },
  );
  const { report } = await check(repo.directory);
  expect(report.undecided).toBeNull();
  expect(report.databases[0]?.divergence).toMatchObject([{ change: 'added', name: 'public.teams.name' }]);
});

describe('what is said when it does not work', () => {
  const undecided = async (base: Record<string, string>, change: Record<string, string> = view) =>
    (await check(pullRequest(base, change).directory)).report.undecided;

  test('all missing roles, with the lines that make them', async () => {
    const said = await undecided({ 'schema.sql': dump, '.github/migration-gate.yml': usual });
    expect(said).toMatchObject({ reason: 'base-does-not-apply', file: 'schema.sql', line: 45 });
    expect(said?.message).toContain('CREATE ROLE app;\nCREATE ROLE reader;');
    expect(said?.message).toContain('setup: [db/roles.sql]');
  });

  test('no version: which there are', async () => {
    const said = await undecided({
      'schema.sql': dump,
      '.github/migration-gate.yml': config('    baseline: schema.sql\n'),
    });
    expect(said).toMatchObject({
      reason: 'invalid-configuration',
      file: '.github/migration-gate.yml',
      line: 4,
    });
    expect(said?.message).toContain('There are: 20240101000000, 20240102000000, 20240103000000.');
  });

  test('a version that does not exist: the nearest', async () => {
    const said = await undecided({
      'schema.sql': dump,
      '.github/migration-gate.yml': usual.replace('20240102000000', '20240102000001'),
    });
    expect(said).toMatchObject({ reason: 'invalid-configuration', line: 6 });
    expect(said?.message).toContain('Did you mean 20240102000000?');
  });

  test('a file that does not exist', async () => {
    const said = await undecided({ 'db/schema.sql': dump, '.github/migration-gate.yml': usual });
    expect(said?.message).toContain(
      'The baseline file "schema.sql" does not exist. Did you mean db/schema.sql?',
    );
  });

  test('a statement that fails, at its line', async () => {
    const said = await undecided({
      'schema.sql': 'CREATE TABLE users (id bigint);\n\\connect shop\nALTER TABLE user ADD x int;\n',
      '.github/migration-gate.yml': usual,
    });
    expect(said).toMatchObject({ reason: 'base-does-not-apply', file: 'schema.sql', line: 3 });
  });
});

test('a dump that only the pull request has is told of', async () => {
  const repo = pullRequest(
    {},
    {
      ...view,
      'schema.sql': 'CREATE EXTENSION citext;\nCREATE TABLE users (id bigint PRIMARY KEY, email citext);\n',
      '.github/migration-gate.yml': usual,
    },
  );
  const { code, report } = await check(repo.directory);
  expect(report.undecided).toBeNull();
  expect(code).toBe(0);
  expect(report.notes.join('\n')).toContain('Base does not have the file');
});
