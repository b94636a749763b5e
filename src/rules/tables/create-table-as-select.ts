import { at } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { statementsOf } from '../statements.ts';
import { listed } from '../wording.ts';
import { sourcesOf } from './reads-sources.ts';

export const createTableAsSelect: Rule = {
  name: 'create-table-as-select',
  about: 'statement',
  severity: 'notice',
  summary: 'A migration copies an existing table with CREATE TABLE … AS.',
  why: 'The copy takes as long as the source is large, in one transaction: locks that the migration holds already are held until it ends, and VACUUM cannot remove what died since it began. The new table has the columns alone: no NOT NULL, default, key, index, comment or grant comes along, and rows that are written to the source meanwhile are missing.',
  instead:
    '`CREATE TABLE … (LIKE source INCLUDING ALL)`, and copy the rows in batches outside of migrations.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtableas.html'],
  peers: ['migrationpilot MP096', 'safe-migrate create-table-as-select', 'pgrubic GN014'],
  bad: [
    {
      title: 'A copy of a table',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE TABLE users_copy AS SELECT * FROM users;',
    },
    {
      title: 'SELECT INTO, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, email text);',
      migration: '\nSELECT id INTO "Copy" FROM public."User";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'WITH NO DATA reads nothing',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE users_copy AS SELECT * FROM users WITH NO DATA;',
    },
    {
      title: 'From values, or from a new table',
      base: '',
      migration: 'CREATE TABLE a AS SELECT 1 AS id;\nCREATE TABLE b AS SELECT id FROM a;',
    },
  ],
  check(context) {
    const made = [...statementsOf(context, 'CreateTableAsStmt')]
      .filter(({ node }) => node.objtype === 'OBJECT_TABLE' && node.into?.rel?.relpersistence !== 't')
      .map((place) => ({ place, sources: sourcesOf(place), target: place.node.into?.rel?.relname }));
    const selected = [...statementsOf(context, 'SelectStmt')]
      .filter(({ node }) => node.intoClause !== undefined && node.intoClause.rel?.relpersistence !== 't')
      .map((place) => ({
        place,
        sources: [
          ...new Set(
            place.statement.locks.filter((lock) => lock.new).map((lock) => `${lock.schema}.${lock.relation}`),
          ),
        ],
        target: place.node.intoClause?.rel?.relname,
      }));
    return [...made, ...selected]
      .filter(({ sources }) => sources.length > 0)
      .map(({ place, sources, target = 'the new table' }) => ({
        ...at(place),
        object: sources[0] ?? null,
        title: `The migration copies ${listed(sources)} into ${target}`,
        message: `That takes as long as the source is large, in one transaction, and ${target} gets no keys, defaults, NOT NULL or indexes. Create it with LIKE … INCLUDING ALL, and copy the rows in batches outside of migrations.`,
        evidence: null,
        growsWithTable: true,
        fix: null,
      }));
  },
};
