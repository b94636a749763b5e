import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Proof, prove } from '../../src/run/prove.ts';
import type { Rehearsal } from '../../src/run/rehearsal.ts';
import { rehearse } from '../../src/run/rehearse.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { plain } from '../../src/tools/plain.ts';
import { majors } from '../shadow/majors.ts';
import { migrationOf } from './migrations.ts';

await loadParser();

const base = migrationOf(`
  CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);
  CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);`);

const pending = [
  migrationOf(`-- add things
    ALTER TABLE users ADD COLUMN nick text;
    CREATE INDEX users_nick_idx ON users (nick);
    ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id);
    INSERT INTO users (id) VALUES (1);`),
  migrationOf('ALTER TABLE users ALTER COLUMN age TYPE bigint;'),
  migrationOf('BEGIN; CREATE INDEX own ON users (id); COMMIT;'),
];
const [first, second, third] = pending.map(({ file }) => file) as [string, string, string];

const concurrently = 'CREATE INDEX CONCURRENTLY users_nick_idx ON users (nick);';
const notValid = `ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
  ALTER TABLE orders VALIDATE CONSTRAINT orders_user;`;

describe.each(majors)('fixes tried on PostgreSQL %i', (major) => {
  let rehearsal: Rehearsal;
  beforeAll(async () => {
    rehearsal = await rehearse({
      tool: plain,
      shadow: 'embedded',
      cache: true,
      postgresMajor: major,
      postgresImage: null,
      superuser: false,
      program: null,
      limits: { signal: new AbortController().signal, statementMs: 60_000, end: () => {} },
      extensions: [],
      setup: [],
      path: 'migrations',
      baseline: null,
      checkDown: false,
      checkRerun: false,
      baseName: 'main',
      base: [base],
      pending,
      fresh: null,
      hooks: { base: [], head: [] },
      newHooks: [],
      mayFail: () => false,
      onProgress: () => {},
    });
  });
  afterAll(() => rehearsal[Symbol.asyncDispose]());

  test.each<
    [
      string,
      { file: string; statement: number; sql: string; sameSchema: boolean; backfilled?: boolean }[],
      (Proof | null)[],
    ]
  >([
    [
      'a better way to the same schema',
      [{ file: first, statement: 1, sql: concurrently, sameSchema: true }],
      ['verified'],
    ],
    [
      'two in one migration',
      [
        { file: first, statement: 1, sql: concurrently, sameSchema: true },
        { file: first, statement: 2, sql: notValid, sameSchema: true },
      ],
      ['verified', 'verified'],
    ],
    [
      'one that the server refuses does not spoil the other',
      [
        {
          file: first,
          statement: 1,
          sql: 'CREATE INDEX CONCURRENTLY users_nick_idx ON users (nickname);',
          sameSchema: true,
        },
        { file: first, statement: 2, sql: notValid, sameSchema: true },
      ],
      ['fails', 'verified'],
    ],
    [
      'one that ends in another schema',
      [
        {
          file: first,
          statement: 1,
          sql: 'CREATE INDEX CONCURRENTLY users_nick ON users (nick);',
          sameSchema: true,
        },
      ],
      ['runs'],
    ],
    [
      'one that is no better',
      [{ file: second, statement: 0, sql: 'ALTER TABLE users ALTER age TYPE int8;', sameSchema: true }],
      ['runs'],
    ],
    [
      'one that only begins the way',
      [
        {
          file: second,
          statement: 0,
          sql: 'ALTER TABLE users ADD COLUMN age_new bigint;',
          sameSchema: false,
        },
      ],
      ['runs'],
    ],
    [
      'one whose rows nobody has filled in the trial, and one that has no such excuse',
      [true, false].map((backfilled) => ({
        file: second,
        statement: 0,
        sql: `ALTER TABLE users ADD COLUMN n${backfilled} int; ALTER TABLE users ALTER COLUMN n${backfilled} SET NOT NULL;`,
        sameSchema: false,
        backfilled,
      })),
      ['runs', 'fails'],
    ],
    [
      'one that makes a later statement fail is not the fault of that statement',
      [{ file: first, statement: 0, sql: 'ALTER TABLE users ADD COLUMN nick2 text;', sameSchema: true }],
      ['fails'],
    ],
    [
      'a file with its own transaction is left alone',
      [{ file: third, statement: 1, sql: 'SELECT 1;', sameSchema: true }],
      [null],
    ],
  ])('%s', async (_title, proposals, expected) => {
    const { after, traced, tryInstead } = rehearsal;
    const proofs = await prove({ pending, traced: traced.migrations, after, proposals, tryInstead });
    expect(proposals.map((proposal) => proofs.get(proposal) ?? null)).toEqual(expected);
  });
});
