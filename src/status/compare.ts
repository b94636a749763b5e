import type { History, Migration, MigrationTool } from '../tools/tool.ts';
import type { Reader, RecordedMigration } from './record.ts';

export type StatusKind = 'failed' | 'unknown' | 'changed' | 'late' | 'order' | 'pending';

/** One thing that a deployment should know. */
export interface StatusEntry {
  readonly kind: StatusKind;
  /** Must a deployment stop for it? */
  readonly stops: boolean;
  readonly name: string;
  /** Path in the checkout, null where it has none. */
  readonly file: string | null;
  readonly says: string;
}

export interface Compared {
  /** The checkout's migrations that the database has. */
  readonly applied: readonly Migration[];
  readonly entries: readonly StatusEntry[];
}

/** Puts what a database has recorded beside what the checkout has. */
export function compareStatus(
  tool: MigrationTool,
  history: History,
  recorded: readonly RecordedMigration[],
  reader: Pick<Reader, 'checksum' | 'unordered'>,
): Compared {
  const known = new Map(
    [...history.migrations, ...(history.onEmpty ?? [])].map((migration) => [migration.identity, migration]),
  );
  const rows = new Map(recorded.map((row) => [row.identity, row]));
  const entries: StatusEntry[] = [];
  const applied = history.migrations.filter(({ identity }) => rows.get(identity)?.state === 'applied');

  for (const row of recorded) {
    const migration = known.get(row.identity);
    const place = { name: row.name, file: migration?.file ?? null };
    if (row.state === 'failed') {
      const says = `It did not come to its end${row.says === undefined ? '' : `: ${row.says}`}.`;
      entries.push({ ...place, kind: 'failed', stops: true, says });
    } else if (migration === undefined) {
      const says =
        'The database has it and this checkout does not: the database is newer, or the file is gone. Do not deploy.';
      entries.push({ ...place, kind: 'unknown', stops: true, says });
    } else entries.push(...changedOf(tool, migration, row, reader));
  }
  if (reader.unordered !== true) entries.push(...orderOf(history, recorded));
  entries.push(...pendingOf(tool, history, rows, applied));
  return { applied, entries: entries.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)) };
}

const order: readonly StatusKind[] = ['failed', 'unknown', 'changed', 'late', 'order', 'pending'];

function changedOf(
  tool: MigrationTool,
  migration: Migration,
  row: RecordedMigration,
  reader: Pick<Reader, 'checksum'>,
): StatusEntry[] {
  const now = reader.checksum?.(migration) ?? null;
  if (now === null || row.checksum === null || now === row.checksum) return [];
  const place = { name: row.name, file: migration.file };
  if (migration.repeatable !== undefined) {
    return [{ ...place, kind: 'pending', stops: false, says: 'It has changed, so that it runs again.' }];
  }
  const { does, says } = tool.onHistoryChange.edited;
  return [
    {
      ...place,
      kind: 'changed',
      stops: true,
      says: `The database has run another text than this checkout has (checksum ${short(row.checksum)}, now ${short(now)}). ${does === 'refuses' ? says : 'What it made is not what the file says.'}`,
    },
  ];
}

const short = (checksum: string): string => (checksum.length > 16 ? `${checksum.slice(0, 12)}…` : checksum);

/** Applied in another order than a new database applies them. */
function orderOf(history: History, recorded: readonly RecordedMigration[]): StatusEntry[] {
  const places = new Map(history.migrations.map(({ identity }, index) => [identity, index]));
  let newest = -1;
  return recorded.flatMap((row): StatusEntry[] => {
    const place = places.get(row.identity);
    const migration = place === undefined ? undefined : history.migrations[place];
    if (place === undefined || migration === undefined || migration.repeatable !== undefined) return [];
    const before = history.migrations[newest];
    if (place > newest || before === undefined) {
      newest = Math.max(newest, place);
      return [];
    }
    const says = `It was applied after ${before.version}, which a new database gets later.`;
    return [{ kind: 'order', stops: false, name: row.name, file: migration.file, says }];
  });
}

function pendingOf(
  tool: MigrationTool,
  history: History,
  rows: ReadonlyMap<string, RecordedMigration>,
  applied: readonly Migration[],
): StatusEntry[] {
  const open = history.migrations.filter(
    ({ identity, repeatable, onlyWhenEmpty }) =>
      !rows.has(identity) && repeatable !== 'always' && (onlyWhenEmpty !== true || applied.length === 0),
  );
  const once = applied.filter(({ repeatable }) => repeatable === undefined);
  const newest = once.at(-1);
  const place = new Map(history.migrations.map((migration, index) => [migration, index]));
  const isLate = new Set(
    newest === undefined
      ? []
      : (tool.late?.(open, once) ??
          open.filter(
            (one) => one.repeatable === undefined && (place.get(one) ?? 0) < (place.get(newest) ?? 0),
          )),
  );
  const { does, says } = tool.onHistoryChange.outOfOrder;
  return open.map((migration): StatusEntry => {
    const shared = { name: migration.version, file: migration.file };
    if (!isLate.has(migration)) {
      return { ...shared, kind: 'pending', stops: false, says: 'The next deploy runs it.' };
    }
    return { ...shared, kind: 'late', stops: does === 'refuses' || does === 'skips', says };
  });
}
