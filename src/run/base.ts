import type { Catalog } from '../catalog/model.ts';
import { Undecided } from '../errors.ts';
import { startShadow } from '../shadow/index.ts';
import type { Shadow } from '../shadow/shadow.ts';
import type { Bookkeeping, Hook, Migration } from '../tools/tool.ts';
import { underWay } from '../under-way.ts';
import { type ApplyFailure, applyMigrations, prepareBookkeeping } from './apply.ts';
import { baseDoesNotApply } from './base-fails.ts';
import { applyBaseline, behind } from './baseline.ts';
import type { Surroundings } from './hints.ts';
import { type KeptPicture, readPicture } from './kept-picture.ts';
import { runPrelude } from './prelude.ts';
import type { RehearsalInput } from './rehearsal.ts';
import { toServerError } from './server-error.ts';
import { openSession } from './session.ts';
import { stateKeys } from './state-keys.ts';

/**
 * Boots the server of one path, with as much of the history in it as an earlier run has kept.
 *
 * @param wants whether the kept picture of the whole history is of use
 */
export async function start(
  input: RehearsalInput,
  migrations: readonly Migration[],
  hooks: readonly Hook[],
  wants: { readonly picture: boolean } = { picture: false },
): Promise<Start> {
  // What a command makes depends on more than the files of migrations.
  const keys = input.program === null ? stateKeys(input, migrations, hooks) : [];
  const last = keys.at(-1);
  // While the kept files are unpacked.
  const reading: Promise<KeptPicture | null>[] = [];
  const shadow = await startShadow({
    seeds: keys.toReversed(),
    onNotes: (notes) => {
      if (last === undefined || !wants.picture) return;
      const picture = readPicture(notes, last, input.tool);
      picture.catch(() => {});
      reading.push(picture);
    },
    shadow: input.shadow,
    major: input.postgresMajor,
    extensions: input.extensions,
    cache: input.cache,
    image: input.postgresImage,
    superuser: input.superuser,
    limits: input.limits,
    onProgress: input.onProgress,
  });
  const done = shadow.seed === null ? null : keys.indexOf(shadow.seed);
  const pictures = done === keys.length - 1 ? await Promise.all(reading) : [];
  const own = pictures.find((picture) => picture !== null && picture.of === shadow.kept?.());
  return { shadow, keys, done, picture: own?.catalog ?? null };
}

/** A server at the beginning of a path. */
export interface Start {
  readonly shadow: Shadow;
  /** `stateKeys` of the path's history. */
  readonly keys: readonly string[];
  /** How many of the migrations it has already; null: it is empty, and even what comes before them is missing. */
  readonly done: number | null;
  /** What is kept of the picture of all of it; null: it has to be taken. */
  readonly picture: Catalog | null;
}

/** Building less than this again costs no more than keeping it. */
const WORTH_KEEPING_MS = 300;

/** A history on a new server: what came of it, and what of its baseline was passed over. */
export interface Built {
  readonly failure: ApplyFailure | null;
  readonly notes: readonly string[];
}

/**
 * Builds a history from an empty database: what the config asks to be there before, the baseline or else the tool's
 * tables, the migrations.
 *
 * @throws Undecided `base-does-not-apply` when what comes before the migrations does not run
 */
export async function build(
  { shadow, keys, done }: Start,
  input: RehearsalInput,
  migrations: readonly Migration[],
  hooks: readonly Hook[],
): Promise<Built> {
  const { tool, baseline } = input;
  if (done !== null) {
    const since = performance.now();
    const covered = baseline === null ? new Set() : new Set(behind(baseline, tool, migrations).covered);
    const rest = migrations.slice(done).filter((migration) => !covered.has(migration));
    const failure = await applyAll(shadow, tool.bookkeeping, rest, hooks);
    if (failure === null) await keepIfWorth(shadow, keys, performance.now() - since);
    return { failure, notes: tool.prelude === undefined ? [] : [tool.prelude.says] };
  }
  const since = performance.now();
  const said = await prepare(shadow, input);
  let notes: readonly string[] = [];
  let rest = migrations;
  if (baseline === null) {
    await using session = await openSession(shadow.connection);
    await prepareBookkeeping(session, tool.bookkeeping);
  } else {
    const parts = behind(baseline, tool, migrations);
    rest = parts.rest;
    notes = await applyBaseline(shadow, baseline, tool, parts.covered, await surroundingsOf(shadow, input));
  }
  const failure = await applyAll(shadow, tool.bookkeeping, rest, hooks);
  // What is told of a baseline is not kept with the database.
  if (failure === null && notes.length === 0) await keepIfWorth(shadow, keys, performance.now() - since);
  return { failure, notes: [...said, ...notes] };
}

async function applyAll(
  shadow: Shadow,
  bookkeeping: Bookkeeping,
  migrations: readonly Migration[],
  hooks: readonly Hook[],
): Promise<ApplyFailure | null> {
  if (migrations.length === 0) return null;
  await using session = await openSession(shadow.connection);
  const failure = await applyMigrations(session, bookkeeping, migrations, hooks);
  mustNotShareRoles(shadow, failure);
  return failure;
}

async function keepIfWorth({ keep }: Shadow, keys: readonly string[], ms: number): Promise<void> {
  const last = keys.at(-1);
  if (keep !== null && last !== undefined && ms > WORTH_KEEPING_MS) await keep(last, ms);
}

/** Roles belong to the server: on one that is not ours alone another path, or an earlier owner, may have made them. */
function mustNotShareRoles({ provider }: Shadow, failure: ApplyFailure | null): void {
  if (provider !== 'url' || failure === null) return;
  const { migration, error } = failure;
  if (error.sqlstate !== '42710' || !error.message.startsWith('role ')) return;
  throw new Undecided(
    'shadow-unavailable',
    `${migration.file} creates a role, and ${error.message} on the server that the URL names: roles belong to the server, so that a history that makes some cannot be built there twice. Use another shadow (embedded, docker or local).`,
    { place: { file: migration.file, line: error.line } },
  );
}

/** Builds base's history, which must not fail. */
export async function buildBase(begin: Start, input: RehearsalInput): Promise<readonly string[]> {
  const { failure, notes } = await build(begin, input, input.base, input.hooks.base);
  if (failure !== null) throw baseDoesNotApply(failure, input, await surroundingsOf(begin.shadow, input));
  return notes;
}

/** What is there before the history: a platform's own objects, and what the config asks for. Returns what to tell of it. */
export async function prepare(
  shadow: Shadow,
  { tool: { prelude }, setup, base, pending, fresh }: RehearsalInput,
): Promise<readonly string[]> {
  const said =
    prelude === undefined
      ? []
      : await runPrelude(shadow.admin, prelude, base, [...pending, ...(fresh ?? [])]);
  for (const { file, sql, trusted } of setup) {
    await using session = await openSession(trusted ? shadow.admin : shadow.connection);
    const { error } = await underWay(
      () => ({ file, line: 1 }),
      () => session.send(sql),
    );
    if (error === null) continue;
    throw new Undecided('base-does-not-apply', `The setup file ${file} does not run: ${error.message}`, {
      place: { file, line: toServerError(error, { file: sql, sent: sql, start: 0 }).line },
      cause: error,
    });
  }
  return said;
}

export async function surroundingsOf(
  shadow: Shadow,
  { path, postgresMajor }: Pick<RehearsalInput, 'path' | 'postgresMajor'>,
): Promise<Surroundings> {
  await using session = await openSession(shadow.admin);
  const namesOf = async (sql: string): Promise<string[]> => {
    const { rows } = await session.client.query<{ name: string }>(sql);
    return rows.map(({ name }) => name);
  };
  return {
    path,
    postgresMajor,
    extensions: await namesOf('SELECT name FROM pg_catalog.pg_available_extensions'),
    roles: await namesOf('SELECT rolname AS name FROM pg_catalog.pg_roles'),
  };
}
