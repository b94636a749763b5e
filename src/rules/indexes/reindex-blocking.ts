import type { ReindexStmt } from '@pgsql/types';
import { blocks } from '../../run/locks.ts';
import { copy, write } from '../../sql/write.ts';
import { at, everythingOf, evidenceOn, nameOf, places } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { blocksWhom, whoWaits } from '../wording.ts';

export const reindexBlocking: Rule = {
  name: 'reindex-blocking',
  about: 'statement',
  severity: 'error',
  summary: 'An existing index is rebuilt while writes wait.',
  why: '`REINDEX` takes SHARE on the table and ACCESS EXCLUSIVE on the index until it is rebuilt: writes wait, and so does every read that would use the index.',
  instead: '`REINDEX … CONCURRENTLY`, outside a transaction.',
  sources: ['https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY'],
  peers: [
    'squawk require-concurrent-reindex',
    'pgfence reindex-non-concurrent',
    'migrationpilot MP021',
    'pgsafe reindex-concurrently',
  ],
  bad: [
    {
      title: 'One index',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);',
      migration: 'REINDEX INDEX users_email_idx;',
    },
    {
      title: 'All indexes of a table',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);',
      migration: 'REINDEX (VERBOSE) TABLE users;',
    },
  ],
  good: [
    {
      title: 'Concurrently',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);',
      migration: 'REINDEX INDEX CONCURRENTLY users_email_idx;',
      transaction: 'none',
    },
    {
      title: 'Of a table that the migration creates',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);\nREINDEX TABLE users;',
    },
  ],
  check: (context) =>
    [...places(context)].flatMap((place) => {
      const { statement } = place;
      if (statement.node === null || !('ReindexStmt' in statement.node)) return [];
      const reindex = statement.node.ReindexStmt;
      const lock = statement.locks.find(
        (each) => each.kind !== 'index' && each.new && blocks(each.mode).includes('writes'),
      );
      if (lock === undefined || isConcurrent(reindex)) return [];
      const table = { ...lock, tableOid: null };
      const evidence = { ...evidenceOn(statement, table), scan: true };
      return [
        {
          ...at(place),
          object: nameOf(table),
          title: `REINDEX ${blocksWhom(evidence, nameOf(table))}`,
          message: `${whoWaits(statement, table, evidence, 'it rebuilds the index')} Reads that would use the index wait as well. Use REINDEX CONCURRENTLY, outside a transaction.`,
          evidence,
          fix: recipe(
            context,
            [
              {
                title: 'rebuild while reads and writes go on',
                sql: [concurrently(reindex)],
                outsideTransaction: true,
              },
            ],
            { sameSchema: true },
          ),
          explains: everythingOf(statement),
        },
      ];
    }),
};

const isConcurrent = ({ params }: ReindexStmt): boolean =>
  (params ?? []).some((option) => 'DefElem' in option && option.DefElem.defname === 'concurrently');

function concurrently(reindex: ReindexStmt): string | null {
  const changed = copy(reindex);
  changed.params = [
    ...(changed.params ?? []),
    { DefElem: { defname: 'concurrently', defaction: 'DEFELEM_UNSPEC' } },
  ];
  const sql = write({ ReindexStmt: changed });
  // As an option, which is how the deparser has it, only 14 and later know it.
  return (
    sql?.replace(/^REINDEX \((.*?)(?:, )?CONCURRENTLY\) (\w+)/i, (_, options: string, kind: string) =>
      ['REINDEX', ...(options === '' ? [] : [`(${options})`]), kind, 'CONCURRENTLY'].join(' '),
    ) ?? null
  );
}
