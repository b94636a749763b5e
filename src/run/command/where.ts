import type { Place } from '../../errors.ts';
import type { CommandAdapter } from '../../tools/command-adapter.ts';
import type { Migration, MigrationTool } from '../../tools/tool.ts';
import type { Recorded } from '../proxy/record.ts';
import { attribute } from './attribute.ts';
import { meaningOf } from './statement.ts';
import { unitsOf } from './units.ts';

/** What a tool is about to run. */
export interface Ahead {
  readonly tool: Pick<MigrationTool, 'bookkeeping'>;
  /** In their order. */
  readonly migrations: readonly Migration[];
}

/**
 * In which migration a tool is that has sent these statements and has not ended, and on which line as far as that can be
 * told of a program. Undefined: it has recorded all of them, or has sent nothing.
 */
export function whereIn(
  statements: readonly Recorded[],
  adapter: CommandAdapter,
  { tool, migrations }: Ahead,
): Place | undefined {
  if (statements.length === 0) return undefined;
  const tables = tool.bookkeeping.relations;
  const { groups, untouched } = attribute(statements, { adapter, tables, pending: migrations, failed: true });
  const group = groups.find(({ recorded }) => !recorded);
  const migration = group?.migration ?? untouched[0];
  if (migration === undefined) return undefined;
  const work = (group?.statements ?? []).filter(({ is }) => is === 'work');
  // A question counts for nothing, unless it is the one that does not end.
  const last = statements.at(-1);
  const asked = last?.tag === null && last.error === null ? [meaningOf(last, tables)] : [];
  const running = asked.filter(({ is, recorded }) => is === 'noise' && recorded.text.trim() !== '');
  return { file: migration.file, line: unitsOf(migration, [...work, ...running], [], false).at(-1)?.line };
}
