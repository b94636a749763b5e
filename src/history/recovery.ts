import { word } from '../shell-word.ts';
import type { Migration, MigrationTool, ToolName } from '../tools/tool.ts';

/** What a tool offers when a migration has stopped half-way, or has to count as applied without being run. */
export interface Recovery {
  /** What the next deploy does after one that stopped: a sentence that starts with the tool's name. */
  readonly next: string;
  /** Commands to get out of that state, after what is left of the migration was removed by hand; none are needed where empty. */
  settle(migration: Migration, previous: Migration | null): readonly string[];
  /** The command that records a migration without running it; null: its row is written by SQL. */
  markApplied(migration: Migration): string | null;
}

const nothing = () => [];
const bySql = () => null;
const again = (title: string): string =>
  `${title} has recorded nothing and runs the file from its first statement again.`;

const recoveries: Partial<Record<ToolName, Recovery>> = {
  prisma: {
    next: 'Prisma Migrate finds the row without an end and refuses every deploy with P3009 until somebody says what became of it.',
    settle: ({ identity }) => [
      `prisma migrate resolve --rolled-back ${word(identity)}`,
      `prisma migrate resolve --applied ${word(identity)}`,
    ],
    markApplied: ({ identity }) => `prisma migrate resolve --applied ${word(identity)}`,
  },
  drizzle: { next: again('Drizzle'), settle: nothing, markApplied: bySql },
  flyway: {
    next: 'Flyway keeps a row with success = false for a script that ran outside a transaction and refuses to migrate (“Detected failed migration”); after a rollback it has recorded nothing and runs the script again.',
    settle: () => ['flyway repair'],
    markApplied: ({ version }) => `flyway baseline -baselineVersion=${word(version)}`,
  },
  'golang-migrate': {
    next: 'golang-migrate has marked the version as dirty and refuses to run anything (“Dirty database version … Fix and force version.”), also where the server took everything back.',
    settle: ({ version }, previous) => [
      `migrate force ${word(previous?.version ?? '-1')}`,
      `migrate force ${word(version)}`,
    ],
    markApplied: ({ version }) => `migrate force ${word(version)}`,
  },
  sqlx: { next: again('SQLx'), settle: nothing, markApplied: bySql },
  dbmate: { next: again('dbmate'), settle: nothing, markApplied: bySql },
  goose: { next: again('goose'), settle: nothing, markApplied: bySql },
  supabase: {
    next: again('Supabase'),
    settle: ({ version }) => [`supabase migration repair --status applied ${word(version)}`],
    markApplied: ({ version }) => `supabase migration repair --status applied ${word(version)}`,
  },
  hasura: {
    next: again('Hasura'),
    settle: ({ version }) => [`hasura migrate apply --version ${word(version)} --skip-execution`],
    markApplied: ({ version }) => `hasura migrate apply --version ${word(version)} --skip-execution`,
  },
  atlas: {
    next: 'Atlas has written how many statements were applied and goes on after them; where the statements before were edited since, it refuses.',
    settle: ({ version }) => [`atlas migrate set ${word(version)}`],
    markApplied: ({ version }) => `atlas migrate set ${word(version)}`,
  },
  liquibase: {
    next: 'Liquibase has not recorded the changeset and runs it from its start again; a process that was killed leaves the lock behind, on which the next one waits.',
    settle: () => ['liquibase release-locks'],
    markApplied: () => 'liquibase changelog-sync',
  },
  sqitch: {
    next: 'Sqitch reverts what the same deploy had done before (unless it was called with --mode change) and begins with this change again.',
    settle: ({ name }) => [`sqitch deploy --log-only --to ${word(name)}`],
    markApplied: ({ name }) => `sqitch deploy --log-only --to ${word(name)}`,
  },
  'graphile-migrate': { next: again('graphile-migrate'), settle: nothing, markApplied: bySql },
  'node-pg-migrate': {
    next: again('node-pg-migrate'),
    settle: nothing,
    markApplied: ({ identity }) => `node-pg-migrate up ${word(identity)} --fake`,
  },
  diesel: { next: again('Diesel'), settle: nothing, markApplied: bySql },
  refinery: { next: again('Refinery'), settle: nothing, markApplied: bySql },
  plain: {
    next: 'Plain SQL files have no tool of their own: whether the file runs again is up to the script that runs it.',
    settle: nothing,
    markApplied: bySql,
  },
  alembic: {
    next: 'Alembic has not moved its version and runs the revision from its start again; without autocommit blocks the server has taken back all revisions of the deploy.',
    settle: ({ version }) => [`alembic stamp ${word(version)}`],
    markApplied: ({ version }) => `alembic stamp ${word(version)}`,
  },
  django: {
    next: again('Django'),
    settle: ({ identity }) => [`python manage.py migrate --fake ${djangoName(identity)}`],
    markApplied: ({ identity }) => `python manage.py migrate --fake ${djangoName(identity)}`,
  },
  rails: { next: again('Rails'), settle: nothing, markApplied: bySql },
  knex: {
    next: 'Knex has recorded nothing and runs the file again; a process that was killed leaves its lock behind, which stops every later run.',
    settle: () => ['knex migrate:unlock'],
    markApplied: bySql,
  },
  typeorm: {
    next: again('TypeORM'),
    settle: nothing,
    markApplied: () => 'typeorm migration:run --fake',
  },
  sequelize: { next: again('Sequelize'), settle: nothing, markApplied: bySql },
  kysely: { next: again('Kysely'), settle: nothing, markApplied: bySql },
  'mikro-orm': { next: again('MikroORM'), settle: nothing, markApplied: bySql },
  ecto: { next: again('Ecto'), settle: nothing, markApplied: bySql },
};

const djangoName = (identity: string): string => {
  const dot = identity.indexOf('.');
  return `${word(identity.slice(0, dot))} ${word(identity.slice(dot + 1))}`;
};

/** What the tool offers; for a command that we do not know: nothing but the fact. */
export const recoveryOf = (tool: MigrationTool): Recovery =>
  recoveries[tool.name] ?? {
    next: `${tool.title} decides by its own rules whether the migration runs again.`,
    settle: nothing,
    markApplied: bySql,
  };

/** What records a migration on a database that has what it makes: a command of the tool's, or its row as SQL; null = unknown. */
export function recording(tool: MigrationTool, migration: Migration): string | null {
  const command = recoveryOf(tool).markApplied(migration);
  if (command !== null) return command;
  const { before, after } = tool.bookkeeping;
  const sql = `${before(migration)} ${after(migration)}`.trim();
  return sql === '' || sql.length > 1_000 ? null : sql;
}
