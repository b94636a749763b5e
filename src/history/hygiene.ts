import type { Catalog } from '../catalog/model.ts';
import type { History, Migration, MigrationTool, ToolName } from '../tools/tool.ts';
import { lastingSettings } from './lasting-settings.ts';

export type UntidyKind = 'not-valid' | 'invalid-index' | 'setting' | 'gap' | 'head' | 'duplicate';

/** Something that a history has left lying about. */
export interface Untidy {
  readonly kind: UntidyKind;
  /** The migration that brought it, as far as its text tells. */
  readonly file: string | null;
  readonly line: number | null;
  /** A part of a sentence: `users_age_check of public.users`, `search_path`, `7 to 9`. */
  readonly what: string;
}

/**
 * What is wrong with the whole of a history, whoever did it.
 *
 * @param made the schema that it makes; null: it was not run, and what only a server tells is left out
 */
export function untidy(tool: MigrationTool, history: History, made: Catalog | null): Untidy[] {
  const once = history.migrations.filter(({ repeatable }) => repeatable === undefined);
  return [
    ...(made === null ? [] : [...notValidated(made, once), ...invalidIndexes(made, once)]),
    ...(tool.sessions === 'one' ? lasting(once, takenBack[tool.name] ?? []) : []),
    ...gaps(once),
    ...heads(history),
    ...(tool.onHistoryChange.duplicateVersion.legal ? [] : duplicates(once)),
  ];
}

function notValidated({ objects }: Catalog, migrations: readonly Migration[]): Untidy[] {
  return objects.flatMap(({ type, facts, local, container, inheritedFrom }): Untidy[] => {
    if (inheritedFrom !== null) return [];
    const constraint = type === 'constraint' && facts.validated === false && facts.enforced !== false;
    const notNull = type === 'column' && facts.refusesNull === true && facts.notNullValid === false;
    if (!constraint && !notNull) return [];
    const what = notNull ? `NOT NULL of ${container}.${local}` : `${local} of ${container}`;
    return [{ kind: 'not-valid', what, ...placeOf(migrations, local, /\bnot\s+valid\b/i) }];
  });
}

function invalidIndexes({ objects }: Catalog, migrations: readonly Migration[]): Untidy[] {
  return objects.flatMap(({ type, facts, local, name, container }): Untidy[] => {
    const index = type === 'index' && facts.valid === false;
    const behind = type === 'constraint' && facts.indexValid === false;
    if (!index && !behind) return [];
    const what = `${index ? name : local} on ${container}`;
    return [{ kind: 'invalid-index', what, ...placeOf(migrations, local, /\bindex\b|\bunique\b/i) }];
  });
}

/** The newest migration that names it beside these words. */
function placeOf(
  migrations: readonly Migration[],
  name: string,
  beside: RegExp,
): Pick<Untidy, 'file' | 'line'> {
  for (const { file, sql } of [...migrations].reverse()) {
    if (!beside.test(sql)) continue;
    const line = sql.split('\n').findIndex((text) => text.includes(name));
    if (line >= 0) return { file, line: line + 1 };
  }
  return { file: null, line: null };
}

/** What a tool sets back by itself before the next migration. */
const takenBack: Partial<Record<ToolName, readonly string[]>> = { flyway: ['search_path', 'role'] };

const lasting = (migrations: readonly Migration[], back: readonly string[]): Untidy[] =>
  migrations.flatMap((migration) =>
    lastingSettings(migration)
      .filter(({ name }) => !back.includes(name))
      .map(({ name, line }): Untidy => ({ kind: 'setting', file: migration.file, line, what: name })),
  );

/** More digits are a time, and times have gaps. */
const longestNumber = 6;

/** Numbers that are left out where most follow each other by one. */
function gaps(migrations: readonly Migration[]): Untidy[] {
  if (!migrations.every(({ version }) => /^\d+$/.test(version) && Number(version) < 10 ** longestNumber)) {
    return [];
  }
  const byNumber = new Map(migrations.map((migration) => [Number(migration.version), migration]));
  const numbers = [...byNumber.keys()].sort((a, b) => a - b);
  const steps = numbers.slice(1).map((to, index) => ({ from: numbers[index] ?? to, to }));
  const wide = steps.filter(({ from, to }) => to - from > 1);
  // Some count by tens on purpose.
  if (wide.length * 2 > steps.length) return [];
  return wide.map(({ from, to }): Untidy => {
    const what = to - from === 2 ? `${from + 1}` : `${from + 1} to ${to - 1}`;
    return { kind: 'gap', file: byNumber.get(to)?.file ?? null, line: 1, what };
  });
}

const heads = ({ oddities = [] }: History): Untidy[] =>
  oddities
    .filter(({ kind }) => kind === 'multiple-heads')
    .map(({ file, says }): Untidy => ({ kind: 'head', file, line: 1, what: says }));

function duplicates(migrations: readonly Migration[]): Untidy[] {
  const first = new Map<string, Migration>();
  return migrations.flatMap((migration): Untidy[] => {
    const { version, file } = migration;
    const other = first.get(version);
    first.set(version, other ?? migration);
    return other === undefined || other.file === file
      ? []
      : [{ kind: 'duplicate', file, line: 1, what: `${version}, as ${other.file}` }];
  });
}
