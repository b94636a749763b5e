import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { diff } from '../../src/catalog/diff.ts';
import { impactRows } from '../../src/catalog/impact.ts';
import type { Impact, SchemaChange } from '../../src/catalog/model.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { majors } from '../shadow/majors.ts';
import { emptyDatabase, run, whole } from './database.ts';
import type { ImpactCase } from './impact-cases/impact-case.ts';
import { impactCases } from './impact-cases/index.ts';

const strength: readonly Impact[] = ['none', 'behaviour', 'risky', 'breaking'];
const everything = { ignore: [] };

/** Changes of these kinds show nowhere but after a crash, on a replica, in another run of initdb or in time. */
const nothingToTry = [
  'an INVALID index is dropped, or one becomes a constraint’s',
  'a table becomes partitioned, or no longer is',
  'row level security is enabled with policies',
  'an enum is made anew with the same values',
  // Only between databases that have nothing in common: in one database it is another column.
  'a plain column becomes a generated one',
  'a comment, security label, statistics object or default privilege is made, changed or dropped',
  'an object gets another owner',
  'a setting of a role or database is made, changed or dropped',
  'a membership of a role changes',
  'a role becomes member of another one',
  'a rule is dropped',
  'a rule is added',
  'a publication is dropped',
  'a publication publishes something else',
  'an event trigger is dropped',
  'an event trigger is added',
  'an event trigger changes',
  'an extension gets another version',
  'an index is made anew for its column’s type',
];

describe.each(majors)('PostgreSQL %i', (major) => {
  const told = new Set<string>();

  for (const [group, cases] of Object.entries(impactCases)) {
    describe(group, () => {
      test.each(cases.filter(({ since = 0 }) => since <= major))('$title', async (tried) => {
        const database = await emptyDatabase(major);
        await run(database, tried.base);
        const before = await snapshot(database, { ...everything, earlier: null });

        await using running = await connect(database, tried);
        const expected = await running.prepared();
        expect(expected.state).toBe('ok');

        await run(database, tried.change);
        const now = await snapshot(database, everything);
        expect(whole(await snapshot(database, { ...everything, earlier: before }))).toEqual(whole(now));
        const changes = diff(before, now, 'identity');
        for (const { why = '' } of changes) told.add(why);

        const after = tried.on?.[major] ?? tried.after;
        expect(compared(expected, await running.prepared())).toBe(tried.prepared ?? after);
        await using fresh = await connect(database, tried);
        expect(compared(expected, await fresh.unprepared())).toBe(after);

        expect({
          impact: strongest(changes),
          dataLoss: changes.some(({ dataLoss }) => dataLoss),
          reversible: changes.every(({ reversible }) => reversible),
        }).toEqual({
          impact: tried.impact,
          dataLoss: tried.dataLoss === true,
          reversible: tried.irreversible !== true,
        });
        // What was seen to fail is never said to be harmless, and what is said to be harmless was not seen to change.
        if (/^\d/.test(after)) expect(['breaking', 'risky']).toContain(strongest(changes));
        // A new column is told to be harmless, and to a `SELECT *` it is not quite.
        if (strongest(changes) === 'none' && !tried.statement.startsWith('SELECT *'))
          expect([after, tried.prepared ?? after]).toEqual(['ok', 'ok']);
      });
    });
  }

  test('every kind of change was tried, where a statement can tell', () => {
    const untried = impactRows.filter(
      ({ why, kind }) => !told.has(why) && !nothingToTry.includes(kind) && !(kind in newer(major)),
    );
    expect(untried.map(({ kind }) => kind)).toEqual([]);
  });
});

/** Kinds that need syntax of a newer major. */
function newer(major: number): Record<string, true> {
  return {
    ...(major < 15 ? { 'a view gets or loses security_invoker': true } : {}),
    ...(major < 17 ? { 'the expression of a generated column changes': true } : {}),
    ...(major < 18 ? { 'a constraint is no longer enforced': true } : {}),
  };
}

interface Outcome {
  /** `ok` or the SQLSTATE. */
  readonly state: string;
  readonly result: string;
}

function compared(before: Outcome, after: Outcome): string {
  if (after.state !== 'ok') return after.state;
  return after.result === before.result ? 'ok' : 'other';
}

function strongest(changes: readonly SchemaChange[]): Impact {
  return strength[Math.max(0, ...changes.map(({ impact }) => strength.indexOf(impact)))] ?? 'none';
}

/** A connection of the running version. What it writes is taken back, so that it can be sent again. */
async function connect(database: pg.Client, { statement, values, as }: ImpactCase) {
  const client = new pg.Client({
    host: database.host,
    port: database.port,
    user: database.user ?? '',
    password: database.password ?? '',
    database: database.database ?? '',
  });
  client.on('error', () => {});
  await client.connect();
  if (as !== undefined) await client.query(`SET ROLE ${as}`);
  const send = async (name?: string): Promise<Outcome> => {
    await client.query('BEGIN');
    try {
      const { rows, fields } = await client.query({
        text: statement,
        values: [...(values ?? [])],
        ...(name === undefined ? {} : { name }),
      });
      return { state: 'ok', result: JSON.stringify([rows, fields.map((field) => field.dataTypeID)]) };
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      return { state: error.code ?? '', result: '' };
    } finally {
      await client.query('ROLLBACK');
    }
  };
  return {
    prepared: () => send('the running version'),
    unprepared: () => send(),
    [Symbol.asyncDispose]: () => client.end(),
  };
}
