import { word } from '../shell-word.ts';
import type { Migration, MigrationTool, ToolName } from '../tools/tool.ts';

/** What a tool offers when a migration has stopped half-way, or has to count as applied without being run. */
export interface Recovery {
  /** What the next deploy does after one that stopped: a sentence that starts with the tool's name. */
  readonly next: string;
  /** Commands after which the next deploy runs it again: what is left of it was taken back by hand before. None where none are needed. */
  rerun(migration: Migration, previous: Migration | null): readonly string[];
  /** Commands after which it counts as applied: what it lacks was done by hand before. None where the tool has none. */
  finish(migration: Migration, previous: Migration | null): readonly string[];
  /** A command that is needed after a process that was killed; absent: none is. */
  readonly unlock?: string;
  /** The command that records a migration without running it; null: its row is written by SQL. */
  markApplied(migration: Migration): string | null;
}

const nothing = () => [];
const bySql = () => null;
const again = (title: string): string =>
  `${title} has recorded nothing and runs the file from its first statement again.`;
const byHand = (title: string): Recovery => ({
  next: again(title),
  rerun: nothing,
  finish: nothing,
  markApplied: bySql,
});

/** For tools whose command for one migration is the same in both cases. */
const marked = (next: string, markApplied: (migration: Migration) => string): Recovery => ({
  next,
  rerun: nothing,
  finish: (migration) => [markApplied(migration)],
  markApplied,
});

const recoveries: Partial<Record<ToolName, Recovery>> = {
  prisma: {
    next: 'Prisma Migrate finds the row without an end and refuses every deploy with P3009 until somebody says what became of it.',
    rerun: ({ identity }) => [`prisma migrate resolve --rolled-back ${word(identity)}`],
    finish: ({ identity }) => [`prisma migrate resolve --applied ${word(identity)}`],
    markApplied: ({ identity }) => `prisma migrate resolve --applied ${word(identity)}`,
  },
  drizzle: byHand('Drizzle'),
  flyway: {
    next: 'Flyway keeps a row with success = false for a script that ran outside a transaction and refuses to migrate (“Detected failed migration”); after a rollback it has recorded nothing and runs the script again.',
    rerun: () => ['flyway repair'],
    finish: ({ version }) => ['flyway repair', skippedByFlyway(version)],
    markApplied: ({ version }) => `flyway repair && ${skippedByFlyway(version)}`,
  },
  'golang-migrate': {
    next: 'golang-migrate has marked the version as dirty and refuses to run anything (“Dirty database version … Fix and force version.”), also where the server took everything back.',
    // Its flag parser takes -1 for an option.
    rerun: (_, previous) => [`migrate force ${previous === null ? '-- -1' : word(previous.version)}`],
    finish: ({ version }) => [`migrate force ${word(version)}`],
    markApplied: ({ version }) => `migrate force ${word(version)}`,
  },
  sqlx: byHand('SQLx'),
  dbmate: byHand('dbmate'),
  goose: byHand('goose'),
  supabase: marked(
    again('Supabase'),
    ({ version }) => `supabase migration repair --status applied ${word(version)}`,
  ),
  hasura: marked(again('Hasura'), (migration) => skippedByHasura(migration)),
  atlas: {
    next: 'Atlas has written how many statements were applied and goes on after them; where the statements before were edited since, it refuses.',
    rerun: nothing,
    finish: ({ version }) => [`atlas migrate set ${word(version)}`],
    markApplied: ({ version }) => `atlas migrate set ${word(version)}`,
  },
  liquibase: {
    next: 'Liquibase has not recorded the changeset and runs it from its start again; a process that was killed leaves the lock behind, on which the next one waits.',
    rerun: nothing,
    finish: () => ['liquibase mark-next-changeset-ran'],
    unlock: 'liquibase release-locks',
    markApplied: () => 'liquibase changelog-sync',
  },
  sqitch: {
    next: 'Sqitch reverts what the same deploy had done before (unless it was called with --mode change) and begins with this change again.',
    rerun: nothing,
    finish: ({ name }, previous) => [
      // It would log what it has reverted as well.
      ...(previous === null ? [] : [`sqitch deploy --mode change --to ${word(previous.name)}`]),
      `sqitch deploy --log-only --to ${word(name)}`,
    ],
    markApplied: ({ name }) => `sqitch deploy --log-only --to ${word(name)}`,
  },
  'graphile-migrate': byHand('graphile-migrate'),
  'node-pg-migrate': marked(
    again('node-pg-migrate'),
    ({ identity }) => `node-pg-migrate up ${word(identity)} --fake`,
  ),
  diesel: byHand('Diesel'),
  refinery: byHand('Refinery'),
  plain: {
    ...byHand(''),
    next: 'Plain SQL files have no tool of their own: whether the file runs again is up to the script that runs it.',
  },
  alembic: marked(
    'Alembic has not moved its version and runs the revision from its start again; without autocommit blocks the server has taken back all revisions of the deploy.',
    ({ version }) => `alembic stamp ${word(version)}`,
  ),
  django: marked(
    again('Django'),
    ({ identity }) => `python manage.py migrate --fake ${djangoName(identity)}`,
  ),
  rails: byHand('Rails'),
  knex: {
    ...byHand('Knex'),
    next: 'Knex has recorded nothing and runs the file again; a process that was killed leaves its lock behind, which stops every later run.',
    unlock: 'knex migrate:unlock',
  },
  typeorm: { ...byHand('TypeORM'), markApplied: () => 'typeorm migration:run --fake' },
  sequelize: byHand('Sequelize'),
  kysely: byHand('Kysely'),
  'mikro-orm': byHand('MikroORM'),
  ecto: byHand('Ecto'),
};

const skippedByFlyway = (version: string): string =>
  `flyway migrate -skipExecutingMigrations=true -target=${word(version)}`;

/** From its third version on the command asks which database is meant, whose name the directory has. */
function skippedByHasura({ version, file }: Migration): string {
  const [parent, database] = file.split('/').slice(-4, -2);
  const named = parent === 'migrations' && database !== undefined ? ` --database-name ${word(database)}` : '';
  return `hasura migrate apply --version ${word(version)} --skip-execution${named}`;
}

const djangoName = (identity: string): string => {
  const dot = identity.indexOf('.');
  return `${word(identity.slice(0, dot))} ${word(identity.slice(dot + 1))}`;
};

/** What the tool offers; for a command that we do not know: nothing but the fact. */
export const recoveryOf = (tool: MigrationTool): Recovery =>
  recoveries[tool.name] ?? {
    ...byHand(tool.title),
    next: `${tool.title} decides by its own rules whether the migration runs again.`,
  };

/** What records a migration on a database that has what it makes: a command of the tool's, or its row as SQL; null = unknown. */
export function recording(tool: MigrationTool, migration: Migration): string | null {
  const command = recoveryOf(tool).markApplied(migration);
  if (command !== null) return command;
  const { before, after } = tool.bookkeeping;
  const sql = `${before(migration)} ${after(migration)}`.trim();
  return sql === '' || sql.length > 1_000 ? null : sql;
}
