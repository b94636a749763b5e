import { describe, expect, test } from 'vitest';
import { interpolated } from '../../src/tools/goose/envsub.ts';
import { parseGoose } from '../../src/tools/goose/parser.ts';
import { goose } from '../../src/tools/goose.ts';
import type { ToolSettings } from '../../src/tools/tool.ts';
import { type Content, inDirectory, treeOf } from './memory-tree.ts';

const directory = 'migrations';

async function read(
  files: Readonly<Record<string, Content>>,
  around: Readonly<Record<string, Content>> = {},
  settings: Partial<ToolSettings> = {},
) {
  const tree = treeOf({ ...inDirectory(directory, files), ...around });
  const given = { placeholders: {}, outOfOrder: null, ...settings };
  const tool = (await goose.configured?.(tree, directory, given)) ?? goose;
  return { tool, ...(await tool.history(tree, directory)) };
}

const sent = (text: string, direction: 'up' | 'down' = 'up') => {
  const script = parseGoose(text, direction);
  if ('message' in script) return script.message;
  return script.statements.map(({ start, end }) => script.sql.slice(start, end));
};

describe('the parser', () => {
  test.each<[string, string, string[]]>([
    ['one a line', '-- +goose Up\nSELECT 1;\nSELECT 2;\n', ['SELECT 1;', 'SELECT 2;']],
    ['several on one line are one message', '-- +goose Up\nSELECT 1; SELECT 2;\n', ['SELECT 1; SELECT 2;']],
    ['a comment behind the semicolon', '-- +goose Up\nSELECT 1; -- one\n', ['SELECT 1; -- one']],
    ['a comment that ends in one', '-- +goose Up\nSELECT 1 -- a;\n, 2;\n', ['SELECT 1 -- a;\n, 2;']],
    ['comments before a statement are left out', '-- +goose Up\n\n-- a\nSELECT 1;\n', ['SELECT 1;']],
    [
      'a body',
      '-- +goose Up\n-- +goose StatementBegin\nDO $$ BEGIN\n  NULL;\nEND $$;\n-- +goose StatementEnd\nSELECT 1;\n',
      ['DO $$ BEGIN\n  NULL;\nEND $$;', 'SELECT 1;'],
    ],
    ['the last newline is missing', '-- +goose Up\nSELECT 1;', ['SELECT 1;']],
    ['CRLF', '-- +goose Up\r\nSELECT 1,\r\n 2;\r\n', ['SELECT 1,\n 2;']],
    ['nothing', '-- +goose Up\n', []],
    ['any case, no space', '--+goose up\nSELECT 1;\n', ['SELECT 1;']],
    [
      'the line after an empty body is lost, as goose loses it',
      '-- +goose Up\n-- +goose StatementBegin\n-- +goose StatementEnd\nSELECT 1;\nSELECT 2;\n',
      ['SELECT 2;'],
    ],
  ])('%s', (_, text, statements) => {
    expect(sent(text)).toEqual(statements);
  });

  test.each<[string, string, string]>([
    ['no mark', 'SELECT 1;\n', 'unexpected state 0 on line "SELECT 1;"'],
    ['a file of comments', '-- hello\n', "must start with '-- +goose Up' annotation"],
    [
      'no semicolon',
      '-- +goose Up\nSELECT 1\n',
      'unexpected unfinished SQL query: "SELECT 1": missing semicolon?',
    ],
    ['no semicolon before Down', '-- +goose Up\nSELECT 1\n-- +goose Down\n', 'missing semicolon?'],
    ['indented', '  -- +goose Up\n', 'contains leading whitespace'],
    ['unknown', '-- +goose Upp\n', '"Upp" not supported: invalid annotation'],
    ['a comment that names it', '-- +goose Up\n-- for +goose\n', 'invalid annotation'],
    ['twice', '-- +goose Up\n-- +goose Up\n', "duplicate '-- +goose Up' annotations"],
    ['Down first', '-- +goose Down\n', "must start with '-- +goose Up' annotation, stateMachine=0"],
    ['no end', '-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n', "missing '-- +goose StatementEnd'"],
    ['no begin', '-- +goose Up\n-- +goose StatementEnd\n', 'must be defined after'],
    ['a byte order mark', '\ufeff-- +goose Up\n', 'unexpected state 0'],
    [
      'a variable that is none',
      '-- +goose Up\n-- +goose ENVSUB ON\nSELECT $1;\n',
      'variable substitution failed',
    ],
  ])('%s: stops', (_, text, message) => {
    expect(sent(text)).toContain(message);
  });

  test('a part that is not sent is blank, so that lines stay what they are', () => {
    const text = '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n';
    const [up, down] = [parseGoose(text, 'up'), parseGoose(text, 'down')];
    if ('message' in up || 'message' in down) throw new Error('both can be read');
    expect(up.sql).toBe('-- +goose Up\nSELECT 1;\n              \n         \n');
    expect(down.sql.split('\n')[3]).toBe('SELECT 2;');
    expect(down.sql.split('\n')[1]?.trim()).toBe('');
  });
});

describe('ENVSUB', () => {
  const variables = { NAME: 'bob', EMPTY: '' };
  test.each([
    [`$NAME, \${NAME}`, 'bob, bob'],
    [`\${NOPE:-x} \${EMPTY:-y} \${EMPTY-z} \${NOPE-\${NAME}}`, 'x y  bob'],
    [`\${NAME:1} \${NAME:0:2} \${NAME:-2}`, 'ob bo bob'],
    ['$$ \\$ \\\\ $(x) $', '$ $ \\\\ $(x) $'],
  ])('%s', (text, result) => {
    expect(interpolated(text, variables)).toEqual({ text: result, unknown: [] });
  });

  test('a value that nobody gave is a question', async () => {
    const file = { '1_a.sql': `-- +goose Up\n-- +goose ENVSUB ON\nCREATE ROLE \${ROLE};\n` };
    await expect(read(file)).rejects.toThrow('add ROLE: "…" under placeholders:');
    const { migrations } = await read(file, {}, { placeholders: { ROLE: 'app' } });
    const [one] = migrations;
    expect(one?.messages?.map(({ start, end }) => one.sql.slice(start, end))).toEqual(['CREATE ROLE app;']);
  });
});

describe('history', () => {
  const up = '-- +goose Up\nSELECT 1;\n';
  test('numbers and time stamps side by side', async () => {
    const { migrations } = await read({
      '20240101000000_c.sql': up,
      '00002_b.sql': `-- +goose NO TRANSACTION\n${up}-- +goose Down\nSELECT 2;\n`,
      '1_a.sql': up,
    });
    expect(
      migrations.map(({ version, name, transaction, down }) => [
        version,
        name,
        transaction,
        down?.transaction,
      ]),
    ).toEqual([
      ['1', 'a', 'single', undefined],
      ['2', 'b', 'none', 'none'],
      ['20240101000000', 'c', 'single', undefined],
    ]);
    expect(migrations[0]?.down).toBeNull();
  });

  test('what cannot be parsed is refused in its words', async () => {
    const { migrations } = await read({ '1_a.sql': '-- +goose Up\nSELECT 1;\n\nSELECT\n 2\n' });
    expect(migrations[0]?.refused).toEqual({ line: 4, says: expect.stringContaining('missing semicolon.') });
  });

  test('a down part that cannot be parsed does not stop the way up', async () => {
    const { migrations, notes } = await read({ '1_a.sql': `${up}-- +goose Down\nSELECT 1\n` });
    expect(migrations[0]).toMatchObject({ down: null });
    expect(migrations[0]?.refused).toBeUndefined();
    expect(notes.join()).toContain('cannot read the down part');
  });

  test('a migration in Go is recorded, not run, and undecided while it is pending', async () => {
    const { migrations, notes } = await read({
      '1_a.sql': up,
      '2_b.go': 'package migrations',
      '2_b_test.go': '',
      'migrations.go': '',
    });
    expect(migrations[1]).toMatchObject({ version: '2', sql: '', opaque: expect.stringContaining('in Go') });
    expect(notes.join()).toContain('migrations/2_b.go is a migration in Go');
  });

  test.each([
    ['seed.sql', "no filename separator '_' found"],
    ['x_seed.sql', 'failed to parse version'],
    ['0_seed.sql', 'greater than zero'],
    ['3_seed.SQL', 'lower case'],
  ])('%s never runs', async (name, why) => {
    const { migrations, oddities } = await read({ '1_a.sql': up, [name]: up });
    expect(migrations).toHaveLength(1);
    expect(oddities?.[0]).toMatchObject({ kind: 'never-runs', file: `migrations/${name}` });
    expect(oddities?.[0]?.says).toContain(why);
  });
});

describe('how the project calls it', () => {
  const files = { '1_a.sql': '-- +goose Up\nSELECT 1;\n' };
  test.each<[string, Readonly<Record<string, string>>, boolean | null, string]>([
    ['nothing said', {}, null, 'refuses'],
    ['a flag', { Makefile: 'up:\n\tgoose -dir migrations -allow-missing up\n' }, null, 'runs'],
    ['Go', { 'cmd/migrate.go': 'goose.Up(db, ".", goose.WithAllowMissing())' }, null, 'runs'],
    ['the config', {}, true, 'runs'],
    ['the config against a flag', { Makefile: 'goose -allow-missing up' }, false, 'refuses'],
  ])('late migrations: %s', async (_, around, outOfOrder, does) => {
    const { tool } = await read(files, around, { outOfOrder });
    expect(tool.onHistoryChange.outOfOrder.does).toBe(does);
  });

  test.each([
    ['Go', { 'cmd/main.go': 'goose.SetTableName("ops.done")' }, 'ops.done'],
    ['a flag', { Makefile: 'goose -table done up' }, 'public.done'],
    ['the environment', { '.env': 'GOOSE_TABLE=done' }, 'public.done'],
  ])('its table: %s', async (_, around, relation) => {
    expect((await read(files, around)).tool.bookkeeping.relations).toEqual([relation]);
  });
});

test('detection: by the mark, other dialects left out', async () => {
  const up = '-- +goose Up\nCREATE TABLE a (id bigint);\n';
  const { databases, notes } = await goose.detect(
    treeOf({
      'assets/postgres/1_a.sql': up,
      'assets/mysql/1_a.sql': up,
      'notes/1_a.sql': '-- no mark\nSELECT 1;',
    }),
  );
  expect(databases).toEqual([
    { path: 'assets/postgres', tool: 'goose', because: 'its files are marked "-- +goose Up"' },
  ]);
  expect(notes).toEqual(['assets/mysql was passed over: its path says MySQL.']);
});
