import { diff } from '../catalog/diff.ts';
import { schemaDiff } from '../catalog/text.ts';
import { Undecided } from '../errors.ts';
import { startShadow } from '../shadow/index.ts';
import type { Shadow } from '../shadow/shadow.ts';
import type { Migration } from '../tools/tool.ts';
import { surroundingsOf } from './base.ts';
import { recordedIn } from './recorded.ts';
import type { Rehearsal, RehearsalInput, Trial } from './rehearsal.ts';
import { openSession } from './session.ts';
import { snapshotOf } from './snapshot-of.ts';
import { traceMigrations } from './trace-migrations.ts';

/** A copy of more than this would take longer than what it is for. In bytes. */
const MOST_TO_COPY = 1024 ** 3;

/**
 * The upgrade path on the data of a clone that its owner gives up for it: base is there already, the new migrations run
 * on it and stay. There is no fresh path, and fixes are tried only where a copy of the clone costs little.
 *
 * @throws Undecided when the clone is not at base
 */
export async function rehearseExisting(input: RehearsalInput): Promise<Rehearsal> {
  const since = performance.now();
  if (input.program !== null) {
    throw new Undecided(
      'unsupported-tool',
      `shadow-data: existing does not know ${input.tool.title}, which runs its migrations itself. Leave it out: the gate builds base from its migrations.`,
    );
  }
  const shadow = await startShadow({
    existing: true,
    shadow: input.shadow,
    major: input.postgresMajor,
    extensions: input.extensions,
    superuser: input.superuser,
    limits: input.limits,
    onProgress: input.onProgress,
  });
  try {
    return await onClone(shadow, input, since);
  } catch (error) {
    await shadow[Symbol.asyncDispose]();
    throw error;
  }
}

async function onClone(shadow: Shadow, input: RehearsalInput, since: number): Promise<Rehearsal> {
  const { tool, pending, hooks, onProgress } = input;
  const baseStart = performance.now();
  await mustBeAtBase(shadow, input);
  const baseMs = performance.now() - baseStart;
  const surroundings = await surroundingsOf(shadow, input);
  const bytes = await sizeOf(shadow);
  const untouched =
    bytes > MOST_TO_COPY || pending.length === 0 ? null : await shadow.copy().catch(() => null);
  const firstStart = performance.now();
  const before = await snapshotOf(shadow.admin, tool, null);
  const headStart = performance.now();
  const traced = await traceMigrations({
    connection: shadow.connection,
    bookkeeping: tool.bookkeeping,
    sessions: tool.sessions,
    migrations: pending,
    hooks: hooks.head,
    mayFail: input.mayFail,
    onMigration: ({ file }) => onProgress(`running ${file} on existing data`),
  });
  const secondStart = performance.now();
  const after = await snapshotOf(shadow.admin, tool, before);
  const end = performance.now();
  const where = shadow.chosen ?? shadow.provider;
  const tryInstead = async (migrations: readonly Migration[]): Promise<Trial> => {
    if (untouched === null) throw new Error('there is nothing to try it on');
    await using copy = await untouched.copy();
    const bookkeeping = { ...tool.bookkeeping, before: () => '', after: () => '' };
    const tried = await traceMigrations({
      connection: copy.connection,
      bookkeeping,
      migrations,
      hooks: hooks.head,
    });
    return { traced: tried, after: await snapshotOf(copy.admin, tool) };
  };
  return {
    shadow: {
      provider: shadow.provider,
      chosen: where,
      postgresVersion: shadow.postgresVersion,
      baseFromCache: false,
    },
    timings: {
      bootMs: shadow.bootMs,
      baseMs,
      headMs: secondStart - headStart,
      freshMs: 0,
      snapshotMs: headStart - firstStart + (end - secondStart),
      totalMs: end - since,
    },
    traced,
    pending,
    before,
    after,
    schemaChanges: diff(before, after, 'identity'),
    schemaDiff: schemaDiff(before, after, 'identity'),
    divergence: [],
    fresh: null,
    freshFailure: null,
    onDataOf: where,
    notChecked: notChecked(input, after.notModelled, untouched !== null),
    notes: [
      `The new migrations ran on the data of ${where} (shadow-data: existing), ${inGigabytes(bytes)}, and have changed it.`,
      ...traced.migrations.flatMap(({ file, ran, durationMs }) =>
        ran && durationMs !== null
          ? [`${file}: on the data of ${where}, took ${(durationMs / 1_000).toFixed(1)} s.`]
          : [],
      ),
    ],
    surroundings,
    reversal: null,
    rerun: null,
    tryInstead,
    canTry: untouched !== null,
    async [Symbol.asyncDispose]() {
      await untouched?.[Symbol.asyncDispose]();
      await shadow[Symbol.asyncDispose]();
    },
  };
}

function notChecked(
  { fresh, checkDown, checkRerun }: RehearsalInput,
  notModelled: readonly string[],
  copied: boolean,
): string[] {
  return [
    ...notModelled.map((kind) => `The schema diff does not cover ${kind}.`),
    ...(fresh === null
      ? []
      : ['Whether a new database would end in the same schema: on existing data there is none.']),
    ...(copied
      ? []
      : [
          'Whether the fixes work: they were not tried, since the clone cannot be copied, or holds more than 1 GB.',
        ]),
    ...(checkDown ? ['The way back (check-down): not on existing data.'] : []),
    ...(checkRerun
      ? ['Whether the new migrations can be run again (check-rerun): not on existing data.']
      : []),
  ];
}

/** What the clone lacks has to be what the pull request adds; anything else would be told of the wrong schema. */
async function mustBeAtBase(shadow: Shadow, { tool, base, pending }: RehearsalInput): Promise<void> {
  await using session = await openSession(shadow.connection);
  const recorded = await recordedIn(session.client, tool, [...base, ...pending]);
  if (recorded === null) {
    throw new Undecided(
      'base-does-not-apply',
      `The database has no record of ${tool.title}'s migrations (${tool.bookkeeping.relations.join(', ') || 'the tool keeps none'}), so that it cannot be told whether it is at base. Leave shadow-data out: the gate builds base from its migrations.`,
    );
  }
  const lacks = base.filter((one) => !recorded.has(one));
  const has = pending.filter((one) => recorded.has(one));
  if (lacks.length === 0 && has.length === 0) return;
  const listed = (some: readonly Migration[]) =>
    some.length === 0 ? 'none' : some.map(({ file }) => file).join(', ');
  throw new Undecided(
    'base-does-not-apply',
    `The clone is not at base, so that the new migrations would run on another schema. Migrations of base that it lacks: ${listed(lacks)}. New ones that it has already: ${listed(has)}. Make a new clone of what base was deployed to: a run leaves its migrations in it.`,
    { place: { file: (lacks[0] ?? has[0])?.file ?? '' } },
  );
}

async function sizeOf({ admin }: Shadow): Promise<number> {
  await using session = await openSession(admin);
  const { rows } = await session.client.query<{ bytes: string }>(
    'SELECT pg_catalog.pg_database_size(pg_catalog.current_database()) AS bytes',
  );
  return Number(rows[0]?.bytes ?? 0);
}

const inGigabytes = (bytes: number): string =>
  bytes < MOST_TO_COPY ? `${Math.round(bytes / 1024 ** 2)} MB` : `${(bytes / 1024 ** 3).toFixed(1)} GB`;
