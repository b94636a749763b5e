import { at, type Place, places } from '../observed.ts';
import type { Rule } from '../rule.ts';

export const createThenRewrite: Rule = {
  name: 'create-then-rewrite',
  about: 'statement',
  severity: 'notice',
  summary: 'A migration rewrites a table that an earlier migration of the same pull request makes.',
  why: 'Nobody waits for it: the table is new. But it was written down in a shape that nobody wants, every new database goes through both, and when the first migration is deployed before the second, the rewrite has rows to copy under ACCESS EXCLUSIVE.',
  instead: 'Make the table in its final shape: neither migration has run anywhere yet.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  peers: ['migrationpilot SQ003'],
  bad: [
    {
      title: 'Another type',
      base: { '1_base.sql': 'SELECT 1;' },
      migration: {
        '1_base.sql': 'SELECT 1;',
        '2_make.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
        '3_type.sql': 'ALTER TABLE users ALTER COLUMN age TYPE bigint;',
      },
    },
    {
      title: 'A column with a random default, a name that needs quotes',
      base: { '1_base.sql': 'SELECT 1;' },
      migration: {
        '1_base.sql': 'SELECT 1;',
        '2_make.sql': 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
        '3_key.sql': 'SELECT 1;\nALTER TABLE "User" ADD COLUMN key uuid DEFAULT gen_random_uuid();',
      },
      line: 2,
    },
  ],
  good: [
    {
      title: 'Its final shape',
      base: { '1_base.sql': 'SELECT 1;' },
      migration: {
        '1_base.sql': 'SELECT 1;',
        '2_make.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, age bigint);',
        '3_more.sql': 'ALTER TABLE users ADD COLUMN size int;',
      },
    },
    {
      title: 'In the migration that makes it',
      base: { '1_base.sql': 'SELECT 1;' },
      migration: {
        '1_base.sql': 'SELECT 1;',
        '2_make.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ALTER COLUMN age TYPE bigint;',
      },
    },
  ],
  check(context) {
    const makers = new Map<string, Place>();
    return [...places(context)].flatMap((place) => {
      const { statement, migration } = place;
      const names = rewrittenNames(place);
      for (const { type, name } of statement.created) if (type === 'table') makers.set(name, place);
      if (names.size === 0) return [];
      return [...makers].flatMap(([name, maker]) => {
        const relname = name.slice(name.indexOf('.') + 1);
        if (maker.migration.file === migration.file || !names.has(relname)) return [];
        if (context.resolve(undefined, relname, statement) !== undefined) return [];
        return [
          {
            ...at(place),
            object: name,
            title: `${name} is rewritten, and ${maker.migration.file} has only just made it`,
            message: `Both are new in this pull request. Make the table in its final shape there: if the first is deployed without the second, the rewrite has rows to copy while nobody can read them.`,
            evidence: null,
            fix: null,
          },
        ];
      });
    });
  },
};

/** Tables that the server says it rewrites, without their schema. */
const rewrittenNames = ({ statement }: Place): Set<string> =>
  new Set(statement.proofs.flatMap((proof) => /^rewriting table "(.*)"$/s.exec(proof)?.[1] ?? []));
