import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { diff } from '../../src/catalog/diff.ts';
import type { Catalog } from '../../src/catalog/model.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { emptyDatabase, run } from './database.ts';

/** Without what every database has: the roles of the server, and an owner for each object. */
const made = ({ objects }: Catalog) =>
  objects.filter(({ type }) => !['owner', 'role', 'role-membership', 'setting'].includes(type));
const listed = (catalog: Catalog) => made(catalog).map(({ type, name }) => `${type} ${name}`);

describe.each(majors)('PostgreSQL %i', (major) => {
  test('a database nobody touched holds its public schema and plpgsql', async () => {
    const database = await (await sharedShadow(major)).database();
    const client = new pg.Client({ ...database.admin });
    await client.connect();
    const catalog = await snapshot(client, { ignore: [] });
    await client.end();
    await database.close();
    expect(listed(catalog)).toEqual(['schema public', 'extension plpgsql']);
    expect(catalog.notModelled).toEqual([]);
  });

  test('relations to ignore go with all that belongs to them', async () => {
    const client = await emptyDatabase(major);
    await run(
      client,
      `CREATE TABLE log (id serial PRIMARY KEY, v text CHECK (v <> '')); CREATE INDEX ON log (v);
       CREATE TABLE "Other.log" (id int GENERATED ALWAYS AS IDENTITY); CREATE TABLE kept (log int)`,
    );
    const catalog = await snapshot(client, { ignore: ['public.log', 'public.Other.log', 'public.absent'] });
    expect(made(catalog).map(({ name }) => name)).toEqual([
      'public',
      'plpgsql',
      'public.kept',
      'public.kept.log',
    ]);
  });

  test('schemas to ignore go with all that is in them', async () => {
    const client = await emptyDatabase(major);
    await run(
      client,
      `CREATE SCHEMA tool; CREATE TABLE tool.log (id serial PRIMARY KEY, v text CHECK (v <> '')); CREATE INDEX ON tool.log (v);
       CREATE TYPE tool.mood AS ENUM ('x'); CREATE DOMAIN tool.d AS int CHECK (VALUE > 0); CREATE VIEW tool.v AS SELECT 1 AS one;
       CREATE FUNCTION tool.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
       CREATE TRIGGER t BEFORE INSERT ON tool.log FOR EACH ROW EXECUTE FUNCTION tool.f();
       CREATE TABLE tool (id int); CREATE SCHEMA tools; CREATE TABLE tools.kept (log int)`,
    );
    const catalog = await snapshot(client, { ignore: [], ignoreSchemas: ['tool', 'absent'] });
    expect(listed(catalog).sort()).toEqual([
      'column public.tool.id',
      'column tools.kept.log',
      'extension plpgsql',
      'schema public',
      'schema tools',
      'table public.tool',
      'table tools.kept',
    ]);
  });

  test('a schema to ignore that holds other things beside relations to ignore is the project’s', async () => {
    const client = await emptyDatabase(major);
    const options = { ignore: ['app.records'], ignoreSchemas: ['app'] };
    await run(client, 'CREATE SCHEMA app; CREATE TABLE app.records (id serial PRIMARY KEY)');
    const alone = await snapshot(client, options);
    expect(alone.objects.filter(({ name }) => /^app\b/.test(name))).toEqual([]);
    await run(client, 'CREATE TABLE app.users (id int PRIMARY KEY)');
    const shared = await snapshot(client, options);
    expect(shared.byName('table', 'app.users')).toBeDefined();
    expect(shared.objects.filter(({ name }) => name.startsWith('app.records'))).toEqual([]);
  });

  test('temporary objects and members of extensions are left out', async () => {
    const client = await emptyDatabase(major);
    await run(
      client,
      `CREATE EXTENSION hstore; CREATE EXTENSION pg_stat_statements;
       CREATE TEMP TABLE draft (id serial PRIMARY KEY); CREATE TEMP VIEW seen AS SELECT 1 AS one`,
    );
    const catalog = await snapshot(client, { ignore: [] });
    await run(client, 'DISCARD TEMP');
    expect(listed(catalog)).toEqual([
      'schema public',
      'extension hstore',
      'extension pg_stat_statements',
      'extension plpgsql',
    ]);
    expect(catalog.notModelled).toEqual([]);
  });

  test.runIf(major >= 15)('what is not modelled is named', async () => {
    const client = await emptyDatabase(major);
    await run(client, [
      'SET allow_in_place_tablespaces = on',
      "CREATE TABLESPACE one LOCATION ''",
      "CREATE TABLESPACE two LOCATION ''",
    ]);
    const { notModelled } = await snapshot(client, { ignore: [] });
    await run(client, ['DROP TABLESPACE one', 'DROP TABLESPACE two', 'RESET allow_in_place_tablespaces']);
    expect(notModelled).toEqual(['2 tablespaces']);
  });

  test('neither role nor settings of the session change the picture, and the session is left as it was', async () => {
    const { shadow } = await sharedShadow(major);
    const database = await (await sharedShadow(major)).database();
    const owner = new pg.Client({ ...database.connection });
    const admin = new pg.Client({ ...database.admin });
    await owner.connect();
    await admin.connect();
    await run(
      owner,
      `CREATE TABLE t (at timestamptz DEFAULT '2024-01-01 00:00+00', f float8 DEFAULT 0.1, span interval DEFAULT '1 day 2 hours',
         CHECK (at > '2020-06-01 12:00+02'), raw bytea DEFAULT '\\x00ff'); CREATE SEQUENCE s;
       CREATE VIEW v AS SELECT at FROM t; CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT 1';
       CREATE POLICY p ON t TO ${shadow.connection.user} USING (true)`,
    );
    await run(
      owner,
      `SET search_path = public; SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German'; SET IntervalStyle = 'iso_8601';
       SET extra_float_digits = -5; SET bytea_output = escape; SET quote_all_identifiers = on; SET standard_conforming_strings = off`,
    );
    const mine = await snapshot(owner, { ignore: [] });
    const theirs = await snapshot(admin, { ignore: [] });
    expect(mine.objects).toEqual(theirs.objects);
    expect(diff(mine, theirs, 'identity')).toEqual([]);
    const settings = await owner.query(
      "SELECT current_setting('TimeZone') AS zone, current_setting('search_path') AS path",
    );
    expect(settings.rows).toEqual([{ zone: 'Asia/Tokyo', path: 'public' }]);
    await owner.end();
    await admin.end();
    await database.close();
  });

  test('a server error comes through and the session can go on', async () => {
    const client = await emptyDatabase(major);
    await run(client, 'CREATE TABLE t (a int)');
    await client.query('BEGIN');
    await expect(client.query('SELECT 1 / 0')).rejects.toThrow(/division by zero/);
    await expect(snapshot(client, { ignore: [] })).rejects.toThrow(/current transaction is aborted/);
    expect((await snapshot(client, { ignore: [] })).byName('table', 'public.t')?.identity).toMatch(
      /^pg_class:\d+$/,
    );
  });

  test('objects are found by identity and by name', async () => {
    const client = await emptyDatabase(major);
    await run(client, 'CREATE TABLE "My t" (a varchar(5) NOT NULL DEFAULT \'x\')');
    const catalog = await snapshot(client, { ignore: [] });
    const column = catalog.byName('column', 'public.My t.a');
    expect(column?.facts).toMatchObject({
      notNull: true,
      dataType: 'character varying(5)',
      hasDefault: true,
      position: 1,
    });
    expect(column?.parent).toBe(catalog.byName('table', 'public.My t')?.identity);
    expect(catalog.byIdentity(column?.identity ?? '')).toBe(column);
    expect(catalog.byName('view', 'public.My t')).toBeUndefined();
  });
});
