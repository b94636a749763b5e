import { expect, test } from 'vitest';
import { detectDatabases } from '../../src/tools/index.ts';
import { refinery } from '../../src/tools/refinery.ts';
import { type Content, inDirectory, treeOf } from './memory-tree.ts';

const sql = 'CREATE TABLE a (b int);\n';
const settings = { placeholders: {}, outOfOrder: null };

async function read(files: Readonly<Record<string, Content>>, cargo = '') {
  const tree = treeOf({ 'Cargo.toml': cargo, ...inDirectory('migrations', files) });
  const tool = (await refinery.configured?.(tree, 'migrations', settings)) ?? refinery;
  return { tool, ...(await tool.history(tree, 'migrations')) };
}

test.each<[string, Record<string, string>, string[]]>([
  ['a crate', { 'Cargo.toml': '[dependencies]\nrefinery = "0.8"' }, ['refinery migrations']],
  ['its configuration', { 'refinery.toml': '', 'Cargo.toml': '' }, ['refinery migrations']],
])('detection: %s', async (_, above, expected) => {
  const found = await detectDatabases(treeOf({ ...above, 'migrations/V1__a.sql': sql }));
  expect(found.map(({ path, tool }) => `${tool} ${path}`)).toEqual(expected);
});

test('by number, folders below included', async () => {
  const { migrations, oddities } = await read({
    'V10__c.sql': sql,
    'old/V2__b.sql': sql,
    'U03__x.sql': sql,
    'V1__größe_1.sql': sql,
    'V4_d.sql': sql,
    'v5__e.sql': sql,
    'V6__f-g.sql': sql,
    'notes.md': '',
  });
  expect(migrations.map(({ version, name }) => [version, name])).toEqual([
    ['1', 'größe_1'],
    ['2', 'b'],
    ['03', 'x'],
    ['10', 'c'],
  ]);
  expect([...migrations].sort(refinery.order)).toEqual(migrations);
  expect(oddities?.map(({ file }) => file)).toEqual(
    ['V4_d.sql', 'V6__f-g.sql', 'v5__e.sql'].map((name) => `migrations/${name}`),
  );
});

// Made with Rust's own hasher, which refinery used before it named the algorithm.
test.each<[string, string, string, string]>([
  ['V1__initial.sql', 'CREATE TABLE a (id int);', '3690123573521278881', '9641875792324827643'],
  ['V2__add_cars.sql', '', '1566358051115421420', '3715745243037169114'],
  ['V20__größe.sql', "SELECT 'é';\r\n", '12474742797729171184', '322633927012181499'],
])('the checksum of %s', async (file, text, narrow, wide) => {
  const checksum = async (cargo: string) => {
    const { migrations, tool } = await read({ [file]: text }, cargo);
    return migrations[0] === undefined ? '' : tool.bookkeeping.after(migrations[0]);
  };
  expect(await checksum('refinery = "0.8"')).toContain(`'${narrow}'`);
  expect(await checksum('refinery = { features = ["int8-versions"] }')).toContain(`'${wide}'`);
});

test.each<[string, string, RegExp | null]>([
  ['V1.2__a.sql', '', /migration version must be a valid integer\.$/],
  ['V20240101000000__a.sql', '', /valid integer \(numbers above 2147483647 need its feature int8-versions\)/],
  ['V20240101000000__a.sql', 'features = ["int8-versions"]', null],
  ['V2147483647__a.sql', '', null],
])('%s with %j', async (file, cargo, expected) => {
  const { migrations, tool } = await read({ [file]: sql }, cargo);
  const says = migrations[0]?.refused?.says ?? null;
  if (expected === null) expect(says).toBeNull();
  else expect(says).toMatch(expected);
  expect(tool.bookkeeping.setup).toContain(cargo === '' ? 'int4' : 'int8');
});

test('a migration in Rust is recorded, and not run', async () => {
  const { migrations, tool } = await read({ 'V1__a.rs': 'pub fn migration() -> String { String::new() }' });
  const [one] = migrations;
  expect(one).toMatchObject({
    version: '1',
    sql: '',
    opaque: expect.stringContaining('migrations/V1__a.rs'),
  });
  if (one !== undefined) expect(tool.bookkeeping.after(one)).toContain("VALUES (1, 'a', ");
});

test('late is what begins with V', async () => {
  const { migrations } = await read({
    'V1__a.sql': sql,
    'V2__b.sql': sql,
    'V5__c.sql': sql,
    'U3__d.sql': sql,
    'V6__e.sql': sql,
  });
  const base = migrations.filter(({ version }) => version === '1' || version === '5');
  const added = migrations.filter((one) => !base.includes(one));
  expect(refinery.late?.(added, base).map(({ version }) => version)).toEqual(['2']);
});
