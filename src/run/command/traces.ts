import type { Node } from '@pgsql/types';
import type { Migration } from '../../tools/tool.ts';
import { Tally } from '../alike.ts';
import { piecesOf } from '../pieces.ts';
import type { Recorded } from '../proxy/record.ts';
import type { LeftSetting, MigrationTrace, ObservedLock, ServerError, StatementTrace } from '../trace.ts';
import type { Group } from './attribute.ts';
import type { Meant } from './meant.ts';
import { settingsIn, settingsLeftBy } from './settings.ts';
import { rolledBack, type Transactions, transactionsOf } from './transactions.ts';
import { textOf, type Unit, unitsOf } from './units.ts';

/** A migration with what its tool sent as its text, and what was observed of it. */
export interface Run {
  /** Its statements one after the other, each on the line of the program that asked for it, as far as that can be told. */
  readonly migration: Migration;
  readonly trace: MigrationTrace;
  /** The tool has recorded it; not so: it stopped in it. */
  readonly recorded: boolean;
  /** What some statement did was not seen by itself: a message held several, or they were sent all at once. */
  readonly lumped: boolean;
}

/**
 * What the tool sent, migration by migration, as texts and traces that rules and proofs can work with.
 *
 * @param all every statement of the run, for where transactions begin and end
 * @param tables unquoted `schema.relation` of the tool's own: their locks block nobody else
 */
export function runsOf(groups: readonly Group[], all: readonly Recorded[], tables: readonly string[]): Run[] {
  const transactions = transactionsOf(all);
  const work = groups.map((group) =>
    withoutGreeting(
      group.statements.filter(({ is }) => is === 'work'),
      transactions,
    ),
  );
  const lost = rolledBack(all, transactions);
  return groups.map((group, index) => {
    const own = work[index] ?? [];
    const others = work.filter((_, other) => other !== index).flat();
    const shared = sharesTransaction(own, others, transactions);
    const left = group.recorded ? settingsLeftBy(group.migration, own, all, transactions, lost) : [];
    return withoutLocksOn(tables, runOf(group, own, { transactions, shared, lost, left }));
  });
}

/** What a tool sets for its session before it begins the transaction of its migrations is none of theirs. */
function withoutGreeting(work: readonly Meant[], transactions: Transactions): readonly Meant[] {
  const begins = work.findIndex(({ recorded }) => transactions.has(recorded));
  const greeting = work.slice(0, Math.max(0, begins));
  return greeting.every(({ parsed }) => parsed.every(({ node }) => settingsIn(node) !== null))
    ? work.slice(greeting.length)
    : work;
}

/** Names of tables, and of what belongs to them. */
function withoutLocksOn(tables: readonly string[], run: Run): Run {
  const isOwn = ({ schema, relation }: ObservedLock) =>
    tables.some((table) => {
      const name = `${schema}.${relation}`;
      return name === table || name.startsWith(`${table}_`);
    });
  const statements = run.trace.statements.map((statement) => ({
    ...statement,
    locks: statement.locks.filter((lock) => !isOwn(lock)),
  }));
  return { ...run, trace: { ...run.trace, statements } };
}

const sharesTransaction = (
  own: readonly Meant[],
  others: readonly Meant[],
  transactions: Transactions,
): boolean => {
  const numbers = new Set(own.flatMap(({ recorded }) => transactions.get(recorded) ?? []));
  return others.some(({ recorded }) => numbers.has(transactions.get(recorded) ?? -1));
};

function runOf(
  { migration, recorded }: Group,
  work: readonly Meant[],
  {
    transactions,
    shared,
    lost,
    left,
  }: {
    readonly transactions: Transactions;
    readonly shared: boolean;
    readonly lost: ReadonlySet<number>;
    readonly left: readonly LeftSetting[];
  },
): Run {
  const numbers = work.map((meant) => transactions.get(meant.recorded) ?? null);
  const kinds = new Set(numbers);
  const rule = kinds.size <= 1 ? ([...kinds][0] == null ? 'none' : shared ? 'shared' : 'single') : 'own';
  const units = unitsOf(migration, work, numbers, rule === 'own');
  const sql = textOf(units);
  const traced = statementsOf(units, sql);
  const failed = work.find((meant) => meant.recorded.error !== null && !isTakenBack(meant, work));
  const error = recorded ? null : errorOf(failed, units);
  return {
    migration: {
      ...withoutMessages(migration),
      sql,
      transaction: rule === 'own' ? 'none' : rule,
      program: true,
    },
    recorded,
    lumped: work.some(isLumped),
    trace: {
      version: migration.version,
      name: migration.name,
      file: migration.file,
      status: 'new',
      transaction: rule === 'shared' ? 'single' : rule,
      durationMs: work.reduce((sum, each) => sum + each.recorded.durationMs, 0),
      error,
      ran: true,
      refused: null,
      rolledBack: recorded && numbers.some((number) => number !== null && lost.has(number)),
      leftOpen: false,
      settingsLeft: left,
      ...traced,
    },
  };
}

/** What it did was seen together with what others did, or not at all. */
const isLumped = ({ parsed, recorded: { unobserved } }: Meant): boolean =>
  parsed.length > 1 || (unobserved !== null && unobserved !== 'alike');

/** Offsets into the file's own text mean nothing in another. */
function withoutMessages(migration: Migration): Migration {
  const { messages, copyData, ...rest } = migration;
  return rest;
}

/** A program that catches an error goes on after a ROLLBACK TO. */
function isTakenBack(meant: Meant, work: readonly Meant[]): boolean {
  return work.indexOf(meant) < work.length - 1;
}

function statementsOf(units: readonly Unit[], sql: string): Pick<MigrationTrace, 'statements' | 'alike'> {
  const pieces = piecesOf(sql);
  const aligned = pieces.length === units.length ? pieces : null;
  const places = new Map(
    units.flatMap(({ meant }, index) => (meant === null ? [] : [[meant.recorded.order, index] as const])),
  );
  const tally = new Tally();
  const statements: StatementTrace[] = [];
  for (const [index, unit] of units.entries()) {
    const piece = aligned?.[index];
    const like = piece?.like ?? null;
    const recorded = unit.meant?.recorded;
    if (piece?.between === true && like !== null && recorded !== undefined && recorded.error === null) {
      tally.add(like, { line: unit.line }, outcomeOf(recorded));
      continue;
    }
    const between = tally.take(like);
    const node =
      piece?.node ?? (unit.meant?.parsed.length === 1 ? (unit.meant.parsed[0]?.node ?? null) : null);
    statements.push(traceOf(unit, index, node, places, between));
  }
  return { statements, alike: tally.statements() };
}

const outcomeOf = ({ tags, statusAfter, durationMs }: Recorded) => ({
  tags,
  error: null,
  status: statusAfter,
  durationMs,
});

function traceOf(
  { meant, sql, line }: Unit,
  index: number,
  node: Node | null,
  places: ReadonlyMap<number, number>,
  between: { readonly rows: number; readonly ms: number },
): StatementTrace {
  const observation = meant?.recorded.observation ?? null;
  const rows = observation?.rowsWritten ?? null;
  return {
    index,
    line,
    endLine: line,
    sql,
    node,
    durationMs: (meant?.recorded.durationMs ?? 0) + between.ms,
    locks: (observation?.locks ?? []).map((lock) => placed(lock, places)),
    rewrites: observation?.rewrites ?? [],
    scans: observation?.scans ?? [],
    emptied: observation?.emptied ?? [],
    proofs: observation?.proofs ?? [],
    deaf: observation?.deaf ?? false,
    notices: observation?.notices ?? [],
    inTransaction: observation?.inTransaction ?? meant?.recorded.statusBefore === 'T',
    searchPath: observation?.searchPath ?? ['public'],
    timeouts: observation?.timeouts ?? { lockMs: 0, statementMs: 0, idleInTransactionMs: 0 },
    role: observation?.role ?? '',
    created: observation?.created ?? [],
    dropped: observation?.dropped ?? [],
    invalidIndexes: observation?.invalidIndexes ?? [],
    rowsWritten: rows === null ? null : rows + between.rows,
    source: observation?.source ?? (wasSeen(meant) ? 'observed' : 'unknown'),
  };
}

/** Those that are alike are seen in the first and the last, those sent at once in the last of them. */
const wasSeen = (meant: Meant | null): boolean =>
  [null, undefined, 'alike', 'with-others'].includes(meant?.recorded.unobserved);

/** `since` of the recording is a place among all statements. */
const placed = (lock: ObservedLock, places: ReadonlyMap<number, number>): ObservedLock => ({
  ...lock,
  since: places.get(lock.since) ?? -1,
});

/** What the server said to the statement in which the tool stopped; null where it was not the server that stopped it. */
function errorOf(failed: Meant | undefined, units: readonly Unit[]): ServerError | null {
  const said = failed?.recorded.error;
  if (said == null) return null;
  return {
    sqlstate: said.code ?? 'XX000',
    message: said.message,
    detail: said.detail ?? null,
    hint: said.hint ?? null,
    line: units.find(({ meant }) => meant === failed)?.line ?? 1,
    column: null,
    object: {
      ...(said.schema === undefined ? {} : { schema: said.schema }),
      ...(said.table === undefined ? {} : { table: said.table }),
      ...(said.column === undefined ? {} : { column: said.column }),
      ...(said.constraint === undefined ? {} : { constraint: said.constraint }),
    },
  };
}

/** The trace of a migration that the tool did not come to. */
export const notReached = ({ version, name, file, transaction }: Migration): MigrationTrace => ({
  version,
  name,
  file,
  status: 'new',
  transaction: transaction === 'none' ? 'none' : 'single',
  durationMs: null,
  error: null,
  ran: false,
  refused: null,
  rolledBack: false,
  leftOpen: false,
  settingsLeft: [],
  statements: [],
  alike: [],
});
