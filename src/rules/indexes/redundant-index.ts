import { placed } from '../constraints/added.ts';
import type { Rule } from '../rule.ts';
import { type AddedIndex, indexesAdded } from './added-indexes.ts';
import type { TableIndex } from './table-indexes.ts';

export const redundantIndex: Rule = {
  name: 'redundant-index',
  about: 'statement',
  severity: 'notice',
  summary: 'A new index begins with the same columns as another index of the table.',
  why: 'An index on (a, b) serves every query that an index on (a) serves. The second one costs time on every write, disk and cache, keeps HOT updates away, and gives nothing back.',
  instead:
    'Leave the shorter index out; or, where the new one is the longer, drop the old one with `DROP INDEX CONCURRENTLY` when the new one is there. Indexes that are unique, partial, of another method or of another order are not taken for the same.',
  sources: ['https://www.postgresql.org/docs/current/indexes-multicolumn.html'],
  peers: ['migrationpilot MP100', 'pgrubic GN025'],
  bad: [
    {
      title: 'The primary key begins with the column',
      base: 'CREATE TABLE members (team_id bigint, user_id bigint, PRIMARY KEY (team_id, user_id));',
      migration: 'CREATE INDEX CONCURRENTLY members_team_id_idx ON members (team_id);',
      transaction: 'none',
    },
    {
      title: 'The new one makes an old one needless, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text, name text);\nCREATE INDEX "by eMail" ON "User" ("eMail");',
      migration: '-- for the list\nCREATE INDEX CONCURRENTLY "by eMail and name" ON "User" ("eMail", name);',
      transaction: 'none',
      line: 2,
    },
    {
      title: 'The same once more',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX ON users (lower(email)) WHERE id > 5;',
      migration: 'CREATE INDEX CONCURRENTLY again ON users (lower(email)) WHERE id > 5;',
      transaction: 'none',
    },
  ],
  good: [
    {
      title: 'Another first column',
      base: 'CREATE TABLE members (team_id bigint, user_id bigint, PRIMARY KEY (team_id, user_id));',
      migration: 'CREATE INDEX CONCURRENTLY members_user_id_idx ON members (user_id);',
      transaction: 'none',
    },
    {
      title: 'Another order, another operator class, other rows',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX ON users (email, name);',
      migration:
        'CREATE INDEX CONCURRENTLY a ON users (email DESC);\nCREATE INDEX CONCURRENTLY b ON users (email text_pattern_ops);\nCREATE INDEX CONCURRENTLY c ON users (email) WHERE name IS NULL;',
      transaction: 'none',
    },
    {
      title: 'The old one is dropped by the same pull request',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX by_email ON users (email);',
      migration:
        'CREATE INDEX CONCURRENTLY by_email_and_name ON users (email, name);\nDROP INDEX CONCURRENTLY by_email;',
      transaction: 'none',
    },
  ],
  check: (context) => {
    const told = new Set<TableIndex['object']['identity']>();
    return indexesAdded(context).flatMap((added) => {
      const { index, all, place } = added;
      const other = all.find((each) => isServedBy(added, each));
      const needless = all.find(
        (each) =>
          each.object.type === 'index' &&
          context.before?.byIdentity(each.object.identity) !== undefined &&
          serves(index, each),
      );
      const [shorter, longer] = other !== undefined ? [index, other] : [needless, index];
      // Several new ones may make the same one needless.
      if (shorter === undefined || told.has(shorter.object.identity)) return [];
      told.add(shorter.object.identity);
      const isNew = shorter === index;
      return [
        {
          ...placed(place),
          object: index.object.container,
          title: isNew
            ? `Index ${shorter.object.local} does nothing that ${longer.object.local} does not`
            : `With ${longer.object.local} the index ${shorter.object.local} is needless`,
          message: `${longer.object.local} of ${index.object.container} begins with the same columns and serves the same queries, and every write maintains both. ${isNew ? 'Leave the new one out.' : 'Drop the old one with DROP INDEX CONCURRENTLY when the new one is there, unless it is kept for its size.'}`,
          evidence: null,
          fix: null,
        },
      ];
    });
  },
};

/** Of two new ones that are the same the later one is to be left out. */
function isServedBy({ index, all }: AddedIndex, other: TableIndex): boolean {
  if (!serves(other, index)) return false;
  return !(serves(index, other) && all.indexOf(other) > all.indexOf(index) && isFresh(other));
}

const isFresh = ({ object }: TableIndex): boolean => object.type === 'index';

/** Can `longer` do all that `shorter` does? */
function serves(longer: TableIndex, shorter: TableIndex): boolean {
  if (longer === shorter || longer.object.identity === shorter.object.identity) return false;
  if (!longer.valid || !shorter.valid || longer.method !== 'btree' || shorter.method !== 'btree')
    return false;
  if (longer.predicate !== shorter.predicate) return false;
  // A unique index is there for its promise; a longer one promises less.
  if (shorter.unique && !(longer.unique && longer.keys.length === shorter.keys.length)) return false;
  // The index that REPLICA IDENTITY or CLUSTER goes by has a job of its own.
  if (shorter.object.facts.replicaIdentity === true || shorter.object.facts.clustered === true) return false;
  const begins = shorter.keys.every((key, at) => longer.keys[at] === key);
  const has = [...longer.columns, ...longer.including];
  return begins && shorter.including.every((column) => has.includes(column));
}
