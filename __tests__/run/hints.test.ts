import { describe, expect, test } from 'vitest';
import { hintSentence, hintText, surroundingsHint } from '../../src/run/hints.ts';

const around = { path: 'db/migrations', postgresMajor: 16, extensions: ['citext', 'uuid-ossp'], roles: [] };
const linesOf = (sqlstate: string, message: string) => surroundingsHint({ sqlstate, message }, around)?.lines;

describe('what cures it', () => {
  test.each([
    ['42704', 'role "app" does not exist', ['setup: [db/roles.sql]']],
    ['42501', 'permission denied to create extension "citext"', ['extensions: [citext]']],
    ['42704', 'type "citext" does not exist', ['extensions: [citext]']],
    ['42704', 'type "public.citext" does not exist', ['extensions: [citext]']],
    ['42883', 'function uuid_generate_v4() does not exist', ['extensions: [uuid-ossp]']],
    [
      '0A000',
      'extension "postgis" is not available',
      ['postgres-image: postgis/postgis:16-3.5', 'extensions: [postgis]'],
    ],
    [
      '58P01',
      'could not open extension control file "/usr/share/postgresql/extension/vector.control": No such file or directory',
      ['postgres-image: pgvector/pgvector:pg16', 'extensions: [vector]'],
    ],
    [
      '42883',
      'function create_hypertable(unknown, unknown) does not exist',
      ['postgres-image: timescale/timescaledb:latest-pg16', 'extensions: [timescaledb]'],
    ],
    [
      '0A000',
      'extension "pg_cron" is not available',
      ['postgres-image: an-image-with-pg_cron', 'extensions: [pg_cron]'],
    ],
    ['42501', 'must be owner of table users', []],
    ['42P01', 'relation "users" does not exist', undefined],
    ['42704', 'type "mood" does not exist', undefined],
    ['42601', 'syntax error at or near "role"', undefined],
  ])('%s %s', (sqlstate, message, lines) => {
    expect(linesOf(sqlstate, message)).toEqual(lines);
  });
});

test('a role with everything to paste', () => {
  const hint = surroundingsHint({ sqlstate: '42704', message: 'role "my app" does not exist' }, around);
  if (hint === null) throw new Error('no hint');
  expect(hintText('db/migrations', hint)).toBe(
    `The role "my app" belongs to the server, and no file of the history makes it: create it in a file of setup.

db/roles.sql:

CREATE ROLE "my app";

.github/migration-gate.yml:

databases:
  - path: db/migrations
    setup: [db/roles.sql]
`,
  );
  expect(hintSentence(hint)).not.toContain('\n');
});
