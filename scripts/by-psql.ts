import { spawn } from 'node:child_process';
import { messagesOf } from '../src/run/sent.ts';
import type { Connection } from '../src/shadow/shadow.ts';
import { parseInChunks } from '../src/sql/chunks.ts';
import type { History, Migration } from '../src/tools/tool.ts';

// What scripts/replay-corpus.ts compares the gate with: psql and pg_dump.

type Sent = Pick<Migration, 'file' | 'sql' | 'transaction' | 'messages' | 'copyData'>;

/**
 * Applies the forward texts of a history with psql, a process for each file, in a transaction where the tool has one.
 *
 * @returns file, line and error of the first failure, or null
 */
export async function applyByPsql(
  connection: Connection,
  { migrations, hooks = [] }: History,
): Promise<string | null> {
  const around = (wanted: string): Sent[] =>
    hooks.filter(({ when }) => when === wanted).map((hook) => ({ ...hook, transaction: 'none' }));
  const scripts = [
    ...around('before-all'),
    ...migrations.flatMap((one) => [...around('before-each'), one, ...around('after-each')]),
    ...around('after-all'),
  ];
  for (const script of scripts) {
    const { text, oneBlock } = scriptOf(script);
    const args = oneBlock ? ['--single-transaction', '--file=-'] : ['--file=-'];
    const { code, stderr } = await run('psql', connection, args, text);
    if (code === 0) continue;
    const said = /^psql:<stdin>:(\d+): (.*)$/m.exec(stderr);
    return `${script.file}:${said?.[1] ?? '?'}: ${said?.[2] ?? stderr.trim()}`;
  }
  return null;
}

/** A message of one statement has no block around it; where the tool sends several messages each is a block of its own. */
function scriptOf(migration: Sent): { readonly text: string; readonly oneBlock: boolean } {
  const { transaction, sql, messages } = migration;
  if (transaction === 'single' || transaction === 'shared')
    return { text: withCopyData(migration), oneBlock: true };
  if (messages === undefined)
    return { text: withCopyData(migration), oneBlock: transaction === 'implicit' && statementsIn(sql) > 1 };
  // Lines stay what they are: what is put in stands on those of the statements.
  let text = '';
  let from = 0;
  for (const { sql: message, start } of messagesOf(migration)) {
    const statements: { readonly start: number; readonly end: number }[] = [];
    if (parseInChunks(message, (one) => statements.push(one)) !== null) return { text: sql, oneBlock: false };
    for (const [index, one] of statements.entries()) {
      const block = statements.length > 1;
      text += sql.slice(from, start + one.start).replace(/[^\n]/g, ' ');
      text += `${block && index === 0 ? 'BEGIN; ' : ''}${sql.slice(start + one.start, start + one.end)};`;
      if (block && index === statements.length - 1) text += ' COMMIT;';
      from = start + one.end;
    }
  }
  return { text, oneBlock: false };
}

/** psql reads a COPY's data from the script itself. */
function withCopyData({ sql, copyData = [] }: Pick<Migration, 'sql' | 'copyData'>): string {
  let text = '';
  let from = 0;
  for (const { at, data } of copyData) {
    const lines = data === '' || data.endsWith('\n') ? data : `${data}\n`;
    text += `${sql.slice(from, at).trimEnd()}\n${lines}\\.\n`;
    from = at;
  }
  return text + sql.slice(from);
}

/** How many statements PostgreSQL's grammar sees; a text that it cannot read is one. */
export function statementsIn(sql: string): number {
  let count = 0;
  return parseInChunks(sql, () => count++) === null ? count : 1;
}

/** The schema as pg_dump writes it, without the key that it draws for each dump. */
export async function dumpOf(admin: Connection): Promise<string> {
  const { code, stdout, stderr } = await run('pg_dump', admin, ['--schema-only'], '');
  if (code !== 0) throw new Error(`pg_dump: ${stderr.trim()}`);
  return stdout.replace(/^\\(?:un)?restrict .*$/gm, '');
}

function run(
  program: 'psql' | 'pg_dump',
  { host, port, user, password, database }: Connection,
  args: readonly string[],
  input: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env.PATH ?? '',
    LC_ALL: 'C',
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
  };
  const strict = program === 'psql' ? ['-X', '-q', '-v', 'ON_ERROR_STOP=1'] : [];
  return new Promise((done, fail) => {
    const child = spawn(program, [...strict, ...args], { env });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (program === 'pg_dump') stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ENOENT' ? new Error(`${program} is missing: install postgresql-client.`) : error);
    });
    child.on('close', (code) => done({ code, stdout, stderr }));
    // A script that fails early does not read the rest of its input.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
