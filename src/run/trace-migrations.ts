import type { Connection } from '../shadow/shadow.ts';
import type { Bookkeeping, Migration } from '../tools/tool.ts';
import { head, MigrationRun } from './migration-run.ts';
import { follow } from './observe.ts';
import { piecesOf } from './pieces.ts';
import { settledRelations } from './probe.ts';
import { openSession } from './session.ts';
import type { BaseRelation, MigrationTrace } from './trace.ts';

export interface TraceInput {
  /** The migration role's connection to a database that holds base. */
  readonly connection: Connection;
  readonly bookkeeping: Bookkeeping;
  /** In the order in which the tool runs them. */
  readonly migrations: readonly Migration[];
  /** True for a migration whose failure must not hide what the next ones do. */
  readonly mayFail?: (migration: Migration) => boolean;
  readonly onMigration?: (migration: Migration) => void;
  /** Whether settings and temporary tables of one migration reach the next; default `one` session for all. */
  readonly sessions?: 'one' | 'each';
}

export interface Traced {
  readonly migrations: readonly MigrationTrace[];
  /** Relations that were there before the first of them. */
  readonly baseRelations: readonly BaseRelation[];
}

/**
 * Runs new migrations statement by statement, as their tool would send them, and observes each one. The
 * first failure ends the run, as it ends the tool's.
 */
export async function traceMigrations(input: TraceInput): Promise<Traced> {
  await using session = await openSession(input.connection);
  const base = await settledRelations(session.client);
  const shared = { session, following: follow(base), messages: { current: 'notice' } };
  const migrations: MigrationTrace[] = [];
  let stopped = false;
  for (const migration of input.migrations) {
    if (stopped) {
      migrations.push(notRun(migration));
      continue;
    }
    input.onMigration?.(migration);
    if (input.sessions === 'each' && migrations.length > 0) {
      await session.send('DISCARD ALL');
      shared.messages.current = 'notice';
    }
    const traced = await new MigrationRun(shared, input.bookkeeping, migration).trace();
    migrations.push(traced);
    stopped = session.lost || (traced.error !== null && input.mayFail?.(migration) !== true);
  }
  return {
    migrations,
    baseRelations: [...base.values()].map(({ oid, schema, relation, kind, tableOid }) => ({
      oid,
      schema,
      relation,
      kind,
      tableOid,
    })),
  };
}

function notRun(migration: Migration): MigrationTrace {
  return {
    ...head(migration, piecesOf(migration.sql)),
    durationMs: null,
    error: null,
    ran: false,
    leftOpen: false,
    settingsLeft: [],
    statements: [],
    alike: [],
  };
}
