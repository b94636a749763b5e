import { Undecided } from '../errors.ts';
import type { Shadow } from '../shadow/shadow.ts';
import { parseInChunks } from '../sql/chunks.ts';
import { readDump } from '../sql/dump.ts';
import { lineFinder, type ParsedStatement } from '../sql/parse.ts';
import type { Migration, MigrationTool } from '../tools/tool.ts';
import { underWay } from '../under-way.ts';
import { prepareBookkeeping } from './apply.ts';
import { hintText, missingRole, missingRoles, type Surroundings, surroundingsHint } from './hints.ts';
import { toServerError } from './server-error.ts';
import { openSession, type Session } from './session.ts';

/** A dump that stands for the beginning of a history. */
export interface Baseline {
  readonly file: string;
  readonly sql: string;
  /** The last version whose changes are in the dump. */
  readonly version: string;
  /** Is it base's? Then what the owner of a database may not do is done by the superuser. */
  readonly trusted: boolean;
}

/** A history behind its baseline: what the dump has, and what is still to be applied. */
export function behind(
  { version }: Baseline,
  tool: MigrationTool,
  migrations: readonly Migration[],
): { readonly covered: readonly Migration[]; readonly rest: readonly Migration[] } {
  const last = migrations.findLastIndex((migration) => migration.version === version);
  const isCovered = (migration: Migration, index: number): boolean =>
    migration.repeatable === undefined &&
    (last === -1 ? tool.order(migration, { version, name: '' }) <= 0 : index <= last);
  return {
    covered: migrations.filter(isCovered),
    rest: migrations.filter((migration, index) => !isCovered(migration, index)),
  };
}

/**
 * Runs the dump as the migration role, and records the migrations that it stands for as the tool would. The session's
 * settings end with it.
 *
 * @returns notes: what of the dump was passed over
 * @throws Undecided `base-does-not-apply` with the statement and what would help
 */
export async function applyBaseline(
  shadow: Shadow,
  baseline: Baseline,
  tool: MigrationTool,
  covered: readonly Migration[],
  surroundings: Surroundings,
): Promise<string[]> {
  const notes = await runDump(shadow, baseline, surroundings);
  await dropBookkeeping(shadow, tool);
  await using session = await openSession(shadow.connection);
  await prepareBookkeeping(session, tool.bookkeeping);
  for (const migration of covered) {
    for (const sql of [tool.bookkeeping.before(migration), tool.bookkeeping.after(migration)]) {
      if (sql === '') continue;
      const { error } = await session.send(sql);
      if (error !== null) throw error;
    }
  }
  const whose = baseline.trusted
    ? ''
    : ' Base does not have the file, so that it is the one of the pull request.';
  const what =
    covered.length === 0
      ? 'what came before the history'
      : `the ${covered.length === 1 ? 'migration' : `${covered.length} migrations`} up to ${baseline.version}`;
  return [`The baseline ${baseline.file} stands for ${what}.${whose}`, ...notes];
}

export async function runDump(
  shadow: Shadow,
  baseline: Baseline,
  surroundings: Surroundings,
): Promise<string[]> {
  const { file, trusted } = baseline;
  const { sql, copyData } = readDump(baseline.sql.replace(/^\uFEFF/, ''));
  const statements: ParsedStatement[] = [];
  const syntax = parseInChunks(sql, (statement) => statements.push(statement));
  if (syntax !== null) {
    throw new Undecided(
      'base-does-not-apply',
      `The baseline ${file} cannot be read as SQL: ${syntax.message}.`,
      {
        place: { file, line: syntax.line },
      },
    );
  }
  await using session = await openSession(shadow.connection);
  await using admin = await openSession(shadow.admin);
  const roles = await rolesOf(admin);
  const missing = new Set<string>();
  const passedOver = new Set<string>();
  for (const [index, statement] of statements.entries()) {
    const { node } = statement;
    const next = statements[index + 1]?.start ?? sql.length;
    const odd = notForAShadow(node);
    if (odd !== null) {
      passedOver.add(odd);
      continue;
    }
    const copies = copyData.filter(({ at }) => at > statement.start && at <= next).map(({ data }) => data);
    const { error } = await underWay(
      () => ({ file, line: lineFinder(sql)(statement.start).line }),
      () => sendAs(statement, copies, session, trusted ? admin : null),
    );
    if (error === null) continue;
    const said = { sqlstate: error.code ?? '', message: error.message };
    if (missingRole(said) !== null) {
      for (const role of rolesIn(node)) if (!roles.has(role)) missing.add(role);
      continue;
    }
    const harmless = isHarmless(said, statement, roles);
    if (harmless !== null) {
      passedOver.add(harmless);
      continue;
    }
    const at = toServerError(error, { file: sql, sent: statement.sql, start: statement.start });
    const hint = surroundingsHint(at, surroundings);
    throw new Undecided(
      'base-does-not-apply',
      `The baseline ${file} does not apply to an empty database. Line ${at.line}: ${at.message} (SQLSTATE ${at.sqlstate}).${hint === null ? '' : ` ${hintText(surroundings.path, hint)}`}`,
      { place: { file, line: at.line }, cause: error },
    );
  }
  if (missing.size > 0) {
    const [line] = statements
      .filter(({ node }) => rolesIn(node).some((role) => missing.has(role)))
      .map(({ start }) => lineFinder(sql)(start).line);
    throw new Undecided(
      'base-does-not-apply',
      `The baseline ${file} gives objects to roles that are not there. ${hintText(surroundings.path, missingRoles(surroundings.path, [...missing]))}`,
      { place: { file, line } },
    );
  }
  return passedOver.size === 0
    ? []
    : [`Of the baseline ${file} was passed over: ${[...passedOver].join(', ')}.`];
}

/** Extensions are the superuser's affair, and of base's own dump everything else that an owner may not do. */
async function sendAs(
  statement: ParsedStatement,
  copies: readonly string[],
  session: Session,
  admin: Session | null,
) {
  if (admin === null) return session.send(statement.sql, copies);
  if (isAboutExtension(statement)) return admin.send(statement.sql);
  const outcome = await session.send(statement.sql, copies);
  if (outcome.error?.code !== '42501' || changesOwner(statement)) return outcome;
  return admin.send(statement.sql, copies);
}

const isAboutExtension = ({ node }: ParsedStatement): boolean =>
  'CreateExtensionStmt' in node ||
  'AlterExtensionStmt' in node ||
  ('CommentStmt' in node && node.CommentStmt.objtype === 'OBJECT_EXTENSION');

const changesOwner = ({ node, sql }: ParsedStatement): boolean =>
  'AlterOwnerStmt' in node || ('AlterTableStmt' in node && /\bOWNER\s+TO\b/i.test(sql));

/** Statements that are about the server or the session of whoever restores. */
function notForAShadow(node: ParsedStatement['node']): string | null {
  if ('CreatedbStmt' in node || 'DropdbStmt' in node) return 'CREATE DATABASE';
  if ('AlterDatabaseStmt' in node || 'AlterDatabaseSetStmt' in node) return 'ALTER DATABASE';
  if ('AlterOwnerStmt' in node && node.AlterOwnerStmt.objectType === 'OBJECT_DATABASE')
    return 'ALTER DATABASE';
  if ('VariableSetStmt' in node && node.VariableSetStmt.name === 'session_authorization') {
    return 'SET SESSION AUTHORIZATION';
  }
  return null;
}

/** A refusal that changes nothing for the migrations to come. */
function isHarmless(
  { sqlstate, message }: { sqlstate: string; message: string },
  statement: ParsedStatement,
  roles: ReadonlySet<string>,
): string | null {
  const { node } = statement;
  // A dump of a newer server: `SET transaction_timeout = 0`.
  if ('VariableSetStmt' in node && sqlstate === '42704') return `SET ${node.VariableSetStmt.name ?? ''}`;
  if (sqlstate === '42P06' && message === 'schema "public" already exists') return 'CREATE SCHEMA public';
  if (sqlstate !== '42501') return null;
  if ('CommentStmt' in node) return 'COMMENT';
  const owner = rolesIn(node)[0];
  // Whoever migrates must be able to, so that here everything belongs to who does.
  if (changesOwner(statement) && owner !== undefined && roles.has(owner)) return `OWNER TO ${owner}`;
  return null;
}

/** Roles that a statement names. */
export function rolesIn(tree: unknown): string[] {
  if (typeof tree !== 'object' || tree === null) return [];
  if (Array.isArray(tree)) return tree.flatMap(rolesIn);
  return Object.entries(tree).flatMap(([key, value]) =>
    key === 'rolename' && typeof value === 'string' ? [value] : rolesIn(value),
  );
}

async function rolesOf({ client }: Session): Promise<Set<string>> {
  const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_catalog.pg_roles');
  return new Set(rows.map(({ rolname }) => rolname));
}

/** A whole database's dump has the tool's tables too: they are made anew, so that their rows are ours alone. */
async function dropBookkeeping({ admin }: Shadow, { bookkeeping }: MigrationTool): Promise<void> {
  await using session = await openSession(admin);
  const quoted = (name: string): string => session.client.escapeIdentifier(name);
  const { rows } = await session.client.query<{ schema: string; relation: string }>(
    `SELECT n.nspname AS schema, c.relname AS relation FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname || '.' || c.relname = ANY ($1) AND c.relkind IN ('r', 'p')`,
    [bookkeeping.relations],
  );
  for (const { schema, relation } of rows) {
    await session.client.query(`DROP TABLE ${quoted(schema)}.${quoted(relation)} CASCADE`);
  }
  for (const schema of bookkeeping.schemas ?? []) {
    // What else is in it is the project's, where the tool's tables have a schema that is not theirs alone.
    const named = bookkeeping.relations.some((relation) => relation.startsWith(`${schema}.`));
    const left = await session.client.query(
      `SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1
       UNION ALL SELECT FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = $1
       UNION ALL SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1`,
      [schema],
    );
    if (named && left.rows.length > 0) continue;
    await session.client.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
  }
}
