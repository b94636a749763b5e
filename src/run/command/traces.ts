import type { Node } from '@pgsql/types';
import type { Migration } from '../../tools/tool.ts';
import { Tally } from '../alike.ts';
import { piecesOf } from '../pieces.ts';
import type { Recorded } from '../proxy/record.ts';
import type { MigrationTrace, ObservedLock, ServerError, StatementTrace } from '../trace.ts';
import type { Group } from './attribute.ts';
import { OperationLines } from './operation-line.ts';
import type { Meant } from './statement.ts';

/** A migration with what its tool sent as its text, and what was observed of it. */
export interface Run {
  /** Its statements one after the other, each on the line of the program that asked for it, as far as that can be told. */
  readonly migration: Migration;
  readonly trace: MigrationTrace;
  /** The tool has recorded it; not so: it stopped in it. */
  readonly recorded: boolean;
  /** Some message held several statements, so that what each of them did was not seen. */
  readonly lumped: boolean;
}

/** One statement of the text, sent or added. */
interface Unit {
  /** Null: BEGIN or COMMIT around what comes next. */
  readonly meant: Meant | null;
  readonly sql: string;
  readonly line: number;
}

/** Transactions by the number that each has, with the statements in it. */
type Transactions = ReadonlyMap<Recorded, number>;

/**
 * What the tool sent, migration by migration, as texts and traces that rules and proofs can work with.
 *
 * @param all every statement of the run, for where transactions begin and end
 * @param tables unquoted `schema.relation` of the tool's own: their locks block nobody else
 */
export function runsOf(groups: readonly Group[], all: readonly Recorded[], tables: readonly string[]): Run[] {
  const transactions = transactionsOf(all);
  const work = groups.map((group) => group.statements.filter(({ is }) => is === 'work'));
  const lost = rolledBack(all, transactions);
  return groups.map((group, index) => {
    const own = work[index] ?? [];
    const others = work.filter((_, other) => other !== index).flat();
    const shared = sharesTransaction(own, others, transactions);
    return withoutLocksOn(tables, runOf(group, own, transactions, shared, lost));
  });
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

/** Which transaction each statement was in; what committed by itself is in none. */
function transactionsOf(all: readonly Recorded[]): Transactions {
  const open = new Map<number, number>();
  const found = new Map<Recorded, number>();
  let count = 0;
  for (const statement of all) {
    const { connection, statusBefore, statusAfter } = statement;
    if (statusBefore === 'I') open.delete(connection);
    if (statusBefore !== 'I' || statusAfter !== 'I') {
      const number = open.get(connection) ?? ++count;
      open.set(connection, number);
      found.set(statement, number);
    }
    if (statusAfter === 'I') open.delete(connection);
  }
  return found;
}

/** Transactions that did not end with a COMMIT. */
function rolledBack(all: readonly Recorded[], transactions: Transactions): ReadonlySet<number> {
  const lost = new Set<number>();
  const committed = new Set<number>();
  for (const statement of all) {
    const number = transactions.get(statement);
    if (number === undefined) continue;
    lost.add(number);
    if (statement.statusAfter === 'I' && statement.tags.includes('COMMIT')) committed.add(number);
  }
  for (const number of committed) lost.delete(number);
  return lost;
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
  transactions: Transactions,
  shared: boolean,
  lost: ReadonlySet<number>,
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
    lumped: work.some(({ parsed }) => parsed.length > 1),
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
      settingsLeft: [],
      ...traced,
    },
  };
}

/** Offsets into the file's own text mean nothing in another. */
function withoutMessages(migration: Migration): Migration {
  const { messages, copyData, ...rest } = migration;
  return rest;
}

/** A program that catches an error goes on after a ROLLBACK TO. */
function isTakenBack(meant: Meant, work: readonly Meant[]): boolean {
  return work.indexOf(meant) < work.length - 1;
}

/** The statements with their lines, and BEGIN and COMMIT where a migration has several transactions. */
function unitsOf(
  migration: Migration,
  work: readonly Meant[],
  numbers: readonly (number | null)[],
  several: boolean,
): Unit[] {
  const lines = new OperationLines(migration.file, migration.bytes.toString('utf8'));
  const units: Unit[] = [];
  let open: number | null = null;
  for (const [index, meant] of work.entries()) {
    const line = lines.lineOf(
      meant.parsed.map(({ node }) => node),
      meant.sql,
    );
    const number = numbers[index] ?? null;
    if (several && number !== open) {
      if (open !== null) units.push({ meant: null, sql: 'COMMIT', line });
      if (number !== null) units.push({ meant: null, sql: 'BEGIN', line });
      open = number;
    }
    units.push({ meant, sql: meant.sql, line });
  }
  if (open !== null) units.push({ meant: null, sql: 'COMMIT', line: units.at(-1)?.line ?? 1 });
  return units;
}

/** One text of all statements, each on its line or after the one before. */
function textOf(units: readonly Unit[]): string {
  let text = '';
  let line = 1;
  for (const unit of units) {
    if (unit.line > line) text += '\n'.repeat(unit.line - line);
    else if (text !== '') text += ' ';
    line = Math.max(line, unit.line);
    const sql = oneLine(unit.sql);
    text += `${sql};`;
    line += sql.split('\n').length - 1;
  }
  return text;
}

/** Where no literal and no comment holds a line's end, lines mean nothing. */
const oneLine = (sql: string): string => (/['"$]|--|\/\*/.test(sql) ? sql : sql.replace(/\s*\n\s*/g, ' '));

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
    inTransaction: observation?.inTransaction ?? false,
    searchPath: observation?.searchPath ?? ['public'],
    timeouts: observation?.timeouts ?? { lockMs: 0, statementMs: 0, idleInTransactionMs: 0 },
    role: observation?.role ?? '',
    created: observation?.created ?? [],
    dropped: observation?.dropped ?? [],
    invalidIndexes: observation?.invalidIndexes ?? [],
    rowsWritten: rows === null ? null : rows + between.rows,
    source: observation?.source ?? (meant?.recorded.unobserved == null ? 'observed' : 'unknown'),
  };
}

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
