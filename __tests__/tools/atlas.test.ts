import { describe, expect, test } from 'vitest';
import { compareHistories } from '../../src/history/compare.ts';
import { atlasDirectives } from '../../src/tools/atlas/directives.ts';
import { atlasMigrationBlocks } from '../../src/tools/atlas/hcl.ts';
import { scanAtlas } from '../../src/tools/atlas/scanner.ts';
import { atlasSum, sumMismatch } from '../../src/tools/atlas/sum.ts';
import { atlas } from '../../src/tools/atlas.ts';
import type { ToolSettings } from '../../src/tools/tool.ts';
import { type Content, inDirectory, treeOf } from './memory-tree.ts';

const directory = 'migrations';

const summed = (files: Readonly<Record<string, string>>): string =>
  atlasSum(
    Object.entries(files)
      .filter(([name]) => name.endsWith('.sql'))
      .map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  );

async function read(
  files: Readonly<Record<string, Content>>,
  around: Readonly<Record<string, Content>> = {},
  settings: Partial<ToolSettings> = {},
) {
  const tree = treeOf({ ...inDirectory(directory, files), ...around });
  const given = { placeholders: {}, outOfOrder: null, ...settings };
  const tool = (await atlas.configured?.(tree, directory, given)) ?? atlas;
  return { tool, history: await tool.history(tree, directory) };
}

describe('the scanner', () => {
  const statements = (text: string) => {
    const found = scanAtlas(text);
    return 'message' in found ? found.message : found.map(({ start, end }) => text.slice(start, end));
  };
  // Each was also given to Atlas's own scanner.
  test.each<[string, string | string[]]>([
    ['SELECT 1;\nSELECT 2', ['SELECT 1;', 'SELECT 2']],
    ['-- c;\n/* d; */ SELECT 1; -- tail', ['SELECT 1;', '-- tail']],
    ['-- comments only\n', []],
    ['SELECT (1;2);', ['SELECT (1;2);']],
    [
      'SELECT \'a;\', "b;", $$c;$$, $d$;$$;$d$;SELECT 2;',
      ['SELECT \'a;\', "b;", $$c;$$, $d$;$$;$d$;', 'SELECT 2;'],
    ],
    ['DO $$ BEGIN PERFORM 1; END $$;\nSELECT 1;', ['DO $$ BEGIN PERFORM 1; END $$;', 'SELECT 1;']],
    [
      'CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;\nSELECT 3;',
      ['CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;', 'SELECT 3;'],
    ],
    ['BEGIN;\nSELECT 1;\nCOMMIT;', ['BEGIN;', 'SELECT 1;', 'COMMIT;']],
    ['BEGIN TRANSACTION;\nSELECT 1;\nCOMMIT;', ['BEGIN TRANSACTION;', 'SELECT 1;', 'COMMIT;']],
    ['-- atlas:delimiter \\n\\n\nSELECT 1;\nSELECT 2;\n\nSELECT 3;', ['SELECT 1;\nSELECT 2;', 'SELECT 3;']],
    ['SELECT 1);', "1:9: unexpected ')'"],
    ['SELECT 1;\nSELECT (1', "2:8: unclosed '('"],
    ["SELECT 'a;b", "1:8: unclosed quote '\\''"],
  ])('%j', (text, expected) => {
    expect(statements(text)).toEqual(expected);
  });

  test('blocks that never end take no exponential time', () => {
    expect(statements('BEGIN TRANSACTION;\nSELECT 1;\n'.repeat(400))).toHaveLength(800);
  });
});

describe('atlas.sum', () => {
  // Values of `atlas migrate hash` for these two files.
  const files = { '1_a.sql': 'CREATE TABLE a (id int);\n', '2_b.sql': 'CREATE TABLE b (id int);\n' };
  const entries = (all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));

  test('is what Atlas writes', () => {
    expect(summed(files)).toBe(
      [
        'h1:suWOgEl4b8+ZGnGkyRcy2AueRtZKAkT6PdNTDiVWU88=',
        '1_a.sql h1:e72Wd39UNYY4sGrVkNYkCs4GRrWBQ0ASXh73rS+WpU4=',
        '2_b.sql h1:LYBzMWp8I1J0wb5WVXG/rhd1DXb0uUx/zp1eAIICVlY=',
        '',
      ].join('\n'),
    );
  });

  test.each<[string, Readonly<Record<string, string>>, object | null]>([
    ['the same', files, null],
    ['edited', { ...files, '1_a.sql': '' }, { file: '1_a.sql', reason: 'edited' }],
    ['added at the end', { ...files, '3_c.sql': '' }, { file: '3_c.sql', reason: 'added' }],
    [
      'added between',
      { '1_a.sql': files['1_a.sql'], '1_b.sql': '', '2_b.sql': files['2_b.sql'] },
      { file: '1_b.sql', reason: 'added' },
    ],
    ['removed', { '2_b.sql': files['2_b.sql'] }, { file: '1_a.sql', reason: 'removed' }],
  ])('%s', (_, now, mismatch) => {
    const found = sumMismatch(summed(files), entries(now));
    if (mismatch === null) expect(found).toBeNull();
    else expect(found).toMatchObject({ message: 'checksum mismatch', ...mismatch });
  });

  test('one that was edited by hand disagrees with itself', () => {
    expect(sumMismatch(summed(files).replace('1_a.sql', '1_z.sql'), entries(files))).toMatchObject({
      file: null,
    });
    expect(sumMismatch('h1:x\nbroken\n', entries(files))?.message).toBe('checksum file format invalid');
  });
});

describe('directives', () => {
  test.each<[string, string[], string | null]>([
    ['-- atlas:txmode none\n\nSELECT 1;', ['none'], null],
    ['-- about it\n-- atlas:txmode none\n\nSELECT 1;', ['none'], null],
    ['-- atlas:txmode none\nSELECT 1;', [], 'txmode'],
    ['-- atlas:txmode none\r\n\r\nSELECT 1;', [], 'txmode'],
    ['-- atlas:nolint\nSELECT 1;', [], null],
  ])('%j', (text, txMode, unseen) => {
    expect(atlasDirectives(text)).toMatchObject({ txMode, unseen });
  });

  test.each([
    ['none', 'none', undefined],
    ['file', 'single', undefined],
    ['all', 'shared', 'txmode "all" is not allowed'],
    ['nil', 'single', 'unknown txmode "nil"'],
  ])('txmode %s', async (mode, transaction, refused) => {
    const { history } = await read({ '1_a.sql': `-- atlas:txmode ${mode}\n\nSELECT 1;\n` });
    expect(history.migrations[0]?.transaction).toBe(transaction);
    if (refused === undefined) expect(history.migrations[0]?.refused).toBeUndefined();
    else expect(history.migrations[0]?.refused?.says).toContain(refused);
  });
});

describe('history', () => {
  test('by name, each statement by itself', async () => {
    const { history } = await read({
      '2.sql': 'SELECT 2;',
      '1_a_b.sql': 'SELECT 1;\nSELECT 3;',
      '3_c.SQL': '',
    });
    expect(
      history.migrations.map(({ version, name, identity, messages }) => [
        version,
        name,
        identity,
        messages?.length,
      ]),
    ).toEqual([
      ['1', 'a_b', '1', 2],
      ['2', '', '2', 1],
    ]);
    expect(history.migrations[0]?.down).toBeUndefined();
    expect(history.oddities?.map(({ file }) => file)).toEqual(['migrations/3_c.SQL']);
  });

  test('a file that cannot be scanned is refused', async () => {
    const { history } = await read({ '1_a.sql': 'SELECT 1;\nSELECT 2);' });
    expect(history.migrations[0]?.refused).toEqual({
      line: 2,
      says: `Atlas stops at this file: scanning statements from "1_a.sql": 2:9: unexpected ')'.`,
    });
  });

  const [old, checkpoint, later] = ['SELECT 1;', '-- atlas:checkpoint\n\nSELECT 2;', 'SELECT 3;'];
  test.each<[string, Readonly<Record<string, string>>, string[], number]>([
    ['beside what it stands for', { '1_a.sql': old, '2_c.sql': checkpoint, '3_d.sql': later }, ['1', '3'], 1],
    ['in place of it', { '2_c.sql': checkpoint, '3_d.sql': later }, ['2', '3'], 0],
  ])('a checkpoint %s', async (_, files, versions, notes) => {
    const { history } = await read(files);
    expect(history.migrations.map(({ version }) => version)).toEqual(versions);
    expect(history.notes).toHaveLength(notes);
  });

  test.each<[string, Readonly<Record<string, string>>, string[]]>([
    ['golang-migrate', { '1_a.up.sql': 'SELECT 1;', '1_a.down.sql': 'SELECT 2;' }, ['SELECT 1;']],
    ['goose', { '1_a.sql': '-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n' }, ['SELECT 1;']],
    ['dbmate', { '1_a.sql': '-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n' }, ['SELECT 1;']],
    [
      'liquibase',
      { '1_a.sql': '--liquibase formatted sql\nSELECT 1;\n--rollback: SELECT 2;\n' },
      ['SELECT 1;'],
    ],
    [
      'flyway',
      { 'V2__b.sql': 'SELECT 2;', 'V1.10__a.sql': 'SELECT 1;', 'R__v.sql': 'SELECT 3;', 'U1__x.sql': '' },
      ['SELECT 1;', 'SELECT 2;', 'SELECT 3;'],
    ],
  ])('?format=%s', async (format, files, sent) => {
    const { history } = await read(files, {
      'atlas.hcl': `env "x" {\n  migration {\n    dir = "file://migrations?format=${format}"\n  }\n}\n`,
    });
    expect(
      history.migrations.flatMap(({ sql, messages }) =>
        messages?.map(({ start, end }) => sql.slice(start, end)),
      ),
    ).toEqual(sent);
  });
});

describe('when history changes', () => {
  const base = { '2_b.sql': 'SELECT 1;', '4_d.sql': 'SELECT 2;' };
  const withSum = (files: Readonly<Record<string, string>>, of = files) => ({
    ...files,
    'atlas.sum': summed(of),
  });

  test('a new file that nobody hashed is refused, and one that was is not', async () => {
    const head = { ...base, '5_e.sql': 'SELECT 3;' };
    const stale = await read(withSum(head, base));
    expect(stale.history.migrations.map(({ refused }) => refused !== undefined)).toEqual([
      false,
      false,
      true,
    ]);
    expect(stale.history.migrations[2]?.refused?.says).toContain('"checksum mismatch"');
    const hashed = await read(withSum(head));
    expect(hashed.history.migrations.every(({ refused }) => refused === undefined)).toBe(true);
  });

  test('base, which has what it has, is not judged by its sum', async () => {
    const { tool } = await read(withSum(base));
    const other = treeOf(inDirectory(directory, withSum({ ...base, '5_e.sql': '' }, base)));
    expect(
      (await tool.history(other, directory)).migrations.every(({ refused }) => refused === undefined),
    ).toBe(true);
  });

  test.each<[string, Readonly<Record<string, string>>, 'edited' | 'deleted']>([
    ['edited', { ...base, '2_b.sql': 'SELECT 9;' }, 'edited'],
    ['deleted', { '4_d.sql': base['4_d.sql'] }, 'deleted'],
  ])('%s: stops unless it was hashed anew', async (_, head, kind) => {
    expect((await read(withSum(head, base))).tool.onHistoryChange[kind].does).toBe('refuses');
    expect((await read(withSum(head))).tool.onHistoryChange[kind].does).toBe('ignores');
  });

  test.each<[string, string, string[]]>([
    ['linear', 'refuses', ['3_c.sql']],
    ['linear-skip', 'skips', []],
    ['non-linear', 'runs', ['3_c.sql']],
  ])('a late file, exec_order %s', async (order, does, pending) => {
    const around = {
      'atlas.hcl': `env "prod" {\n  migration {\n    dir = "file://migrations"\n    exec_order = ${order.toUpperCase().replace('-', '_')}\n  }\n}\n`,
    };
    const head = await read({ ...base, '3_c.sql': 'SELECT 3;' }, around);
    const before = await read(base, around);
    expect(head.tool.onHistoryChange.outOfOrder.does).toBe(does);
    const { changes, pending: found } = compareHistories({
      tool: head.tool,
      base: before.history,
      branch: head.history,
      head: head.history,
      mergeBase: null,
    });
    expect(changes.map(({ kind }) => kind)).toEqual(['out-of-order']);
    expect(found.map(({ file }) => file)).toEqual(pending.map((name) => `${directory}/${name}`));
  });
});

describe('atlas.hcl', () => {
  test('plain data is read, what is computed is not', () => {
    const source = `
// migration { dir = "file://comment" }
env "x" {
  migration {
    dir = "file://db/migrations" # here
    exec_order = LINEAR_SKIP
    revisions_schema = var.schema
    baseline = "\${local.x}"
  }
}`;
    expect(atlasMigrationBlocks(source)).toEqual([
      {
        attributes: { dir: 'file://db/migrations', exec_order: 'LINEAR_SKIP' },
        computed: ['revisions_schema', 'baseline'],
      },
    ]);
  });

  test.each<[string, string, string]>([
    ['nothing', '', 'atlas_schema_revisions.atlas_schema_revisions'],
    [
      'a URL that is bound to a schema',
      'dev = "docker://postgres/15/dev?search_path=app"',
      'app.atlas_schema_revisions',
    ],
  ])('where the table is: %s', async (_, line, relation) => {
    const { tool } = await read(
      { '1_a.sql': 'SELECT 1;' },
      { 'atlas.hcl': `env "x" {\n${line}\n migration {\n dir = "file://migrations"\n }\n}\n` },
    );
    expect(tool.bookkeeping.relations).toEqual([relation]);
  });

  test('two values of one setting are a note, and the default', async () => {
    const block = (order: string) =>
      `env "${order}" {\n migration {\n dir = "file://migrations"\n exec_order = ${order}\n }\n}\n`;
    const { tool, history } = await read(
      { '1_a.sql': 'SELECT 1;' },
      { 'atlas.hcl': block('LINEAR') + block('NON_LINEAR') },
    );
    expect(tool.onHistoryChange.outOfOrder.does).toBe('refuses');
    expect(history.notes.join()).toContain('different values of exec-order (linear, non-linear)');
  });
});

test('detection: by atlas.sum or atlas.hcl, MySQL left out', async () => {
  const { databases, notes } = await atlas.detect(
    treeOf({
      'a/atlas.sum': 'h1:x\n',
      'a/1_x.sql': 'CREATE TABLE a (id bigint);',
      'b/atlas.hcl': 'env "x" {\n migration {\n dir = "file://m"\n }\n}\n',
      'b/m/1_x.sql': 'CREATE TABLE b (id bigint);',
      'c/atlas.sum': 'h1:x\n',
      'c/atlas.hcl': 'env "x" {\n dev = "docker://mysql/8/dev"\n migration {\n dir = "file://."\n }\n}\n',
      'c/1_x.sql': 'CREATE TABLE c (id bigint);',
    }),
  );
  expect(databases.map(({ path, because }) => [path, because])).toEqual([
    ['a', 'a/atlas.sum is there'],
    ['b/m', 'b/atlas.hcl names it'],
  ]);
  expect(notes).toEqual(['c was passed over: c/atlas.hcl names another database.']);
});
