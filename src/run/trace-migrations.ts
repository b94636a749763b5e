import type { Connection } from '../shadow/shadow.ts';
import type { Bookkeeping, Hook, Migration } from '../tools/tool.ts';
import { DeploySession } from './deploy-session.ts';
import { runBeforeAll, runHooks } from './hooks.ts';
import { head, MigrationRun } from './migration-run.ts';
import { follow } from './observe.ts';
import { majorOf, settledRelations } from './probe.ts';
import { sentPieces } from './sent.ts';
import { openSession } from './session.ts';
import type { BaseRelation, MigrationTrace } from './trace.ts';

export interface TraceInput {
  /** The migration role's connection to a database that holds base. */
  readonly connection: Connection;
  readonly bookkeeping: Bookkeeping;
  /** In the order in which the tool runs them. */
  readonly migrations: readonly Migration[];
  /** Run around them, not recorded. */
  readonly hooks?: readonly Hook[];
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
  const deploy = new DeploySession(session, follow(base, await majorOf(session.client)));
  const migrations = await deployAll(deploy, input);
  return {
    migrations: migrations.map((trace, index) =>
      trace.error === null && deploy.rolledBack.has(index) ? { ...trace, rolledBack: true } : trace,
    ),
    baseRelations: [...base.values()].map(({ oid, schema, relation, kind, tableOid }) => ({
      oid,
      schema,
      relation,
      kind,
      tableOid,
    })),
  };
}

async function deployAll(deploy: DeploySession, input: TraceInput): Promise<MigrationTrace[]> {
  const { migrations, bookkeeping, hooks = [], sessions, mayFail, onMigration } = input;
  const { session } = deploy;
  const aside = (sql: string) => deploy.sendAside(sql);
  const traces: MigrationTrace[] = [];
  if (migrations.length === 0) return traces;
  const { error: atStart, renew } = await runBeforeAll(session, hooks, aside);
  let stopped = atStart !== null;
  for (const [index, migration] of migrations.entries()) {
    if (stopped) {
      traces.push({ ...notRun(migration), error: index === 0 ? atStart : null });
      continue;
    }
    if (migration.refused !== undefined) {
      await deploy.rollback();
      traces.push({ ...notRun(migration), refused: migration.refused });
      stopped = true;
      continue;
    }
    onMigration?.(migration);
    if (sessions === 'each' && index > 0 && deploy.status === 'I') {
      await renew();
      deploy.forgetSettings();
    }
    const run = new MigrationRun({
      deploy,
      bookkeeping,
      hooks,
      migration,
      opens: migrations[index - 1]?.transaction !== 'shared',
      closes: migrations[index + 1]?.transaction !== 'shared',
    });
    const trace = await run.trace();
    traces.push(trace);
    if (deploy.status !== 'I') deploy.leaveOpen(index, run.length);
    // What shares the failed one's transaction is gone with it: the next one would not find what it builds on.
    const goesOn = mayFail?.(migration) === true && migration.transaction !== 'shared';
    stopped = session.lost || (trace.error !== null && !goesOn);
  }
  const last = traces.at(-1);
  if (!stopped && last !== undefined) {
    const error = await runHooks(hooks, 'after-all', aside);
    if (error !== null) traces[traces.length - 1] = { ...last, error: last.error ?? error };
  }
  return traces;
}

function notRun(migration: Migration): MigrationTrace {
  return {
    ...head(migration, sentPieces(migration)),
    durationMs: null,
    error: null,
    ran: false,
    refused: null,
    rolledBack: false,
    leftOpen: false,
    settingsLeft: [],
    statements: [],
    alike: [],
  };
}
