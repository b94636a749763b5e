import { diff } from '../catalog/diff.ts';
import type { ObjectType, SchemaChange } from '../catalog/model.ts';
import { snapshot } from '../catalog/snapshot.ts';
import { loadConfig } from '../config/load.ts';
import type { Config, DatabaseConfig, Options } from '../config/options.ts';
import { Undecided, UserError } from '../errors.ts';
import { openTrees } from '../git/trees.ts';
import { limited } from '../limits.ts';
import { ruleDefaults } from '../rules/index.ts';
import { rehearse } from '../run/rehearse.ts';
import { loadParser } from '../sql/parse.ts';
import { configuredTool } from '../tools/configured.ts';
import type { History, Migration, MigrationTool } from '../tools/tool.ts';
import { type Compared, compareStatus, type StatusEntry } from './compare.ts';
import { type Asked, askDatabase } from './connect.ts';
import { readerOf } from './readers/index.ts';
import type { Reader } from './record.ts';

/** Where a database stands, as plain JSON. */
export interface StatusReport {
  readonly schemaVersion: 1;
  /** `up-to-date`: deploy or not; `pending`: a deployment has work to do; `stop`: none should begin. */
  readonly state: 'up-to-date' | 'pending' | 'stop';
  /** `host:port/database`, without user and password. */
  readonly database: string;
  readonly path: string;
  readonly tool: string;
  /** Migrations of the checkout that the database has. */
  readonly applied: number;
  readonly known: number;
  readonly entries: readonly StatusEntry[];
  /** What the database has (`added`), lacks (`removed`) or has otherwise than the applied migrations make; null: not asked. */
  readonly drift: readonly SchemaChange[] | null;
  readonly notes: readonly string[];
}

export interface StatusInput {
  readonly options: Options;
  readonly databaseUrl: string;
  /** Compare the schema too: boots a shadow. */
  readonly schema: boolean;
  readonly onProgress: (message: string) => void;
}

/** What belongs to a server and its operators, not to the migrations' schema. */
const notSchema: ReadonlySet<ObjectType> = new Set<ObjectType>([
  'role',
  'role-membership',
  'setting',
  'owner',
  'privilege',
  'default-privilege',
]);

/**
 * Reads where a real database stands and puts it beside a checkout. Nothing is written to either.
 *
 * @throws UserError for wrong use, and where the database cannot be read
 */
export async function readStatus(input: StatusInput): Promise<StatusReport> {
  try {
    return await statusOf(input);
  } catch (error) {
    // Here nothing is approved: what the gate would leave undecided is a question to whoever calls.
    throw error instanceof Undecided ? new UserError(error.message) : error;
  }
}

async function statusOf(input: StatusInput): Promise<StatusReport> {
  const { options, databaseUrl, onProgress } = input;
  await loadParser();
  await using trees = await openTrees({
    repo: options.repo,
    base: options.head ?? 'HEAD',
    head: options.head,
    mergeHead: false,
    onProgress,
  });
  const config = await loadConfig({ options, head: trees.head, base: trees.base, ruleDefaults });
  const database = theOne(config.databases);
  const tool = await configuredTool(database, trees);
  const history = await tool.history(trees.head, database.path);
  const reader = readerOf(tool);
  if (reader === null) {
    throw new UserError(
      `${tool.title} has no table of its own in which a database records what was applied, so that nothing can be said of it.`,
    );
  }
  await using asked = await askDatabase(databaseUrl);
  onProgress(`reading ${asked.label}`);
  const { table, applied, entries } = await standing(asked, tool, history, reader);
  const drift = input.schema ? await driftOf({ input, config, database, tool, applied, asked }) : null;
  const stops = entries.some((entry) => entry.stops) || (drift !== null && drift.length > 0);
  const work = entries.some(({ kind }) => kind === 'pending' || kind === 'late');
  return {
    schemaVersion: 1,
    state: stops ? 'stop' : work ? 'pending' : 'up-to-date',
    database: asked.label,
    path: database.path,
    tool: tool.title,
    applied: applied.length,
    known: history.migrations.length,
    entries,
    drift,
    notes: [
      ...(table === null ? [await withoutTable(asked, tool)] : []),
      ...(drift === null ? [] : ['Roles, owners, privileges and settings are not compared.']),
      ...history.notes,
    ],
  };
}

/** What the tool's table says beside a history; `table` is null where the database has none. */
export async function standing(
  asked: Asked,
  tool: MigrationTool,
  history: History,
  reader: Reader,
): Promise<Compared & { readonly table: string | null }> {
  const table = await tableOf(asked, tool, reader.table?.(tool) ?? null);
  const recorded = table === null ? [] : await reader.read(asked.ask, table, history.migrations, tool);
  return { table, ...compareStatus(tool, history, recorded, reader) };
}

/** Tables that the tool has not made: another database, or one that has to be told first where it stands. */
async function withoutTable({ ask }: Asked, { title }: MigrationTool): Promise<string> {
  const none = `The database has no table of ${title}: nothing was ever applied there by it.`;
  const [row] = await ask(
    `SELECT count(*)::text AS count FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND NOT EXISTS (
       SELECT FROM pg_catalog.pg_depend d
       WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`,
  );
  const count = Number(row?.count ?? 0);
  return count === 0
    ? none
    : `${none} It holds ${count} table${count === 1 ? '' : 's'} all the same: it may be another database than the one that is meant, or one for which ${title} needs a baseline before it deploys.`;
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function theOne(databases: readonly DatabaseConfig[]): DatabaseConfig {
  const [first, ...others] = databases;
  if (first === undefined)
    throw new UserError('No migrations were found here. Name their directory: --path DIR.');
  if (others.length > 0) {
    throw new UserError(
      `Several directories hold migrations: ${databases.map(({ path }) => path).join(', ')}. Say which one the database follows: --path DIR.`,
    );
  }
  return first;
}

/** The tool's table, quoted; null where the database has none. A `public` that was assumed may be another schema. */
async function tableOf(
  { ask }: Asked,
  { bookkeeping }: MigrationTool,
  own: { readonly schema: string; readonly relation: string } | null,
): Promise<string | null> {
  const [first] = bookkeeping.relations;
  const dot = first?.indexOf('.') ?? -1;
  const wanted =
    own ?? (first === undefined ? null : { schema: first.slice(0, dot), relation: first.slice(dot + 1) });
  if (wanted === null) return null;
  const rows = await ask(
    `SELECT n.nspname::text AS schema FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relname = $1 AND c.relkind IN ('r', 'p') AND (n.nspname = $2 OR $2 = 'public' AND n.nspname = ANY (current_schemas(false)))
     ORDER BY n.nspname = $2 DESC LIMIT 1`,
    [wanted.relation, wanted.schema],
  );
  const schema = rows[0]?.schema;
  return schema == null ? null : `${identifier(schema)}.${identifier(wanted.relation)}`;
}

/** What the applied migrations make on a shadow against what the database has. */
async function driftOf({
  input,
  config,
  database,
  tool,
  applied,
  asked,
}: {
  readonly input: StatusInput;
  readonly config: Config;
  readonly database: DatabaseConfig;
  readonly tool: MigrationTool;
  readonly applied: readonly Migration[];
  readonly asked: Asked;
}): Promise<SchemaChange[]> {
  if (tool.command !== undefined && applied.some(({ program }) => program === true)) {
    throw new UserError(`--schema needs migrations that are SQL files: those of ${tool.title} are programs.`);
  }
  const { options, onProgress } = input;
  return limited(
    config.timeoutMinutes,
    () => 'comparing the schemas',
    async (limits) => {
      await using rehearsal = await rehearse({
        tool,
        path: database.path,
        shadow: options.shadow,
        cache: options.cache,
        postgresMajor: database.postgresMajor,
        postgresImage: database.postgresImage,
        superuser: config.shadowSuperuser,
        extensions: database.extensions,
        setup: [],
        baseline: null,
        checkDown: false,
        checkRerun: false,
        baseName: 'the database',
        base: applied,
        pending: [],
        fresh: null,
        hooks: { base: [], head: [] },
        newHooks: [],
        program: null,
        mayFail: () => false,
        limits,
        onProgress,
      });
      const { relations, schemas = [] } = tool.bookkeeping;
      onProgress(`reading the schema of ${asked.label}`);
      const real = await snapshot(asked.client, { ignore: relations, ignoreSchemas: schemas });
      return diff(rehearsal.after, real, 'name').filter(({ type }) => !notSchema.has(type));
    },
  );
}
