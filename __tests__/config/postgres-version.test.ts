import { describe, expect, test } from 'vitest';
import { type Files, load, plainFiles } from './loading.ts';

describe('the version of PostgreSQL', () => {
  test.each<[string, Files, number, boolean, RegExp]>([
    ['nobody says it', {}, 17, false, /PostgreSQL 17 is assumed: nothing in the repository says/],
    [
      'a compose file',
      { 'docker-compose.yml': 'services:\n  db:\n    image: postgres:15-alpine\n' },
      15,
      true,
      /PostgreSQL 15, as docker-compose\.yml says/,
    ],
    [
      'a workflow',
      { '.github/workflows/ci.yml': 'services:\n  pg:\n    image: "docker.io/library/postgres:16.4"\n' },
      16,
      true,
      /as \.github\/workflows\/ci\.yml says/,
    ],
    [
      'an image of an extension',
      { 'compose.yaml': "services:\n  db: { }\n    image: 'pgvector/pgvector:pg16'\n" },
      16,
      true,
      /PostgreSQL 16/,
    ],
    [
      'two that agree',
      {
        'compose.yml': 'image: postgres:16\n',
        '.github/workflows/ci.yml': 'image: postgis/postgis:16-3.4\n',
      },
      16,
      true,
      /PostgreSQL 16/,
    ],
    [
      'two that do not',
      { 'compose.yml': 'image: postgres:14\n', '.github/workflows/ci.yml': 'image: postgres:16\n' },
      17,
      false,
      /names several \(16 in \.github\/workflows\/ci\.yml, 14 in compose\.yml\)/,
    ],
    [
      'a matrix',
      { '.github/workflows/ci.yml': 'image: postgres:\u0024{{ matrix.pg }}\n' },
      17,
      false,
      /is assumed/,
    ],
    ['latest', { 'compose.yml': 'image: postgres:latest\n' }, 17, false, /is assumed/],
    ['another image', { 'compose.yml': 'image: postgrest/postgrest:12\n' }, 17, false, /is assumed/],
    ['a comment', { 'compose.yml': '# image: postgres:14\n' }, 17, false, /is assumed/],
    [
      'one that is too old to be booted',
      { 'compose.yml': 'image: postgres:11\n' },
      13,
      false,
      /PostgreSQL 13 is used, the nearest to 11 \(which compose\.yml says\)/,
    ],
    [
      'one that is too new',
      { 'compose.yml': 'image: postgres:19\n' },
      18,
      false,
      /18 is used, the nearest to 19/,
    ],
  ])('%s', async (_, files, major, stated, note) => {
    const { databases, notes } = await load({ ...plainFiles, ...files });
    expect(databases).toMatchObject([{ postgresMajor: major, postgresVersionStated: stated }]);
    expect(notes.filter((text) => note.test(text))).toHaveLength(1);
  });
});
