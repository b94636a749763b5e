import type { MigrationTool, ToolName } from '../../tools/tool.ts';
import type { Reader } from '../record.ts';
import { byAdapter } from './adapter.ts';
import * as checksums from './checksums.ts';
import { goose, hasura, newestVersion, versionsOf } from './versions.ts';

const readers: Partial<Record<ToolName, Reader>> = {
  prisma: checksums.prisma,
  drizzle: checksums.drizzle,
  flyway: checksums.flyway,
  'golang-migrate': newestVersion,
  sqlx: checksums.sqlx,
  dbmate: versionsOf('version'),
  goose,
  supabase: versionsOf('version'),
  hasura,
  atlas: checksums.atlas,
  liquibase: checksums.liquibase,
  sqitch: checksums.sqitch,
  'graphile-migrate': checksums.graphileMigrate,
  'node-pg-migrate': versionsOf('name', 'run_on, id'),
  diesel: versionsOf('version'),
  refinery: checksums.refinery,
};

/** How the tool's table is read; null where it has none that we know. */
export function readerOf(tool: MigrationTool): Reader | null {
  const own = readers[tool.name];
  if (own !== undefined) return own;
  return tool.command === undefined || tool.command.anyTable === true ? null : byAdapter(tool);
}
