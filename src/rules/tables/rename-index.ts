import { at, evidenceOn, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { baseRelation, statementsOf } from '../statements.ts';

export const renameIndex: Rule = {
  name: 'rename-index',
  about: 'convention',
  severity: 'notice',
  byDefault: 'off',
  summary: 'An index of an existing table gets another name.',
  why: 'Queries do not name indexes and the lock is weak, so that nothing breaks. What does know the name: pg_hint_plan’s hints, monitoring, error texts of a unique index, and the migration that drops it in another branch.',
  instead: 'Search for the old name before.',
  sources: ['https://www.postgresql.org/docs/current/sql-alterindex.html'],
  peers: ['none that we know of'],
  bad: [
    {
      title: 'An index',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email ON users (email);',
      migration: 'ALTER INDEX users_email RENAME TO users_email_idx;',
    },
    {
      title: 'With names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX "User email" ON "User" (email);',
      migration: '\nALTER INDEX public."User email" RENAME TO "User_email_key";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'An index that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX a ON users (email);\nALTER INDEX a RENAME TO users_email_idx;',
    },
    { title: 'IF EXISTS, and it does not', base: '', migration: 'ALTER INDEX IF EXISTS a RENAME TO b;' },
  ],
  check: (context) =>
    [...statementsOf(context, 'RenameStmt')].flatMap((place) => {
      const { renameType, relation, newname = '' } = place.node;
      const index =
        renameType === 'OBJECT_INDEX' ? baseRelation(context, place, relation, ['index']) : undefined;
      if (index === undefined) return [];
      return [
        {
          ...at(place),
          object: nameOf(index),
          title: `The index ${nameOf(index)} is called ${newname} from now on`,
          message: 'Hints, monitoring and migrations of other branches may know it by its old name.',
          evidence: { ...evidenceOn(place.statement, index), scan: false },
          fix: null,
        },
      ];
    }),
};
