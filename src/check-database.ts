import { allowsOf, allowsOfOddities } from './allows.ts';
import type { Config, DatabaseConfig, Options } from './config/options.ts';
import { Undecided } from './errors.ts';
import { repositoryRoot } from './git/repository.ts';
import type { Tree, Trees } from './git/tree.ts';
import type { HistoryChangeKind } from './history/change.ts';
import { compareHistories } from './history/compare.ts';
import { looseDeployments } from './history/deployments.ts';
import { halfWay } from './history/half-way.ts';
import { findOddities, knownOdditiesNote } from './history/oddities.ts';
import { compareWithRelease } from './history/release.ts';
import { findSquash, withoutSquash } from './history/squash.ts';
import { findWayOut } from './history/way-out.ts';
import type { Limits } from './limits.ts';
import { databaseReport } from './report/build.ts';
import type { DatabaseReport, Finding } from './report/model.ts';
import { type Judgement, judgements } from './rules/judge.ts';
import type { ProgramInput } from './run/command/workspace.ts';
import { compareDeclared } from './run/declared.ts';
import { asMigration, changedHooks } from './run/hooks.ts';
import { notObserved, resolveRelation } from './run/index.ts';
import { type Proposal, prove } from './run/prove.ts';
import { type Rehearsal, type RehearsalInput, rehearse, type SetupFile } from './run/rehearse.ts';
import { type LineRange, replaceableLines } from './run/replaceable.ts';
import { configuredTool } from './tools/configured.ts';
import { treePath } from './tools/directories.ts';
import type { History, Migration, MigrationTool } from './tools/tool.ts';
import { hooksNotObserved, unseen } from './unseen.ts';
import { findUses } from './uses/find.ts';
import { migrationPaths, targetsOf } from './uses/targets.ts';

/** What the check of one database came to. */
export interface DatabaseCheck {
  /** Null when it was undecided before there was anything to report. */
  readonly report: DatabaseReport | null;
  readonly findings: readonly Finding[];
  readonly undecided: Undecided | null;
  readonly notes: readonly string[];
  readonly notChecked: readonly string[];
}

/** Changes after which a new database may get another schema than one that was upgraded. */
const divergentKinds = new Set<HistoryChangeKind>([
  'edited',
  'deleted',
  'renamed',
  'out-of-order',
  'duplicate-version',
]);

/** The part of the pipeline that runs once for each database: histories, shadow, findings. */
export async function checkDatabase(input: {
  readonly database: DatabaseConfig;
  readonly config: Config;
  readonly options: Options;
  readonly trees: Trees;
  /** What people call base: `main`. */
  readonly baseName: string;
  /** What git calls it: `origin/main`. */
  readonly baseRef: string;
  readonly limits: Limits;
  readonly onProgress: (message: string) => void;
}): Promise<DatabaseCheck> {
  const { database, config, options, trees, baseName, baseRef, limits, onProgress } = input;
  try {
    const tool = await configuredTool(database, trees);
    const histories = await historiesOf(tool, database, trees);
    const release = await releaseOf(tool, database, config.appliedRef, trees);
    const {
      comparison: whole,
      freed,
      base,
    } = release.history === null
      ? { comparison: compareHistories({ tool, ...histories }), freed: [], base: histories.base }
      : compareWithRelease({ tool, ...histories }, release.history);
    const squash = findSquash(whole, base, histories.head);
    const comparison = squash === null ? whole : withoutSquash(whole, squash);
    refuseOpaque(comparison.pending);
    const renamed = new Set(
      comparison.changes.filter(({ kind }) => kind === 'renamed').map(({ file }) => file),
    );
    const oddities = findOddities(histories.base, histories.head, nameInBase(database));
    const hooks = { base: histories.base.hooks ?? [], head: histories.head.hooks ?? [] };
    const newHooks = changedHooks(hooks.base, hooks.head);
    const hooked = newHooks.map((hook) => asMigration(hook, 'shared'));
    const diverges = squash !== null || comparison.changes.some(({ kind }) => divergentKinds.has(kind));

    const declaredFile = database.declaredSchema ?? null;
    const redeclared =
      declaredFile !== null && trees.head.get(declaredFile)?.oid !== trees.base.get(declaredFile)?.oid;
    const rehearsalInput = async (): Promise<RehearsalInput> => ({
      tool,
      path: database.path,
      shadow: options.shadow,
      cache: options.cache,
      postgresMajor: database.postgresMajor,
      postgresImage: database.postgresImage,
      superuser: config.shadowSuperuser,
      existing: config.shadowData === 'existing',
      extensions: database.extensions,
      setup: await setupFiles(database.setup, trees),
      baseline: await baselineFile(database.baseline, trees),
      checkDown: config.checkDown,
      checkRerun: config.checkRerun,
      baseName,
      base: base.migrations,
      pending: comparison.pending,
      fresh: diverges ? (histories.head.onEmpty ?? histories.head.migrations) : null,
      hooks,
      program: await programOf(tool, database, options, trees),
      newHooks,
      mayFail: ({ file }) => renamed.has(file),
      limits,
      onProgress,
    });
    await using rehearsal =
      comparison.pending.length + newHooks.length === 0 && !diverges && !redeclared
        ? null
        : await rehearse(await rehearsalInput());
    const declared =
      rehearsal === null || declaredFile === null || hasFailed(rehearsal)
        ? null
        : await compareDeclared(
            await rehearsalInput(),
            { file: declaredFile, sql: await textOf(trees.head, declaredFile) },
            rehearsal.after,
          );

    const pending = rehearsal?.pending ?? comparison.pending;
    const wayOut =
      comparison.changes.length === 0
        ? null
        : await findWayOut({
            tool,
            changes: comparison.changes,
            base: histories.base,
            head: histories.head,
            since: trees.since,
            paths:
              rehearsal?.fresh == null
                ? null
                : {
                    upgraded: rehearsal.after,
                    fresh: rehearsal.fresh,
                    tryAfter: (migration) => rehearsal.tryInstead([...pending, migration]),
                  },
          });
    const { uses, left } = await findUses(
      trees,
      targetsOf(rehearsal?.schemaChanges ?? [], rehearsal?.before ?? null),
      migrationPaths(config.databases, histories.head.paths ?? []),
    );
    const judged = judgements(
      {
        database: database.name,
        tool,
        baseRef,
        lockTimeout: config.lockTimeout,
        baseMigrations: base.migrations.map(({ sql }) => sql),
        postgresMajor: database.postgresMajor,
        historyChanges: comparison.changes,
        migrations: rehearsal?.traced.migrations ?? [],
        before: rehearsal?.before ?? null,
        after: rehearsal?.after ?? null,
        schemaChanges: rehearsal?.schemaChanges ?? [],
        divergence: rehearsal?.divergence ?? [],
        wayOut,
        declared,
        looseDeployments: await looseDeployments(trees.base, trees.head),
        squash:
          squash === null
            ? null
            : {
                ...squash,
                accepted: isAccepted(config.acceptSquash, database),
                compared: rehearsal?.fresh != null || rehearsal?.freshFailure != null,
              },
        freed: { ref: release.ref, changes: freed },
        oddities: oddities.fresh,
        sources: textsOf([...hooks.head, ...pending]),
        freshFailure: rehearsal?.freshFailure ?? null,
        reversal: rehearsal?.reversal ?? null,
        rerun: rehearsal?.rerun ?? null,
        surroundings: rehearsal?.surroundings ?? null,
        uses: (object) => uses.get(object) ?? [],
        resolve: (schemaname, relname, statement) =>
          resolveRelation(rehearsal?.traced.baseRelations ?? [], schemaname, relname, statement),
      },
      {
        rules: config.rules,
        ignoreMigrationsBefore: config.ignoreMigrationsBefore,
        tableStats: config.tableStats,
        allows: new Map([
          ...(await allowsOfOddities(oddities.fresh, trees.head)),
          ...allowsOf([...pending, ...comparison.edited, ...hooked], config.checkDown),
        ]),
      },
    );

    const findings = await proved(judged, pending, rehearsal);
    return {
      report: databaseReport({
        config: database,
        baseCount: histories.base.migrations.length,
        paths: histories.head.paths ?? [],
        comparison,
        rehearsal,
        halfWay: (trace) => {
          const all = histories.head.migrations;
          const at = pending.findIndex(
            ({ file, version }) => file === trace.file && version === trace.version,
          );
          const migration = pending[at];
          if (migration === undefined) return null;
          const place = all.findIndex(({ identity }) => identity === migration.identity);
          return halfWay(tool, migration, trace, all[place - 1] ?? null);
        },
      }),
      findings,
      undecided:
        rehearsal === null ? null : unseen(rehearsal, [...pending, ...hooked], findings, config.failOn),
      notes: [
        ...histories.head.notes,
        ...release.notes,
        ...(rehearsal?.notes ?? []),
        ...knownOdditiesNote(oddities.known, baseName),
      ],
      notChecked: [
        ...notChecked(rehearsal, database),
        ...hooksNotObserved(hooks.head, newHooks, rehearsal),
        ...unknownSizes(judged),
        ...(left === null ? [] : [left]),
      ],
    };
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    return { report: null, findings: [], undecided: error, notes: [], notChecked: [] };
  }
}

/** What is sent of each file; where several migrations share one, the lines of all. */
function textsOf(parts: readonly { readonly file: string; readonly sql: string }[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { file, sql } of parts) {
    const known = texts.get(file);
    const lines = sql.split('\n');
    const merged = known
      ?.split('\n')
      .map((line, index) => (line.trim() === '' ? (lines[index] ?? line) : line));
    texts.set(file, merged === undefined ? sql : [...merged, ...lines.slice(merged.length)].join('\n'));
  }
  return texts;
}

/** How long one command of a tool may run. */
const COMMAND_LIMIT_MS = 10 * 60_000;

/** How the tool's own command is run, where its migrations are programs. */
async function programOf(
  tool: MigrationTool,
  { path, basePath = path, command }: DatabaseConfig,
  options: Options,
  { base, head }: Trees,
): Promise<ProgramInput | null> {
  if (tool.command === undefined) return null;
  return {
    adapter: tool.command,
    title: tool.title,
    base,
    head,
    path: treePath(path),
    basePath: treePath(basePath),
    installedIn: await repositoryRoot(options.repo),
    applyCommand: command.apply,
    baseSetupCommand: command.baseSetup,
    environment: command.environment,
    limitMs: COMMAND_LIMIT_MS,
  };
}

/** What we cannot run was not checked. */
function refuseOpaque(pending: readonly Migration[]): void {
  const found = pending.find(({ opaque }) => opaque !== undefined);
  if (found?.opaque !== undefined) {
    throw new Undecided('unsupported-tool', found.opaque, { place: { file: found.file } });
  }
}

/** A pull request may move the whole directory. */
function nameInBase({ path, basePath = path }: DatabaseConfig): (file: string) => string {
  const [now, before] = [treePath(path), treePath(basePath)];
  return (file) =>
    now !== before && file.startsWith(`${now}/`) ? `${before}${file.slice(now.length)}` : file;
}

const isAccepted = (accepted: Config['acceptSquash'], { path }: DatabaseConfig): boolean =>
  accepted === true || (typeof accepted === 'string' && treePath(accepted) === treePath(path));

const hasFailed = ({ traced }: Rehearsal): boolean =>
  traced.migrations.some(({ error, refused }) => error !== null || refused !== null);

async function textOf(tree: Tree, file: string): Promise<string> {
  const content = (await tree.read([file])).get(file);
  if (content !== undefined) return content.toString('utf8');
  throw new Undecided('invalid-configuration', `The declared schema ${file} does not exist in head.`, {
    place: { file },
  });
}

/** What the newest release has, where that is what counts as applied. */
async function releaseOf(
  tool: MigrationTool,
  { path, basePath = path }: DatabaseConfig,
  appliedRef: string | null,
  trees: Trees,
): Promise<{ ref: string; history: History | null; notes: readonly string[] }> {
  if (appliedRef === null) return { ref: '', history: null, notes: [] };
  const tree = await trees.release(appliedRef);
  if (tree === null) {
    const note = `Nothing is called ${appliedRef} (applied-ref), so that everything of base counts as applied.`;
    return { ref: appliedRef, history: null, notes: [note] };
  }
  const directory = [path, basePath].find((one) => tree.under(treePath(one)).length > 0);
  const history =
    directory === undefined ? { migrations: [], notes: [] } : await tool.history(tree, directory);
  return {
    ref: tree.ref,
    history,
    notes: [`What ${tree.ref} has counts as applied (applied-ref): ${history.migrations.length} migrations.`],
  };
}

/** Each tree is read where it has the directory. */
async function historiesOf(tool: MigrationTool, { path, basePath = path }: DatabaseConfig, trees: Trees) {
  const [base, branch, head, mergeBase] = await Promise.all(
    [trees.base, trees.branch, trees.head, trees.mergeBase].map((tree) => {
      if (tree === null) return null;
      return tool.history(tree, tree.under(treePath(path)).length > 0 ? path : basePath);
    }),
  );
  if (!base || !branch || !head) throw new Error('base, branch and head always have a tree');
  return { base, branch, head, mergeBase: mergeBase ?? null };
}

/** Base's version of a setup file is what production has agreed to: only that may run as superuser. */
async function setupFiles(paths: readonly string[], { base, head }: Trees): Promise<SetupFile[]> {
  const [fromBase, fromHead] = await Promise.all([base.read(paths), head.read(paths)]);
  return paths.map((file) => {
    const trusted = fromBase.get(file);
    const content = trusted ?? fromHead.get(file);
    if (content === undefined) {
      throw new Undecided(
        'invalid-configuration',
        `The setup file ${file} exists neither in base nor in head.`,
        {
          place: { file },
        },
      );
    }
    return { file, sql: content.toString('utf8'), trusted: trusted !== undefined };
  });
}

/** Base's dump is what production has agreed to; one that only head has is told of. */
async function baselineFile(baseline: DatabaseConfig['baseline'], { base, head }: Trees) {
  if (baseline === null) return null;
  const { file, version } = baseline;
  const trusted = (await base.read([file])).get(file);
  const content = trusted ?? (await head.read([file])).get(file);
  if (content === undefined) {
    throw new Undecided('invalid-configuration', `The baseline ${file} exists neither in base nor in head.`, {
      place: { file },
    });
  }
  return { file, version, sql: content.toString('utf8'), trusted: trusted !== undefined };
}

/** A fix is shown as verified when it was tried with success, and not at all when the server refuses it. */
async function proved(
  judged: readonly Judgement[],
  pending: readonly Migration[],
  rehearsal: Rehearsal | null,
): Promise<Finding[]> {
  const proposals = judged.flatMap(({ proposal }) => proposal ?? []);
  if (rehearsal === null || rehearsal.canTry === false || proposals.length === 0)
    return judged.map(({ finding }) => finding);
  const { after, tryInstead } = rehearsal;
  const proofs = await prove({ pending, traced: rehearsal.traced.migrations, after, proposals, tryInstead });
  return judged.map(({ finding, proposal }) => {
    const proof = proposal === null ? undefined : proofs.get(proposal);
    if (finding.fix === null || proposal === null || proof === undefined) return finding;
    if (proof === 'fails') return { ...finding, fix: null };
    const verified = proof === 'verified';
    const replaces = verified ? linesFor(proposal, pending, rehearsal) : null;
    return { ...finding, fix: { ...finding.fix, verified, ...(replaces === null ? {} : { replaces }) } };
  });
}

/** The lines of the migration's file that a proved fix can be written over. */
function linesFor(proposal: Proposal, pending: readonly Migration[], rehearsal: Rehearsal): LineRange | null {
  const isMeant = ({ file, version }: { file: string; version: string }): boolean =>
    file === proposal.file && (proposal.version === undefined || version === proposal.version);
  const migration = pending.find(isMeant);
  const statement = rehearsal.traced.migrations.find(isMeant)?.statements[proposal.statement];
  if (migration === undefined || statement === undefined) return null;
  return replaceableLines(migration, statement, proposal.sql);
}

function unknownSizes(judged: readonly Judgement[]): string[] {
  const tables = [...new Set(judged.flatMap(({ unknownSize }) => unknownSize ?? []))];
  return tables.map((table) => `How big ${table} is: the table statistics do not name it.`);
}

function notChecked(rehearsal: Rehearsal | null, database: DatabaseConfig): string[] {
  if (rehearsal === null) return [];
  return [
    rehearsal.onDataOf === undefined
      ? 'Data and run time: the shadow is empty, so that only locks, rewrites and scans are known, not how long they take.'
      : 'What other sessions would have to wait for: nobody else works on the clone.',
    ...(database.postgresVersionStated
      ? []
      : [`The Postgres version of production: ${database.postgresMajor} was assumed.`]),
    ...notObserved(rehearsal.traced.migrations),
    ...rehearsal.notChecked,
  ];
}
