import type { Connection } from '../shadow/shadow.ts';
import type { Bookkeeping, Hook, Migration } from '../tools/tool.ts';
import { DeploySession } from './deploy-session.ts';
import { follow } from './following.ts';
import { asMessage, asMigration, type RunHook, runBeforeAll, runHooks, unrecorded } from './hooks.ts';
import { head, MigrationRun } from './migration-run.ts';
import { majorOf } from './probe.ts';
import { sentPieces } from './sent.ts';
import { openSession } from './session.ts';
import { settledRelations } from './settled.ts';
import type { BaseRelation, MigrationTrace, ServerError } from './trace.ts';

export interface TraceInput {
  /** The migration role's connection to a database that holds base. */
  readonly connection: Connection;
  readonly bookkeeping: Bookkeeping;
  /** In the order in which the tool runs them. */
  readonly migrations: readonly Migration[];
  /** Run around them, not recorded. */
  readonly hooks?: readonly Hook[];
  /** Those of `hooks` that are observed like migrations, each the first time that it runs; also without a migration. */
  readonly observedHooks?: readonly Hook[];
  /** True for a migration whose failure must not hide what the next ones do. */
  readonly mayFail?: (migration: Migration) => boolean;
  readonly onMigration?: (migration: Migration) => void;
  /** Whether settings and temporary tables of one migration reach the next; default `one` session for all. */
  readonly sessions?: 'one' | 'each';
}

export interface Traced {
  /** Of the migrations, and of the observed hooks where they ran. */
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
    migrations: migrations.map(({ migration, trace }) =>
      trace.error === null && deploy.rolledBack.has(migration) ? { ...trace, rolledBack: true } : trace,
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

interface Ran {
  readonly migration: Migration;
  readonly trace: MigrationTrace;
}

async function deployAll(deploy: DeploySession, input: TraceInput): Promise<readonly Ran[]> {
  const { migrations, bookkeeping, hooks = [], sessions, mayFail, onMigration } = input;
  const { session } = deploy;
  const observed = new Set(input.observedHooks);
  const ran: Ran[] = [];
  if (migrations.length === 0 && observed.size === 0) return ran;
  let afterwards: Ran[] = [];
  // Around each migration, and there is none: by itself, to see what it will do.
  const alone = ({ when }: Hook): boolean => migrations.length === 0 && when.endsWith('-each');
  const runHook: RunHook = async (hook) => {
    // Once is enough of what runs around every migration.
    if (!observed.delete(hook)) return asMessage((sql) => deploy.sendAside(sql))(hook);
    const own = await observeHook(deploy, asMigration(hook, alone(hook) ? 'single' : 'shared'));
    (hook.when === 'after-each' ? afterwards : ran).push(own);
    return own.trace.error === null ? null : { error: own.trace.error, traced: true };
  };

  const { failure, renew } = await runBeforeAll(session, hooks, runHook);
  let stopped = failure !== null;
  let untold = failure?.traced === false ? failure.error : null;
  for (const [index, migration] of migrations.entries()) {
    if (stopped) {
      ran.push({ migration, trace: { ...notRun(migration), error: untold } });
      untold = null;
      continue;
    }
    if (migration.refused !== undefined) {
      await deploy.rollback();
      ran.push({ migration, trace: { ...notRun(migration), refused: migration.refused } });
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
      runHook,
      migration,
      opens: migrations[index - 1]?.transaction !== 'shared',
      closes: migrations[index + 1]?.transaction !== 'shared',
    });
    const trace = await run.trace();
    ran.push({ migration, trace }, ...afterwards);
    afterwards = [];
    if (deploy.status !== 'I') deploy.leaveOpen(migration, run.length);
    // What shares the failed one's transaction is gone with it: the next one would not find what it builds on.
    const bearable = mayFail?.(migration) === true && migration.transaction !== 'shared';
    stopped = !run.goesOn || (trace.error !== null && !bearable);
  }
  if (!stopped && migrations.length === 0) {
    for (const hook of [...observed].filter(alone)) await runHook(hook);
    ran.push(...afterwards);
  }
  const atEnd = stopped ? null : await runHooks(hooks, 'after-all', runHook);
  if (atEnd?.traced === false) untold = atEnd.error;
  return untold === null ? ran : withError(ran, untold, observed);
}

/** The error of a hook without a trace belongs to what ran last, or to what did not run because of it. */
function withError(ran: readonly Ran[], error: ServerError, notReached: ReadonlySet<Hook>): readonly Ran[] {
  const last = ran.at(-1);
  if (last !== undefined)
    return [...ran.slice(0, -1), { ...last, trace: { ...last.trace, error: last.trace.error ?? error } }];
  return [...notReached].slice(0, 1).map((hook) => {
    const migration = asMigration(hook, 'shared');
    return { migration, trace: { ...notRun(migration), error } };
  });
}

/** Settings that a hook leaves are what it is there for. */
async function observeHook(deploy: DeploySession, migration: Migration): Promise<Ran> {
  const run = new MigrationRun({
    deploy,
    bookkeeping: unrecorded,
    hooks: [],
    runHook: async () => null,
    migration,
    opens: false,
    closes: migration.transaction !== 'shared',
  });
  const trace = await run.trace();
  if (deploy.status !== 'I') deploy.leaveOpen(migration, run.length);
  return { migration, trace: { ...trace, settingsLeft: [] } };
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
