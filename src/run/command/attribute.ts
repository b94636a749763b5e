import type { CommandAdapter } from '../../tools/command-adapter.ts';
import type { Migration } from '../../tools/tool.ts';
import type { Recorded } from '../proxy/record.ts';
import type { Meant } from './meant.ts';
import { meaningOf } from './statement.ts';

/** What a tool sent for one migration. */
export interface Group {
  readonly migration: Migration;
  /** Work of the migration and the transactions that it stands in, in the order in which it was sent. */
  readonly statements: readonly Meant[];
  /** The tool has recorded it. Not so: it stopped in it. */
  readonly recorded: boolean;
}

/** Whose statements are whose. */
export interface Attributed {
  /** In the order in which they ran. */
  readonly groups: readonly Group[];
  /** Migrations that the tool did not come to. */
  readonly untouched: readonly Migration[];
  /** Work that belongs to no migration: what the tool does after the last one. */
  readonly own: readonly Meant[];
  /** Identities that were recorded and are none of these migrations: other people's, which a library brings. */
  readonly others: readonly string[];
}

/**
 * Gives the statements of a run to the migrations: each belongs to the one whose row in the tool's table is written next. What
 * comes after the last row belongs to the migration in which the tool stopped, where it did.
 *
 * @param pending in the order in which the tool runs them
 * @param failed the command did not end well
 */
export function attribute(
  statements: readonly Recorded[],
  input: {
    readonly adapter: CommandAdapter;
    readonly tables: readonly string[];
    readonly pending: readonly Migration[];
    readonly failed: boolean;
  },
): Attributed {
  const { adapter, tables, pending, failed } = input;
  const byIdentity = new Map(pending.map((migration) => [migration.identity, migration]));
  const groups: Group[] = [];
  const own: Meant[] = [];
  const others: string[] = [];
  let waiting: Meant[] = [];
  for (const recorded of statements) {
    const meant = meaningOf(recorded, tables);
    const identities = meant.rows.flatMap((row) => adapter.recorded(row, pending) ?? []);
    const isItsOwn = meant.is === 'bookkeeping' || (adapter.anyTable === true && identities.length > 0);
    if (!isItsOwn && (meant.is === 'work' || meant.is === 'control')) waiting.push(meant);
    for (const identity of isItsOwn ? identities : []) {
      const migration = byIdentity.get(identity);
      if (migration === undefined) {
        others.push(identity);
        own.push(...waiting.filter(({ is }) => is === 'work'));
      } else if (!groups.some((group) => group.migration === migration)) {
        groups.push({ migration, statements: waiting, recorded: true });
      }
      waiting = [];
    }
  }
  const rest = waiting.filter(({ is }) => is === 'work');
  const untouched = pending.filter((migration) => !groups.some((group) => group.migration === migration));
  if (adapter.anyTable === true && !failed && untouched.length > 0) {
    const unclaimed = untouched.map((migration, index) => ({
      migration,
      statements: index === 0 ? waiting : [],
      recorded: true,
    }));
    return { groups: [...groups, ...unclaimed], untouched: [], own, others };
  }
  const [next, ...later] = untouched;
  if (!failed || next === undefined || rest.length === 0)
    return { groups, untouched, own: [...own, ...rest], others };
  groups.push({ migration: next, statements: waiting, recorded: false });
  return { groups, untouched: later, own, others };
}
