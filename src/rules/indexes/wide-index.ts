import { placed } from '../constraints/added.ts';
import type { Rule } from '../rule.ts';
import { indexesAdded } from './added-indexes.ts';

/** Key columns beyond which the later ones rarely narrow a search. */
const most = 3;

export const wideIndex: Rule = {
  name: 'wide-index',
  about: 'statement',
  severity: 'notice',
  byDefault: 'off',
  summary: 'A new index that is not unique has more than three key columns.',
  why: 'A multicolumn index narrows a search by its leading columns; the fourth rarely changes much, while every key column makes the index larger, each write slower, and HOT updates rarer, since a change of any of them touches the index. Whether it pays only the queries can tell, so that the rule is off by default.',
  instead:
    'The two or three columns that narrow the search most; columns that are only returned belong into `INCLUDE`.',
  sources: ['https://www.postgresql.org/docs/current/indexes-multicolumn.html'],
  peers: [
    'strong_migrations add_index_columns',
    'pgrubic GN005',
    'diesel-guard WideIndex',
    'excellent_migrations many_columns_index',
  ],
  bad: [
    {
      title: 'Four columns',
      base: 'CREATE TABLE t (a int, b int, c int, d int);',
      migration: 'CREATE INDEX CONCURRENTLY t_idx ON t (a, b, c, d);',
      transaction: 'none',
    },
    {
      title: 'Expressions count too',
      base: 'CREATE TABLE "T" (a text, b int, c int, d int);',
      migration: 'SELECT 1;\nCREATE INDEX CONCURRENTLY ON "T" (lower(a), b, c, (d + 1));',
      transaction: 'none',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Three columns, others only returned',
      base: 'CREATE TABLE t (a int, b int, c int, d int);',
      migration: 'CREATE INDEX CONCURRENTLY t_idx ON t (a, b, c) INCLUDE (d);',
      transaction: 'none',
    },
    {
      title: 'On a table that the migration creates',
      base: '',
      migration: 'CREATE TABLE t (a int, b int, c int, d int);\nCREATE INDEX t_idx ON t (a, b, c, d);',
    },
  ],
  check: (context) =>
    indexesAdded(context)
      .filter(({ index }) => index.object.type === 'index' && !index.unique && index.keys.length > most)
      .map(({ index: { object, keys }, place }) => ({
        ...placed(place),
        object: object.container,
        title: `Index ${object.local} of ${object.container} has ${keys.length} key columns`,
        message:
          'The later columns rarely narrow a search, and each of them makes the index larger and writes slower. See with EXPLAIN whether the first ones alone do as well.',
        evidence: null,
        fix: null,
      })),
};
