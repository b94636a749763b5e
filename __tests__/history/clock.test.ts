import { expect, test } from 'vitest';
import { gate } from '../../src/gate.ts';
import { repository } from '../git/repository.ts';
import { optionsFor } from './gate-of.ts';

/** A table with a default that is computed when the migration runs, as a program does it. */
const stamped = (value: string) =>
  `DO $$ BEGIN EXECUTE format('CREATE TABLE t (id int PRIMARY KEY, made timestamp DEFAULT %L)', ${value}); END $$;\n`;

/** A branch that puts a file before one of base's, so that a new database may end elsewhere. */
async function late(value: string) {
  const repo = repository({
    'db/migrations/0001_t.sql': stamped(value),
    'db/migrations/0003_z.sql': 'CREATE TABLE z (id int PRIMARY KEY);\n',
  });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit({ 'db/migrations/0002_b.sql': 'CREATE TABLE b (id int PRIMARY KEY);\n' });
  return gate({ options: { ...optionsFor(repo.directory, 'main', 'HEAD'), cache: false } });
}

test.each(["clock_timestamp() AT TIME ZONE 'UTC'", "clock_timestamp() AT TIME ZONE 'Asia/Kathmandu'"])(
  'a default that is the time of the migration is no difference: %s',
  async (value) => {
    const { databases, notes, verdict } = await late(value);
    expect(databases[0]?.divergence).toEqual([]);
    expect(verdict).toBe('pass');
    expect(notes.join('\n')).toContain('(column public.t.made)');
  },
);

test('another time is one', async () => {
  const { databases, verdict } = await late("clock_timestamp() AT TIME ZONE 'UTC' - interval '1 day'");
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
