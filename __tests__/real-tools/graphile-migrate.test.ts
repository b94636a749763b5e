import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { graphileMigrate } from '../../src/tools/graphile-migrate.ts';
import { committed } from '../tools/graphile-committed.ts';
import { asked, compare, npmTool, type Place, placeWith, run } from './support.ts';

async function migrate(version: string, { directory, env, url }: Place) {
  const folder = await npmTool(`graphile-migrate@${version}`);
  const cli = join(folder, 'node_modules/graphile-migrate/dist/cli.js');
  return run(process.execPath, [cli, 'migrate'], {
    cwd: join(directory, 'db'),
    env: { ...env, DATABASE_URL: url, ROOT_DATABASE_URL: `${url}&root`, VISITOR: 'postgres' },
  });
}

async function deploys(version: string, place: Place): Promise<void> {
  const { code, stdout, stderr } = await migrate(version, place);
  if (code !== 0) throw new Error(`${stdout}\n${stderr}`);
}

const gmrc = `{
  // JSON5
  pgSettings: { search_path: 'app,public' },
  "placeholders": { ":VISITOR": "!ENV", ":TABLE": 'things' },
  manageGraphileMigrateSchema: true,
}`;

const chain = committed('db/migrations/committed', [
  ['000001-app.sql', 'CREATE SCHEMA app;\nCREATE TABLE :TABLE (id int);\nGRANT SELECT ON :TABLE TO :VISITOR'],
  [
    '000002.sql',
    "INSERT INTO things VALUES (1);\nCOMMENT ON TABLE app.things IS ':TABLES is another word, :TABLE is not';\nALTER TABLE graphile_migrate.migrations OWNER TO :DATABASE_OWNER;",
  ],
  ['000010-index.sql', '--! no-transaction\nCREATE INDEX CONCURRENTLY things_id ON app.:TABLE (id);'],
  ['000011.sql', '-- nothing but a comment'],
]);

describe.each(['1.4.1', '2.0.0-rc.3'])('version %s', (version) => {
  test('an empty database', async () => {
    const { difference, failure } = await compare({
      tool: graphileMigrate,
      files: {
        'db/.gmrc': gmrc,
        ...chain,
        'db/migrations/current.sql': 'CREATE TABLE never ();',
        'db/migrations/committed/notes.sql': 'nonsense',
      },
      path: 'db/migrations',
      settings: { placeholders: { ':VISITOR': 'postgres' } },
      deploy: (place) => deploys(version, place),
    });
    expect(failure).toBeNull();
    expect(difference).toBe('');
  });

  test('what it does about a changed history', async () => {
    const [first = '', second = '', third = ''] = Object.keys(chain);
    const place = await placeWith({ 'db/.gmrc': gmrc, ...chain });
    await deploys(version, place);
    const deploy = async (files: Record<string, string>, fresh = false) => {
      const after = await placeWith({ 'db/.gmrc': gmrc, ...files });
      const { stdout, stderr } = await migrate(
        version,
        fresh ? after : { ...place, directory: after.directory },
      );
      return `${stdout}\n${stderr}`;
    };
    const edited = { ...chain, [second]: `${chain[second]}\nSELECT 1;` };
    expect(await deploy(edited)).toContain('Already up to date');
    expect(await deploy(edited, true)).toContain('has the file been tampered with?');
    const { [second]: gone, ...deleted } = chain;
    expect(gone).toBeDefined();
    expect(await deploy(deleted)).toContain("doesn't match '000010.sql''s expected previous hash");
    const { [first]: one, [second]: two, [third]: three } = chain;
    expect(await deploy({ [first]: one ?? '', [second]: two ?? '', [third]: three ?? '' })).toContain(
      'Already up to date',
    );
    const renamed = Object.fromEntries(
      Object.entries(chain).map(([path, text]) => [path.replace('-index', '-other-name'), text]),
    );
    expect(await deploy(renamed)).toContain('Already up to date');
    const corrupted = { ...chain, [first]: (one ?? '').replaceAll('\n', '\r\n') };
    expect(await deploy(corrupted)).toMatch(
      /no 'Previous' comment|line endings have been corrupted|newlines/,
    );
    const late = committed('db/migrations/committed', [
      ['000001-app.sql', 'x'],
      ['000005.sql', 'CREATE TABLE late ();'],
    ]);
    const [, inserted = ''] = Object.entries(late)[1] ?? [];
    expect(await deploy({ ...chain, 'db/migrations/committed/000005.sql': inserted })).toContain(
      'expected previous hash',
    );
    const rows = await asked(place.connection, 'SELECT filename FROM graphile_migrate.migrations ORDER BY 1');
    expect(rows.map(({ filename }) => filename)).toEqual([
      '000001.sql',
      '000002.sql',
      '000010.sql',
      '000011.sql',
    ]);
  });
});
