import { describe, expect, test } from 'vitest';
import { loadParser } from '../../src/sql/parse.ts';
import { prisma } from '../../src/tools/prisma.ts';
import { migrationOf } from '../run/migrations.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { runMigrations, type Settings } from './run-example.ts';

await loadParser();

interface Case {
  readonly title: string;
  readonly base?: string;
  /** Files of the pull request, in their order. */
  readonly files: readonly string[];
  readonly transaction?: 'none';
  readonly settings?: Settings;
  /** `rule file:line severity`; file counts from 1. */
  readonly found: readonly string[];
  /** Must stand in the first finding. */
  readonly says?: string;
}

const two = 'CREATE TABLE a (id bigint PRIMARY KEY, n int);\nCREATE TABLE b (id bigint PRIMARY KEY, n int);';
const asked = { lockTimeout: 'in-migrations' } as const;

const cases: readonly Case[] = [
  {
    title: 'one notice about lock_timeout for a pull request, which counts the others',
    files: ['ALTER TABLE a ADD COLUMN x int;', 'ALTER TABLE b ADD COLUMN x int;'],
    settings: asked,
    found: ['missing-lock-timeout 1:1 notice'],
    says: '1 more migration',
  },
  {
    title: 'it is not said of a file that sets one, but of the next',
    files: [
      "SET LOCAL lock_timeout = '1s';\nALTER TABLE a ADD COLUMN x int;",
      'SELECT 1;\nALTER TABLE b ADD COLUMN x int;',
    ],
    settings: asked,
    found: ['missing-lock-timeout 2:2 notice'],
  },
  {
    title: 'a timeout that an earlier file left in the session counts, as it does for the tool',
    files: ["SET lock_timeout = '1s';", 'ALTER TABLE b ADD COLUMN x int;'],
    settings: asked,
    found: [],
  },
  {
    title: 'the role’s timeout makes it silent, but not what switches that off',
    files: ['ALTER TABLE a ADD COLUMN x int;', 'SET lock_timeout = 0;\nALTER TABLE b ADD COLUMN x int;'],
    settings: { lockTimeout: 'set-by-role' },
    found: ['lock-timeout-zero 2:2 notice'],
  },
  {
    title: 'between RESET and the end nothing guards',
    files: [
      "SET lock_timeout = '1s';\nALTER TABLE a ADD COLUMN x int;\nRESET lock_timeout;\nALTER TABLE b ADD COLUMN x int;",
    ],
    settings: asked,
    found: ['lock-timeout-zero 1:4 notice'],
    says: 'line 3',
  },
  {
    title: 'how long a lock is held: statements and rows',
    files: [
      'ALTER TABLE a ADD COLUMN x int;\nINSERT INTO b VALUES (1, 1), (2, 2), (3, 3);\nUPDATE b SET n = 4;\nSELECT 1;',
    ],
    found: ['statement-after-access-exclusive 1:3 error'],
    says: 'over 3 more statements, which write 6 rows',
  },
  {
    title: 'one finding for a lock, however many slow statements follow',
    files: [
      'ALTER TABLE a ADD COLUMN x int;\nUPDATE b SET n = 1 WHERE n = 2;\nUPDATE b SET n = 2 WHERE n = 3;',
    ],
    found: ['statement-after-access-exclusive 1:2 warning'],
  },
  {
    title: 'COMMIT ends the lock',
    files: ['BEGIN;\nALTER TABLE a ADD COLUMN x int;\nCOMMIT;\nUPDATE b SET n = 1 WHERE n = 2;'],
    transaction: 'none',
    found: [],
  },
  {
    title: 'a table that the pull request made holds nobody up',
    files: ['CREATE TABLE c (id bigint);\nALTER TABLE c ADD COLUMN x int;\nUPDATE b SET n = 1 WHERE n = 2;'],
    found: [],
  },
  {
    title: 'BEGIN in a file that the tool wraps',
    files: ['BEGIN;\nALTER TABLE a ADD COLUMN x int;\nCOMMIT;'],
    settings: { tool: prisma },
    found: ['transaction-nesting 1:1 warning'],
  },
  {
    title: 'BEGIN in a plain file: nobody knows whether something wraps it',
    files: ['BEGIN;\nALTER TABLE a ADD COLUMN x int;\nCOMMIT;'],
    found: [],
  },
  {
    title: 'three tables, each committed by itself between',
    base: `${two}\nCREATE TABLE c (id bigint PRIMARY KEY);`,
    files: [
      'BEGIN;\nALTER TABLE a ADD COLUMN x int;\nCOMMIT;\nBEGIN;\nALTER TABLE b ADD COLUMN x int;\nCOMMIT;\nALTER TABLE c ADD COLUMN x int;',
    ],
    transaction: 'none',
    found: [],
  },
  {
    title: 'more than 64 savepoints',
    files: [Array.from({ length: 66 }, (_, n) => `SAVEPOINT s${n};`).join('\n')],
    found: ['savepoint-subtransactions 1:65 notice'],
  },
  {
    title: 'two CASCADEs: each server message tells its own',
    base: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\nCREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';\nCREATE VIEW v AS SELECT f();\nCREATE VIEW w AS SELECT g();",
    files: ['DROP FUNCTION f() CASCADE;\nDROP FUNCTION g() CASCADE;'],
    found: ['drop-cascade 1:1 warning', 'drop-cascade 1:2 warning'],
    says: 'view v',
  },
  {
    title: 'SET SCHEMA with a view under the old name',
    base: `${two}\nCREATE SCHEMA core;`,
    files: ['ALTER TABLE a SET SCHEMA core;\nCREATE VIEW public.a AS SELECT * FROM core.a;'],
    found: ['set-schema 1:1 notice'],
  },
  {
    title: 'a table whose name says that it is out of use',
    base: 'CREATE TABLE users_old (id bigint);\nCREATE TABLE gold (id bigint);',
    files: ['DROP TABLE users_old;\nDROP TABLE gold;'],
    found: ['drop-table 1:2 warning', 'drop-table 1:1 notice'],
  },
  {
    title: 'an enum that is rebuilt the way ORMs do it',
    base: "CREATE TYPE mood AS ENUM ('a', 'b');",
    files: [
      "BEGIN;\nCREATE TYPE mood_new AS ENUM ('a');\nALTER TYPE mood RENAME TO mood_old;\nALTER TYPE mood_new RENAME TO mood;\nDROP TYPE mood_old;\nCOMMIT;",
    ],
    transaction: 'none',
    found: [],
  },
  {
    title: 'a view that is dropped and made again loses nothing',
    base: 'CREATE VIEW v AS SELECT 1 AS n;\nCREATE VIEW w AS SELECT n FROM v;',
    files: [
      'DROP VIEW v CASCADE;\nCREATE VIEW v AS SELECT 1 AS n, 2 AS m;\nCREATE VIEW w AS SELECT n FROM v;',
    ],
    found: [],
  },
];

describe.each(majors)('migrations as a whole on PostgreSQL %i', (major) => {
  test.each(cases)('$title', async ({ base = two, files, transaction, settings, found, says }) => {
    const migrations = files.map((sql, index) =>
      migrationOf(sql, {
        version: String(index + 1),
        file: `${index + 1}`,
        transaction: transaction ?? 'single',
      }),
    );
    const { findings, context } = await runMigrations(
      await sharedShadow(major),
      major,
      base,
      migrations,
      settings,
    );
    expect(context.migrations.map(({ error }) => error?.message ?? null)).toEqual(files.map(() => null));
    expect(findings.map(({ rule, file, line, severity }) => `${rule} ${file}:${line} ${severity}`)).toEqual([
      ...found,
    ]);
    const [first] = findings;
    if (says !== undefined) expect(`${first?.title} ${first?.message}`).toContain(says);
  });
});
