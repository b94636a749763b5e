import type { SchemaChange } from '../catalog/model.ts';
import type { Shadow, ShadowDatabase } from '../shadow/shadow.ts';
import { parseFile } from '../sql/parse.ts';
import type { Bookkeeping, Hook, Migration, MigrationTool } from '../tools/tool.ts';
import { type ApplyFailure, applyMigrations } from './apply.ts';
import { buildBase, start } from './base.ts';
import { onCopy, RolesChanged } from './copies.ts';
import type { RehearsalInput } from './rehearsal.ts';
import { differing } from './reversal.ts';
import { openSession } from './session.ts';
import { snapshotOf } from './snapshot-of.ts';

/** The new migrations of one pull request. */
export interface Side {
  readonly pending: readonly Migration[];
  readonly hooks: readonly Hook[];
}

/** A migration that does not run after the other pull request's. */
export interface OrderFailure {
  /** Whose migrations ran before. */
  readonly first: 'this' | 'other';
  readonly file: string;
  readonly line: number;
  /** '' where the tool itself refuses the file. */
  readonly sqlstate: string;
  readonly message: string;
  /** The statement; '' where it is not known. */
  readonly sql: string;
}

/** What deploying two pull requests one after the other comes to, in both orders. */
export type BothOrders =
  | { readonly outcome: 'same' }
  /** `before` is what this one first gives, `after` what the other one first gives. */
  | { readonly outcome: 'differ'; readonly differences: readonly SchemaChange[] }
  | { readonly outcome: 'fails'; readonly failures: readonly OrderFailure[] }
  /** `why` is a sentence. */
  | { readonly outcome: 'not-tried'; readonly why: string };

/** A server with base, on whose copies both orders are tried. */
export interface OrderStage extends AsyncDisposable {
  tryBoth(mine: Side, theirs: Side): Promise<BothOrders>;
}

/** A statement that is megabytes long belongs into no report. */
const LONGEST_SQL = 2_000;

/**
 * Boots a server of its own and builds base there.
 *
 * @param input its `pending` are all those that will be tried: a platform's extensions depend on them
 * @throws Undecided when no server is to be had, or base does not apply
 */
export async function orderStage(input: RehearsalInput): Promise<OrderStage> {
  const begin = await start(input, input.base, input.hooks.base);
  const { shadow } = begin;
  try {
    await buildBase(begin, input);
  } catch (error) {
    await shadow[Symbol.asyncDispose]();
    throw error;
  }
  return {
    tryBoth: (mine, theirs) => tryBoth(shadow, input.tool, mine, theirs),
    [Symbol.asyncDispose]: () => shadow[Symbol.asyncDispose](),
  };
}

async function tryBoth(shadow: Shadow, tool: MigrationTool, mine: Side, theirs: Side): Promise<BothOrders> {
  try {
    const otherFirst = await inOrder(shadow, tool, theirs, mine);
    if (otherFirst.failed?.at === 'first') {
      return { outcome: 'not-tried', why: ownFailure('Its own migrations do', otherFirst.failed.failure) };
    }
    const thisFirst = await inOrder(shadow, tool, mine, theirs);
    if (thisFirst.failed?.at === 'first') {
      return {
        outcome: 'not-tried',
        why: ownFailure("This pull request's migrations do", thisFirst.failed.failure),
      };
    }
    const failures = [
      ...(thisFirst.failed === null ? [] : [told('this', thisFirst.failed.failure)]),
      ...(otherFirst.failed === null ? [] : [told('other', otherFirst.failed.failure)]),
    ];
    if (failures.length > 0 || thisFirst.catalog === null || otherFirst.catalog === null)
      return { outcome: 'fails', failures };
    const differences = differing(thisFirst.catalog, otherFirst.catalog);
    return differences.length === 0 ? { outcome: 'same' } : { outcome: 'differ', differences };
  } catch (error) {
    if (!(error instanceof RolesChanged)) throw error;
    return { outcome: 'not-tried', why: `${error.message}, and roles belong to the whole server.` };
  }
}

/** Deploys one after the other, each in a session of its own, on a copy of base. */
async function inOrder(base: ShadowDatabase, tool: MigrationTool, first: Side, second: Side) {
  // Two migrations of one version would be in each other's way in the tool's table, which is told of without trying.
  const silent: Bookkeeping = { ...tool.bookkeeping, before: () => '', after: () => '' };
  return onCopy(base, async (copy) => {
    const apply = async ({ pending, hooks }: Side): Promise<ApplyFailure | null> => {
      await using session = await openSession(copy.connection);
      return await applyMigrations(session, silent, pending, hooks);
    };
    const early = await apply(first);
    if (early !== null) return { failed: { at: 'first', failure: early } as const, catalog: null };
    const late = await apply({ ...second, pending: second.pending.filter((one) => !has(first, one)) });
    if (late !== null) return { failed: { at: 'second', failure: late } as const, catalog: null };
    return { failed: null, catalog: await snapshotOf(copy.admin, tool) };
  });
}

/** One that was built on the other has its migrations too, which run once. */
const has = ({ pending }: Side, one: Migration): boolean =>
  one.repeatable === undefined &&
  pending.some(({ identity, bytes }) => identity === one.identity && bytes.equals(one.bytes));

const ownFailure = (whose: string, { migration, error }: ApplyFailure): string =>
  `${whose} not apply on base alone: ${migration.file}:${error.line}: ${error.message}`;

function told(first: OrderFailure['first'], { migration, error }: ApplyFailure): OrderFailure {
  const { line, sqlstate, message } = error;
  const statement = parseFile(migration.sql).statements.findLast((each) => each.line <= line);
  const sql = sqlstate === '' ? '' : (statement?.sql ?? '');
  return {
    first,
    file: error.file ?? migration.file,
    line,
    sqlstate,
    message,
    sql: sql.length <= LONGEST_SQL ? sql : `${sql.slice(0, LONGEST_SQL)} …`,
  };
}
