import type { Node } from '@pgsql/types';
import { completed } from '../statements.ts';
import { advice, convention } from './convention.ts';

export const missingIfExists = convention({
  name: 'missing-if-exists',
  summary: 'A statement that commits by itself cannot be run a second time.',
  why: 'When a file without a transaction fails half-way, what came before is there already. The second attempt then stops at its first statement. Inside a transaction there is no half-way, and nothing is reported.',
  instead:
    '`IF NOT EXISTS` and `IF EXISTS`. Not so for CREATE INDEX CONCURRENTLY: a failed one leaves an invalid index behind that IF NOT EXISTS would pass over; drop it first.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtable.html'],
  peers: [
    'squawk prefer-robust-stmts',
    'pgfence prefer-robust',
    'migrationpilot MP023',
    'pgsafe require-if-exists',
    'pgrubic GN007',
  ],
  bad: [
    {
      title: 'CREATE TABLE',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      transaction: 'none',
    },
    {
      title: 'ADD COLUMN',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'SELECT 1;\nALTER TABLE users ADD COLUMN age bigint;',
      transaction: 'none',
      line: 2,
    },
  ],
  good: [
    {
      title: 'In a transaction',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);\nSELECT 1;',
    },
    {
      title: 'IF NOT EXISTS, IF EXISTS',
      base: '',
      migration: 'CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);\nDROP VIEW IF EXISTS members;',
      transaction: 'none',
    },
  ],
  check: (context) =>
    [...completed(context)].flatMap((place) => {
      const { statement } = place;
      const word = missing(statement.node);
      if (word === null || statement.inTransaction) return [];
      return [
        advice(
          place,
          null,
          `The statement fails when it is run a second time: no ${word}`,
          `It commits by itself; when a later one fails, the file cannot be run again. Write ${word}.`,
        ),
      ];
    }),
});

/** The words that would make the statement repeatable. */
function missing(node: Node | null): 'IF NOT EXISTS' | 'IF EXISTS' | null {
  if (node === null) return null;
  if ('CreateStmt' in node) return node.CreateStmt.if_not_exists === true ? null : 'IF NOT EXISTS';
  if ('CreateSeqStmt' in node) return node.CreateSeqStmt.if_not_exists === true ? null : 'IF NOT EXISTS';
  if ('CreateSchemaStmt' in node)
    return node.CreateSchemaStmt.if_not_exists === true ? null : 'IF NOT EXISTS';
  if ('CreateExtensionStmt' in node)
    return node.CreateExtensionStmt.if_not_exists === true ? null : 'IF NOT EXISTS';
  if ('IndexStmt' in node) {
    const { if_not_exists, concurrent } = node.IndexStmt;
    return if_not_exists === true || concurrent === true ? null : 'IF NOT EXISTS';
  }
  if ('DropStmt' in node) return node.DropStmt.missing_ok === true ? null : 'IF EXISTS';
  if (!('AlterTableStmt' in node)) return null;
  for (const each of node.AlterTableStmt.cmds ?? []) {
    if (!('AlterTableCmd' in each) || each.AlterTableCmd.missing_ok === true) continue;
    if (each.AlterTableCmd.subtype === 'AT_AddColumn') return 'IF NOT EXISTS';
    if (['AT_DropColumn', 'AT_DropConstraint'].includes(each.AlterTableCmd.subtype ?? '')) return 'IF EXISTS';
  }
  return null;
}
