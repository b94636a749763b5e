import { describe, expect, test } from 'vitest';
import { survey } from '../../src/tools/index.ts';
import { parseConf, sqitchLayouts } from '../../src/tools/sqitch/conf.ts';
import { parsePlan } from '../../src/tools/sqitch/plan.ts';
import { sqitch } from '../../src/tools/sqitch.ts';
import { type Content, treeOf } from './memory-tree.ts';

const by = '2024-01-01T10:00:00Z Ann <ann@example.org>';
const plan = (...lines: readonly string[]) => `%project=shop\n\n${lines.join('\n')}\n`;
const conf = '[core]\n  engine = pg\n';

async function read(files: Readonly<Record<string, Content>>, placeholders: Record<string, string> = {}) {
  const tree = treeOf({ 'sqitch.conf': conf, ...files });
  const tool = (await sqitch.configured?.(tree, '', { placeholders, outOfOrder: null })) ?? sqitch;
  return { tool, ...(await tool.history(tree, '')) };
}

describe('detection', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'a plan at the root',
      { 'sqitch.conf': conf, 'sqitch.plan': plan(`a ${by}`), 'deploy/a.sql': 'SELECT 1;' },
      [''],
    ],
    [
      'a directory of its own',
      { 'sqitch.conf': `${conf}top_dir = db/x\n`, 'db/x/sqitch.plan': plan(`a ${by}`) },
      ['db/x'],
    ],
    [
      'another name',
      { 'sqitch.conf': `${conf}plan_file = p/my.plan\n`, 'p/my.plan': plan(`a ${by}`) },
      ['p'],
    ],
    ['no configuration', { 'x/sqitch.plan': plan(`a ${by}`), 'x/deploy/a.sql': 'SELECT 1;' }, ['x']],
    [
      'a target of another engine',
      { 'sqitch.conf': '[core]\nengine = mysql\n', 'sqitch.plan': plan(`a ${by}`) },
      [],
    ],
    [
      'its numbered scripts are nobody else’s',
      {
        'sqitch.plan': plan(`1_a ${by}`, `2_b ${by}`),
        'deploy/1_a.sql': '',
        'deploy/2_b.sql': '',
        'verify/1_a.sql': '',
        'verify/2_b.sql': '',
      },
      [''],
    ],
  ])('%s', async (_, files, expected) => {
    const { databases } = await survey(treeOf(files));
    expect(databases.map(({ tool, path }) => [tool, path])).toEqual(expected.map((path) => ['sqitch', path]));
  });

  test('several targets with a plan each', async () => {
    const files = {
      'sqitch.conf': `${conf}[target "one"]\n uri = db:pg:one\n top_dir = one\n registry = log\n[target "two"]\n uri = db:pg:two\n top_dir = two\n extension = ddl\n`,
      'one/sqitch.plan': plan(`a ${by}`),
      'two/sqitch.plan': plan(`a ${by}`),
    };
    expect(await sqitchLayouts(treeOf(files))).toMatchObject([
      { plan: 'one/sqitch.plan', deploy: 'one/deploy', registry: 'log', extension: 'sql', engine: 'pg' },
      { plan: 'two/sqitch.plan', deploy: 'two/deploy', registry: 'sqitch', extension: 'ddl', engine: 'pg' },
    ]);
  });
});

test('the configuration is git’s', () => {
  const text = `; first\n[Core] Engine = pg # comment\n[engine "pg"]\n\ttarget = "db:pg:a;b" ; c\n[engine "pg.variables"]\n  Name = a "b # c" d\n`;
  expect(Object.fromEntries(parseConf(text))).toEqual({
    'core.engine': 'pg',
    'engine.pg.target': 'db:pg:a;b',
    'engine.pg.variables.Name': 'a b # c d',
  });
});

describe('plan', () => {
  // The ids are what Sqitch 1.3 shows for this plan.
  test('names, notes, tags, dependencies and reworked changes', () => {
    const text = `%syntax-version=1.0.0\n%project=shop\n\na ${by} # One\\nTwo\nb [a !other:x] ${by}\n@v1 ${by}\n\nb [b@v1] ${by}\n`;
    const { project, changes } = parsePlan('sqitch.plan', text);
    expect(project).toBe('shop');
    expect(
      changes.map(({ name, note, requires, conflicts, tags, reworkedAt, line }) => ({
        name,
        note,
        requires,
        conflicts,
        tags: tags.map((tag) => tag.name),
        reworkedAt,
        line,
      })),
    ).toEqual([
      { name: 'a', note: 'One\nTwo', requires: [], conflicts: [], tags: [], reworkedAt: [], line: 4 },
      {
        name: 'b',
        note: '',
        requires: ['a'],
        conflicts: ['other:x'],
        tags: ['v1'],
        reworkedAt: ['v1'],
        line: 5,
      },
      { name: 'b', note: '', requires: ['b@v1'], conflicts: [], tags: [], reworkedAt: [], line: 8 },
    ]);
    expect(changes.map(({ parent }) => parent)).toEqual(['', changes[0]?.id, changes[1]?.id]);
  });

  test.each<[string, string, RegExp, number]>([
    ['no project', `a ${by}\n`, /Invalid pragma; a blank line must come between/, 1],
    ['no pragma of it', '%uri=x\n\n', /Missing %project pragma/, 1],
    ['no time', plan('a Ann <a@b>'), /at line 3: Missing timestamp/, 3],
    ['no planner', plan('a 2024-01-01T10:00:00Z'), /Missing planner name and email/, 3],
    ['a bad name', plan(`a: ${by}`), /Invalid name/, 3],
    ['a reserved name', plan(`HEAD ${by}`), /"HEAD" is a reserved name/, 3],
    ['twice the same', plan(`a ${by}`, `a ${by}`), /Change "a" duplicates earlier declaration on line 3/, 4],
    ['a tag of nothing', plan(`@v1 ${by}`), /Tag "v1" declared without a preceding change/, 3],
    ['a tag twice', plan(`a ${by}`, `@v1 ${by}`, `@v1 ${by}`), /Tag "v1" duplicates/, 5],
    ['a bad dependency', plan(`a [b:] ${by}`), /"b:" is not a valid dependency/, 3],
    ['a conflict of a merge', plan(`a ${by}`, '<<<<<<< HEAD'), /Invalid name|Missing timestamp/, 4],
  ])('%s is undecided in Sqitch’s own words', (_, text, message, line) => {
    let caught: unknown;
    try {
      parsePlan('sqitch.plan', text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({
      message: expect.stringMatching(message),
      place: { file: 'sqitch.plan', line },
    });
  });
});

describe('history', () => {
  const two = {
    'sqitch.plan': plan(`a ${by}`, `b [a] ${by}`),
    'deploy/a.sql': 'SELECT 1;',
    'deploy/b.sql': 'SELECT 2;',
  };

  test('scripts in the order of the plan, reverts beside them', async () => {
    const { migrations, oddities, notes } = await read({
      ...two,
      'revert/b.sql': 'SELECT 3;',
      'deploy/c.sql': '',
      'deploy/README.md': '',
    });
    expect(
      migrations.map(({ name, file, transaction, down }) => [name, file, transaction, down?.sql]),
    ).toEqual([
      ['a', 'deploy/a.sql', 'none', undefined],
      ['b', 'deploy/b.sql', 'none', 'SELECT 3;'],
    ]);
    expect(oddities).toMatchObject([{ kind: 'never-runs', file: 'deploy/c.sql' }]);
    expect(notes).toEqual([]);
  });

  test('a reworked change keeps what the old one was known by', async () => {
    const before = await read({ 'sqitch.plan': plan(`a ${by}`, `@v1 ${by}`), 'deploy/a.sql': 'SELECT 1;' });
    const after = await read({
      'sqitch.plan': plan(`a ${by}`, `@v1 ${by}`, `a [a@v1] ${by}`),
      'deploy/a@v1.sql': 'SELECT 1;',
      'deploy/a.sql': 'SELECT 2;',
    });
    expect(after.migrations.map(({ identity, file }) => [identity, file])).toEqual([
      ['a', 'deploy/a@v1.sql'],
      ['a (2)', 'deploy/a.sql'],
    ]);
    expect(after.migrations[0]?.identity).toBe(before.migrations[0]?.identity);
  });

  test('late is whatever does not follow base’s last change', async () => {
    const base = (await read(two)).migrations;
    const added = async (...lines: string[]) => {
      const files = Object.fromEntries(
        ['a', 'b', 'c'].map((name) => [`deploy/${name}.sql`, `SELECT '${name}';`]),
      );
      const { migrations } = await read({ 'sqitch.plan': plan(...lines), ...files });
      return sqitch.late?.(
        migrations.filter(({ name }) => name === 'c'),
        base,
      ).length;
    };
    expect(await added(`a ${by}`, `b [a] ${by}`, `c ${by}`)).toBe(0);
    expect(await added(`a ${by}`, `c ${by}`, `b [a] ${by}`)).toBe(1);
    expect(await added(`a ${by} # note`, `b [a] ${by}`, `c ${by}`)).toBe(1);
  });

  test.each<[string, string[], number | null]>([
    ['nothing', [`a ${by}`, `b [a] ${by}`], null],
    ['a new change', [`a ${by}`, `b [a] ${by}`, `c ${by}`], null],
    ['a tag', [`a ${by}`, `@v1 ${by}`, `b [a] ${by}`], null],
    ['a note', [`a ${by}`, `b [a] ${by} # more`], 4],
    ['a date', [`a ${by.replace('10:', '11:')}`, `b [a] ${by}`], 3],
    ['the order', [`b ${by}`, `a ${by}`], 4],
  ])('where the plan changes under deployed changes: %s', async (_, lines, line) => {
    const base = (await read(two)).migrations;
    const files = { ...two, 'deploy/c.sql': 'SELECT 3;', 'sqitch.plan': plan(...lines) };
    const stop = sqitch.stopsAt?.((await read(files)).migrations, base) ?? null;
    if (line === null) expect(stop).toBeNull();
    else
      expect(stop).toMatchObject({
        file: 'sqitch.plan',
        line,
        says: expect.stringContaining('Cannot find change'),
      });
  });

  test('variables of the configuration and the placeholders', async () => {
    const files = {
      'sqitch.conf': `${conf}[engine "pg.variables"]\nowner = ann\n`,
      'sqitch.plan': plan(`a ${by}`),
      'deploy/a.sql': 'ALTER SCHEMA :schema OWNER TO :"owner";',
    };
    expect((await read(files, { schema: 'app' })).migrations[0]?.sql).toBe(
      'ALTER SCHEMA app OWNER TO "ann";',
    );
    expect((await read(files)).migrations[0]).toMatchObject({
      sql: '',
      opaque: expect.stringMatching(/line 1 replaces :schema, .* placeholders: in the config/),
    });
  });

  test('an included file is part of what may be edited', async () => {
    const files = { 'sqitch.plan': plan(`a ${by}`), 'deploy/a.sql': '\\ir ../f.sql\n' };
    const [one, other] = [
      await read({ ...files, 'f.sql': 'SELECT 1;' }),
      await read({ ...files, 'f.sql': 'SELECT 2;' }),
    ];
    expect(one.migrations[0]?.bytes).not.toEqual(other.migrations[0]?.bytes);
  });

  test('nothing of a note becomes SQL', async () => {
    const { migrations, tool } = await read({
      'sqitch.plan': plan(`a ${by} # it's \\\\'; DROP`),
      'deploy/a.sql': '',
    });
    const [one] = migrations;
    if (one === undefined) throw new Error('no migration');
    expect(tool.bookkeeping.after(one)).toContain("E'it''s \\\\''; DROP'");
    expect(tool.bookkeeping.schemas).toEqual(['sqitch']);
  });

  test('a registry among the project’s own tables is known by its tables', async () => {
    const { tool } = await read({
      'sqitch.conf': `${conf}[engine "pg"]\n  registry = app\n`,
      'sqitch.plan': plan(`a ${by}`),
      'deploy/a.sql': '',
    });
    const made = [...tool.bookkeeping.setup.matchAll(/CREATE TABLE (\S+)/g)].map(([, name]) => name);
    expect(made).toHaveLength(6);
    expect([...tool.bookkeeping.relations].sort()).toEqual(made.sort());
  });
});
