import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../src/run/index.ts';
import { startProxy } from '../../src/run/proxy/proxy.ts';
import type { Connection } from '../../src/shadow/shadow.ts';
import { tap } from '../run/proxy/tap.ts';
import { sharedShadow, type TestDatabase } from '../shadow/with-shadow.ts';
import { debianLibrary, debianProgram } from './install.ts';

const directory = mkdtempSync(join(tmpdir(), 'clients-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const psqlScript = `
\\set VERBOSITY verbose
TABLE t; \\d t
\\echo :SERVER_VERSION_NUM
CREATE TABLE made AS SELECT 1 AS one; DROP TABLE IF EXISTS nope;
BEGIN; ALTER TABLE t ADD b int; SELECT nope; COMMIT;
BEGIN \\; ALTER TABLE t ADD c int \\; COMMIT;
\\copy t (id, a) FROM STDIN
70	seventy
\\.
\\copy t TO STDOUT
SELECT generate_series(1, 5) \\gset x_
SELECT 'CREATE INDEX CONCURRENTLY i' || n || ' ON t (a)' FROM generate_series(1, 2) n \\gexec
SELECT 1 AS "é" \\gdesc
\\set FETCH_COUNT 3
SELECT * FROM generate_series(1, 10);
\\timing off
VACUUM t;
`;

const pythonScript = `
import os, psycopg2, io
c = psycopg2.connect(os.environ['URL'])
print(c.server_version // 10000, c.encoding, c.get_parameter_status('TimeZone'))
cur = c.cursor()
cur.execute('INSERT INTO t VALUES (%s, %s)', (80, 'é'))
cur.execute('ALTER TABLE t ADD b int')
c.commit()
try:
    cur.execute('SELECT nope')
except psycopg2.Error as e:
    print(e.pgcode, e.diag.message_primary, e.diag.statement_position)
c.rollback()
named = c.cursor('named')
named.execute('SELECT * FROM generate_series(1, 50)')
print(len(named.fetchmany(7)), len(named.fetchall()))
cur.copy_from(io.StringIO('81\\teighty\\t1\\n'), 't')
out = io.StringIO()
cur.copy_to(out, 't')
print(out.getvalue())
c.commit()
c.set_session(isolation_level='SERIALIZABLE', readonly=True)
cur.execute('SHOW transaction_isolation')
print(cur.fetchall())
c.rollback()
c.set_session(autocommit=True, readonly=False)
cur.execute('CREATE INDEX CONCURRENTLY i ON t (a)')
cur.execute("DO 'BEGIN RAISE NOTICE ''hello''; END'")
print(c.notices)
cur.execute('SELECT count(*) FROM t')
print(cur.fetchall())
`;

const rubyScript = `
require 'pg'
c = PG.connect(ENV['URL'])
c.set_notice_processor { |m| puts m }
c.exec("SET client_min_messages TO warning")
p c.exec_params('SELECT $1::int + 1 AS n', [41]).to_a
c.transaction do |x|
  x.exec('ALTER TABLE t ADD b int')
  x.exec("DO 'BEGIN RAISE WARNING ''hello''; END'")
end
c.prepare('st', 'INSERT INTO t VALUES ($1, $2)')
3.times { |i| c.exec_prepared('st', [90 + i, 'é']) }
begin
  c.exec_prepared('st', [90, 'x'])
rescue PG::Error => e
  puts e.result.error_field(PG::PG_DIAG_SQLSTATE), e.message
end
c.copy_data('COPY t (id) FROM STDIN') { c.put_copy_data("95\\n") }
c.copy_data('COPY t TO STDOUT') { while row = c.get_copy_data; puts row; end }
c.exec('CREATE INDEX CONCURRENTLY i ON t (a)')
c.enter_pipeline_mode
c.send_query_params('CREATE TABLE piped (id int)', [])
c.pipeline_sync
c.send_query_params('INSERT INTO piped VALUES ($1)', [1])
c.send_query_params('SELECT 1 / 0', [])
c.pipeline_sync
syncs = 0
while syncs < 2
  r = c.get_result
  next puts('-') if r.nil?
  puts r.res_status(r.result_status)
  syncs += 1 if r.result_status == PG::PGRES_PIPELINE_SYNC
end
c.send_query_params('SELECT pg_sleep(60)', [])
c.pipeline_sync
sleep 0.3
p c.cancel
until (r = c.get_result) && r.result_status == PG::PGRES_PIPELINE_SYNC
  puts r.error_message if r
end
`;

const url = ({ host, port, user, password, database }: Connection): string =>
  `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;

const programs: Readonly<Record<string, (connection: Connection) => readonly string[]>> = {
  psql: (connection) => ['psql', '-X', url(connection), '-f', join(directory, 'psql')],
  psycopg2: () => ['python3', join(directory, 'psycopg2')],
  'ruby-pg': () => ['ruby', join(directory, 'ruby-pg')],
};

const run = async (program: string, connection: Connection) => {
  const [command = '', ...rest] = programs[program]?.(connection) ?? [];
  const { stdout, stderr } = await promisify(execFile)(command, rest, {
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', URL: url(connection) },
    maxBuffer: 1 << 30,
    timeout: 100_000,
  });
  return stdout + stderr;
};

let template: TestDatabase;
beforeAll(async () => {
  await debianProgram('psql', 'postgresql-client');
  await debianLibrary(['/usr/bin/python3', '-c', 'import psycopg2'], 'python3-psycopg2');
  await debianLibrary(['/usr/bin/ruby', '-e', "require 'pg'"], 'ruby-pg');
  for (const [name, script] of Object.entries({
    psql: psqlScript,
    psycopg2: pythonScript,
    'ruby-pg': rubyScript,
  }))
    writeFileSync(join(directory, name), script);
  template = await (await sharedShadow(17)).database();
  await using session = await openSession(template.connection);
  const outcome = await session.send(
    "CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t SELECT i, 'row ' || i FROM generate_series(1, 5) i",
  );
  expect(outcome.error).toBeNull();
});
afterAll(() => template.close());

const copy = async () => (await sharedShadow(17)).database({ template: template.connection.database });

describe.each(Object.keys(programs))('%s', (program) => {
  const through = async (how: 'direct' | 'recorded' | 'observed') => {
    const database = await copy();
    try {
      await using proxy = await startProxy({ shadow: database.connection, observe: how === 'observed' });
      await using wire = await tap(how === 'direct' ? database.connection : proxy.connection);
      const said = await run(program, wire.connection);
      expect(proxy.failures).toEqual([]);
      // The port is another one.
      return { said, heard: wire.heard(), statements: proxy.statements };
    } finally {
      await database.close();
    }
  };

  test('gets the same answers, to the byte', async () => {
    const direct = await through('direct');
    expect(direct.heard[0]?.length).toBeGreaterThan(30);
    for (const how of ['recorded', 'observed'] as const) {
      const { said, heard, statements } = await through(how);
      expect(heard).toEqual(direct.heard);
      expect(said).toBe(direct.said);
      expect(statements.length).toBeGreaterThan(10);
      const alter = statements.find(({ text }) => text.startsWith('ALTER TABLE t ADD b int'));
      const locks = alter?.observation?.locks.flatMap((lock) =>
        lock.new ? [`${lock.relation} ${lock.mode}`] : [],
      );
      expect(locks).toEqual(how === 'observed' ? ['t AccessExclusiveLock'] : undefined);
    }
  });
});

test.each([false, true])(
  'what is large is not collected (observe: %s)',
  async (observe) => {
    const size = 64 * 1024 * 1024;
    writeFileSync(join(directory, 'large.sql'), `SELECT length('${'x'.repeat(size)}');`);
    writeFileSync(
      join(directory, 'psql'),
      `\\o /dev/null\n\\pset format unaligned\nSELECT repeat('y', ${size});\n\\copy (SELECT repeat('z', 1000000) FROM generate_series(1, 64)) TO '${join(directory, 'data')}'\n\\copy t (a) FROM '${join(directory, 'data')}'\n\\i ${join(directory, 'large.sql')}\n`,
    );
    const database = await copy();
    {
      await using session = await openSession(database.connection);
      await session.send('ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ALTER id DROP NOT NULL');
    }
    {
      await using proxy = await startProxy({ shadow: database.connection, observe });
      const before = process.memoryUsage().arrayBuffers;
      let peak = 0;
      const timer = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
      }, 2);
      await run('psql', proxy.connection);
      clearInterval(timer);
      expect(proxy.statements.map(({ tag }) => tag)).toEqual(['SELECT 1', 'COPY 64', 'COPY 64', 'SELECT 1']);
      expect(proxy.statements[3]?.text).toHaveLength(1_000_000);
      expect(peak).toBeLessThan(size);
    }
    await database.close();
  },
  120_000,
);
