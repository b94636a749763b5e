import { diff } from '../../src/catalog/diff.ts';
import type { Catalog, SchemaChange } from '../../src/catalog/model.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { compareHistories } from '../../src/history/compare.ts';
import { looseDeployments } from '../../src/history/deployments.ts';
import { findOddities } from '../../src/history/oddities.ts';
import { compareWithRelease } from '../../src/history/release.ts';
import { findSquash, withoutSquash } from '../../src/history/squash.ts';
import type { Finding } from '../../src/report/model.ts';
import { ruleNames } from '../../src/rules/index.ts';
import { type JudgeSettings, judgements } from '../../src/rules/judge.ts';
import type { NotJudged } from '../../src/rules/not-judged.ts';
import type { LockTimeoutSetting, RuleContext, RuleExample } from '../../src/rules/rule.ts';
import {
  applyMigrations,
  openSession,
  resolveRelation,
  type Session,
  traceMigrations,
} from '../../src/run/index.ts';
import { tryRerun } from '../../src/run/rerun.ts';
import { tryReversal } from '../../src/run/reversal.ts';
import { copyDatabase } from '../../src/shadow/copy.ts';
import { allowComments } from '../../src/sql/allow.ts';
import { parseFile } from '../../src/sql/parse.ts';
import { toolNamed } from '../../src/tools/index.ts';
import { plain } from '../../src/tools/plain.ts';
import type { History, Migration, MigrationTool } from '../../src/tools/tool.ts';
import { migrationOf, noBookkeeping } from '../run/migrations.ts';
import type { SharedShadow, TestDatabase } from '../shadow/with-shadow.ts';
import { inDirectory, treeOf } from '../tools/memory-tree.ts';

export interface ExampleRun {
  readonly findings: readonly Finding[];
  readonly notJudged: readonly NotJudged[];
  readonly context: RuleContext;
}

export type Settings = Partial<Omit<JudgeSettings, 'allows'>> & {
  readonly tool?: MigrationTool;
  readonly lockTimeout?: LockTimeoutSetting;
};

/** Runs an example on the server as the gate would run it, and judges it. */
export async function runExample(
  shared: SharedShadow,
  major: number,
  example: RuleExample,
  settings: Settings = {},
): Promise<ExampleRun> {
  if (typeof example.base === 'string' && typeof example.migration === 'string') {
    const transaction = example.transaction ?? 'single';
    const migration = migrationOf(example.migration, { transaction, ...downOf(example) });
    return runMigrations(shared, major, example.base, [migration], settings, example.setup, {
      down: example.down !== undefined,
      rerun: example.rerun === true,
    });
  }
  const tool = settings.tool ?? toolNamed(example.tool ?? 'plain');
  return runFiles(
    shared,
    major,
    filesOf(example.base),
    filesOf(example.migration),
    { ...settings, tool },
    example.released,
    example.declared,
    example.around,
    example.models,
  );
}

/** The upgrade path alone: base's SQL, then these migrations. */
export async function runMigrations(
  shared: SharedShadow,
  major: number,
  base: string,
  migrations: readonly Migration[],
  settings: Settings = {},
  setup?: string,
  request: { readonly down: boolean; readonly rerun: boolean } = { down: false, rerun: false },
): Promise<ExampleRun> {
  const database = await emptyDatabase(shared, 'upgrade');
  if (setup !== undefined) await setUp(database, setup);
  const tool = { ...(settings.tool ?? plain), bookkeeping: noBookkeeping };
  {
    await using session = await openSession(database.connection);
    await must(session, base);
  }
  if (request.down || request.rerun) await leave(database);
  const copied = { ...database, copy: () => copyDatabase(database), [Symbol.asyncDispose]: database.close };
  const reversal = request.down ? await tryReversal(copied, tool, migrations) : null;
  const rerun = request.rerun ? await tryRerun(copied, tool, migrations) : null;
  return await judged(database, major, migrations, settings, {
    baseMigrations: [base],
    reversal,
    rerun,
  });
}

/** A down runs as its migration does and stands in a file beside it. */
function downOf({ down, transaction = 'single' }: RuleExample): Pick<Migration, 'down'> {
  if (down === undefined) return {};
  return { down: down === null ? null : { file: 'migrations/down.sql', sql: down, transaction } };
}

async function runFiles(
  shared: SharedShadow,
  major: number,
  baseFiles: Readonly<Record<string, string>>,
  headFiles: Readonly<Record<string, string>>,
  settings: Settings,
  released?: Readonly<Record<string, string>>,
  declared?: string,
  around: Readonly<Record<string, string>> = {},
  models?: RuleExample['models'],
): Promise<ExampleRun> {
  const tool = settings.tool ?? plain;
  const directory = 'migrations';
  const onBase = await tool.history(treeOf(inDirectory(directory, baseFiles)), directory);
  const head = await tool.history(treeOf(inDirectory(directory, headFiles)), directory);
  const both = { tool, base: onBase, branch: head, head, mergeBase: null };
  const {
    comparison: whole,
    freed,
    base,
  } = released === undefined
    ? { comparison: compareHistories(both), freed: [], base: onBase }
    : compareWithRelease(both, await tool.history(treeOf(inDirectory(directory, released)), directory));
  const squash = findSquash(whole, base, head);
  const comparison = squash === null ? whole : withoutSquash(whole, squash);
  const database = await emptyDatabase(shared, 'upgrade');
  const fresh = await emptyDatabase(shared, 'fresh');
  await using session = await openSession(database.connection);
  const failure = await applyMigrations(session, noBookkeeping, base.migrations);
  if (failure !== null) throw new Error(failure.error.message);
  await using freshSession = await openSession(fresh.connection);
  const freshFailure = await applyMigrations(freshSession, noBookkeeping, head.migrations);
  const freshCatalog = freshFailure === null ? await catalogOf(fresh) : null;
  return await judged(database, major, comparison.pending, settings, {
    historyChanges: comparison.changes,
    freed: { ref: 'v1', changes: freed },
    models:
      models === undefined
        ? null
        : { asked: 'check', makes: 'make', needsDatabase: false, base: 'asked', ...models },
    looseDeployments: await looseDeployments(treeOf({}), treeOf(around)),
    declaredCatalog: declared === undefined ? null : await declaredIn(shared, declared),
    squash: squash === null ? null : { ...squash, accepted: false, compared: true },
    oddities: findOddities(base, head).fresh,
    freshFailure,
    freshCatalog,
    edited: comparison.edited,
    baseMigrations: base.migrations.map(({ sql }) => sql),
    baseHistory: onBase,
  });
}

async function judged(
  database: TestDatabase,
  postgresMajor: number,
  migrations: readonly Migration[],
  settings: Settings,
  history: {
    historyChanges?: RuleContext['historyChanges'];
    freed?: NonNullable<RuleContext['freed']>;
    declaredCatalog?: Catalog | null;
    models?: RuleContext['models'];
    looseDeployments?: NonNullable<RuleContext['looseDeployments']>;
    squash?: RuleContext['squash'];
    oddities?: RuleContext['oddities'];
    freshFailure?: RuleContext['freshFailure'];
    freshCatalog?: Catalog | null;
    edited?: readonly Migration[];
    baseMigrations?: readonly string[];
    baseHistory?: History;
    reversal?: RuleContext['reversal'];
    rerun?: RuleContext['rerun'];
  },
): Promise<ExampleRun> {
  const before = await catalogOf(database);
  const traced = await traceMigrations({
    connection: database.connection,
    bookkeeping: noBookkeeping,
    migrations,
  });
  const after = await catalogOf(database);
  const context: RuleContext = {
    database: 'app',
    tool: settings.tool ?? plain,
    baseRef: 'main',
    // Nearly every example would have that one notice too.
    lockTimeout: settings.lockTimeout ?? 'set-by-role',
    baseMigrations: history.baseMigrations ?? [],
    ...(history.baseHistory === undefined ? {} : { baseHistory: history.baseHistory }),
    postgresMajor,
    historyChanges: history.historyChanges ?? [],
    squash: history.squash ?? null,
    looseDeployments: history.looseDeployments ?? [],
    models: history.models ?? null,
    declared:
      history.declaredCatalog == null
        ? null
        : {
            file: 'schema.sql',
            differences: diff(after, history.declaredCatalog, 'name'),
            diff: '',
            failure: null,
          },
    ...(history.freed === undefined ? {} : { freed: history.freed }),
    oddities: history.oddities ?? [],
    migrations: traced.migrations,
    before,
    after,
    schemaChanges: diff(before, after, 'identity'),
    divergence: history.freshCatalog == null ? [] : diff(after, history.freshCatalog, 'name'),
    sources: new Map(migrations.map(({ file, sql }) => [file, sql])),
    freshFailure: history.freshFailure ?? null,
    reversal: history.reversal ?? null,
    rerun: history.rerun ?? null,
    resolve: (schemaname, relname, statement) =>
      resolveRelation(traced.baseRelations, schemaname, relname, statement),
  };
  const { judgements: judged, notJudged } = judgements(context, {
    rules: settings.rules ?? {},
    ignoreMigrationsBefore: settings.ignoreMigrationsBefore ?? null,
    tableStats: settings.tableStats ?? null,
    allows: new Map(
      [...migrations, ...(history.edited ?? [])].map(({ file, sql }) => [
        file,
        allowComments(sql, ruleNames),
      ]),
    ),
  });
  return { findings: judged.map(({ finding }) => finding), notJudged, context };
}

/** Runs a fix in place of the statement, each of its statements as a migration of its own. */
export async function runFix(
  shared: SharedShadow,
  major: number,
  example: { readonly base: string; readonly migration: string; readonly setup?: string | undefined },
  finding: Finding,
): Promise<ExampleRun & { readonly differences: readonly SchemaChange[] }> {
  const statements = parseFile(example.migration).statements;
  const parts = statements.flatMap((statement) =>
    statement.line === finding.line
      ? parseFile(finding.fix?.sql ?? '').statements.map(({ sql }) => `${sql};`)
      : [`${statement.sql};`],
  );
  const migrations = parts.map((sql) => migrationOf(sql, { transaction: 'none' }));
  const fixed = await runMigrations(shared, major, example.base, migrations, {}, example.setup);
  const whole = await runMigrations(
    shared,
    major,
    example.base,
    statements.map(({ sql }) => migrationOf(`${sql};`, { transaction: 'none' })),
    {},
    example.setup,
  );
  if (whole.context.after === null || fixed.context.after === null) throw new Error('both have a catalog');
  return { ...fixed, differences: diff(whole.context.after, fixed.context.after, 'name') };
}

export const filesOf = (sql: RuleExample['base']): Readonly<Record<string, string>> =>
  typeof sql === 'string' ? { '1_example.sql': sql } : sql;

/** A session that stays: what a new one has to read before its first picture takes longer than an example. */
const pictures = new WeakMap<TestDatabase, Session>();

async function catalogOf(database: TestDatabase): Promise<Catalog> {
  let session = pictures.get(database);
  if (session === undefined || session.lost) {
    session = await openSession(database.connection);
    pictures.set(database, session);
  }
  return snapshot(session.client, { ignore: [] });
}

/** A database can only be copied while nobody is connected to it. */
async function leave(database: TestDatabase): Promise<void> {
  await pictures.get(database)?.[Symbol.asyncDispose]();
  pictures.delete(database);
}

async function declaredIn(shared: SharedShadow, sql: string): Promise<Catalog> {
  const database = await emptyDatabase(shared, 'declared');
  await using session = await openSession(database.connection);
  await must(session, sql);
  return await catalogOf(database);
}

/** Databases of a server that examples use one after the other: making one anew takes longer than an example. */
const databases = new WeakMap<SharedShadow, Map<string, Promise<TestDatabase>>>();

async function emptyDatabase(
  shared: SharedShadow,
  use: 'upgrade' | 'fresh' | 'declared',
): Promise<TestDatabase> {
  const known = databases.get(shared) ?? new Map<string, Promise<TestDatabase>>();
  databases.set(shared, known);
  const made = known.get(use) ?? shared.database();
  known.set(use, made);
  const database = await made;
  await using session = await openSession(database.connection);
  // All that examples make belongs to the migration role; the schema public does not.
  await must(session, 'DROP OWNED BY CURRENT_USER CASCADE');
  return database;
}

/** As a superuser. What belongs to the server (a tablespace) is there already from the example before. */
async function setUp({ admin }: TestDatabase, sql: string): Promise<void> {
  await using session = await openSession(admin);
  for (const statement of parseFile(sql).statements) {
    const { error } = await session.send(statement.sql);
    if (error !== null && error.code !== '42710') throw error;
  }
}

async function must(session: Session, sql: string): Promise<void> {
  const { error } = await session.send(sql);
  if (error !== null) throw error;
}
