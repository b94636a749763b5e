import type { Catalog, SchemaChange } from '../catalog/model.ts';
import type { ShadowDatabase } from '../shadow/shadow.ts';
import { parseFile } from '../sql/parse.ts';
import type { Bookkeeping, Hook, Migration, MigrationTool } from '../tools/tool.ts';
import { applyMigrations } from './apply.ts';
import { onCopy, RolesChanged } from './copies.ts';
import { type CutOff, cutAt, cutOffs } from './cut-offs.ts';
import { differing } from './reversal.ts';
import { openSession, type Session } from './session.ts';
import { snapshotOf } from './snapshot-of.ts';
import { taggedRows } from './tags.ts';
import type { ServerError } from './trace.ts';

/** What a run did that should have had nothing left to do. */
export interface SecondRun {
  readonly error: ServerError | null;
  /** From the schema of a migration that ran once, as a whole, to the one that is there now. */
  readonly differs: readonly SchemaChange[];
  /** INSERTs that wrote rows again. */
  readonly inserts: readonly { readonly line: number; readonly rows: number }[];
}

/** One new migration that was run more than once. */
export interface MigrationRerun {
  readonly migration: Migration;
  /** After it had succeeded. */
  readonly again: SecondRun;
  /** From its start after it had stopped behind a statement: those that did not end as a run without a stop does. */
  readonly cutOffs: readonly { readonly after: CutOff; readonly run: SecondRun }[];
  /** How many stops were tried. */
  readonly tried: number;
}

export interface Rerun {
  readonly migrations: readonly MigrationRerun[];
  /** One sentence each: what could not be tried. */
  readonly notChecked: readonly string[];
}

/** How much is tried for one migration. */
export interface Limits {
  readonly cutOffs: number;
  /** Each stop runs the migration up to there and then as a whole: a file of many statements gets fewer of them. */
  readonly statements: number;
}
const usualLimits: Limits = { cutOffs: 200, statements: 40_000 };

/**
 * Runs each new migration again after success, and, where its statements commit by themselves, from its start after
 * a stop behind each of them; on copies, where the migrations before it have been applied.
 */
export async function tryRerun(
  base: ShadowDatabase,
  tool: MigrationTool,
  pending: readonly Migration[],
  hooks: readonly Hook[] = [],
  limits: Limits = usualLimits,
): Promise<Rerun> {
  const migrations: MigrationRerun[] = [];
  const notChecked: string[] = [];
  try {
    await using stage = await base.copy();
    for (const migration of pending) {
      const made = await rerunOne(stage, tool, migration, hooks, limits);
      if (typeof made === 'string') {
        notChecked.push(made);
        break;
      }
      migrations.push(made.rerun);
      if (made.untried > 0) {
        notChecked.push(
          `${migration.file} was stopped and run again at ${made.rerun.tried} places only; ${made.untried} more were not tried.`,
        );
      }
      await using session = await openSession(stage.connection);
      await applyMigrations(session, tool.bookkeeping, [migration], hooks);
    }
  } catch (error) {
    if (!(error instanceof RolesChanged)) throw error;
    notChecked.push(
      `Whether the new migrations can be run again: ${error.message}, and roles belong to the whole server.`,
    );
  }
  return { migrations, notChecked };
}

/** @returns a sentence when it does not even run once */
async function rerunOne(
  stage: ShadowDatabase,
  tool: MigrationTool,
  migration: Migration,
  hooks: readonly Hook[],
  limits: Limits,
) {
  // The row of the first run would be in the way of the second one's, which no tool would write.
  const silent: Bookkeeping = { ...tool.bookkeeping, before: () => '', after: () => '' };
  const apply = async (database: ShadowDatabase, part: Migration) => {
    await using session = await openSession(database.connection);
    return (await applyMigrations(session, silent, [part], hooks))?.error ?? null;
  };

  const first = await onCopy(stage, async (copy) => {
    const error = await apply(copy, migration);
    if (error !== null) return { error };
    const catalog = await snapshotOf(copy.admin, tool);
    return { error, catalog, again: await secondRun(copy, catalog) };
  });
  if (first.error !== null) {
    return `Whether ${migration.file} can be run again: it does not apply in a session of its own (${first.error.message}).`;
  }
  const { catalog, again } = first;

  const places = cutOffs(migration);
  const length = Math.max(1, parseFile(migration.sql).statements.length);
  const most = Math.min(limits.cutOffs, Math.max(1, Math.floor(limits.statements / (2 * length))));
  const tried = places.slice(0, most);
  const wrong: { after: CutOff; run: SecondRun }[] = [];
  for (const after of tried) {
    const run = await onCopy(stage, async (copy) =>
      (await apply(copy, cutAt(migration, after))) === null ? secondRun(copy, catalog) : null,
    );
    if (run !== null && (run.error !== null || run.differs.length > 0)) wrong.push({ after, run });
  }
  const rerun: MigrationRerun = { migration, again, cutOffs: wrong, tried: tried.length };
  return { rerun, untried: places.length - tried.length };

  async function secondRun(copy: ShadowDatabase, wanted: Catalog): Promise<SecondRun> {
    await using session = await openSession(copy.connection);
    const sent: { sql: string; tags: readonly string[] }[] = [];
    const failure = await applyMigrations(recording(session, sent), silent, [migration], hooks);
    return {
      error: failure?.error ?? null,
      differs: failure === null ? differing(wanted, await snapshotOf(copy.admin, tool)) : [],
      inserts: failure === null ? insertsIn(migration, sent) : [],
    };
  }
}

/** A session that keeps what each message's statements said. */
function recording(session: Session, sent: { sql: string; tags: readonly string[] }[]): Session {
  return {
    ...session,
    get lost() {
      return session.lost;
    },
    async send(...args: Parameters<Session['send']>) {
      const outcome = await session.send(...args);
      sent.push({ sql: args[0], tags: outcome.tags });
      return outcome;
    },
  };
}

/** INSERTs of the migration that wrote rows, by what the messages' command tags say. */
function insertsIn(
  { sql }: Migration,
  sent: readonly { readonly sql: string; readonly tags: readonly string[] }[],
): SecondRun['inserts'] {
  let from = 0;
  return sent.flatMap((message) => {
    if (!/insert/i.test(message.sql)) return [];
    const at = sql.indexOf(message.sql, from);
    if (at === -1) return [];
    from = at + message.sql.length;
    const line = sql.slice(0, at).split('\n').length - 1;
    return parseFile(message.sql).statements.flatMap((statement, index) => {
      const rows = 'InsertStmt' in statement.node ? taggedRows(message.tags.slice(0, index + 1)) : null;
      return rows === null || rows === 0 ? [] : [{ line: statement.line + line, rows }];
    });
  });
}
