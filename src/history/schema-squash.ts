import { basename } from '../tools/reading/directories.ts';
import type { History, Migration, MigrationTool } from '../tools/tool.ts';
import type { HistoryChange, HistoryComparison } from './change.ts';
import { madeNames, makesAgain, type Squash } from './squash.ts';

/** One that is gone, with the version that it had. */
interface Gone {
  readonly change: HistoryChange;
  readonly file: string;
  readonly version: string;
}

/**
 * The deleted ones; with them those that only look renamed, as a new file is much like one of them, and one under whose number
 * another file stands now: it tells whoever is too far behind.
 */
function goneIn({ changes }: HistoryComparison, base: History): readonly Gone[] {
  const deleted = changes.filter(({ kind }) => kind === 'deleted');
  if (deleted.length === 0) return [];
  const old = new Map(base.migrations.map(({ file, version }) => [file, version]));
  const alike = changes.filter(
    ({ kind, file, previousFile, sameIdentity, diff }) =>
      (kind === 'renamed' && sameIdentity !== true && diff !== '') ||
      (kind === 'edited' && previousFile !== null && basename(previousFile) !== basename(file)),
  );
  return [...deleted, ...alike].map((change) => {
    const file = change.previousFile ?? change.file;
    return { change, file, version: old.get(file) ?? change.version };
  });
}

/** Those that a schema file is too old for. */
const behind = (load: Migration, gone: readonly Gone[], { order }: Pick<MigrationTool, 'order'>) =>
  gone.filter(({ version }) => order({ version: load.version, name: '' }, { version, name: '' }) < 0);

/** One of base's that stays although it is older than one that is gone: what was cut off is no beginning. */
function olderOne(
  gone: readonly Gone[],
  base: History,
  head: History,
  { order }: Pick<MigrationTool, 'order'>,
): Migration | undefined {
  const lost = new Set(gone.map(({ file }) => file));
  const stays = new Set(head.migrations.map(({ identity }) => identity));
  return base.migrations.find(
    (one) =>
      !lost.has(one.file) &&
      stays.has(one.identity) &&
      gone.some(({ version }) => order({ version: one.version, name: '' }, { version, name: '' }) < 0),
  );
}

/**
 * Migrations of base, the beginning of its history, that are gone while head's schema file, which the tool makes new databases of, is at least as new as
 * they are. Whether it has all that they did has to be tried. Null also where a migration of head stands in their place, and
 * where older ones stay: one of the last that is gone may be a slip, and not every database may have it yet.
 */
export function findSchemaSquash(
  tool: Pick<MigrationTool, 'order'>,
  comparison: HistoryComparison,
  base: History,
  head: History,
): Squash | null {
  const load = head.schemaLoad;
  const gone = goneIn(comparison, base);
  if (load === undefined || typeof load === 'string' || gone.length === 0) return null;
  if (behind(load, gone, tool).length > 0 || olderOne(gone, base, head, tool) !== undefined) return null;
  const files = gone.map(({ file }) => file);
  const old = new Map(base.migrations.map((migration) => [migration.file, migration]));
  const others = [...comparison.pending, ...comparison.edited];
  if (others.some((migration) => makesAgain(migration, files, old))) return null;
  return { into: load, gone: files, changes: gone.map(({ change }) => change), load: true };
}

/** Why a deletion is not one that the tool's schema file stands for, as a sentence; null: the tool has no such file at all. */
export function notInSchema(
  tool: Pick<MigrationTool, 'order' | 'title'>,
  comparison: HistoryComparison,
  base: History,
  head: History,
): string | null {
  const { schemaLoad } = head;
  const gone = goneIn(comparison, base);
  if (schemaLoad === undefined || gone.length === 0) return null;
  if (typeof schemaLoad === 'string') return schemaLoad;
  const [first, ...more] = behind(schemaLoad, gone, tool);
  const older = olderOne(gone, base, head, tool);
  if (first === undefined)
    return older === undefined
      ? null
      : `${schemaLoad.file} does not stand for ${gone.length === 1 ? 'it' : 'them'}, since ${older.file}, which is older, stays: whoever cuts a history off takes its beginning. A database that is behind never gets what is gone.`;
  return `${schemaLoad.file}, of which ${tool.title} makes a new database, was written at version ${schemaLoad.version}, before ${first.version}${more.length === 0 ? '' : ` and ${more.length} more of them`}.`;
}

/**
 * Does base's schema file make tables of which none of base's migrations says a word, so that the beginning of its history may
 * have been left to that file? One that was written where another branch had run makes such tables, too: it has that branch's
 * version, or the table is what the pull request makes.
 */
export function isPerhapsCut(
  { bookkeeping: { relations } }: Pick<MigrationTool, 'bookkeeping'>,
  { migrations, schemaLoad }: History,
  pending: readonly Migration[],
): boolean {
  if (schemaLoad === undefined || typeof schemaLoad === 'string') return false;
  if (!migrations.some(({ version }) => version === schemaLoad.version)) return false;
  const accounted = new Set([
    ...relations.map((name) => name.slice(name.indexOf('.') + 1)),
    ...migrations.flatMap(({ bytes }) => bytes.toString('utf8').match(/\w+/g) ?? []),
    ...pending.flatMap(madeNames).map(withoutKind),
  ]);
  return madeNames(schemaLoad).some((name) => !isNamed(withoutKind(name), accounted));
}

/** As it is, or as two names between which a join table's is put together. */
const isNamed = (name: string, words: ReadonlySet<string>): boolean =>
  words.has(name) ||
  [...name.matchAll(/_/g)].some(
    ({ index }) => words.has(name.slice(0, index)) && words.has(name.slice(index + 1)),
  );

const withoutKind = (name: string): string => name.slice(name.indexOf(' ') + 1);
