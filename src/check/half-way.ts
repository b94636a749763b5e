import { halfWay } from '../history/half-way.ts';
import type { MigrationTrace } from '../run/trace.ts';
import type { History, Migration, MigrationTool } from '../tools/tool.ts';

/** What stays of a migration that fails half-way, and how to go on. */
export function halfWayOf(
  tool: MigrationTool,
  head: History,
  pending: readonly Migration[],
  trace: MigrationTrace,
) {
  const migration = pending.find(({ file, version }) => file === trace.file && version === trace.version);
  if (migration === undefined) return null;
  const place = head.migrations.findIndex(({ identity }) => identity === migration.identity);
  return halfWay(tool, migration, trace, head.migrations[place - 1] ?? null);
}
