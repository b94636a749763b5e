import { traceMigrations } from '../../src/run/index.ts';
import { compareLocks } from '../../src/run/locks.ts';
import type { MigrationTrace, StatementTrace } from '../../src/run/trace.ts';
import type { Bookkeeping } from '../../src/tools/tool.ts';
import { fixture, type StatementCase } from '../cases/statements.ts';
import type { SharedShadow, TestDatabase } from '../shadow/with-shadow.ts';
import { migrationOf, noBookkeeping } from './migrations.ts';

/** What a row of the truth table says. */
export interface Effect {
  readonly locks: readonly string[];
  readonly rewrites: readonly string[];
  readonly scans: readonly string[];
  readonly source: StatementTrace['source'] | undefined;
}

/** Runs statements of the table on a database with its fixture. */
export interface StatementRunner {
  run(row: Pick<StatementCase, 'sql' | 'alone'>): Promise<{ effect: Effect; error: MigrationTrace['error'] }>;
  close(): Promise<void>;
}

/** Fails the migration after its last statement, so that its transaction leaves the fixture as it was. */
const rolledBack: Bookkeeping = { ...noBookkeeping, after: () => 'SELECT 1 / 0' };

/** A statement that commits by itself gets a database of its own, all others share one. */
export async function statementRunner(
  shadow: SharedShadow,
  send: (database: TestDatabase, sql: string) => Promise<void>,
): Promise<StatementRunner> {
  const template = await shadow.database();
  await send(template, fixture);
  const shared = await shadow.database({ template: template.connection.database });
  return {
    async run({ sql, alone = false }) {
      const database = alone ? await shadow.database({ template: template.connection.database }) : shared;
      const { migrations } = await traceMigrations({
        connection: database.connection,
        bookkeeping: alone ? noBookkeeping : rolledBack,
        migrations: [migrationOf(sql, { transaction: alone ? 'none' : 'single' })],
      });
      if (alone) await database.close();
      const [migration] = migrations;
      const error = migration?.error ?? null;
      return {
        effect: effectOf(migration?.statements.at(-1)),
        error: !alone && error?.sqlstate === '22012' ? null : error,
      };
    },
    async close() {
      await shared.close();
      await template.close();
    },
  };
}

/** The strongest lock on each relation, indexes and sequences left out. */
function effectOf(trace: StatementTrace | undefined): Effect {
  const strongest = new Map<string, string>();
  for (const { schema, relation, kind, mode } of trace?.locks ?? []) {
    if (kind === 'index') continue;
    const name = unqualified(`${schema}.${relation}`);
    const known = strongest.get(name);
    if (known === undefined || compareLocks(mode, known) > 0) strongest.set(name, mode);
  }
  return {
    locks: [...strongest].map(([relation, mode]) => `${relation}:${mode}`).sort(),
    rewrites: (trace?.rewrites ?? []).map(unqualified),
    scans: (trace?.scans ?? []).map(unqualified),
    source: trace?.source,
  };
}

const unqualified = (name: string): string => name.replace('public.', '');
