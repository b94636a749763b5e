import { serialize } from 'pg-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../../src/run/index.ts';
import { startProxy } from '../../../src/run/proxy/proxy.ts';
import { majors } from '../../shadow/majors.ts';
import { sharedShadow, type TestDatabase } from '../../shadow/with-shadow.ts';
import { b, c, d, e, h, p, pbe, q, rawClient, s } from './raw.ts';
import { tap } from './tap.ts';

const fixture = `
CREATE TABLE t (id int PRIMARY KEY, a text);
INSERT INTO t SELECT i, 'row ' || i FROM generate_series(1, 20) i;
CREATE TABLE late (id int, UNIQUE (id) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO late VALUES (1);
CREATE PROCEDURE commits() LANGUAGE plpgsql AS 'BEGIN INSERT INTO t VALUES (100, NULL); COMMIT; RAISE NOTICE ''done''; END';
CREATE FUNCTION speaks() RETURNS int LANGUAGE plpgsql AS
  'BEGIN RAISE DEBUG ''debug''; RAISE LOG ''log''; RAISE INFO ''info''; RAISE NOTICE ''notice''; RAISE WARNING ''warning''; RETURN 1; END';
`;

/** What a client sends, and how many ReadyForQuery it then waits for (one where not said). */
type Line = Buffer | readonly Buffer[] | readonly [readonly Buffer[], number];

const lines = (...texts: string[]): Line[] => texts.map((text) => q(text));
const copyData = (text: string): Buffer => serialize.copyData(Buffer.from(text));

/** FunctionCall of int4abs(-5): oid, no formats, one argument as text, result as text. */
const functionCall = Buffer.from([
  0x46, 0, 0, 0, 22, 0, 0, 5, 0x73, 0, 0, 0, 1, 0, 0, 0, 2, 0x2d, 0x35, 0, 0, 0, 0,
]);

const scripts: Readonly<Record<string, readonly Line[]>> = {
  'plain statements': lines(
    'SELECT 1',
    'TABLE t',
    'INSERT INTO t VALUES (50)',
    'DROP TABLE t',
    'SELECT FROM t',
  ),
  'no statement': lines('', ' ', '-- nothing', ';', ';;'),
  'several statements in one message': lines(
    'SELECT 1; SELECT 2',
    'CREATE TABLE x (a int); INSERT INTO x VALUES (1), (2); TABLE x;',
    'INSERT INTO x VALUES (3); SELECT 1 / 0; INSERT INTO x VALUES (4)',
    'INSERT INTO x VALUES (5); /* é€😀 */ SELECT nope FROM x',
    'TABLE x',
    'INSERT INTO late VALUES (1); SELECT 1',
    'SELECT 1; INSERT INTO late VALUES (1)',
    'SELECT 1; SAVEPOINT a',
    'LOCK TABLE x; SELECT 2',
    'CREATE TABLE y (); VACUUM x',
    'SET LOCAL lock_timeout = 5; SHOW lock_timeout',
  ),
  'transactions in one message': lines(
    'BEGIN; CREATE TABLE x (); COMMIT',
    'BEGIN; SELECT 1',
    'SELECT 2; COMMIT; SELECT 3',
    'SELECT 4; COMMIT',
    'BEGIN; SELECT 1 / 0; COMMIT',
    'COMMIT',
    'CREATE TABLE y (); BEGIN; CREATE TABLE z ()',
    'ROLLBACK; SELECT 5',
    'BEGIN; BEGIN; ROLLBACK; ROLLBACK',
  ),
  'errors in a transaction': lines(
    'BEGIN',
    'INSERT INTO t VALUES (51)',
    'INSERT INTO t VALUES (51)',
    'SELECT 1',
    'SELECT 1; SELECT 2',
    'COMMIT',
    'SELECT count(*) FROM t',
    'SELECT syntax error',
    'BEGIN',
    'nonsense',
    'ROLLBACK',
  ),
  savepoints: lines(
    'BEGIN',
    'SAVEPOINT a',
    'ALTER TABLE t ADD b int',
    'SELECT 1 / 0',
    'ROLLBACK TO a',
    'TABLE t',
    'RELEASE a',
    'RELEASE a',
    'ROLLBACK AND CHAIN',
    'ALTER TABLE t ADD b int',
    'COMMIT AND CHAIN',
    'DROP TABLE t',
    'ROLLBACK',
    'SAVEPOINT a',
    'RELEASE a',
  ),
  'the first query comes late': lines(
    'BEGIN',
    'SET search_path = public',
    'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE',
    'SHOW transaction_isolation',
    'COMMIT',
    'BEGIN',
    'LOCK TABLE t',
    'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
    'SELECT count(*) FROM t',
    'DROP TABLE t',
    'ROLLBACK',
    'BEGIN',
    'SELECT 1',
    'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE',
    'ROLLBACK',
    'BEGIN',
    'LOCK TABLE t',
    'COMMIT',
  ),
  messages: lines(
    'DROP TABLE IF EXISTS nope',
    'SELECT speaks()',
    'ALTER TABLE t ALTER a TYPE varchar(100)',
    'SET client_min_messages = warning',
    'SELECT speaks()',
    'DROP TABLE IF EXISTS nope',
    'SHOW client_min_messages',
    'BEGIN',
    'SELECT speaks()',
    'SHOW client_min_messages',
    "SELECT current_setting('client_min_messages')",
    'SAVEPOINT a',
    'SET LOCAL client_min_messages = error',
    'SELECT speaks()',
    'ROLLBACK TO a',
    'SHOW client_min_messages',
    'SELECT speaks()',
    'SET client_min_messages = notice',
    'ALTER TABLE t ADD b int',
    'COMMIT',
    'SHOW client_min_messages',
    'SET client_min_messages = debug1',
    'SELECT speaks()',
    'ALTER TABLE t ALTER id TYPE bigint',
    'BEGIN',
    'ALTER TABLE t ALTER id TYPE int',
    'COMMIT',
    'RESET client_min_messages',
    'SELECT speaks(); SET client_min_messages = error; SELECT speaks()',
    'RESET ALL',
    'SELECT speaks()',
    "SELECT setting, source FROM pg_settings WHERE name = 'client_min_messages'",
    'BEGIN',
    'RESET ALL',
    'SELECT speaks()',
    'ROLLBACK',
  ),
  'what commits by itself': lines(
    'VACUUM t',
    'CREATE INDEX CONCURRENTLY i ON t (a)',
    'CALL commits()',
    "DO 'BEGIN INSERT INTO t VALUES (101); COMMIT; END'",
    'CALL commits()',
    "DO 'BEGIN PERFORM speaks(); ROLLBACK; PERFORM 1 / 0; END'",
    "DO 'BEGIN PERFORM speaks(); END'",
    'BEGIN',
    'CALL commits()',
    'ROLLBACK',
    'BEGIN',
    'VACUUM t',
    'ROLLBACK',
    'INSERT INTO late VALUES (1)',
    'INSERT INTO late VALUES (2)',
    'TABLE late',
    'CREATE UNIQUE INDEX CONCURRENTLY u ON late ((id / 10))',
    'REINDEX TABLE t',
    'CLUSTER t USING t_pkey',
  ),
  'settings that are reported': lines(
    "SET application_name = 'x'",
    'BEGIN',
    "SET application_name = 'y'",
    'ROLLBACK',
    "SET TimeZone = 'UTC'; SELECT 1",
    "SET client_encoding = 'LATIN1'",
    "SELECT 'é'",
    'RESET client_encoding',
    'SET standard_conforming_strings = off',
    "SELECT 'a\\'; b'; SELECT 2",
    'DISCARD ALL',
    'SELECT 1',
  ),
  'prepared by SQL': lines(
    'PREPARE x AS SELECT count(*) FROM t',
    'EXECUTE x',
    'SELECT name, statement FROM pg_prepared_statements',
    'DEALLOCATE ALL',
    'EXECUTE x',
    'BEGIN',
    'DECLARE cur CURSOR FOR SELECT * FROM t',
    'FETCH 2 FROM cur',
    'ALTER TABLE late ADD b int',
    'FETCH 2 FROM cur',
    'COMMIT',
    'FETCH 1 FROM cur',
  ),
  notifications: lines(
    'LISTEN a',
    "NOTIFY a, 'one'",
    'BEGIN',
    "SELECT pg_notify('a', 'two')",
    'CREATE TABLE x ()',
    'COMMIT',
    'CREATE TABLE y ()',
  ),
  timeouts: lines(
    'SET statement_timeout = 50',
    'SELECT pg_sleep(5)',
    'BEGIN',
    'SELECT pg_sleep(5)',
    'ROLLBACK',
  ),
  'the unnamed statement lives on': [
    [p('SELECT $1::int + 1'), s],
    [b('', '', ['1']), e(), s],
    [b('', '', ['2']), d('P'), e(), s],
    q('BEGIN'),
    [p('INSERT INTO t VALUES ($1)'), d('S'), s],
    [b('', '', ['60']), e(), s],
    [b('', '', ['61']), e(), s],
    [b('', '', ['61']), e(), s],
    q('ROLLBACK'),
    [b('', '', ['62']), e(), s],
    [p('INSERT INTO t VALUES ($1)'), s],
    [b('', '', ['62']), e(), s],
    [b('', '', ['63']), e(), s],
  ],
  'named statements and portals': [
    [p('SELECT * FROM t', 'st'), s],
    q('BEGIN'),
    [b('st', 'po'), e('po', 3), s],
    q('ALTER TABLE late ADD b int'),
    [e('po', 3), s],
    [e('po', 0), s],
    [c('P', 'po'), s],
    [c('S', 'st'), b('st'), e(), s],
    q('COMMIT'),
    [c('S', 'st'), s],
    [c('S', 'none'), p('SELECT 1'), b(), e(), s],
    [c('S', 'none'), d('S', 'none'), s],
    [c('S'), s],
  ],
  'several in one': [
    [...pbe('CREATE TABLE x (a int)'), ...pbe('INSERT INTO x VALUES (1)'), s],
    [...pbe('INSERT INTO x VALUES (2)'), ...pbe('SELECT 1 / 0'), ...pbe('SELECT 1'), s],
    [...pbe('TABLE x'), s],
    [...pbe('INSERT INTO late VALUES (1)'), s],
    [...pbe('BEGIN'), ...pbe('INSERT INTO x VALUES (3)'), s],
    [...pbe('COMMIT'), s],
    [...pbe('SELECT'), s],
    [...pbe(''), s],
    [...pbe('nonsense'), s],
    [p('SELECT $1::int'), b('', '', ['x']), e(), s],
    s,
    [h, s],
  ],
  pipelined: [
    [
      [
        ...pbe('CREATE TABLE x (a int)'),
        s,
        ...pbe('INSERT INTO x VALUES (1)'),
        s,
        ...pbe('SELECT 1 / 0'),
        s,
        ...pbe('TABLE x'),
        s,
      ],
      4,
    ],
    [
      [
        q('BEGIN'),
        q('INSERT INTO x VALUES (2)'),
        ...pbe('INSERT INTO x VALUES (3)'),
        s,
        q('COMMIT'),
        q('TABLE x'),
      ],
      5,
    ],
  ],
  'with Flush': [
    [[p('SELECT * FROM t WHERE id = $1', 'f'), d('S', 'f'), h], 0],
    [b('f', '', ['3']), e(), s],
  ],
  copy: [
    [[q('COPY t FROM STDIN')], 0],
    [copyData('200\ta\n201\tb\n'), serialize.copyDone()],
    [[q('COPY t FROM STDIN')], 0],
    [copyData('200\ta\n'), serialize.copyDone()],
    [[q('COPY t FROM STDIN')], 0],
    [copyData('300\t'), serialize.copyFail('no more')],
    q('COPY t TO STDOUT'),
    q('BEGIN'),
    [[q('COPY t FROM STDIN')], 0],
    [copyData('202\ta'), copyData('\n203\tb\n'), serialize.copyDone()],
    q('COPY (SELECT 1) TO STDOUT; SELECT 2'),
    q('COMMIT'),
    [[q('COPY t FROM STDIN; SELECT 3')], 0],
    [copyData('204\ta\n'), serialize.copyDone()],
    [[q('COPY t FROM STDIN; COPY t FROM STDIN; COPY t FROM STDIN')], 0],
    [serialize.copyDone(), copyData('400\ta\n'), serialize.copyDone(), serialize.copyDone()],
    [[...pbe('COPY t FROM STDIN'), h], 0],
    [copyData('205\ta\n'), serialize.copyDone(), s],
    [[...pbe('COPY t FROM STDIN'), s], 0],
    [copyData('206\ta\n'), serialize.copyDone(), s],
    [...pbe('COPY t TO STDOUT'), s],
  ],
  'function calls': [functionCall, q('BEGIN'), functionCall, q('COMMIT')],
};

/** Pieces that cut and join messages everywhere; the same ones each time. */
function pieces(seed: number): (length: number) => number {
  let state = seed;
  return (length) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 8) % 4 === 0 ? length : 1 + ((state >> 12) % 11);
  };
}

describe.each(majors)('a client of PostgreSQL %i gets the same', (major) => {
  let template: TestDatabase;
  beforeAll(async () => {
    template = await (await sharedShadow(major)).database();
    await using session = await openSession(template.connection);
    expect((await session.send(fixture)).error).toBeNull();
  });
  afterAll(() => template.close());

  const heard = async (
    script: readonly Line[],
    through: 'direct' | 'recorded' | 'observed',
    slice?: (length: number) => number,
  ) => {
    const database = await (await sharedShadow(major)).database({ template: template.connection.database });
    try {
      await using proxy = await startProxy({ shadow: database.connection, observe: through === 'observed' });
      await using wire = await tap(through === 'direct' ? database.connection : proxy.connection, slice);
      const client = await rawClient(wire.connection);
      for (const line of script) {
        const [bytes, ready] =
          Array.isArray(line) && Array.isArray(line[0]) ? (line as [Buffer[], number]) : [line as Buffer, 1];
        await client.say(bytes, ready);
      }
      await client.end();
      return wire.heard();
    } finally {
      await database.close();
    }
  };

  test.each(Object.entries(scripts))('%s', async (_, script) => {
    const direct = await heard(script, 'direct');
    expect(direct[0]?.length).toBeGreaterThan(10);
    expect(await heard(script, 'recorded')).toEqual(direct);
    expect(await heard(script, 'observed')).toEqual(direct);
  });

  test.each([1, 2, 3])('in whatever pieces the bytes come (%i)', async (seed) => {
    for (const name of ['several in one', 'pipelined', 'messages', 'copy', 'savepoints']) {
      const script = scripts[name] ?? [];
      const direct = await heard(script, 'direct');
      expect(await heard(script, 'recorded', pieces(seed))).toEqual(direct);
      expect(await heard(script, 'observed', pieces(seed + 10))).toEqual(direct);
    }
  });
});
