import type { Node } from '@pgsql/types';
import { type ParsedStatement, parseFile } from '../../sql/parse.ts';

/** A word of each of the statements below, which are keywords: nothing else can stand for them. */
const words = /concurrently|vacuum|cluster|reindex|database|tablespace|system|discard|subscription/i;

/**
 * Does a text hold a statement that PostgreSQL refuses inside a transaction block? Of a long history the grammar reads
 * only the few files that may.
 */
export const hasStatementOutsideTransaction = (sql: string): boolean =>
  words.test(sql) && parseFile(sql).statements.some((statement) => outsideTransaction(statement) !== null);

/**
 * Statements that PostgreSQL refuses inside a transaction block (25001): those that call
 * `PreventInTransactionBlock` in the server's source. `null` for all others.
 */
export function outsideTransaction(statement: Pick<ParsedStatement, 'node'>): string | null {
  const node = statement.node as Record<string, Record<string, unknown> | undefined> & Node;
  const [kind] = Object.keys(node);
  const body = (kind === undefined ? undefined : (node as never)[kind]) as
    | Record<string, unknown>
    | undefined;
  if (kind === undefined || body === undefined) return null;
  return refusals[kind]?.(body) ?? null;
}

type Body = Record<string, unknown>;

const always = (name: string) => () => name;

const refusals: Record<string, (body: Body) => string | null> = {
  IndexStmt: (body) => (body.concurrent === true ? 'CREATE INDEX CONCURRENTLY' : null),
  DropStmt: (body) => (body.concurrent === true ? 'DROP INDEX CONCURRENTLY' : null),
  ReindexStmt: (body) => {
    if (option(body.params, 'concurrently')) return 'REINDEX CONCURRENTLY';
    const kind = String(body.kind).replace('REINDEX_OBJECT_', '');
    return ['SCHEMA', 'SYSTEM', 'DATABASE'].includes(kind) ? `REINDEX ${kind}` : null;
  },
  // ANALYZE is the same node and is allowed.
  VacuumStmt: (body) => (body.is_vacuumcmd === true ? 'VACUUM' : null),
  // Without a table it goes over the whole database in transactions of its own.
  ClusterStmt: (body) => (body.relation === undefined ? 'CLUSTER' : null),
  CreatedbStmt: always('CREATE DATABASE'),
  DropdbStmt: always('DROP DATABASE'),
  AlterDatabaseStmt: (body) => (option(body.options, 'tablespace') ? 'ALTER DATABASE SET TABLESPACE' : null),
  CreateTableSpaceStmt: always('CREATE TABLESPACE'),
  DropTableSpaceStmt: always('DROP TABLESPACE'),
  AlterSystemStmt: always('ALTER SYSTEM'),
  DiscardStmt: (body) => (body.target === 'DISCARD_ALL' ? 'DISCARD ALL' : null),
  // Both talk to the publisher to make or drop a replication slot, which cannot be rolled back.
  CreateSubscriptionStmt: (body) =>
    disabled(body.options, 'create_slot') || disabled(body.options, 'connect') ? null : 'CREATE SUBSCRIPTION',
  DropSubscriptionStmt: always('DROP SUBSCRIPTION'),
  AlterTableStmt: (body) =>
    list(body.cmds).some((cmd) => {
      const command = cmd.AlterTableCmd as Body | undefined;
      const partition = (command?.def as Body | undefined)?.PartitionCmd as Body | undefined;
      return command?.subtype === 'AT_DetachPartition' && partition?.concurrent === true;
    })
      ? 'DETACH PARTITION CONCURRENTLY'
      : null,
};

const list = (value: unknown): Body[] => (Array.isArray(value) ? (value as Body[]) : []);

function option(options: unknown, name: string): Body | undefined {
  return list(options)
    .map((entry) => entry.DefElem as Body | undefined)
    .find((element) => element?.defname === name && !isFalse(element));
}

const disabled = (options: unknown, name: string): boolean =>
  list(options).some((entry) => {
    const element = entry.DefElem as Body | undefined;
    return element?.defname === name && isFalse(element);
  });

function isFalse(element: Body): boolean {
  const arg = element.arg as Record<string, Body> | undefined;
  if (arg === undefined) return false;
  const value = arg.String?.sval ?? arg.Boolean?.boolval ?? arg.Integer?.ival ?? true;
  // protobuf's JSON leaves out false and 0: an empty node is one of them.
  if (arg.Boolean !== undefined && arg.Boolean.boolval === undefined) return true;
  if (arg.Integer !== undefined && arg.Integer.ival === undefined) return true;
  return value === false || value === 0 || ['false', 'off', '0', 'no'].includes(String(value).toLowerCase());
}
