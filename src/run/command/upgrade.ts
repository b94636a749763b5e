import type { Catalog } from '../../catalog/model.ts';
import { Undecided } from '../../errors.ts';
import type { Shadow } from '../../shadow/shadow.ts';
import type { Migration, MigrationTool } from '../../tools/tool.ts';
import type { ApplyFailure } from '../apply.ts';
import type { Recorded } from '../proxy/record.ts';
import { openSession } from '../session.ts';
import { settledRelations } from '../settled.ts';
import { snapshotOf } from '../snapshot-of.ts';
import type { BaseRelation, MigrationTrace } from '../trace.ts';
import type { Traced } from '../trace-migrations.ts';
import { type Attributed, attribute } from './attribute.ts';
import { lastLines } from './call.ts';
import { mustHaveEnded, said } from './stopped.ts';
import { notReached, type Run, runsOf } from './traces.ts';
import { whereIn } from './where.ts';
import { type CommandRun, openWorkspace, type ProgramInput } from './workspace.ts';

/** What came of letting a tool run itself on base's database. */
export interface UpgradeRun {
  readonly before: Catalog;
  readonly after: Catalog;
  readonly traced: Traced;
  /** The pending migrations, with what was sent for each as its text. */
  readonly pending: readonly Migration[];
  /** What each statement did was seen for all of them alone. */
  readonly lumped: boolean;
  readonly notes: readonly string[];
  readonly notChecked: readonly string[];
  readonly ms: { readonly base: number; readonly head: number; readonly snapshots: number };
}

interface Context {
  readonly tool: MigrationTool;
  readonly program: ProgramInput;
  readonly baseName: string;
  readonly base: readonly Migration[];
  readonly pending: readonly Migration[];
  readonly onProgress: (message: string) => void;
}

/**
 * Runs base's command, and then head's through the observing proxy.
 *
 * @param prepared called when base's database stands, before head's command runs
 * @throws Undecided when base's does not run, when a command does not come to an end, or migrates another database
 */
export async function upgradeByCommand<T>(
  shadow: Shadow,
  input: Context,
  prepared: () => Promise<T>,
): Promise<UpgradeRun & { readonly prepared: T }> {
  const { tool, program, pending, onProgress } = input;
  const start = performance.now();
  if (input.base.length > 0) await applyBase(shadow, input);
  const baseMs = performance.now() - start;
  const made = await prepared();
  const first = performance.now();
  const before = await snapshotOf(shadow.admin, tool, null);
  const baseRelations = await relationsOf(shadow);
  const snapshotMs = performance.now() - first;

  onProgress(`running ${tool.title} of head`);
  const began = performance.now();
  await using workspace = await openWorkspace(program, 'head');
  const ahead = { tool, migrations: pending };
  const run = await workspace.up(shadow.connection, true, ahead);
  const headMs = performance.now() - began;
  mustHaveEnded(run, program, 'head', ahead);
  const failed = run.ended.code !== 0;
  const attributed = attribute(run.statements, {
    adapter: program.adapter,
    tables: tool.bookkeeping.relations,
    pending,
    failed,
  });
  const runs = runsOf(attributed.groups, run.statements, tool.bookkeeping.relations);
  if (!failed) mustHaveRun(attributed, run, input);
  const last = performance.now();
  const after = await snapshotOf(shadow.admin, tool, before);
  return {
    before,
    after,
    traced: { migrations: tracesOf(runs, attributed, run, input), baseRelations },
    pending: [...runs.map(({ migration }) => migration), ...attributed.untouched],
    lumped: runs.some(({ lumped }) => lumped),
    notes: notesOf(attributed, run, input),
    notChecked: notSeen(run.statements, attributed),
    ms: { base: baseMs, head: headMs, snapshots: snapshotMs + performance.now() - last },
    prepared: made,
  };
}

/** Builds base's database with base's own command. */
export async function applyBase(
  shadow: Shadow,
  { program, tool, base, baseName, onProgress }: Context,
): Promise<void> {
  onProgress(`running ${tool.title} of ${baseName}`);
  await using workspace = await openWorkspace(program, 'base');
  const ahead = { tool, migrations: base };
  const run = await workspace.up(shadow.connection, false, ahead);
  mustHaveEnded(run, program, baseName, ahead);
  if (run.ended.code === 0) return;
  throw new Undecided(
    'base-does-not-apply',
    `${run.shown} in the tree of ${baseName} ended with ${run.ended.code} on an empty database, so there is nothing to try the new migrations on. This is not the fault of the pull request.${serverSaid(run.statements)}${said(run)}`,
    { place: whereIn(run.statements, program.adapter, ahead) },
  );
}

/** Builds an empty database with head's command: what stopped it, or null. */
export async function freshByCommand(
  shadow: Shadow,
  { program, tool }: Pick<Context, 'program' | 'tool'>,
  migrations: readonly Migration[],
): Promise<ApplyFailure | null> {
  await using workspace = await openWorkspace(program, 'head');
  const ahead = { tool, migrations };
  const run = await workspace.up(shadow.connection, false, ahead);
  mustHaveEnded(run, program, 'head', ahead);
  if (run.ended.code === 0) return null;
  const { adapter } = program;
  const attributed = attribute(run.statements, {
    adapter,
    tables: tool.bookkeeping.relations,
    pending: migrations,
    failed: true,
  });
  const stopped = runsOf(attributed.groups, run.statements, tool.bookkeeping.relations).find(
    ({ trace }) => trace.error !== null,
  );
  const migration = stopped?.migration ?? attributed.untouched[0] ?? migrations.at(-1);
  if (migration === undefined) return null;
  const nothing = { sqlstate: '', detail: null, hint: null, line: 1, column: null, object: {} };
  return {
    migration,
    error: stopped?.trace.error ?? {
      ...nothing,
      message: `${run.shown} ended with ${run.ended.code}: ${lastLines(run.ended.output, 3, 500)}`,
    },
  };
}

async function relationsOf(shadow: Shadow): Promise<BaseRelation[]> {
  await using session = await openSession(shadow.admin);
  return [...(await settledRelations(session.client)).values()].map(
    ({ oid, schema, relation, kind, tableOid }) => ({
      oid,
      schema,
      relation,
      kind,
      tableOid,
    }),
  );
}

function serverSaid(statements: readonly Recorded[]): string {
  const failed = statements.findLast(({ error }) => error !== null);
  if (failed?.error == null) return '';
  return ` The server refused “${failed.text.trim().slice(0, 300)}”: ${failed.error.message} (SQLSTATE ${failed.error.code ?? 'unknown'}).`;
}

/** What ended well and did not do what was asked has hidden something. */
function mustHaveRun({ untouched }: Attributed, { shown }: CommandRun, { tool }: Context): void {
  const [first] = untouched;
  if (first === undefined) return;
  throw new Undecided(
    'not-observed',
    `${shown} ended well and did not run ${first.file}: no row of ${tool.bookkeeping.relations[0] ?? 'its table'} tells of it, so that what it does was not seen. The command must run every migration of the directory.`,
    { place: { file: first.file } },
  );
}

/** In the order of the run; the tool's own words stand at the migration in which it stopped. */
function tracesOf(
  runs: readonly Run[],
  { untouched }: Attributed,
  run: CommandRun,
  { tool }: Context,
): MigrationTrace[] {
  const traces = runs.map(({ trace }) => trace);
  const last = traces.at(-1);
  const rest = untouched.map(notReached);
  if (run.ended.code === 0 || traces.some(({ error }) => error !== null)) return [...traces, ...rest];
  const refused = {
    line: 1,
    says: `${tool.title} stops, and no statement of the server's made it: ${run.shown} ended with ${run.ended.code}. Its last lines: ${lastLines(run.ended.output, 4, 600)}`,
  };
  const stopped = runs.find(({ recorded }) => !recorded);
  if (last !== undefined && stopped !== undefined)
    return [...traces.slice(0, -1), { ...last, refused }, ...rest];
  const [next, ...later] = rest;
  return next === undefined ? traces : [...traces, { ...next, refused }, ...later];
}

function notesOf({ own, others }: Attributed, { shown }: CommandRun, { tool }: Context): string[] {
  // What a library only reads there is of no interest.
  const work = own.filter(({ parsed }) => !parsed.every(({ node }) => 'SelectStmt' in node));
  const [first] = work;
  return [
    `${tool.title} ran itself (${shown}); the SQL that is shown is what it sent.`,
    ...(others.length === 0
      ? []
      : [
          `${tool.title} also ran migrations that are not in the repository: ${others.slice(0, 5).join(', ')}${others.length > 5 ? ` and ${others.length - 5} more` : ''}. What they do is not judged.`,
        ]),
    ...(first === undefined
      ? []
      : [
          `${work.length} statements belong to no migration of the repository and are taken for ${tool.title}'s own, the first of them: ${first.sql.replace(/\s+/g, ' ').slice(0, 120)}.`,
        ]),
  ];
}

const reasons: Readonly<Record<NonNullable<Recorded['unobserved']>, string>> = {
  'question-failed': 'the question after it failed',
  'connection-lost': 'its connection ended',
  'with-others': '',
  alike: '',
  'not-asked': 'it was sent together with others, so that nothing could be asked in between',
};

function notSeen(statements: readonly Recorded[], { groups }: Attributed): string[] {
  const work = new Set(groups.flatMap((group) => group.statements.map(({ recorded }) => recorded)));
  return statements.flatMap((statement) => {
    const why = statement.unobserved === null ? '' : reasons[statement.unobserved];
    if (!work.has(statement) || why === '' || statement.error !== null) return [];
    return [`The locks of “${statement.text.replace(/\s+/g, ' ').slice(0, 100)}”: ${why}.`];
  });
}
