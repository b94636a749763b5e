import { connect } from 'node:net';
import pg from 'pg';
import { serialize } from 'pg-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../../src/run/index.ts';
import { startProxy } from '../../../src/run/proxy/proxy.ts';
import type { Recorded } from '../../../src/run/proxy/record.ts';
import type { Connection } from '../../../src/shadow/shadow.ts';
import { sharedShadow, type TestDatabase } from '../../shadow/with-shadow.ts';
import { b, d, e, p, pbe, q, rawClient, s } from './raw.ts';

const clientOf = async (connection: Connection): Promise<pg.Client> => {
  const client = new pg.Client({ ...connection });
  client.on('error', () => {});
  await client.connect();
  return client;
};

const brief = (statements: readonly Recorded[]) =>
  statements.map(({ connection, text, tag, statusBefore, statusAfter }) => [
    connection,
    text,
    tag,
    statusBefore + statusAfter,
  ]);

let template: TestDatabase;
beforeAll(async () => {
  template = await (await sharedShadow(17)).database();
  await using session = await openSession(template.connection);
  const outcome = await session.send(
    'CREATE TABLE t (id int PRIMARY KEY, a text); CREATE TABLE u (id int); CREATE TABLE v (version bigint)',
  );
  expect(outcome.error).toBeNull();
});
afterAll(() => template.close());

describe.each([false, true])('observe: %s', (observe) => {
  const within = async (
    work: (input: {
      database: TestDatabase;
      proxy: Awaited<ReturnType<typeof startProxy>>;
      seen: Recorded[];
    }) => Promise<void>,
  ) => {
    const database = await (await sharedShadow(17)).database({ template: template.connection.database });
    const seen: Recorded[] = [];
    {
      await using proxy = await startProxy({
        shadow: database.connection,
        observe,
        onStatement: (statement) => seen.push(statement),
      });
      await work({ database, proxy, seen });
    }
    await database.close();
  };

  test('what was said is recorded with its parameters, tags, errors and statuses', () =>
    within(async ({ proxy, seen }) => {
      const client = await clientOf(proxy.connection);
      await client.query('BEGIN');
      await client.query('INSERT INTO t VALUES ($1, $2), ($3, $4)', [1, 'é', 2, null]);
      await client.query("DO 'BEGIN RAISE NOTICE ''hello''; END'");
      await client.query('INSERT INTO t VALUES (1)').catch(() => {});
      await client.query('ROLLBACK');
      await client.query({ name: 'twice', text: 'SELECT $1::text', values: ['a'] });
      await client.query({ name: 'twice', text: 'SELECT $1::text', values: ['b'] });
      await client.end();
      expect(brief(proxy.statements)).toEqual([
        [1, 'BEGIN', 'BEGIN', 'IT'],
        [1, 'INSERT INTO t VALUES ($1, $2), ($3, $4)', 'INSERT 0 2', 'TT'],
        [1, "DO 'BEGIN RAISE NOTICE ''hello''; END'", 'DO', 'TT'],
        [1, 'INSERT INTO t VALUES (1)', null, 'TE'],
        [1, 'ROLLBACK', 'ROLLBACK', 'EI'],
        [1, 'SELECT $1::text', 'SELECT 1', 'II'],
        [1, 'SELECT $1::text', 'SELECT 1', 'II'],
      ]);
      const [, insert, notice, failed, , first, second] = proxy.statements;
      expect(insert).toMatchObject({ parameters: ['1', 'é', '2', null], rows: 2, error: null });
      expect(notice?.notices).toEqual([{ severity: 'NOTICE', message: 'hello' }]);
      expect(failed?.error).toMatchObject({
        code: '23505',
        schema: 'public',
        table: 't',
        constraint: 't_pkey',
        detail: 'Key (id)=(1) already exists.',
      });
      expect([first?.parameters, second?.parameters]).toEqual([['a'], ['b']]);
      expect(new Set(seen)).toEqual(new Set(proxy.statements));
    }));

  test('binary parameters are read by the types that the server has told the client', () =>
    within(async ({ proxy }) => {
      const client = await rawClient(proxy.connection);
      const big = Buffer.alloc(8);
      big.writeBigInt64BE(20_240_101_000_000n);
      const bind = serialize.bind({ statement: 'one', values: [big] });
      await client.say([p('INSERT INTO v (version) VALUES ($1)', 'one'), d('S', 'one'), s]);
      await client.say([bind, e(), s]);
      await client.end();
      expect(proxy.statements.map(({ text, parameters, tag }) => [text, parameters, tag])).toEqual([
        ['INSERT INTO v (version) VALUES ($1)', ['20240101000000'], 'INSERT 0 1'],
      ]);
    }));

  test('a cancel hits the connection that it is for', () =>
    within(async ({ proxy }) => {
      const [one, two] = [await clientOf(proxy.connection), await clientOf(proxy.connection)];
      const other = two.query('SELECT pg_sleep(1)');
      const running = one.query('SELECT pg_sleep(60)').catch((error: pg.DatabaseError) => error.code);
      await expect.poll(() => proxy.statements.length).toBe(2);
      const { processID, secretKey } = one as unknown as { processID: number; secretKey: number };
      const request = Buffer.alloc(16);
      for (const [index, value] of [16, 80877102, processID, secretKey].entries())
        request.writeInt32BE(value, index * 4);
      await new Promise((resolve) => {
        connect(proxy.connection.port, '127.0.0.1').once('close', resolve).end(request);
      });
      expect(await running).toBe('57014');
      expect((await other).rowCount).toBe(1);
      await one.query('CREATE TABLE after ()');
      await one.end();
      await two.end();
    }));

  test('10,000 statements', () =>
    within(async ({ proxy }) => {
      const client = await clientOf(proxy.connection);
      await client.query('BEGIN');
      for (let id = 0; id < 10_000; id += 1) await client.query('INSERT INTO t VALUES ($1)', [id]);
      await client.query('COMMIT');
      expect((await client.query('SELECT count(*)::int AS n FROM t')).rows).toEqual([{ n: 10_000 }]);
      await client.end();
      expect(proxy.statements).toHaveLength(10_003);
      expect(proxy.statements.every(({ order }, index) => order === index)).toBe(true);
      if (!observe) return;
      const locks = proxy.statements.map(({ observation }) => observation?.locks.map(({ mode }) => mode));
      expect(locks[1_000]).toEqual(['RowExclusiveLock']);
      expect(proxy.statements[1_001]?.unobserved).toBe('alike');
    }));

  test('64 MB in one value, back and forth', () =>
    within(async ({ proxy }) => {
      const client = await clientOf(proxy.connection);
      const size = 64 * 1024 * 1024;
      const { rows } = await client.query('SELECT length($1) AS n', ['x'.repeat(size)]);
      expect(rows).toEqual([{ n: size }]);
      expect((await client.query(`SELECT repeat('z', ${size}) AS a`)).rows[0]?.a).toHaveLength(size);
      await client.end();
      expect(proxy.statements[0]?.parameters[0]?.length).toBe(1_000);
    }));

  test('a client that is killed leaves the others alone, and its transaction is gone', () =>
    within(async ({ proxy, database }) => {
      const [one, two] = [await clientOf(proxy.connection), await clientOf(proxy.connection)];
      await one.query('BEGIN');
      await one.query('ALTER TABLE t ADD b int');
      (one as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      await two.query('ALTER TABLE t ADD b int');
      await two.end();
      const direct = await clientOf(database.connection);
      expect(
        (await direct.query('SELECT count(*)::int AS n FROM pg_attribute WHERE attname = $1', ['b'])).rows,
      ).toEqual([{ n: 1 }]);
      await direct.end();
    }));

  test('a client hears that the server has ended its connection', () =>
    within(async ({ proxy, database }) => {
      const client = await clientOf(proxy.connection);
      await client.query('BEGIN');
      const running = client.query('SELECT pg_sleep(60)').catch((error: pg.DatabaseError) => error.code);
      await expect.poll(() => proxy.statements.length).toBe(2);
      const admin = await clientOf(database.admin);
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = $1', [
        'SELECT pg_sleep(60)',
      ]);
      expect(await running).toBe('57P01');
      await admin.end();
      await expect.poll(() => proxy.statements[1]?.error?.code).toBe('57P01');
      const killer = await clientOf(proxy.connection);
      const own = await killer
        .query('SELECT pg_terminate_backend(pg_backend_pid())')
        .catch((error: pg.DatabaseError) => error.code);
      expect(own).toBe('57P01');
    }));

  test('encryption is declined, a standby and what is no client are refused', () =>
    within(async ({ proxy }) => {
      const answer = (bytes: Buffer) =>
        new Promise<string>((resolve) => {
          let heard = '';
          const socket = connect(proxy.connection.port, '127.0.0.1', () => socket.write(bytes));
          socket.on('data', (chunk: Buffer) => {
            heard += chunk.toString('latin1');
            if (heard === 'NN') socket.end();
          });
          socket.on('close', () => resolve(heard));
        });
      const encryption = Buffer.from('0000000804d2162f0000000804d21630', 'hex');
      expect(await answer(encryption)).toBe('NN');
      expect(proxy.declined).toBe(1);
      // The begin of a ClientHello, as sslnegotiation=direct sends it without a question.
      expect(await answer(Buffer.from('1603010100010000fc0303', 'hex'))).toBe('');
      expect(proxy.declined).toBe(2);
      const words = Buffer.from('user\0x\0replication\0database\0\0');
      const head = Buffer.alloc(8);
      head.writeInt32BE(8 + words.length, 0);
      head.writeInt32BE(196608, 4);
      expect(await answer(Buffer.concat([head, words]))).toContain(
        'replication connections are not supported',
      );
      expect(await answer(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toContain('no Postgres client');
      expect(proxy.connections).toBe(0);
    }));

  test("a wrong password is the server's to refuse", () =>
    within(async ({ proxy }) => {
      const client = new pg.Client({ ...proxy.connection, password: 'wrong' });
      client.on('error', () => {});
      await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
    }));
});

test.each([
  ['a message', [q('INSERT INTO t VALUES (2)')]],
  ['an unnamed statement', [...pbe('INSERT INTO t VALUES (2)'), s]],
  ['a statement that is prepared already', [b('it'), e(), s]],
  ['a portal that goes on', [e('portal', 1), s]],
])('the next statement fails, whatever it is: %s', async (_, next) => {
  const database = await (await sharedShadow(17)).database({ template: template.connection.database });
  {
    await using proxy = await startProxy({
      shadow: database.connection,
      observe: false,
      stopAfter: ({ text }) => text === 'CREATE TABLE made ()',
    });
    const client = await rawClient(proxy.connection);
    await client.say(q('BEGIN'));
    await client.say([p('INSERT INTO t VALUES (1)', 'it'), s]);
    await client.say([p('SELECT generate_series(1, 3)', 'rows'), b('rows', 'portal'), e('portal', 1), s]);
    await client.say(q('CREATE TABLE made ()'));
    await client.say(next);
    await client.say(q('ROLLBACK'));
    await client.say([b('it'), e(), s]);
    await client.end();
    expect(proxy.statements.map(({ text, error, tag }) => [text, error?.code ?? tag])).toEqual([
      ['BEGIN', 'BEGIN'],
      ['SELECT generate_series(1, 3)', null],
      ['CREATE TABLE made ()', 'CREATE TABLE'],
      ['migration-gate stops here', '42601'],
      ['ROLLBACK', 'ROLLBACK'],
      ['INSERT INTO t VALUES (1)', 'INSERT 0 1'],
    ]);
  }
  await database.close();
});

test('what two connections do is told apart, and what one has rolled back is not there', async () => {
  const database = await (await sharedShadow(17)).database({ template: template.connection.database });
  {
    await using proxy = await startProxy({ shadow: database.connection, observe: true });
    const [one, two] = [await clientOf(proxy.connection), await clientOf(proxy.connection)];
    await one.query('BEGIN');
    await two.query('BEGIN');
    await one.query('ALTER TABLE t RENAME TO renamed');
    await two.query('CREATE TABLE made (id int)');
    await two.query('ALTER TABLE u ALTER id TYPE bigint');
    await one.query('ROLLBACK');
    await two.query('COMMIT');
    await one.query('ALTER TABLE t ADD b int');
    await one.query('ALTER TABLE u ADD b int');
    await one.query('ALTER TABLE made ADD b int');
    await one.query('DROP TABLE made, t');
    await one.end();
    await two.end();
    const said = proxy.statements
      .filter(({ observation }) => observation !== null)
      .map(({ connection, text, observation }) => [
        connection,
        text,
        [
          ...new Set(
            observation?.locks.flatMap(({ kind, names, new: isNew }) =>
              kind === 'table' && isNew ? names : [],
            ),
          ),
        ],
        observation?.rewrites,
        observation?.created.map(({ name }) => name),
        observation?.dropped.map(({ name }) => name),
      ]);
    expect(said).toEqual([
      [1, 'ALTER TABLE t RENAME TO renamed', ['public.t', 'public.renamed'], [], [], []],
      [2, 'CREATE TABLE made (id int)', [], [], ['public.made'], []],
      [2, 'ALTER TABLE u ALTER id TYPE bigint', ['public.u'], ['public.u'], [], []],
      [1, 'ALTER TABLE t ADD b int', ['public.t'], [], [], []],
      [1, 'ALTER TABLE u ADD b int', ['public.u'], [], [], []],
      [1, 'ALTER TABLE made ADD b int', [], [], [], []],
      [1, 'DROP TABLE made, t', ['public.t'], [], [], ['public.made', 'public.t', 'public.t_pkey']],
    ]);
  }
  await database.close();
});
