import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyMigrations, openSession, prepareBookkeeping, traceMigrations } from '../../src/run/index.ts';
import type { TraceInput } from '../../src/run/trace-migrations.ts';
import type { Connection } from '../../src/shadow/shadow.ts';
import { loadParser } from '../../src/sql/parse.ts';
import type { Bookkeeping, Hook, Migration, Span } from '../../src/tools/tool.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { migrationOf } from './migrations.ts';

const bookkeeping: Bookkeeping = {
  setup: 'CREATE TABLE applied (version text PRIMARY KEY)',
  before: () => '',
  after: ({ version }) => `INSERT INTO public.applied VALUES ('${version}')`,
  relations: ['public.applied'],
};

const base = `CREATE TABLE users (id int PRIMARY KEY, email text); CREATE TABLE orders (id int PRIMARY KEY);
  CREATE TABLE log (at int GENERATED ALWAYS AS IDENTITY, what text, transaction bigint DEFAULT txid_current());`;

/** Statements, each as a span of its own, or several of them in one. */
const spansOf = (sql: string, ...texts: readonly string[]): Span[] =>
  texts.map((text) => {
    const start = sql.indexOf(text);
    if (start === -1) throw new Error(`no ${text} in ${sql}`);
    return { start, end: start + text.length };
  });

const shared = (version: string, sql: string, rest: Partial<Migration> = {}): Migration =>
  migrationOf(sql, { version, transaction: 'shared', ...rest });

await loadParser();

describe.each(majors)('deploys on PostgreSQL %i', (major) => {
  let connection: Connection;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ connection, close } = await (await sharedShadow(major)).database());
  });
  afterAll(() => close());
  beforeEach(async () => {
    await using session = await openSession(connection);
    const { error } = await session.send(`DROP OWNED BY CURRENT_USER CASCADE; ${base}`);
    if (error !== null) throw error;
    await prepareBookkeeping(session, bookkeeping);
  });

  const trace = async (migrations: readonly Migration[], rest: Partial<TraceInput> = {}) =>
    (await traceMigrations({ connection, bookkeeping, migrations, sessions: 'one', ...rest })).migrations;

  async function apply(migrations: readonly Migration[], hooks: readonly Hook[] = []) {
    await using session = await openSession(connection);
    return await applyMigrations(session, bookkeeping, migrations, hooks);
  }

  async function column(sql: string): Promise<unknown[]> {
    await using session = await openSession(connection);
    const { rows } = await session.client.query({ text: sql, rowMode: 'array' });
    return rows.map(([value]) => value);
  }
  const applied = () => column('SELECT version FROM applied ORDER BY 1');
  const tables = () =>
    column("SELECT relname::text FROM pg_class WHERE relname ~ '^[a-f]$' AND relkind = 'r' ORDER BY 1");
  const logged = () => column('SELECT what FROM log ORDER BY at');

  /** How the log's rows share transactions: `aab` for two in one and a third in another. */
  async function transactions(): Promise<string> {
    const ids = await column('SELECT transaction::text FROM log ORDER BY at');
    const seen = [...new Set(ids)];
    return ids.map((id) => String.fromCharCode(97 + seen.indexOf(id))).join('');
  }
  const say = (what: string): string => `INSERT INTO log (what) VALUES ('${what}');`;

  describe('one transaction for all that is pending', () => {
    test('locks of earlier migrations are held in later ones', async () => {
      const traces = await trace([
        shared('1', 'SELECT 1;\nALTER TABLE users ADD COLUMN a int;'),
        shared('2', 'CREATE INDEX ON orders (id);'),
      ]);
      expect(traces.map(({ error, transaction, rolledBack }) => [error, transaction, rolledBack])).toEqual([
        [null, 'single', false],
        [null, 'single', false],
      ]);
      const locks = traces[1]?.statements[0]?.locks.filter(({ kind }) => kind === 'table') ?? [];
      expect(locks.map(({ relation, mode, new: isNew }) => [relation, mode, isNew])).toContainEqual([
        'users',
        'AccessExclusiveLock',
        false,
      ]);
      expect(locks.find(({ relation }) => relation === 'users')?.since).toBeLessThan(0);
      expect(locks.find(({ relation }) => relation === 'orders')).toMatchObject({ new: true, since: 0 });
      // What the tool does to its own table between the two is not the statement's doing.
      expect(locks.find(({ relation }) => relation === 'applied')?.new).toBe(false);
      expect(await applied()).toEqual(['1', '2']);
    });

    test('a failure takes all of it back, and the traces stay', async () => {
      const traces = await trace([
        shared('1', 'ALTER TABLE users ADD COLUMN a int;'),
        shared('2', 'CREATE TABLE b ();\nSELECT nope;'),
        shared('3', 'CREATE TABLE c ();'),
      ]);
      expect(traces.map(({ ran, rolledBack, error }) => [ran, rolledBack, error?.sqlstate])).toEqual([
        [true, true, undefined],
        [true, false, '42703'],
        [false, false, undefined],
      ]);
      expect(traces[0]?.statements[0]?.locks[0]).toMatchObject({ mode: 'AccessExclusiveLock' });
      expect(await applied()).toEqual([]);
      expect(await tables()).toEqual([]);
    });

    test('so does one at the COMMIT', async () => {
      const deferred =
        'CREATE TABLE a (id int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO a VALUES (1), (1);';
      const traces = await trace([shared('1', deferred), shared('2', 'CREATE TABLE b ();')]);
      expect(traces.map(({ rolledBack, error }) => [rolledBack, error?.sqlstate])).toEqual([
        [true, undefined],
        [false, '23505'],
      ]);
      expect(await applied()).toEqual([]);
    });

    test('one that does not share commits what came before; those after it begin anew', async () => {
      const traces = await trace([
        shared('1', `${say('1')}${say('1')}`),
        shared('2', say('2')),
        migrationOf(`${say('3')}${say('3')}`, { version: '3', transaction: 'none' }),
        shared('4', `CREATE TABLE d (); ${say('4')}`),
        shared('5', `${say('5')} SELECT nope;`),
      ]);
      expect(traces.map(({ rolledBack }) => rolledBack)).toEqual([false, false, false, true, false]);
      expect(await transactions()).toBe('aaabc');
      expect(await applied()).toEqual(['1', '2', '3']);
      expect(await tables()).toEqual([]);
    });

    test('a COMMIT in a file ends it: what comes later commits by itself', async () => {
      const sql = `${say('2')}\nCOMMIT;\n${say('2')}\n${say('2')}`;
      const messages = spansOf(
        sql,
        `${say('2')}\nCOMMIT;`,
        `\n${say('2')}\n`,
        sql.slice(-say('2').length),
      ).map(({ start, end }, index) =>
        index === 2 ? { start: sql.length - say('2').length, end: sql.length } : { start, end },
      );
      const traces = await trace([
        shared('1', say('1')),
        shared('2', sql, { messages }),
        shared('3', `${say('3')}\nSELECT nope;`, {
          messages: spansOf(`${say('3')}\nSELECT nope;`, say('3'), 'SELECT nope;'),
        }),
      ]);
      expect(traces.map(({ rolledBack, error }) => [rolledBack, error?.sqlstate])).toEqual([
        [false, undefined],
        [false, undefined],
        [false, '42703'],
      ]);
      expect(await transactions()).toBe('aabcd');
      expect(await applied()).toEqual(['1', '2']);
    });

    test('a ROLLBACK in a file takes earlier ones back, although nothing fails', async () => {
      const traces = await trace([
        shared('1', 'CREATE TABLE a ();'),
        shared('2', 'ROLLBACK;\nCREATE TABLE b ();'),
      ]);
      expect(traces.map(({ rolledBack, error }) => [rolledBack, error])).toEqual([
        [true, null],
        [false, null],
      ]);
      expect(await tables()).toEqual(['b']);
      expect(await applied()).toEqual(['2']);
    });

    test('SET LOCAL holds for the later ones and is no setting that is left behind; SET is', async () => {
      const traces = await trace([
        shared('1', "SET LOCAL lock_timeout = '3s'; SET statement_timeout = '9s';"),
        shared('2', 'CREATE TABLE a ();'),
      ]);
      expect(traces[1]?.statements[0]?.timeouts).toMatchObject({ lockMs: 3_000, statementMs: 9_000 });
      expect(traces.map(({ settingsLeft }) => settingsLeft.map(({ name }) => name))).toEqual([
        ['statement_timeout'],
        // It ends with the transaction.
        ['lock_timeout'],
      ]);
    });

    test('production got base’s one deploy after another: each in a transaction of its own', async () => {
      const failure = await apply([
        shared('1', `${say('1')}${say('1')}`),
        shared('2', `${say('2')} SELECT nope`),
      ]);
      expect(failure?.migration.version).toBe('2');
      expect(await transactions()).toBe('aa');
      expect(await applied()).toEqual(['1']);
    });

    test('one whose failure may hide nothing stops it all the same', async () => {
      const traces = await trace([shared('1', 'SELECT nope;'), shared('2', 'CREATE TABLE b ();')], {
        mayFail: () => true,
      });
      expect(traces.map(({ ran }) => ran)).toEqual([true, false]);
    });
  });

  describe('messages', () => {
    interface MessageCase {
      readonly title: string;
      readonly parts: readonly string[];
      readonly transaction: Migration['transaction'];
      /** How the rows share transactions. */
      readonly rows: string;
      readonly error?: { readonly sqlstate: string; readonly line: number };
    }
    const cases: readonly MessageCase[] = [
      {
        title: 'each is a block where it holds several',
        transaction: 'implicit',
        parts: [`${say('1')} ${say('2')}`, say('3'), `${say('4')} ${say('5')}`],
        rows: 'aabcc',
      },
      {
        title: 'without a transaction likewise',
        transaction: 'none',
        parts: [`${say('1')} ${say('2')}`, say('3')],
        rows: 'aab',
      },
      {
        title: 'a failing one takes back its own work alone',
        transaction: 'implicit',
        parts: [say('1'), `${say('2')}\nSELECT nope;`],
        rows: 'a',
        error: { sqlstate: '42703', line: 3 },
      },
      {
        title: 'inside the tool’s transaction all fail together',
        transaction: 'single',
        parts: [say('1'), `${say('2')} SELECT nope;`],
        rows: '',
        error: { sqlstate: '42703', line: 2 },
      },
      {
        title: 'a COMMIT leaves the later messages to themselves',
        transaction: 'single',
        parts: [say('1'), 'COMMIT;', say('2'), `${say('3')} ${say('4')}`, say('5')],
        rows: 'abccd',
      },
      {
        title: 'a BEGIN reaches over them',
        transaction: 'implicit',
        parts: [`BEGIN; ${say('1')}`, say('2'), `${say('3')} COMMIT;`, say('4')],
        rows: 'aaab',
      },
      {
        title: 'alone in its message a statement needs no transaction',
        transaction: 'implicit',
        parts: [`${say('1')} ${say('2')}`, 'CREATE INDEX CONCURRENTLY i ON users (email);'],
        rows: 'aa',
      },
      {
        title: 'with another one it is refused',
        transaction: 'implicit',
        parts: [say('1'), `SELECT 1;\nCREATE INDEX CONCURRENTLY i ON users (email);`],
        rows: 'a',
        error: { sqlstate: '25001', line: 3 },
      },
      {
        title: 'a statement that is no SQL is the server’s to refuse, the ones before it have run',
        transaction: 'none',
        parts: [say('1'), 'CREATE TABEL b ();', say('2')],
        rows: 'a',
        error: { sqlstate: '42601', line: 2 },
      },
    ];
    const migrationFor = ({ parts, transaction }: MessageCase): Migration => {
      const sql = parts.join('\n');
      return migrationOf(sql, { transaction, messages: spansOf(sql, ...parts) });
    };

    test.each(cases)('traced: $title', async (one) => {
      const [traced] = await trace([migrationFor(one)]);
      if (one.error === undefined) expect(traced?.error).toBeNull();
      else expect(traced?.error).toMatchObject(one.error);
      expect(await transactions()).toBe(one.rows);
    });

    test.each(cases)('applied at full speed: $title', async (one) => {
      const failure = await apply([migrationFor(one)]);
      if (one.error === undefined) expect(failure).toBeNull();
      else expect(failure?.error).toMatchObject(one.error);
      expect(await transactions()).toBe(one.rows);
    });

    test('what stands between them is not sent', async () => {
      const sql = 'CREATE TABLE a ();\n\\echo no SQL\nCREATE TABLE b ();';
      const messages = spansOf(sql, 'CREATE TABLE a ();', 'CREATE TABLE b ();');
      const [traced] = await trace([migrationOf(sql, { messages })]);
      expect(traced?.statements.map(({ line, sql: sent }) => [line, sent])).toEqual([
        [1, 'CREATE TABLE a ()'],
        [3, 'CREATE TABLE b ()'],
      ]);
    });

    test('locks are held over a message, not over two', async () => {
      const sql = 'ALTER TABLE users ADD COLUMN a int;\nSELECT 1;\nSELECT 2;';
      const messages = spansOf(sql, 'ALTER TABLE users ADD COLUMN a int;\nSELECT 1;', 'SELECT 2;');
      const [traced] = await trace([migrationOf(sql, { transaction: 'implicit', messages })]);
      const held = traced?.statements.map(({ locks, inTransaction }) => [
        locks.some(({ mode }) => mode === 'AccessExclusiveLock'),
        inTransaction,
      ]);
      expect(held).toEqual([
        [true, true],
        [true, true],
        [false, false],
      ]);
    });
  });

  describe('COPY with data', () => {
    /** As a tool hands it over: the data blanked, lines kept. */
    const sql = `COPY users FROM STDIN;\n${' '.repeat(8)}\n${' '.repeat(2)}\n  \nALTER TABLE orders ADD COLUMN n int;\nCOPY orders (id, n) FROM STDIN (FORMAT csv);\n   \n`;
    const copyData = [
      { at: sql.indexOf('\n') + 1, data: '1\tü🐘\n2\t\\N\n' },
      { at: sql.indexOf('csv);') + 6, data: '7,8\n' },
    ];
    const statements = spansOf(
      sql,
      'COPY users FROM STDIN;',
      'ALTER TABLE orders ADD COLUMN n int;',
      'COPY orders (id, n) FROM STDIN (FORMAT csv);',
    );

    test.each<[string, Partial<Migration>]>([
      ['whole, in a transaction', { transaction: 'single' }],
      ['whole, as one message', { transaction: 'implicit' }],
      ['statement by statement', { transaction: 'none' }],
      ['in messages', { transaction: 'single', messages: statements }],
    ])('%s', async (_, how) => {
      const copied = async () => [
        await column('SELECT email FROM users ORDER BY id'),
        await column('SELECT n FROM orders'),
      ];
      const [traced] = await trace([migrationOf(sql, { copyData, ...how })]);
      expect(traced?.error).toBeNull();
      expect(traced?.statements.map(({ line, rowsWritten }) => [line, rowsWritten])).toEqual([
        [1, 2],
        [5, null],
        [6, 1],
      ]);
      expect(await copied()).toEqual([['ü🐘', null], [8]]);
      await using session = await openSession(connection);
      await session.send(
        'DROP TABLE users, orders; DELETE FROM applied; CREATE TABLE users (id int, email text); CREATE TABLE orders (id int)',
      );
      expect(await apply([migrationOf(sql, { copyData, ...how })])).toBeNull();
      expect(await copied()).toEqual([['ü🐘', null], [8]]);
    });

    test.each<[string, Partial<Migration>]>([
      ['as one message', { transaction: 'implicit' }],
      ['statement by statement', { transaction: 'none' }],
    ])('a COPY without rows before one with rows, %s', async (_, how) => {
      const empty = 'COPY users FROM STDIN;\n  \nCOPY users FROM STDIN;\n  \nCOPY users FROM STDIN;\n  \n';
      const data = ['', '1\tx\n', ''];
      const emptyFirst = migrationOf(empty, {
        copyData: data.map((rows, index) => ({ at: 26 * index + 23, data: rows })),
        ...how,
      });
      expect(await apply([emptyFirst])).toBeNull();
      expect(await column('SELECT email FROM users')).toEqual(['x']);
      await using session = await openSession(connection);
      await session.send('DELETE FROM users; DELETE FROM applied');
      const [traced] = await trace([emptyFirst]);
      expect(traced?.error).toBeNull();
      expect(traced?.statements.map(({ rowsWritten }) => rowsWritten)).toEqual([0, 1, 0]);
    });

    test('data that the server refuses is the error, and the session goes on', async () => {
      const many = `${'1\tx\n'.repeat(200_000)}`;
      const one = 'COPY users FROM STDIN;\n  \nSELECT 1;';
      const wrong = migrationOf(one, {
        copyData: [{ at: 23, data: `${many.slice(0, 4)}nonsense\n${many}` }],
      });
      const failure = await apply([wrong]);
      expect(failure?.error).toMatchObject({ sqlstate: '22P02', line: 1 });
      const [first, second] = await trace([wrong, migrationOf('CREATE TABLE a ();')], {
        mayFail: () => true,
      });
      expect(first?.error).toMatchObject({ sqlstate: '22P02', line: 1 });
      expect(second).toMatchObject({ ran: true, error: null });
    });

    test('a second COPY without data is an error as before', async () => {
      const one = 'COPY users FROM STDIN;\n  \nCOPY orders FROM STDIN;';
      const [traced] = await trace([migrationOf(one, { copyData: [{ at: 23, data: '1\tx\n' }] })]);
      expect(traced?.error).toMatchObject({ sqlstate: '57014', line: 3 });
    });

    test('much data arrives whole, no character cut in half', async () => {
      const row = `1\t${'🐘'.repeat(33)}x\n`;
      const copied = migrationOf('CREATE TABLE a (id int, t text);\nCOPY a FROM STDIN;\n \n', {
        copyData: [{ at: 53, data: row.repeat(40_000) }],
      });
      expect(await apply([copied])).toBeNull();
      expect(await column(`SELECT count(*)::int FROM a WHERE t = '${'🐘'.repeat(33)}x'`)).toEqual([40_000]);
    });
  });

  describe('hooks', () => {
    const hook = (when: Hook['when'], sql = say(when), file = `hooks/${when}.sql`): Hook => ({
      when,
      file,
      sql,
    });
    const all: readonly Hook[] = [
      hook('after-all'),
      hook('before-each'),
      hook('before-all'),
      hook('after-each'),
      hook('before-all', say('second'), 'hooks/second.sql'),
    ];
    const two = [migrationOf(say('one'), { version: '1' }), migrationOf(say('two'), { version: '2' })];
    const around = (what: string) => ['before-each', what, 'after-each'];
    const expected = ['before-all', 'second', ...around('one'), ...around('two'), 'after-all'];

    test('run around what is pending, and are no statements of it', async () => {
      const traces = await trace(two, { hooks: all });
      expect(traces.map(({ error, statements }) => [error, statements.length])).toEqual([
        [null, 1],
        [null, 1],
      ]);
      expect(await logged()).toEqual(expected);
      // Those around each are in its transaction.
      expect(await transactions()).toBe('abcccdddf'.replace('f', 'e'));
    });

    test('run around a replay, once as a whole', async () => {
      expect(await apply(two, all)).toBeNull();
      expect(await logged()).toEqual(expected);
      expect(await transactions()).toBe('abcccddde');
    });

    test('do not run where nothing is pending', async () => {
      expect(await trace([], { hooks: all })).toEqual([]);
      expect(await apply([], all)).toBeNull();
      expect(await logged()).toEqual([]);
    });

    test.each<[Hook['when'], string[], (string | undefined)[], boolean[]]>([
      ['before-all', [], ['42P01', undefined], [false, false]],
      ['before-each', [], ['42P01', undefined], [true, false]],
      ['after-each', [], ['42P01', undefined], [true, false]],
      ['after-all', ['one', 'two'], [undefined, '42P01'], [true, true]],
    ])('an error %s is the deploy’s, at its place in the hook’s file', async (when, left, states, ran) => {
      const wrong = [hook(when, 'SELECT 1;\nSELECT * FROM nowhere;')];
      const traces = await trace(two, { hooks: wrong });
      expect(traces.map(({ error }) => error?.sqlstate)).toEqual(states);
      expect(traces.map((one) => one.ran)).toEqual(ran);
      expect(traces.find(({ error }) => error !== null)?.error).toMatchObject({
        file: `hooks/${when}.sql`,
        line: 2,
        column: 15,
      });
      expect(await logged()).toEqual(left);
      await using session = await openSession(connection);
      await session.send('DELETE FROM log; DELETE FROM applied');
      expect((await apply(two, wrong))?.error).toMatchObject({ file: `hooks/${when}.sql`, line: 2 });
      expect(await logged()).toEqual(left);
    });

    test('what they lock, make and set is not the first statement’s doing', async () => {
      const hooks = [
        hook(
          'before-all',
          "SET lock_timeout = '4s'; CREATE TABLE a (); ALTER TABLE orders ADD COLUMN n int;",
        ),
        hook('before-each', 'CREATE TABLE b (); ALTER TABLE users ADD COLUMN n int;'),
      ];
      const [traced] = await trace([migrationOf('CREATE TABLE c ();')], { hooks });
      const [statement] = traced?.statements ?? [];
      expect(statement?.created.map(({ name }) => name)).toEqual(['public.c']);
      expect(statement?.locks.map(({ relation, new: isNew }) => [relation, isNew])).toContainEqual([
        'users',
        false,
      ]);
      expect(statement?.locks.some(({ relation }) => relation === 'orders')).toBe(false);
      expect(statement?.timeouts.lockMs).toBe(4_000);
      expect(traced?.settingsLeft).toEqual([]);
    });

    test('what those before all have set holds for every migration of a replay', async () => {
      const hooks = [hook('before-all', "SET search_path = ''; SET application_name = 'x'; SET ROLE NONE")];
      const show = `INSERT INTO public.log (what) VALUES (current_setting('search_path') || current_setting('application_name'));`;
      const leaks = "SET application_name = 'y';";
      expect(await apply([migrationOf(show + leaks), migrationOf(show)], hooks)).toBeNull();
      expect(await logged()).toEqual(['""x', '""x']);
    });

    test('those that are news are observed in their place, once', async () => {
      const index = 'CREATE INDEX IF NOT EXISTS n ON users (name);';
      const hooks = [
        hook('before-all', "SET lock_timeout = '4s'; LOCK TABLE orders;"),
        hook('before-each', 'ALTER TABLE users ADD COLUMN IF NOT EXISTS name text;'),
        hook('after-each', index),
        hook('after-all', 'ANALYZE users;'),
      ];
      const traces = await trace(two, { hooks, observedHooks: hooks });
      expect(traces.map(({ file, error }) => [file, error])).toEqual(
        [
          'hooks/before-all.sql',
          'hooks/before-each.sql',
          two[0]?.file,
          'hooks/after-each.sql',
          two[1]?.file,
          'hooks/after-all.sql',
        ].map((file) => [file, null]),
      );
      const [before, each, first, after] = traces;
      expect(before?.statements[1]?.locks).toMatchObject([
        { relation: 'orders', mode: 'AccessExclusiveLock' },
      ]);
      expect(before?.settingsLeft).toEqual([]);
      expect(each?.statements[0]?.timeouts.lockMs).toBe(4_000);
      // The migration and what runs after it are in the same transaction.
      expect(first?.statements[0]?.locks.find(({ relation }) => relation === 'users')).toMatchObject({
        mode: 'AccessExclusiveLock',
        new: false,
        since: expect.toSatisfy((since: number) => since < 0),
      });
      expect(after?.statements[0]?.scans).toEqual(['public.users']);
      expect(after?.statements[0]?.inTransaction).toBe(true);
    });

    test('those that are news are observed where nothing is pending, too', async () => {
      const hooks = [
        hook('before-all', "SET lock_timeout = '4s'"),
        hook('before-each', 'CREATE TABLE a (); LOCK TABLE users;'),
        hook('after-all'),
      ];
      const [each, ...none] = await trace([], { hooks, observedHooks: hooks.slice(1, 2) });
      expect(none).toEqual([]);
      expect(each?.statements.map(({ inTransaction }) => inTransaction)).toEqual([true, true]);
      expect(each?.statements[1]?.timeouts.lockMs).toBe(4_000);
      expect(await logged()).toEqual(['after-all']);
    });

    test.each<[Hook['when'], string[], boolean[]]>([
      ['before-all', ['hooks/before-all.sql'], [true, false, false]],
      ['before-each', ['hooks/before-each.sql'], [true, false, false]],
      ['after-each', ['hooks/after-each.sql'], [true, true, false]],
      ['after-all', ['hooks/after-all.sql'], [true, true, true]],
    ])('an observed one that fails %s says so itself and ends the deploy', async (when, failed, ran) => {
      const wrong = [hook(when, 'SELECT 1;\nSELECT * FROM nowhere;')];
      const traces = await trace(two, { hooks: wrong, observedHooks: wrong });
      expect(traces.flatMap(({ file, error }) => (error === null ? [] : [file]))).toEqual(failed);
      expect(traces.map((one) => one.ran)).toEqual(ran);
      expect(traces.map((one) => one.rolledBack)).toEqual([when === 'after-each', false, false]);
      expect(await logged()).toEqual(when === 'after-all' ? ['one', 'two'] : []);
    });

    test('an error of one that is not observed is told where nothing else ran', async () => {
      const hooks = [hook('before-all', 'SELECT * FROM nowhere'), hook('after-all')];
      const [only, ...rest] = await trace([], { hooks, observedHooks: hooks.slice(1) });
      expect(rest).toEqual([]);
      expect(only).toMatchObject({ ran: false, error: { file: 'hooks/before-all.sql', sqlstate: '42P01' } });
    });

    test('in the transaction that migrations share', async () => {
      const traces = await trace([shared('1', say('one')), shared('2', say('two'))], {
        hooks: [hook('before-each'), hook('after-each')],
      });
      expect(traces.map(({ error }) => error)).toEqual([null, null]);
      expect(await transactions()).toBe('aaaaaa');
    });
  });

  describe('a file that the tool refuses', () => {
    const refused = { line: 3, says: 'The tool stops: no end.' };

    test('does not run, nor what comes after it', async () => {
      const traces = await trace([
        migrationOf('CREATE TABLE a ();', { version: '1' }),
        migrationOf('CREATE TABLE b ();', { version: '2', refused }),
        migrationOf('CREATE TABLE c ();', { version: '3' }),
      ]);
      expect(traces.map(({ ran, error, refused: why }) => [ran, error, why])).toEqual([
        [true, null, null],
        [false, null, refused],
        [false, null, null],
      ]);
      expect(await tables()).toEqual(['a']);
    });

    test('takes back what it would have shared a transaction with', async () => {
      const traces = await trace([
        shared('1', 'CREATE TABLE a ();'),
        shared('2', 'CREATE TABLE b ();', { refused }),
      ]);
      expect(traces.map(({ rolledBack }) => rolledBack)).toEqual([true, false]);
      expect(await tables()).toEqual([]);
    });

    test('ends a replay with the tool’s words', async () => {
      const failure = await apply([
        migrationOf('CREATE TABLE a ();', { version: '1' }),
        migrationOf('CREATE TABLE b ();', { version: '2', refused }),
      ]);
      expect(failure).toMatchObject({
        migration: { version: '2' },
        error: { sqlstate: '', line: 3, message: refused.says },
      });
      expect(await applied()).toEqual(['1']);
    });
  });
});
