import { dropped } from '../dropped.ts';
import { at, nameOf, type Place } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { type AddedIndex, indexesAdded } from './added-indexes.ts';
import { fromIndex, indexesOf, type TableIndex } from './table-indexes.ts';

export const replaceIndexDropFirst: Rule = {
  name: 'replace-index-drop-first',
  about: 'statement',
  severity: 'warning',
  summary: 'An index is dropped before the one that takes its place is built.',
  why: 'Between the two no index serves the queries of the version that is running: each of them reads the whole table, for as long as the build takes, and many of them at once can bring the server down. The build itself is slowed down by them.',
  instead:
    'Build the new index first, under a name of its own, then drop the old one; `ALTER INDEX … RENAME` gives it the old name, if that matters. Within one transaction nobody sees the gap, and nothing is reported.',
  sources: ['https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY'],
  peers: ['online_migrations replace_index'],
  bad: [
    {
      title: 'Dropped, then built with one column more',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX users_email_idx ON users (email);',
      migration:
        'DROP INDEX CONCURRENTLY users_email_idx;\nCREATE INDEX CONCURRENTLY users_email_name_idx ON users (email, name);',
      transaction: 'none',
    },
    {
      title: 'Under the same name, in two files, with names that need quotes',
      base: {
        '1_base.sql':
          'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text);\nCREATE INDEX "by eMail" ON "User" ("eMail");',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text);\nCREATE INDEX "by eMail" ON "User" ("eMail");',
        '2_drop.sql': '-- smaller\nDROP INDEX CONCURRENTLY "by eMail";',
        '3_make.sql': 'CREATE INDEX CONCURRENTLY "by eMail" ON "User" ("eMail") WHERE "eMail" IS NOT NULL;',
      },
      line: 2,
    },
  ],
  good: [
    {
      title: 'The new one first',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX users_email_idx ON users (email);',
      migration:
        'CREATE INDEX CONCURRENTLY users_email_name_idx ON users (email, name);\nDROP INDEX CONCURRENTLY users_email_idx;',
      transaction: 'none',
    },
    {
      title: 'Other columns',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX users_email_idx ON users (email);',
      migration:
        'DROP INDEX CONCURRENTLY users_email_idx;\nCREATE INDEX CONCURRENTLY users_name_idx ON users (name);',
      transaction: 'none',
    },
    {
      title: 'Another index serves in between',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX users_email_idx ON users (email);\nCREATE INDEX users_email_id_idx ON users (email, id);',
      migration:
        'DROP INDEX CONCURRENTLY users_email_idx;\nCREATE INDEX CONCURRENTLY users_email_name_idx ON users (email, name, id);',
      transaction: 'none',
    },
  ],
  check: (context) =>
    dropped(context, 'OBJECT_INDEX').flatMap(({ place, relations }) =>
      relations.flatMap(({ base }) => {
        const object = context.before?.byIdentity(`pg_class:${base.oid}`);
        const old = object?.type === 'index' ? fromIndex(object) : null;
        if (old === null || !old.valid || isServed(context, old)) return [];
        const next = indexesAdded(context).find((added) => takesPlace(context, old, added, place));
        if (next === undefined) return [];
        const table = old.object.container;
        return [
          {
            ...at(place),
            object: table,
            title: `Without index ${base.relation} queries read all of ${table} until ${next.index.object.local} is built`,
            message: `${nameOf(base)} is gone before the index that takes its place is there, in line ${next.place?.statement.line} of ${next.place?.migration.file}; in between each query that used it reads the whole table. Build the new one first, then drop the old one.`,
            evidence: null,
            fix: fixFor(context, place, old, next),
          },
        ];
      }),
    ),
};

/** A later statement, which others can see the gap before, builds one with the same leading column. */
function takesPlace(
  context: RuleContext,
  old: TableIndex,
  { index, place }: AddedIndex,
  drop: Place,
): boolean {
  if (place === undefined || index.object.containerIdentity !== old.object.containerIdentity) return false;
  const shorter = Math.min(old.keys.length, index.keys.length);
  if (!old.keys.slice(0, shorter).every((key, at) => index.keys[at] === key)) return false;
  if (place.migration === drop.migration) {
    const together = place.statement.inTransaction && drop.statement.inTransaction;
    return place.statement.index > drop.statement.index && !together;
  }
  return context.migrations.indexOf(place.migration) > context.migrations.indexOf(drop.migration);
}

/** An index of base that stays and can do the same. */
const isServed = (context: RuleContext, old: TableIndex): boolean =>
  indexesOf(context.before, old.object.containerIdentity).some(
    ({ object, keys, valid, predicate }) =>
      object.identity !== old.object.identity &&
      context.after?.byIdentity(object.identity) !== undefined &&
      valid &&
      (predicate === null || predicate === old.predicate) &&
      old.keys.every((key, at) => keys[at] === key),
  );

/** Where both have names of their own the drop only has to wait. */
function fixFor(context: RuleContext, drop: Place, old: TableIndex, next: AddedIndex): Fix | null {
  if (old.object.local === next.index.object.local) return null;
  return recipe(
    context,
    [
      {
        title: `leave it out here; when ${next.index.object.local} is there`,
        sql: [`${drop.statement.sql};`],
        outsideTransaction: true,
      },
    ],
    { sameSchema: true },
  );
}
