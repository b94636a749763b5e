import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';

// Supabase's odd features in one small project: policies, triggers and publications on what the platform made, extensions,
// roles, CONCURRENTLY between other statements, and what the CLI says to a changed history.

const history = {
  'supabase/config.toml': 'project_id = "app"\n\n[db]\nmajor_version = 17\n',
  'supabase/migrations/20240101000000_profiles.sql': `
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists pg_graphql with schema graphql;
create extension if not exists moddatetime schema extensions;
create table public.profiles (
  id uuid primary key references auth.users on delete cascade,
  code uuid not null default uuid_generate_v4(),
  name text,
  updated_at timestamptz
);
alter table public.profiles enable row level security;
create policy "own" on public.profiles for all to authenticated using ((select auth.uid()) = id);
create trigger moved before update on public.profiles
  for each row execute procedure extensions.moddatetime (updated_at);
create function public.handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, name) values (new.id, new.raw_user_meta_data ->> 'name');
  return new;
end;
$$;
create trigger on_auth_user_created after insert on auth.users
  for each row execute procedure public.handle_new_user();
insert into storage.buckets (id, name, public) values ('avatars', 'avatars', true);
create policy "read" on storage.objects for select using (bucket_id = 'avatars');
alter publication supabase_realtime add table public.profiles;
alter role authenticator set pgrst.db_aggregates_enabled = 'true';
notify pgrst, 'reload config';
`,
  'supabase/migrations/20240102000000_roles.sql': `
create role reporting;
grant usage on schema public to reporting;
alter default privileges in schema public grant select on tables to reporting;
insert into auth.users (id, email, raw_user_meta_data) values (gen_random_uuid(), 'a@example.org', '{"name": "a"}');
select vault.create_secret('s3cret', 'key');
set statement_timeout = '1ms';
`,
  'supabase/seed.sql': 'this is not run',
};

function pullRequest(change: Record<string, string>, base: Record<string, string> = {}) {
  const repo = repository({ ...history, ...base });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return repo;
}

test('what a migration does to the platform is seen, and what the platform is is not', async () => {
  const repo = pullRequest({
    'supabase/migrations/20240103000000_uploads.sql': `
set lock_timeout = '2s';
create policy "upload" on storage.objects for insert to authenticated
  with check (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);
drop trigger on_auth_user_created on auth.users;
create table public.notes (id bigint generated always as identity primary key, owner uuid not null default auth.uid());
create index concurrently profiles_name on public.profiles (name);
`,
  });
  const { report } = await check(repo.directory);
  expect(report.undecided).toBeNull();
  const [database] = report.databases;
  expect(database).toMatchObject({ path: 'supabase/migrations', tool: 'supabase' });
  expect(database?.shadow?.postgresVersion).toMatch(/^17\./);
  expect(database?.migrations.map(({ error, ran }) => ({ error, ran }))).toEqual([
    { error: null, ran: true },
  ]);
  expect(database?.schemaChanges.map(({ name }) => name).sort()).toEqual(
    expect.arrayContaining([
      'public.notes',
      'public.profiles_name',
      expect.stringContaining('upload'),
      expect.stringContaining('on_auth_user_created'),
    ]),
  );
  expect(
    database?.schemaChanges.every(({ name }) => /notes|profiles_name|upload|on_auth_user_created/.test(name)),
  ).toBe(true);
  expect(report.notes).toEqual(
    expect.arrayContaining([
      expect.stringContaining("Supabase's platform objects were created first: roles anon"),
      'PostgreSQL 17, as supabase/config.toml says.',
    ]),
  );
});

test('an older CLI sends CONCURRENTLY in the pipeline, where it fails', async () => {
  const repo = pullRequest(
    {
      'supabase/migrations/20240103000000_index.sql':
        'alter table public.profiles add column age int;\ncreate index concurrently on public.profiles (age);\n',
    },
    {
      '.github/workflows/deploy.yml':
        'jobs:\n  a:\n    steps:\n      - uses: supabase/setup-cli@v1\n        with:\n          version: 2.90.0\n',
    },
  );
  const { code, report } = await check(repo.directory);
  expect(code).toBe(1);
  expect(report.databases[0]?.migrations[0]?.error).toMatchObject({ sqlstate: '25001', line: 2 });
});

test('what the CLI says to a changed history', async () => {
  const repo = pullRequest({
    'supabase/migrations/20231231000000_late.sql': 'create table public.late (id bigint primary key);\n',
    'supabase/migrations/20240102000000_roles.sql': 'create role reporting;\n',
  });
  const { code, report } = await check(repo.directory);
  expect(code).toBe(1);
  expect(report.databases[0]?.historyChanges.map(({ kind }) => kind).sort()).toEqual([
    'edited',
    'out-of-order',
  ]);
  const text = report.findings.map(({ message }) => message).join('\n');
  expect(text).toContain(
    'Found local migration files to be inserted before the last migration on remote database.',
  );
  expect(text).toContain('Supabase goes by the version alone');
});

test('an extension that only the platform has is named before anything runs', async () => {
  const repo = pullRequest({
    'supabase/migrations/20240103000000_embeddings.sql':
      'create extension vector with schema extensions;\ncreate table public.e (id bigint primary key, v extensions.vector(3));\n',
  });
  const { code, report } = await check(repo.directory);
  expect(code).toBe(2);
  expect(report.undecided).toMatchObject({
    reason: 'not-observed',
    file: 'supabase/migrations/20240103000000_embeddings.sql',
  });
  expect(report.undecided?.message).toContain('the extension vector');
  expect(report.undecided?.message).toContain('postgres-image: supabase/postgres:');
});

test('so is one that base needs', async () => {
  const repo = pullRequest(
    { 'supabase/migrations/20240104000000_x.sql': 'create table public.x (id bigint primary key);\n' },
    { 'supabase/migrations/20240103000000_net.sql': 'create extension if not exists pg_net;\n' },
  );
  const { code, report } = await check(repo.directory);
  expect(code).toBe(2);
  expect(report.undecided).toMatchObject({
    reason: 'base-does-not-apply',
    file: 'supabase/migrations/20240103000000_net.sql',
    line: 1,
  });
});

test.each(['15', '16'])('the same history on PostgreSQL %s', async (major) => {
  const repo = pullRequest({
    'supabase/migrations/20240103000000_x.sql':
      "set lock_timeout = '2s';\ncreate role more;\ngrant authenticated to more;\ncreate table public.x (id bigint primary key);\n",
  });
  const { report } = await check(repo.directory, '--postgres-version', major);
  expect(report.undecided).toBeNull();
  expect(report.databases[0]?.migrations[0]).toMatchObject({ error: null, ran: true });
});
