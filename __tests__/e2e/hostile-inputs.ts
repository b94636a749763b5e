import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A repository that wants to harm the gate or its machine, and what has to come of it. */
export interface HostileInput {
  readonly title: string;
  /** Files of the base branch besides `users`. */
  readonly base?: Files;
  /** What the pull request adds; a text alone is the migration `db/migrations/0002_new.sql`. */
  readonly change: Files | string | (() => Files | string);
  /** Makes in the checkout what files cannot say. */
  readonly make?: (directory: string) => void;
  readonly options?: readonly string[];
  readonly verdict: 'pass' | 'blocked' | 'undecided' | 'refused';
  /** `file:line` of the finding, or of why it is undecided; null: it belongs to no file. */
  readonly at: string | RegExp | null;
  /** What the message says. */
  readonly says: RegExp;
  /** Takes more than a few seconds. */
  readonly heavy?: true;
}

type Files = Readonly<Record<string, string | Buffer>>;

const users =
  'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nINSERT INTO users VALUES (1), (2), (3);\n';
const file = 'db/migrations/0002_new.sql';
const first = `${file}:1`;
/** Statements get a quarter of the whole time where that is less than their minute. */
const inTwelveSeconds = ['--timeout-minutes', '0.2'];

const denied = /permission denied|must be superuser|only roles with|not permitted|42501/i;
const ended = /ended after 3 s, which is all that one statement may take/;

const refused = (title: string, change: string, says: RegExp = denied): HostileInput => ({
  ...{ title, change, says },
  ...{ verdict: 'blocked', at: first },
});
const endless = (title: string, change: string): HostileInput => ({
  ...{ title, change, options: inTwelveSeconds, says: ended },
  ...{ verdict: 'blocked', at: first },
});

export const hostileInputs: readonly HostileInput[] = [
  refused('`COPY … TO PROGRAM`', "COPY users TO PROGRAM 'touch /tmp/owned';\n"),
  refused('`COPY … FROM PROGRAM`', "COPY users (email) FROM PROGRAM 'id';\n"),
  refused('`COPY … TO` a file of the server', "COPY users TO '/tmp/owned';\n"),
  refused('`pg_read_file`', "SELECT pg_read_file('/etc/passwd');\n"),
  refused('`lo_import`', "SELECT lo_import('/etc/passwd');\n"),
  refused('`CREATE EXTENSION dblink`, to connect to itself', 'CREATE EXTENSION dblink;\n'),
  refused('a function in C', "CREATE FUNCTION f() RETURNS int AS '/lib/libc.so.6', 'system' LANGUAGE c;\n"),
  refused('an untrusted language', 'CREATE EXTENSION plpython3u;\n', /plpython3u/),
  refused(
    'an event trigger',
    "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f();\n",
  ),
  refused('`ALTER SYSTEM`', "ALTER SYSTEM SET archive_command = 'touch /tmp/owned';\n"),
  refused('becoming the superuser', 'SET ROLE migration_gate_admin;\n'),
  refused('taking the superuser’s rights', 'ALTER ROLE postgres SUPERUSER;\n'),
  refused('making a superuser', 'CREATE ROLE su SUPERUSER LOGIN;\n'),
  refused('programs by a predefined role', 'GRANT pg_execute_server_program TO postgres;\n'),
  endless('an endless loop', 'DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$;\n'),
  endless('a sleep of a day', 'SELECT pg_sleep(86400);\n'),
  endless(
    'a loop that catches its cancellation',
    'DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(100); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$;\n',
  ),
  endless(
    'an endless recursive query',
    'WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT 1 FROM r) SELECT count(*) FROM r;\n',
  ),
  endless('10⁹ rows', 'CREATE TABLE big AS SELECT n FROM generate_series(1, 1000000000) n;\n'),
  {
    title: 'sleeps that end, one after the other',
    change: 'SELECT pg_sleep(2.5);\n'.repeat(9),
    options: inTwelveSeconds,
    verdict: 'undecided',
    // How many there is time for is the machine's affair.
    at: new RegExp(`^${file}:[2-6]$`),
    says: /did not end within 0\.2 minutes/,
  },
  {
    title: 'an endless loop in base’s history',
    base: { 'db/migrations/0001_z.sql': '-- loops\nDO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$;\n' },
    change: 'SELECT 1;\n',
    options: inTwelveSeconds,
    verdict: 'undecided',
    at: 'db/migrations/0001_z.sql:2',
    says: ended,
  },
  {
    title: 'sleeps in base’s history that end, one after the other',
    base: Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [`db/migrations/0001_z${n}.sql`, '\nSELECT pg_sleep(2.5);\n']),
    ),
    change: 'SELECT 1;\n',
    options: inTwelveSeconds,
    verdict: 'undecided',
    at: /^db\/migrations\/0001_z[1-5]\.sql:2$/,
    says: /did not end within 0\.2 minutes/,
  },
  {
    title: 'more than the disk limit',
    change:
      "SELECT 1;\nCREATE TABLE big AS SELECT repeat('x', 1000) t, n FROM generate_series(1, 6000000) n;\n",
    verdict: 'undecided',
    at: `${file}:2`,
    says: /more than 2 GB/,
    heavy: true,
  },
  {
    title: 'terminating all other sessions',
    change: 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid();\n',
    verdict: 'pass',
    at: null,
    says: /^$/,
  },
  {
    title: 'terminating its own session',
    change: 'SELECT pg_terminate_backend(pg_backend_pid());\n',
    verdict: 'blocked',
    at: first,
    says: /terminating connection/,
  },
  ...(
    [
      ['a time limit of the role', 'ALTER ROLE postgres SET statement_timeout = 1;'],
      ['a time limit of the database', 'ALTER DATABASE shadow SET statement_timeout = 1;'],
      ['a role that only reads', 'ALTER ROLE postgres SET default_transaction_read_only = on;'],
      ['a database that only reads', 'ALTER DATABASE shadow SET default_transaction_read_only = on;'],
      ['another search path of the database', "ALTER DATABASE shadow SET search_path = 'nowhere';"],
      ['other messages of the role', "ALTER ROLE postgres SET client_min_messages = 'error';"],
      ['other literals of the database', 'ALTER DATABASE shadow SET standard_conforming_strings = off;'],
      ['idle sessions that end', 'ALTER DATABASE shadow SET idle_session_timeout = 1;'],
      ['idle transactions that end', 'ALTER DATABASE shadow SET idle_in_transaction_session_timeout = 1;'],
      ['transactions that end', 'ALTER DATABASE shadow SET transaction_timeout = 1;'],
      [
        'another role for all sessions',
        'CREATE ROLE other; GRANT other TO postgres; ALTER DATABASE shadow SET role = other;',
      ],
      [
        'other formats of the database',
        "ALTER DATABASE shadow SET bytea_output = 'escape'; ALTER DATABASE shadow SET DateStyle = 'German';",
      ],
      ['no connections to the database', 'ALTER DATABASE shadow CONNECTION LIMIT 0;'],
      ['another password of the role', "ALTER ROLE postgres PASSWORD 'x';"],
      ['no right to connect', 'REVOKE CONNECT ON DATABASE shadow FROM PUBLIC, postgres;'],
    ] as const
  ).map(
    ([title, sql]): HostileInput => ({
      title,
      // The fix of the second line is tried in sessions that begin after the first.
      change: `${sql}\nCREATE INDEX i ON users (email);\n`,
      verdict: 'blocked',
      at: `${file}:2`,
      says: /CREATE INDEX/,
    }),
  ),
  refused('no connections at all', 'ALTER DATABASE shadow ALLOW_CONNECTIONS false;\n', /./),
  refused('another name of the database', 'ALTER DATABASE shadow RENAME TO other;\n', /./),
  refused('the end of the role', 'DROP ROLE postgres;\n', /cannot be dropped/),
  refused('a role that has expired', "ALTER ROLE postgres VALID UNTIL '2000-01-01';\n"),
  refused('a role that may not log in', 'ALTER ROLE postgres NOLOGIN;\n'),
  refused('the end of the database', 'DROP DATABASE shadow; -- no-transaction\n', /./),
  refused(
    'another owner of the database',
    'CREATE ROLE other; GRANT other TO postgres; ALTER DATABASE shadow OWNER TO other;\n',
  ),
  {
    title: '100 MB of notices',
    change: "DO $$ BEGIN FOR n IN 1..100 LOOP RAISE NOTICE '%', repeat('x', 1000000); END LOOP; END $$;\n",
    verdict: 'pass',
    at: null,
    says: /^$/,
  },
  {
    title: 'a million notices',
    change: "DO $$ BEGIN FOR n IN 1..1000000 LOOP RAISE NOTICE 'x'; END LOOP; END $$;\n",
    verdict: 'pass',
    at: null,
    says: /^$/,
    heavy: true,
  },
  {
    title: 'an error message of 100 MB',
    change: "DO $$ BEGIN RAISE EXCEPTION '%', repeat('x', 100000000); END $$;\n",
    verdict: 'blocked',
    at: first,
    says: /xxx/,
  },
  {
    title: 'rows of 200 MB',
    change: "SELECT repeat('x', 1000000) FROM generate_series(1, 200);\n",
    verdict: 'pass',
    at: null,
    says: /^$/,
  },
  {
    title: 'a literal of 64 MB',
    change: () => `CREATE TABLE t (b text);\nINSERT INTO t VALUES ('${'x'.repeat(64 << 20)}');\n`,
    verdict: 'pass',
    at: null,
    says: /^$/,
    heavy: true,
  },
  {
    title: '100,000 statements',
    change: () =>
      `CREATE TABLE t (n int);\n${Array.from({ length: 100_000 }, (_, n) => `INSERT INTO t VALUES (${n});\n`).join('')}`,
    verdict: 'pass',
    at: null,
    says: /^$/,
    heavy: true,
  },
  {
    title: '10,000 statements of different kinds',
    change: () =>
      Array.from(
        { length: 2_000 },
        (_, n) =>
          `CREATE TABLE t${n} (n int);\nCOMMENT ON TABLE t${n} IS 'x';\nALTER TABLE t${n} ADD m int;\nINSERT INTO t${n} VALUES (1);\nDROP TABLE t${n};\n`,
      ).join(''),
    verdict: 'pass',
    at: null,
    says: /^$/,
    heavy: true,
  },
  {
    title: 'an expression of 100,000 brackets',
    change: () => `SELECT ${'('.repeat(100_000)}1${')'.repeat(100_000)};\n`,
    verdict: 'blocked',
    at: first,
    says: /./,
  },
  {
    title: 'a comment of 100,000 levels',
    // The server's own scanner would need minutes for it, in which nothing but its end can end it.
    change: () => `SELECT 1;\n${'/*'.repeat(100_000)}${'*/'.repeat(100_000)} SELECT 1;\n`,
    verdict: 'undecided',
    at: `${file}:2`,
    says: /0002_new\.sql has so many comments within comments/,
  },
  {
    title: 'a comment of 100,000 levels with spaces between them',
    change: () => `${'/* '.repeat(100_000)}${'*/ '.repeat(100_000)} SELECT 1;\n`,
    verdict: 'pass',
    at: null,
    says: /^$/,
  },
  {
    title: '100,000 signs in a row',
    change: () => `SELECT ${'+-'.repeat(50_000)}1;\n`,
    verdict: 'undecided',
    at: first,
    says: /signs in a row/,
  },
  {
    title: 'a function that calls itself',
    change: "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN f(); END';\nSELECT f();\n",
    verdict: 'blocked',
    at: `${file}:2`,
    says: /stack depth/,
  },
  {
    title: 'a NUL byte',
    change: { [file]: Buffer.from("SELECT 'a\0b';\n") },
    verdict: 'undecided',
    at: first,
    says: /zero byte/,
  },
  {
    title: 'invalid UTF-8',
    change: { [file]: Buffer.from([...Buffer.from("SELECT '"), 0xff, 0xfe, 0xc3, ...Buffer.from("';\n")]) },
    verdict: 'undecided',
    at: first,
    says: /not UTF-8/,
  },
  {
    title: 'a path with newlines and workflow commands',
    change: { 'db/migrations/0002_a\n::error::owned\n.sql': 'SELECT 1/0;\n' },
    verdict: 'blocked',
    at: 'db/migrations/0002_a\n::error::owned\n.sql:1',
    says: /never runs/,
  },
  {
    title: 'a link out of the repository',
    change: { 'README.md': 'x\n' },
    make: (directory) => symlinkSync('/etc/passwd', join(directory, file)),
    verdict: 'undecided',
    at: file,
    says: /link/,
  },
  {
    title: 'the directory a link out of the repository',
    change: { 'README.md': 'x\n' },
    make: (directory) => symlinkSync('/etc', join(directory, 'db/migrations/sub')),
    verdict: 'pass',
    at: null,
    says: /^$/,
  },
  {
    title: 'a ref that looks like an option',
    change: 'SELECT 1;\n',
    options: ['--base', '--upload-pack=touch /tmp/owned'],
    verdict: 'refused',
    at: null,
    says: /looks like an option/,
  },
  {
    title: 'a head that looks like an option',
    change: 'SELECT 1;\n',
    options: ['--base=main', '--head=--output=/tmp/owned'],
    verdict: 'refused',
    at: null,
    says: /looks like an option/,
  },
  {
    title: 'a pull request of 10,000 migrations',
    change: () =>
      Object.fromEntries(
        Array.from({ length: 10_000 }, (_, n) => [
          `db/migrations/${String(n + 2).padStart(5, '0')}_t.sql`,
          `CREATE TABLE t${n} (n int);\n`,
        ]),
      ),
    verdict: 'pass',
    at: null,
    says: /^$/,
    heavy: true,
  },
  {
    title: 'a base of 10,000 migrations',
    base: Object.fromEntries(
      Array.from({ length: 10_000 }, (_, n) => [
        `db/migrations/${String(n + 10_001)}_t.sql`,
        `CREATE TABLE t${n} (n int);\n`,
      ]),
    ),
    change: { 'db/migrations/30000_new.sql': 'SELECT 1;\n' },
    verdict: 'pass',
    at: null,
    says: /^$/,
    heavy: true,
  },
  {
    title: 'a table of 1,600 columns and 1,000 partitions',
    change: () =>
      `CREATE TABLE w (${Array.from({ length: 1_600 }, (_, n) => `c${n} int`).join(', ')});\nCREATE TABLE p (n int) PARTITION BY LIST (n);\n${Array.from({ length: 1_000 }, (_, n) => `CREATE TABLE p${n} PARTITION OF p FOR VALUES IN (${n});\n`).join('')}`,
    verdict: 'pass',
    at: null,
    says: /^$/,
    heavy: true,
  },
];

/** Makes the repository in a directory: `users` on main, the pull request's branch checked out. */
export function makeRepository(input: HostileInput, directory: string): void {
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Mallory', '-c', 'user.email=m@example.org', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: directory,
        env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  const write = (files: Files) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), content);
    }
  };
  const commit = () => {
    git('add', '--all');
    git('commit', '-q', '-m', 'change');
  };
  const change = typeof input.change === 'function' ? input.change() : input.change;
  git('init', '-q', '-b', 'main');
  write({ 'db/migrations/0001_users.sql': users, ...input.base });
  commit();
  git('switch', '-q', '-c', 'change');
  write(typeof change === 'string' ? { [file]: change } : change);
  input.make?.(directory);
  commit();
}
