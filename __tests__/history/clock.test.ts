import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gate } from '../../src/gate.ts';
import type { Report } from '../../src/report/model.ts';
import { repository } from '../git/repository.ts';
import { optionsFor } from './gate-of.ts';

/** A table with a default that is computed when the migration runs, as a program does it. */
const stamped = (value: string) =>
  `DO $$ BEGIN EXECUTE format('CREATE TABLE t (id int PRIMARY KEY, made timestamp DEFAULT %L)', ${value}); END $$;\n`;

/** A branch that puts a file before one of base's, so that a new database may end elsewhere. */
async function late(value: string, before = '') {
  const repo = repository({
    'db/migrations/0001_t.sql': `${before}${stamped(value)}`,
    'db/migrations/0003_z.sql': 'CREATE TABLE z (id int PRIMARY KEY);\n',
  });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit({ 'db/migrations/0002_b.sql': 'CREATE TABLE b (id int PRIMARY KEY);\n' });
  const check = () => gate({ options: { ...optionsFor(repo.directory, 'main', 'HEAD'), cache: false } });
  return { repo, check };
}

test.each(["clock_timestamp() AT TIME ZONE 'UTC'", "clock_timestamp() AT TIME ZONE 'Asia/Kathmandu'"])(
  'a default that is the time of the migration is no difference: %s',
  async (value) => {
    const { databases, notes, verdict } = await (await late(value)).check();
    expect(databases[0]?.divergence).toEqual([]);
    expect(verdict).toBe('pass');
    expect(notes.join('\n')).toContain('(column public.t.made)');
  },
);

test('a database that an earlier run has kept has the time of that run', async () => {
  // Slow enough to be kept.
  const { repo } = await late('clock_timestamp()', 'SELECT pg_sleep(0.4);\n');
  const cache = mkdtempSync(join(tmpdir(), 'migration-gate-test-'));
  const report = join(cache, 'report.json');
  const args = ['--repo', repo.directory, '--base', 'main', '--head', 'change', '--shadow', 'embedded'];
  const run = () => {
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    execFileSync(process.execPath, ['src/cli.ts', 'check', ...args, '--json', report], {
      env,
      stdio: 'pipe',
    });
    return JSON.parse(readFileSync(report, 'utf8')) as Report;
  };
  try {
    expect([run().verdict, run().verdict]).toEqual(['pass', 'pass']);
  } finally {
    rmSync(cache, { recursive: true });
  }
});

test('another time is one', async () => {
  const { databases, verdict } = await (
    await late("clock_timestamp() AT TIME ZONE 'UTC' - interval '1 day'")
  ).check();
  expect(databases[0]?.divergence.map(({ name }) => name)).toEqual(['public.t.made']);
  expect(verdict).toBe('blocked');
});

test('the migration that makes up for an edit sets no time of the check', async () => {
  const repo = repository({
    'db/migrations/0001_z.sql': 'CREATE TABLE z (id int PRIMARY KEY);\n',
    'db/migrations/0002_t.sql': stamped('clock_timestamp()'),
  });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit({ 'db/migrations/0001_z.sql': 'CREATE TABLE z (id int PRIMARY KEY, u int);\n' });
  const { findings } = await gate({
    options: { ...optionsFor(repo.directory, 'main', 'HEAD'), cache: false },
  });
  const [edited] = findings.filter(({ rule }) => rule === 'edited-applied-migration');
  expect(edited?.fix?.sql).toBe('ALTER TABLE public.z ADD COLUMN u integer;');
});
