import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { gate } from '../../src/gate.ts';
import type { Report } from '../../src/report/model.ts';
import { repository } from '../git/repository.ts';
import { optionsFor } from './gate-of.ts';

/** Every kind of object that has a text of its own, what belongs to the database itself, and a role that must be put right; slow enough to be kept. */
const base = {
  'db/migrations/0001_all.sql': `SELECT pg_sleep(0.4);
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE SEQUENCE loose START 5;
CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL DEFAULT 'é "x" \\ ', m mood, p positive, UNIQUE (name));
CREATE TABLE orders (id serial PRIMARY KEY, person bigint REFERENCES people (id), total numeric(10, 2) CHECK (total > 0), at timestamptz DEFAULT now());
CREATE INDEX by_person ON orders (person) WHERE total > 1;
CREATE TABLE parts (id int, day date) PARTITION BY RANGE (day);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE VIEW sums AS SELECT person, sum(total) AS total FROM orders GROUP BY person;
CREATE MATERIALIZED VIEW kept AS SELECT count(*) AS n FROM people;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.at = now(); RETURN NEW; END $$;
CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON people USING (name = current_user);
COMMENT ON COLUMN people.name IS 'says who';
CREATE ROLE reader;
GRANT SELECT ON orders TO reader;
ALTER ROLE postgres SET work_mem = '8MB';
DO $$ BEGIN
  EXECUTE format('ALTER DATABASE %I SET extra_float_digits = 2', current_database());
  EXECUTE format('GRANT CREATE ON DATABASE %I TO reader', current_database());
  EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), 'all of it');
END $$;
`,
  'db/migrations/0002_more.sql': 'CREATE TABLE more (id int PRIMARY KEY, note text);\n',
};

const heads: Readonly<Record<string, Record<string, string>>> = {
  'that changes rows alone': { 'db/migrations/0003_x.sql': "INSERT INTO more VALUES (1, 'x');\n" },
  'with fixes that are proved together': {
    'db/migrations/0003_x.sql':
      'CREATE INDEX a ON orders (at);\nALTER TABLE orders ADD CONSTRAINT c CHECK (total < 100);\n',
  },
  'with fixes that are proved one by one': {
    'db/migrations/0003_x.sql':
      'CREATE INDEX a ON orders (at);\nALTER TABLE people ALTER COLUMN name TYPE varchar(50);\nALTER TABLE people ALTER COLUMN m SET NOT NULL;\nALTER TABLE orders RENAME COLUMN total TO amount;\n',
  },
  'that changes something of every kind': {
    'db/migrations/0003_x.sql': `ALTER TYPE mood ADD VALUE 'fine';
ALTER TYPE pair ADD ATTRIBUTE c int;
ALTER SEQUENCE loose INCREMENT 2;
ALTER TABLE people RENAME TO persons;
DROP VIEW sums;
DROP POLICY own ON persons;
COMMENT ON COLUMN persons.name IS NULL;
GRANT UPDATE ON orders TO reader;
ALTER ROLE postgres SET work_mem = '16MB';
ALTER TABLE parts ADD COLUMN n int;
ALTER TABLE orders ADD COLUMN long text;
CREATE TABLE child () INHERITS (persons);
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
`,
  },
  'that drops a role and makes another': {
    'db/migrations/0003_x.sql':
      'DROP OWNED BY reader;\nDROP ROLE reader;\nCREATE ROLE writer;\nCREATE INDEX a ON orders (at);\n',
  },
  'that fails': { 'db/migrations/0003_x.sql': 'CREATE TABLE y (id int);\nSELECT missing FROM orders;\n' },
  'with an edited file': {
    'db/migrations/0002_more.sql': 'CREATE TABLE more (id bigint PRIMARY KEY, note text);\n',
    'db/migrations/0003_x.sql': 'CREATE TABLE y (id int PRIMARY KEY);\n',
  },
};

/** What does not depend on when and how fast it ran. */
function lasting(report: Report): unknown {
  const varying = new Set(['timings', 'durationMs', 'baseFromCache', 'ms', 'bootMs']);
  return JSON.parse(
    JSON.stringify(report, (key, value: unknown) => (varying.has(key) ? undefined : value)).replaceAll(
      /\b\d+(\.\d+)? m?s\b/g,
      'TIME',
    ),
  );
}

describe('a kept base', () => {
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'migration-gate-test-'));
    vi.stubEnv('XDG_CACHE_HOME', cache);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true });
  });

  const bases = (): string => join(cache, 'migration-gate', 'bases');
  const notes = (): string[] =>
    readdirSync(bases(), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.note'))
      .map((path) => join(bases(), path));

  function pullRequest(files: Record<string, string>) {
    const repo = repository(base);
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit(files);
    return (options: { readonly cache: boolean }) =>
      gate({ options: { ...optionsFor(repo.directory, 'main', 'HEAD'), ...options } });
  }

  test.each(Object.keys(heads))('gives the report of a new one, for a pull request %s', async (name) => {
    const check = pullRequest(heads[name] ?? {});
    const anew = await check({ cache: false });
    expect(anew.undecided).toBeNull();
    const [keeping, kept] = [await check({ cache: true }), await check({ cache: true })];
    expect(kept.databases[0]?.shadow?.baseFromCache).toBe(true);
    expect(notes()).toHaveLength(1);
    expect(lasting(keeping)).toEqual(lasting(anew));
    expect(lasting(kept)).toEqual(lasting(anew));
  });

  const spoil: Readonly<Record<string, (note: string) => void>> = {
    'with another byte': (note) => {
      const bytes = readFileSync(note);
      const at = bytes.indexOf('people');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(note, bytes);
    },
    'cut short': (note) => writeFileSync(note, readFileSync(note).subarray(0, 5_000)),
    'that is empty': (note) => writeFileSync(note, ''),
    'that is a link to itself': (note) => {
      rmSync(note);
      symlinkSync(note, note);
    },
    'that is a directory': (note) => {
      rmSync(note);
      mkdirSync(join(note, 'x'), { recursive: true });
    },
    'that is whole and no picture': (note) => {
      const of = readFileSync(note, 'latin1').split('\n')[0]?.split(' ')[1];
      const text = JSON.stringify({ major: 17, notModelled: [], objects: [{}] });
      writeFileSync(note, `${createHash('sha256').update(text).digest('hex')} ${of}\n${text}`);
    },
    'of another program': (note) => {
      writeFileSync(`${note}.note`, readFileSync(note, 'utf8').replace('orders', 'others'));
      rmSync(note);
    },
  };
  test.each(Object.keys(spoil))('a picture %s is taken anew', async (name) => {
    const check = pullRequest(heads['with fixes that are proved together'] ?? {});
    const anew = await check({ cache: true });
    const [note = ''] = notes();
    const whole = readFileSync(note);
    spoil[name]?.(note);
    expect(lasting(await check({ cache: true }))).toEqual(lasting(anew));
    expect(notes()).toEqual([note]);
    // Roles have new passwords, which no picture tells of.
    expect(readFileSync(note).length).toBe(whole.length);
  });

  test('nothing is kept where nobody may', async () => {
    const check = pullRequest(heads['that changes rows alone'] ?? {});
    await check({ cache: false });
    expect(existsSync(bases())).toBe(false);
  });
});
