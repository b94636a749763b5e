// What each client does on a table `t (id int PRIMARY KEY, a text)` of five rows.

export const psqlScript = `
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

export const pythonScript = `
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

export const rubyScript = `
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

/** Prepared in the server, binary, pipelined: libpq's pipeline mode. */
export const psycopg3Script = `
import os, psycopg
url = os.environ['URL']
c = psycopg.connect(url)
print(c.info.server_version // 10000, c.info.encoding)
c.execute('INSERT INTO t VALUES (%s, %s)', (80, 'é'))
c.execute('ALTER TABLE t ADD b int')
c.commit()
for n in range(8):
    c.execute('INSERT INTO t (id) VALUES (%s)', (81 + n,), prepare=True)
print(c.execute('SELECT id, a FROM t WHERE id > %s ORDER BY id', (80,), binary=True).fetchall())
try:
    c.execute('SELECT nope')
except psycopg.Error as e:
    print(e.sqlstate, e.diag.message_primary, e.diag.statement_position)
c.rollback()
try:
    with c.transaction():
        c.execute('CREATE TABLE made (id int)')
        try:
            with c.transaction():
                c.execute('SELECT 1 / 0')
        except psycopg.Error as e:
            print(e.sqlstate)
        c.execute('INSERT INTO made VALUES (1)')
        raise psycopg.Rollback()
except psycopg.Rollback:
    print('back')
with c.cursor('named', binary=True) as named:
    named.execute('SELECT * FROM generate_series(1, 50)')
    print(len(named.fetchmany(7)), len(named.fetchall()))
with c.cursor().copy('COPY t (id, a) FROM STDIN (FORMAT binary)') as copy:
    copy.set_types(['int4', 'text'])
    copy.write_row((95, 'ninety'))
with c.cursor().copy('COPY t TO STDOUT') as copy:
    for row in copy.rows():
        print(row)
c.commit()
with c.pipeline() as p:
    c.execute('CREATE TABLE piped (id int)')
    c.cursor().executemany('INSERT INTO piped VALUES (%s)', [(n,) for n in range(20)])
    p.sync()
    cur = c.execute('SELECT count(*) FROM piped')
print(cur.fetchall())
c.commit()
try:
    with c.pipeline():
        c.execute('INSERT INTO piped VALUES (1)')
        c.execute('INSERT INTO nobody VALUES (1)')
        c.execute('INSERT INTO piped VALUES (2)')
except psycopg.Error as e:
    print(type(e).__name__, e.sqlstate)
c.rollback()
c.close()
with psycopg.connect(url, autocommit=True) as c:
    c.execute('CREATE INDEX CONCURRENTLY i ON t (a)')
    c.add_notice_handler(lambda d: print(d.severity, d.message_primary))
    c.execute("DO 'BEGIN RAISE NOTICE ''hello''; END'")
    print(c.execute('SELECT 1; SELECT 2').nextset())
    print(c.execute('SELECT count(*) FROM t').fetchall())
`;

/** Its own protocol in Python and C: named statements, everything binary. */
export const asyncpgScript = `
import asyncio, io, os, asyncpg
async def main():
    c = await asyncpg.connect(os.environ['URL'], statement_cache_size=10)
    print(c.get_server_version().major, c.get_settings().client_encoding)
    await c.execute('INSERT INTO t VALUES ($1, $2)', 80, 'é')
    await c.execute('ALTER TABLE t ADD b int')
    await c.execute('CREATE TABLE one (id int); CREATE TABLE two (id int)')
    async with c.transaction(isolation='serializable'):
        await c.executemany('INSERT INTO t (id) VALUES ($1)', [(n,) for n in range(100, 400)])
        print(await c.fetchval('SELECT count(*) FROM t'))
        print([r['n'] async for r in c.cursor('SELECT generate_series(1, 120) AS n')][-1])
        try:
            async with c.transaction():
                await c.execute('INSERT INTO t (id) VALUES ($1)', 100)
        except asyncpg.PostgresError as e:
            print(e.sqlstate, e.constraint_name)
    statement = await c.prepare('SELECT $1::int[], now() > $2::timestamptz')
    print(statement.get_parameters())
    print(await c.copy_records_to_table('t', records=[(95, 'ninety', 1)]))
    out = io.BytesIO()
    print(await c.copy_from_query('SELECT * FROM t WHERE id < $1', 90, output=out), out.getvalue())
    try:
        await c.execute('SELECT nope')
    except asyncpg.PostgresError as e:
        print(e.sqlstate, e.position)
    c.add_log_listener(lambda _, m: print(m.severity, m.message))
    await c.execute("DO 'BEGIN RAISE NOTICE ''hello''; END'")
    await c.execute('CREATE INDEX CONCURRENTLY i ON t (a)')
    try:
        await c.execute('SELECT pg_sleep(60)', timeout=0.3)
    except asyncio.TimeoutError:
        print('cancelled')
    print(await c.fetchrow('SELECT 1 AS one'))
    await c.reset()
    await c.close()
asyncio.run(main())
`;

/** Batches, statements that turn into prepared ones, rows in portions, COPY. */
export const jdbcScript = `
import java.sql.*;
import java.io.*;
import org.postgresql.PGConnection;
public class Client {
  public static void main(String[] args) throws Exception {
    try (Connection c = DriverManager.getConnection(args[0], args[1], args[2]); Statement s = c.createStatement()) {
      System.out.println(c.getMetaData().getDatabaseMajorVersion() + " " + c.getTransactionIsolation());
      s.execute("ALTER TABLE t ADD b int");
      c.setAutoCommit(false);
      try (PreparedStatement p = c.prepareStatement("INSERT INTO t (id, a) VALUES (?, ?)")) {
        for (int n = 0; n < 40; n++) { p.setInt(1, 100 + n); p.setString(2, "\\u00e9"); p.addBatch(); }
        System.out.println(p.executeBatch().length);
        for (int n = 0; n < 8; n++) { p.setInt(1, 200 + n); p.setNull(2, Types.VARCHAR); p.executeUpdate(); }
      }
      s.execute("CREATE TABLE one (id int); CREATE TABLE two (id int)");
      Savepoint save = c.setSavepoint("here");
      try { s.execute("SELECT 1 / 0"); } catch (SQLException e) { System.out.println(e.getSQLState()); }
      c.rollback(save);
      s.setFetchSize(7);
      try (ResultSet r = s.executeQuery("SELECT * FROM generate_series(1, 50)")) { int n = 0; while (r.next()) n++; System.out.println(n); }
      c.commit();
      try (ResultSet r = c.getMetaData().getColumns(null, "public", "t", "%")) {
        while (r.next()) System.out.println(r.getString("COLUMN_NAME") + " " + r.getString("TYPE_NAME"));
      }
      c.rollback();
      c.setAutoCommit(true);
      var copies = c.unwrap(PGConnection.class).getCopyAPI();
      System.out.println(copies.copyIn("COPY t (id) FROM STDIN", new StringReader("95\\n")));
      StringWriter out = new StringWriter();
      copies.copyOut("COPY t TO STDOUT", out);
      System.out.println(out);
      s.execute("CREATE INDEX CONCURRENTLY i ON t (a)");
      s.execute("DO 'BEGIN RAISE WARNING ''hello''; END'");
      System.out.println(s.getWarnings().getMessage());
      s.setQueryTimeout(1);
      try { s.execute("SELECT pg_sleep(60)"); } catch (SQLException e) { System.out.println(e.getSQLState()); }
      try (ResultSet r = s.executeQuery("SELECT count(*) FROM t")) { r.next(); System.out.println(r.getInt(1)); }
    }
  }
}
`;

/** Queries of several callers in one pipeline, unnamed and named statements, cursors, COPY as streams. */
export const postgresJsScript = `
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
const { default: postgres } = await import(createRequire(process.env.MODULES + '/x.js').resolve('postgres'));
const sql = postgres(process.env.URL, { max: 1, idle_timeout: 0, onnotice: (n) => console.log(n.severity, n.message) });
await sql\`INSERT INTO t VALUES (\${80}, \${'é'})\`;
await sql\`ALTER TABLE t ADD b int\`;
console.log(await Promise.all([1, 2, 3].map((n) => sql\`SELECT \${n}::int AS n\`)));
await sql.unsafe('CREATE TABLE one (id int); CREATE TABLE two (id int)');
await sql\`INSERT INTO t \${sql([{ id: 81, a: 'x' }, { id: 82, a: null }])}\`;
await sql.begin('ISOLATION LEVEL SERIALIZABLE', async (tx) => {
  await tx\`CREATE TABLE made (id int)\`;
  await tx.savepoint((sp) => sp\`SELECT 1 / 0\`).catch((e) => console.log(e.code));
  await Promise.all(Array.from({ length: 30 }, (_, n) => tx\`INSERT INTO made VALUES (\${n})\`));
});
await sql.begin(async (tx) => { await tx\`DROP TABLE made\`; throw new Error('back'); }).catch((e) => console.log(e.message));
let count = 0;
await sql\`SELECT * FROM generate_series(1, 50) AS n\`.cursor(7, (rows) => { count += rows.length; });
console.log(count);
const into = await sql\`COPY t (id) FROM STDIN\`.writable();
await new Promise((resolve) => { into.on('finish', resolve); into.end('95\\n'); });
console.log(await text(await sql\`COPY t TO STDOUT\`.readable()));
await sql\`SELECT nope\`.catch((e) => console.log(e.code, e.position));
await sql\`DO 'BEGIN RAISE NOTICE ''hello''; END'\`;
await sql\`CREATE INDEX CONCURRENTLY i ON t (a)\`;
console.log(await sql\`SELECT count(*)::int FROM t\`);
await sql.end();
`;
