import { compared } from '../catalog/differences.ts';
import type { Catalog } from '../catalog/model.ts';
import type { Since } from '../git/since.ts';
import type { Trial } from '../run/rehearsal.ts';
import type { History, Migration, MigrationTool } from '../tools/tool.ts';
import type { HistoryChange } from './change.ts';
import { statementsBetween } from './meeting.ts';
import { fileText } from './new-file.ts';
import { type Move, movedBehind, newPath } from './next-name.ts';

/** What leads out of a changed history, as far as it could be found and tried. */
export interface WayOut {
  /** Since when files of base are there, by their path in base. */
  readonly since: ReadonlyMap<string, Since>;
  /** Renames that put a late or doubled migration behind the newest, by its path in head. */
  readonly moves: ReadonlyMap<string, readonly Move[]>;
  /** A new migration after which the upgrade path has the schema of the fresh path; null: none was found that does. */
  readonly meeting: Meeting | null;
}

export interface Meeting {
  /** Where it belongs, with a name behind the newest; null where the tool makes names that we do not. */
  readonly file: string | null;
  /** The whole file, in the form that the tool reads. */
  readonly text: string;
  /** Columns stand in another order than in a new database, which no migration changes. */
  readonly otherOrder: boolean;
}

/** Files about which git's log is asked. */
const mostFiles = 10;

/** Looks for what leads out of each change, and tries what can be tried. */
export async function findWayOut(input: {
  readonly tool: MigrationTool;
  readonly changes: readonly HistoryChange[];
  readonly base: History;
  readonly head: History;
  readonly since: (paths: readonly string[]) => Promise<ReadonlyMap<string, Since>>;
  /** The two schemas and the way to try a migration after the pending ones; null where they were not compared. */
  readonly paths: {
    readonly upgraded: Catalog;
    readonly fresh: Catalog;
    tryAfter(migration: Migration): Promise<Trial>;
  } | null;
}): Promise<WayOut> {
  const { tool, changes, base, head } = input;
  const applied = changes.flatMap(({ kind, file, previousFile }) =>
    kind === 'missing-from-head' || kind === 'out-of-order' ? [] : [previousFile ?? file],
  );
  const everything = [...base.migrations, ...head.migrations];
  const moves = new Map<string, readonly Move[]>();
  // Each one that moves is one more to come after.
  let before = everything;
  for (const { kind, file } of changes) {
    if (kind !== 'out-of-order' && kind !== 'duplicate-version') continue;
    const migration = head.migrations.find((one) => one.file === file);
    const found = migration === undefined || moves.has(file) ? null : movedBehind(tool, migration, before);
    if (migration === undefined || found === null) continue;
    moves.set(file, found);
    before = [...before, movedBy(migration, found)];
  }
  return {
    since: await input.since(applied.slice(0, mostFiles)),
    moves,
    meeting: await findMeeting(input, everything),
  };
}

function movedBy(migration: Migration, moves: readonly Move[]): Migration {
  const move = moves.find(({ from }) => migration.file.startsWith(from));
  if (move === undefined) return migration;
  const file = move.to + migration.file.slice(move.from.length);
  const version = /\d[\d.-]*/.exec(move.to.slice(move.to.lastIndexOf('/') + 1))?.[0] ?? migration.version;
  return { ...migration, file, version: version.replaceAll('-', '') };
}

async function findMeeting(
  { tool, changes, paths }: Parameters<typeof findWayOut>[0],
  everything: readonly Migration[],
): Promise<Meeting | null> {
  const isMeant = changes.some(
    ({ kind, diff }) => kind === 'edited' || kind === 'deleted' || (kind === 'renamed' && diff !== ''),
  );
  if (!isMeant || paths === null || tool.command !== undefined) return null;
  const sql = statementsBetween(paths.upgraded, paths.fresh);
  if (sql === null || sql === '') return null;
  const place = newPath(tool, everything, 'follow_up');
  const file = place?.file ?? 'follow_up.sql';
  const { traced, after } = await paths.tryAfter({
    version: place?.version ?? 'follow_up',
    name: 'follow_up',
    identity: file,
    file,
    bytes: Buffer.from(sql),
    sql,
    transaction: 'single',
  });
  if (traced.migrations.some(({ error, refused }) => error !== null || refused !== null)) return null;
  const left = compared(after, paths.fresh, 'name').differences;
  if (left.some(({ orderOnly }) => !orderOnly)) return null;
  return { file: place?.file ?? null, text: fileText(tool.name, sql), otherOrder: left.length > 0 };
}
