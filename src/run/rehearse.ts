import { diff } from '../catalog/diff.ts';
import type { Catalog, SchemaChange } from '../catalog/model.ts';
import { schemaDiff } from '../catalog/text.ts';
import { Undecided } from '../errors.ts';
import type { Shadow } from '../shadow/shadow.ts';
import type { Migration, MigrationTool } from '../tools/tool.ts';
import { build, buildBase, prepare, type Start, start, surroundingsOf } from './base.ts';
import { bothOrNeither, closeAll, closing } from './closing.ts';
import { isCut } from './command/cut-history.ts';
import { freshFromSchema, fromSchemaFiles, loadBase } from './command/schema-load.ts';
import { freshByCommand, upgradeByCommand } from './command/upgrade.ts';
import type { ProgramInput } from './command/workspace.ts';
import { keepPicture } from './kept-picture.ts';
import { harm } from './prove.ts';
import type { Rehearsal, RehearsalInput } from './rehearsal.ts';
import { requested } from './requested.ts';
import { snapshotOf } from './snapshot-of.ts';
import { type Traced, traceMigrations } from './trace-migrations.ts';
import { trialsOn } from './trials.ts';
import { copiesOf, untouchedBase } from './untouched.ts';

/**
 * The upgrade path (base, then the pending migrations, observed) and, where history changed, the fresh path
 * (head from empty), each on a server of its own because roles belong to the server.
 *
 * @throws Undecided when base itself does not apply, or no server is to be had
 */
export async function rehearse(input: RehearsalInput): Promise<Rehearsal> {
  if (input.existing === true) return (await import('./existing.ts')).rehearseExisting(input);
  const loading = fromSchemaFiles(input);
  if (loading !== null && (input.base.length === 0 || (await isCut(input, loading))))
    return onBothPaths(loading);
  try {
    return await onBothPaths(input);
  } catch (error) {
    if (loading === null || !(error instanceof Undecided) || error.reason !== 'base-does-not-apply')
      throw error;
    return onBothPaths(loading).catch((other) => {
      throw other instanceof Undecided ? error : other;
    });
  }
}

async function onBothPaths(input: RehearsalInput): Promise<Rehearsal> {
  const start = performance.now();
  const [upgrade, fresh] = await bothOrNeither(upgradePath(input), freshPath(input), (path) => path.close());
  const failed = upgrade.traced.migrations.some(({ error, refused }) => error !== null || refused !== null);
  const comparable = fresh?.catalog != null && !failed;
  const schemaChanges = diff(upgrade.before, upgrade.after, 'identity');
  const { onRequest, surroundings } = await closing(upgrade, async () => ({
    onRequest: await requested(input, schemaChanges, failed),
    surroundings: failed || fresh?.failure != null ? await upgrade.surroundings() : null,
  }));
  return {
    shadow: upgrade.shadow,
    timings: { ...upgrade.timings, freshMs: fresh?.ms ?? 0, totalMs: performance.now() - start },
    traced: upgrade.traced,
    pending: upgrade.pending,
    before: upgrade.before,
    after: upgrade.after,
    schemaChanges,
    schemaDiff: schemaDiff(upgrade.before, upgrade.after, 'identity'),
    divergence: comparable && fresh?.catalog ? divergence(input, upgrade.after, fresh.catalog) : [],
    fresh: comparable ? (fresh?.catalog ?? null) : null,
    freshFailure: fresh?.failure ?? null,
    notChecked: [
      ...upgrade.after.notModelled.map((kind) => `The schema diff does not cover ${kind}.`),
      ...(fresh !== null && failed
        ? ['Whether a new database would end in the same schema: a migration fails on the way there.']
        : []),
      ...onRequest.notChecked,
      ...upgrade.notChecked,
    ],
    notes: upgrade.notes,
    surroundings,
    reversal: onRequest.reversal,
    rerun: onRequest.rerun,
    tryInstead: upgrade.tryInstead,
    copyOf: upgrade.copyOf,
    doneWithHead: upgrade.doneWithHead,
    ...(input.baseLoad == null ? {} : { baseFrom: input.baseLoad.file }),
    [Symbol.asyncDispose]: upgrade.close,
  };
}

/** A schema file is written in the order that one developer's columns have: nobody goes by it. */
function divergence({ freshLoad }: RehearsalInput, upgraded: Catalog, fresh: Catalog): SchemaChange[] {
  const found = diff(upgraded, fresh, 'name');
  return freshLoad == null ? found : found.filter(({ orderOnly }) => orderOnly !== true);
}

async function upgradePath(input: RehearsalInput) {
  const begin = await start(input, input.base, input.hooks.base, { picture: true });
  try {
    return await (input.program === null
      ? upgradeOn(begin, input)
      : upgradeByProgram(begin, input, input.program));
  } catch (error) {
    await begin.shadow[Symbol.asyncDispose]();
    throw error;
  }
}

async function upgradeOn(begin: Start, input: RehearsalInput) {
  const { shadow } = begin;
  const { tool, onProgress } = input;
  onProgress(`applying ${input.base.length} migrations of ${input.baseName}`);
  const baseStart = performance.now();
  const notes = await buildBase(begin, input);
  const baseMs = performance.now() - baseStart;
  // Without new migrations the database stays as it is.
  const changes = input.pending.length + input.newHooks.length > 0;
  const untouched = changes ? await untouchedBase(begin, input) : copiesOf(shadow);
  // A copy's making puts the role right, and so does a kept base's start: others would have another picture.
  const first = await timed(() => pictureOfBase(begin, tool, { keep: changes }));
  const headStart = performance.now();
  const traced = await traceMigrations({
    connection: shadow.connection,
    bookkeeping: tool.bookkeeping,
    sessions: tool.sessions,
    migrations: input.pending,
    hooks: input.hooks.head,
    observedHooks: input.newHooks,
    mayFail: input.mayFail,
    onMigration: ({ file }) => onProgress(`running ${file}`),
  });
  const headMs = performance.now() - headStart;
  if (mayBeMended(traced)) untouched.expect();
  const second = await closing({ close: () => untouched[Symbol.asyncDispose]() }, () =>
    timed(() => snapshotOf(shadow.admin, tool, first.value)),
  );
  const trials = trialsOn(untouched, first.value, tool, input.hooks.head);
  return {
    shadow: {
      provider: shadow.provider,
      postgresVersion: shadow.postgresVersion,
      chosen: shadow.chosen ?? null,
      baseFromCache: begin.done !== null,
    },
    timings: { bootMs: shadow.bootMs, baseMs, headMs, snapshotMs: first.ms + second.ms },
    traced,
    pending: input.pending,
    notChecked: [],
    before: first.value,
    after: second.value,
    notes: [...notes, ...aboutShadow(shadow, input)],
    surroundings: () => surroundingsOf(shadow, input),
    tryInstead: trials.run,
    copyOf: async (side: 'base' | 'head') =>
      side === 'head' ? shadow.copy() : (await untouched.copy()).database,
    doneWithHead: () => {
      // Closing tells what goes wrong with it.
      if (untouched.apart) shadow[Symbol.asyncDispose]().then(undefined, () => {});
    },
    close: () => closeAll(untouched.apart, [trials, untouched], shadow),
  };
}

/** The same where the tool runs itself. Its messages of several statements are run again one by one, if that comes to the same. */
async function upgradeByProgram(begin: Start, input: RehearsalInput, program: ProgramInput) {
  const { shadow } = begin;
  const { tool } = input;
  const said = await prepare(shadow, input);
  const loaded = await loadBase(shadow, { ...input, program });
  const run = await upgradeByCommand(shadow, { ...input, program }, async () => ({
    surroundings: await surroundingsOf(shadow, input),
    untouched: input.pending.length === 0 ? copiesOf(shadow) : await untouchedBase(begin, input),
  }));
  const { surroundings, untouched } = run.prepared;
  const trials = trialsOn(untouched, run.before, tool, []);
  const again = run.lumped ? await trials.run(run.pending) : null;
  const same =
    again?.traced.migrations.every(({ error }) => error === null) === true &&
    diff(run.after, again.after, 'name').length === 0;
  return {
    shadow: {
      provider: shadow.provider,
      postgresVersion: shadow.postgresVersion,
      chosen: shadow.chosen ?? null,
      baseFromCache: false,
    },
    timings: {
      bootMs: shadow.bootMs,
      baseMs: run.ms.base,
      headMs: run.ms.head,
      snapshotMs: run.ms.snapshots,
    },
    traced: same ? again.traced : run.traced,
    pending: run.pending,
    before: run.before,
    after: run.after,
    notes: [...said, ...loaded, ...run.notes, ...aboutShadow(shadow, input)],
    notChecked: same ? [] : run.notChecked,
    surroundings: () => surroundings,
    tryInstead: trials.run,
    copyOf: async (side: 'base' | 'head') =>
      side === 'head' ? shadow.copy() : (await untouched.copy()).database,
    doneWithHead: () => {},
    close: () => closeAll(untouched.apart, [trials, untouched], shadow),
  };
}

/** What the reader should know of the server that was used. */
const aboutShadow = ({ provider, chosen }: Shadow, { superuser }: RehearsalInput): string[] => [
  ...(chosen === undefined ? [] : [`The shadow was ${provider}: ${chosen}.`]),
  ...(superuser
    ? [
        'The migrations ran as a superuser of the shadow (shadow-superuser): what production would refuse them for want of rights is not seen.',
      ]
    : []),
];

/** Base's picture: the one that is kept beside it, or a new one. */
async function pictureOfBase(
  begin: Start,
  tool: MigrationTool,
  { keep }: { readonly keep: boolean },
): Promise<Catalog> {
  if (begin.picture !== null) return begin.picture;
  const picture = await snapshotOf(begin.shadow.admin, tool, null);
  if (keep) await keepPicture(begin, tool, picture);
  return picture;
}

/** Was anything blocked by statements for which there may be better ones? */
const mayBeMended = ({ migrations }: Traced): boolean =>
  migrations.every(({ error, refused }) => error === null && refused === null) &&
  migrations.some(({ statements }) => harm(statements) > 0);

async function freshPath(input: RehearsalInput) {
  const { tool, fresh } = input;
  if (fresh === null) return null;
  const begin = await start(input, fresh, input.hooks.head);
  await using shadow = begin.shadow;
  const began = performance.now();
  const failure = await buildFresh(begin, input, fresh);
  const catalog = failure === null ? await snapshotOf(shadow.admin, tool) : null;
  return { failure, catalog, ms: performance.now() - began };
}

async function buildFresh(begin: Start, input: RehearsalInput, fresh: readonly Migration[]) {
  const { program, tool } = input;
  if (program === null) return (await build(begin, input, fresh, input.hooks.head)).failure;
  await prepare(begin.shadow, input);
  if (input.freshLoad != null)
    return freshFromSchema(begin.shadow, { ...input, program }, input.freshLoad, fresh);
  return freshByCommand(begin.shadow, { program, tool }, fresh);
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}
