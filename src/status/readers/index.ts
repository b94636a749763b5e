import type { Migration, MigrationTool, ToolName } from '../../tools/tool.ts';
import type { Reader } from '../record.ts';
import * as checksums from './checksums.ts';
import { applied, goose, hasura, newestVersion, versionsOf } from './versions.ts';

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

/** Tools that run themselves tell by their adapter what a row means. */
const byAdapter = ({ command, name }: MigrationTool): Reader => ({
  unordered: true,
  async read(ask, table, known) {
    const rows = await ask(`SELECT to_jsonb(one)::text AS one FROM ${table} one`);
    const identities = rows.flatMap(({ one }) => {
      const row = Object.entries(JSON.parse(one ?? '{}') as Record<string, unknown>);
      const texts = Object.fromEntries(
        row.map(([key, value]) => [key, value === null ? null : String(value)]),
      );
      return command?.recorded(texts, known) ?? [];
    });
    return (name === 'alembic' ? withParents(identities, known) : identities).map((identity) =>
      applied(identity),
    );
  },
});

/** Alembic's table holds the newest revision of each branch alone. */
function withParents(heads: readonly string[], known: readonly Migration[]): string[] {
  const byIdentity = new Map(known.map((migration) => [migration.identity, migration]));
  const found = new Set<string>();
  const visit = (identity: string): void => {
    if (found.has(identity)) return;
    found.add(identity);
    const parents = String(byIdentity.get(identity)?.extra?.parents ?? '');
    for (const parent of parents.split(/[\s,]+/)) if (parent !== '') visit(parent);
  };
  heads.forEach(visit);
  return [...found];
}
