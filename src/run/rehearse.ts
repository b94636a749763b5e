import pg from 'pg';
import { diff } from '../catalog/diff.ts';
import type { Catalog, SchemaChange } from '../catalog/model.ts';
import { snapshot } from '../catalog/snapshot.ts';
import { schemaDiff } from '../catalog/text.ts';
import { Undecided } from '../errors.ts';
import { startShadow } from '../shadow/index.ts';
import type { Connection, Shadow, ShadowDatabase } from '../shadow/shadow.ts';
import type { Migration, MigrationTool } from '../tools/tool.ts';
import { type ApplyFailure, applyMigrations, prepareBookkeeping } from './apply.ts';
import { openSession } from './session.ts';
import { type Traced, traceMigrations } from './trace-migrations.ts';

export interface RehearsalInput {
  readonly tool: MigrationTool;
  /** `auto`, a provider's name or a URL. */
  readonly shadow: string;
  readonly cache: boolean;
  readonly postgresMajor: number;
  readonly extensions: readonly string[];
  /** Prepared SQL that runs before the history, in order. */
  readonly setup: readonly SetupFile[];
  readonly baseName: string;
  readonly base: readonly Migration[];
  readonly pending: readonly Migration[];
  /** Head's whole history where it may end elsewhere than base and the pending ones do; else null. */
  readonly fresh: readonly Migration[] | null;
  /** True for a migration whose failure must not hide what the next ones do. */
  readonly mayFail: (migration: Migration) => boolean;
  readonly onProgress: (message: string) => void;
}

export interface SetupFile {
  readonly file: string;
  readonly sql: string;
  /** Run by the superuser: only for files that base has as they are. */
  readonly trusted: boolean;
}

/** What happened on the shadow. The server of the upgrade path runs until this is closed. */
export interface Rehearsal extends AsyncDisposable {
  readonly shadow: {
    readonly provider: string;
    readonly postgresVersion: string;
    readonly baseFromCache: boolean;
  };
  readonly timings: {
    readonly bootMs: number;
    readonly baseMs: number;
    readonly headMs: number;
    readonly freshMs: number;
    readonly snapshotMs: number;
    readonly totalMs: number;
  };
  readonly traced: Traced;
  readonly before: Catalog;
  readonly after: Catalog;
  readonly schemaChanges: readonly SchemaChange[];
  readonly schemaDiff: readonly { readonly object: string; readonly diff: string }[];
  readonly divergence: readonly SchemaChange[];
  /** Head's history cannot build an empty database. */
  readonly freshFailure: ApplyFailure | null;
  readonly notChecked: readonly string[];
  /** Runs other migrations on a copy of base, observed like the pending ones, without a tool's bookkeeping. */
  tryInstead(migrations: readonly Migration[]): Promise<Trial>;
}

export interface Trial {
  readonly traced: Traced;
  readonly after: Catalog;
}

/**
 * The upgrade path (base, then the pending migrations, observed) and, where history changed, the fresh path
 * (head from empty), each on a server of its own because roles belong to the server.
 *
 * @throws Undecided when base itself does not apply, or no server is to be had
 */
export async function rehearse(input: RehearsalInput): Promise<Rehearsal> {
  const start = performance.now();
  const [upgrade, fresh] = await bothOrNeither(upgradePath(input), freshPath(input), (path) => path.close());
  const failed = upgrade.traced.migrations.some(({ error }) => error !== null);
  const comparable = fresh?.catalog != null && !failed;
  return {
    shadow: upgrade.shadow,
    timings: { ...upgrade.timings, freshMs: fresh?.ms ?? 0, totalMs: performance.now() - start },
    traced: upgrade.traced,
    before: upgrade.before,
    after: upgrade.after,
    schemaChanges: diff(upgrade.before, upgrade.after, 'identity'),
    schemaDiff: schemaDiff(upgrade.before, upgrade.after, 'identity'),
    divergence: comparable && fresh?.catalog ? diff(upgrade.after, fresh.catalog, 'name') : [],
    freshFailure: fresh?.failure ?? null,
    notChecked: [
      ...upgrade.after.notModelled.map((kind) => `The schema diff does not cover ${kind}.`),
      ...(fresh !== null && failed
        ? ['Whether a new database would end in the same schema: a migration fails on the way there.']
        : []),
    ],
    tryInstead: upgrade.tryInstead,
    [Symbol.asyncDispose]: upgrade.close,
  };
}

async function upgradePath(input: RehearsalInput) {
  const shadow = await start(input);
  try {
    return await upgradeOn(shadow, input);
  } catch (error) {
    await shadow[Symbol.asyncDispose]();
    throw error;
  }
}

async function upgradeOn(shadow: Shadow, input: RehearsalInput) {
  const { tool, onProgress } = input;
  await prepare(shadow, input);

  onProgress(`applying ${input.base.length} migrations of ${input.baseName}`);
  const baseStart = performance.now();
  {
    await using session = await openSession(shadow.connection);
    await prepareBookkeeping(session, tool.bookkeeping);
    const failure = await applyMigrations(session, tool.bookkeeping, input.base);
    if (failure !== null) throw baseDoesNotApply(failure, input);
  }
  const baseMs = performance.now() - baseStart;
  const untouched = input.pending.length === 0 ? null : await shadow.copy();

  const first = await timed(() => snapshotOf(shadow.admin, tool));
  const headStart = performance.now();
  const traced = await traceMigrations({
    connection: shadow.connection,
    bookkeeping: tool.bookkeeping,
    sessions: tool.sessions,
    migrations: input.pending,
    mayFail: input.mayFail,
    onMigration: ({ file }) => onProgress(`running ${file}`),
  });
  const headMs = performance.now() - headStart;
  const second = await timed(() => snapshotOf(shadow.admin, tool));
  return {
    shadow: { provider: shadow.provider, postgresVersion: shadow.postgresVersion, baseFromCache: false },
    timings: { bootMs: shadow.bootMs, baseMs, headMs, snapshotMs: first.ms + second.ms },
    traced,
    before: first.value,
    after: second.value,
    tryInstead: (migrations: readonly Migration[]) => trial(untouched ?? shadow, tool, migrations),
    close: () => shadow[Symbol.asyncDispose](),
  };
}

async function trial(
  base: ShadowDatabase,
  tool: MigrationTool,
  migrations: readonly Migration[],
): Promise<Trial> {
  await using copy = await base.copy();
  // The parts of a split migration would be recorded twice under one version.
  const bookkeeping = { ...tool.bookkeeping, before: () => '', after: () => '' };
  const traced = await traceMigrations({ connection: copy.connection, bookkeeping, migrations });
  return { traced, after: await snapshotOf(copy.admin, tool) };
}

async function freshPath(input: RehearsalInput) {
  const { tool, fresh } = input;
  if (fresh === null) return null;
  await using shadow = await start(input);
  const began = performance.now();
  await prepare(shadow, input);
  await using session = await openSession(shadow.connection);
  await prepareBookkeeping(session, tool.bookkeeping);
  const failure = await applyMigrations(session, tool.bookkeeping, fresh);
  const catalog = failure === null ? await snapshotOf(shadow.admin, tool) : null;
  return { failure, catalog, ms: performance.now() - began };
}

function start(input: RehearsalInput): Promise<Shadow> {
  return startShadow({
    shadow: input.shadow,
    major: input.postgresMajor,
    extensions: input.extensions,
    cache: input.cache,
    onProgress: input.onProgress,
  });
}

/** What the config asks to be there before the history: roles, schemas, a platform's own objects. */
async function prepare(shadow: Shadow, { setup }: RehearsalInput): Promise<void> {
  for (const { file, sql, trusted } of setup) {
    await using session = await openSession(trusted ? shadow.admin : shadow.connection);
    const { error } = await session.send(sql);
    if (error === null) continue;
    throw new Undecided('base-does-not-apply', `The setup file ${file} does not run: ${error.message}`, {
      place: { file },
      cause: error,
    });
  }
}

async function snapshotOf(admin: Connection, tool: MigrationTool): Promise<Catalog> {
  // A history may set timeouts for the whole database; what is said at the start of a session wins.
  const options = '-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0';
  const client = new pg.Client({ ...admin, options, application_name: 'migration-gate snapshot' });
  client.on('error', () => {});
  await client.connect();
  try {
    return await snapshot(client, { ignore: tool.bookkeeping.relations });
  } finally {
    await client.end();
  }
}

function baseDoesNotApply({ migration, error }: ApplyFailure, { baseName, tool }: RehearsalInput): Undecided {
  const hint = baseHint(error.sqlstate, error.message);
  return new Undecided(
    'base-does-not-apply',
    `${migration.file} of ${baseName} does not apply to an empty database, so there is nothing to try the new ` +
      `migrations on. This is not the fault of the pull request. Line ${error.line}: ${error.message} ` +
      `(SQLSTATE ${error.sqlstate}).${error.hint === null ? '' : ` ${error.hint}.`}${hint} ` +
      `The history is applied as ${tool.title} would.`,
    { place: { file: migration.file, line: error.line } },
  );
}

/** Causes that a line of configuration cures. */
function baseHint(sqlstate: string, message: string): string {
  if (sqlstate === '0A000' && message.includes('extension')) {
    return ' The shadow has no such extension.';
  }
  if (sqlstate === '42501') {
    return ' The history is run by the owner of the database, who is no superuser: create extensions with `extensions:` and roles with `setup:` in .github/migration-gate.yml.';
  }
  if (sqlstate === '42704' && message.startsWith('role ')) {
    return ' Create the role in a SQL file that `setup:` in .github/migration-gate.yml names.';
  }
  return '';
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

/** Like Promise.all, but waits for both to have ended, and closes the first when the second fails. */
async function bothOrNeither<A, B>(
  a: Promise<A>,
  b: Promise<B>,
  close: (first: A) => PromiseLike<void>,
): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([a, b]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'fulfilled') return [first.value, second.value];
  await close(first.value);
  throw second.reason;
}
