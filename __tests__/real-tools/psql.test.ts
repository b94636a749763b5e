import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { applyMigrations } from '../../src/run/apply.ts';
import { openSession } from '../../src/run/index.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { readPsql } from '../../src/sql/psql.ts';
import type { PsqlScript } from '../../src/sql/psql-reading.ts';
import { plain } from '../../src/tools/plain.ts';
import { contents, debianProgram, emptyDatabase, placeWith, run } from './support.ts';

const log = 'CREATE TABLE log (id serial, text text);\n';
const say = (text: string) => `INSERT INTO log (text) VALUES (${text});\n`;

/** Files beside every script. */
const beside = {
  'sub/inner.sql': `${say("'inner'")}\\ir deeper.sql\n`,
  'sub/deeper.sql': `\\set from deeper\n${say(":'from'")}`,
  'unfinished.sql': "INSERT INTO log (text) VALUES ('half') -- ;",
};

const scripts: readonly (readonly [string, string])[] = [
  ['no meta-command at all', `${log}${say("'a'")}`],
  ['without the last semicolon', `${log}INSERT INTO log (text) VALUES ('end')`],
  [
    'shown things',
    `${log}\\echo hello 'a b' \\qecho x\n\\timing on\n\\pset format unaligned\n\\x\n\\t \\a\n\\dt\n${say("'a'")}`,
  ],
  ['a command in the middle of a statement', `${log}INSERT INTO log (text)\n\\echo middle\nVALUES ('a');`],
  [
    'a command after a statement on its line',
    `${log}INSERT INTO log (text) VALUES ('a'); \\echo done\n${say("'b'")}`,
  ],
  ['two commands on a line', `${log}\\set a 1 \\set b 2\n${say(":'a' || :'b'")}`],
  [
    'three forms of a variable',
    `\\set t log\n\\set v 'it''s'\nCREATE TABLE :t (id serial, :"v" int, text text);\nINSERT INTO :"t" (text) VALUES (:'v');`,
  ],
  ['a name in upper case', `\\set n Big\nCREATE TABLE :"n" (a int); CREATE TABLE :n (a int);`],
  ['escapes in a value', `${log}\\set v 'a\\tb\\\\c' d e\n${say(":'v'")}`],
  ['a variable made of others', `${log}\\set a 1\n\\set b :a x :'a' :"a"\n${say(":'b'")}`],
  ['a value that holds code', `${log}\\set body '(text) VALUES (\\'x\\')'\nINSERT INTO log :body;`],
  [
    'a value that names another variable',
    `${log}\\set inner '\\'deep\\''\n\\set outer :inner\n${say(':outer')}`,
  ],
  ['a variable that is taken away', `${log}\\set v 1\n\\unset v\n${say(':{?v}::text')}`],
  ['is it set?', `${log}\\set v 1\n${say(':{?v}::text || :{?w}::text')}`],
  ['casts are no variables', `${log}\\set int4 boom\n${say('1::int4::text')}`],
  ['slices are none either', `${log}${say("(ARRAY['a','b','c'])[2:3]::text")}`],
  [
    'nothing in strings and comments',
    `${log}\\set v boom\n-- :v \\echo 'x\n/* :v \\! /* nested */ ' */\n${say("':v \\echo'")}${say('$x$ :v \\ ; $x$')}${say("E'\\\\:v\\''")}CREATE TABLE "a\\ :v" (a int);`,
  ],
  ['a dollar in a name', `${log}CREATE TABLE a$b$c (d int); \\echo x\nCREATE TABLE e$1$ (f int);`],
  [
    'a body with semicolons',
    `CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;\nSELECT f();`,
  ],
  [
    'a body in standard SQL',
    `CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\nCREATE TABLE a (b int);`,
  ],
  [
    'a rule of two statements',
    `${log}CREATE TABLE a (b int);\nCREATE RULE r AS ON INSERT TO a DO ALSO (INSERT INTO log (text) VALUES ('1'); INSERT INTO log (text) VALUES ('2'));\nINSERT INTO a VALUES (1);`,
  ],
  [
    'branches',
    `${log}\\if true\n${say("'yes'")}\\else\n${say("'no'")}SELECT 1/0;\n\\endif\n\\if 0\nSELECT 1/0;\n\\elif on\n${say("'elif'")}\\else\nSELECT 1/0;\n\\endif`,
  ],
  [
    'branches in branches',
    `${log}\\if no\n\\if yes\nSELECT 1/0;\n\\else\nSELECT 1/0;\n\\endif\n\\set x 1\n\\! false\n\\else\n\\if :{?x}\n${say("'x'")}\\else\n${say("'no x'")}\\endif\n\\endif`,
  ],
  ['a quote in a branch that is not taken', `${log}\\if false\nSELECT ' \\endif ';\n\\endif\n${say("'a'")}`],
  [
    'a branch in the middle of a statement',
    `${log}INSERT INTO log (text) VALUES (\n\\if true\n'a'\n\\else\n'b'\n\\endif\n);`,
  ],
  ['COPY', `${log}COPY log (text) FROM stdin;\na;b\\\\c\n:v \\echo\n\\N\n\\.\n${say("'after'")}`],
  [
    'COPY with options and words behind it',
    `${log}COPY log (text) FROM STDIN WITH (FORMAT csv, HEADER); INSERT INTO log (text) VALUES ('same line');\ntext\n"a,\n""b"\n\\.\n`,
  ],
  ['COPY in a comment', `${log}-- COPY log FROM stdin;\n${say("'a'")}`],
  ['COPY until the end of the file', `${log}COPY log (text) FROM stdin;\na\nb\n`],
  ['COPY in a transaction', `BEGIN;\n${log}COPY log (text) FROM stdin;\na\n\\.\nCOMMIT;`],
  ['COPY of nothing', `${log}COPY log (text) FROM stdin;\n\\.\n`],
  [
    'Windows lines',
    `${log}\\set v 1\n${say(":'v'")}COPY log (text) FROM stdin;\na\n\\.\n${say("'b'")}`.replaceAll(
      '\n',
      '\r\n',
    ),
  ],
  ['files in files', `${log}\\i sub/inner.sql\n\\ir sub/deeper.sql\n${say(":'from'")}`],
  ['a file without its last semicolon', `${log}\\i unfinished.sql\n\\ir unfinished.sql\n${say("'after'")}`],
  ['two files on one line', `${log}\\i sub/deeper.sql \\i sub/deeper.sql\n`],
  ['an end', `${log}${say("'a'")}\\q\nSELECT 1/0;`],
  ['a new session', `${log}SET search_path = nowhere;\n\\connect -\n${say("'a'")}`],
  ['a colon in brackets and braces', `${log}${say(`('{"a": 1}'::jsonb -> 'a')::text`)}`],
  ['own transactions', `${log}BEGIN;\n${say("'a'")}ROLLBACK;\nBEGIN;\n${say("'b'")}COMMIT;\n`],
  ['what stands in no transaction', `${log}CREATE INDEX CONCURRENTLY i ON log (text);\nVACUUM log;\n`],
  [
    'a dump',
    `\\restrict abcDEF\nSET statement_timeout = 0;\nSELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.d (a text);\nCOPY public.d (a) FROM stdin;\nx\n\\.\n\n\\unrestrict abcDEF\n`,
  ],
  ['an escaped colon', `${log}\\set v boom\n${say("'a' \\:: text")}`],
];

beforeAll(async () => {
  await loadParser();
  await debianProgram('psql', 'postgresql-client');
});

test.each(scripts)('%s', async (_, script) => {
  const place = await placeWith({ ...beside, 'script.sql': script });
  const { code, stderr } = await run(
    'psql',
    ['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', '--file', 'script.sql'],
    { cwd: place.directory, env: place.env },
  );
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('ERROR')]);

  const read = readScript(script);
  expect(read.refused).toBeNull();
  const gate = await emptyDatabase();
  await using session = await openSession(gate);
  const failure = await applyMigrations(session, plain.bookkeeping, [
    {
      version: '1',
      name: '',
      identity: '1',
      file: 'script.sql',
      bytes: Buffer.from(script),
      sql: read.sql,
      transaction: 'none',
      ...(read.copyData.length > 0 ? { copyData: read.copyData } : {}),
    },
  ]);
  expect(failure).toBeNull();
  expect(await contents(gate)).toBe(await contents(place.connection));
});

function readScript(script: string): PsqlScript {
  const files = new Map(Object.entries(beside));
  return readPsql(script, {
    file: 'script.sql',
    directory: '',
    variables: new Map([['ON_ERROR_STOP', '1']]),
    given: new Set(),
    include: (path) => files.get(join(path)),
  });
}

test.each<[string, string, string]>([
  ['a file that is not there', '\\i nowhere.sql\n', 'No such file or directory'],
  ['a branch without end', '\\if true\nSELECT 1;\n', 'reached EOF without finding closing \\endif'],
  ['a name that is none', '\\set "v" 1\n', 'invalid variable name'],
  ['an end without branch', 'SELECT 1;\n\\endif\n', '\\endif: no matching \\if'],
])('%s: psql stops or says so, and so does the reader', async (_, script, words) => {
  const place = await placeWith({ 'script.sql': script });
  const { stderr } = await run('psql', ['-X', '-v', 'ON_ERROR_STOP=1', '-f', 'script.sql'], {
    cwd: place.directory,
    env: place.env,
  });
  expect(stderr).toContain(words);
  expect(readScript(script).refused).toMatchObject({ stops: true, says: expect.stringContaining('stops') });
});
