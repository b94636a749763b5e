import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { snapshotAt } from '../../src/catalog/connected.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';

const schema = `
  CREATE TYPE mood AS ENUM ('sad', 'glad');
  CREATE TABLE t (id int PRIMARY KEY, feels mood DEFAULT 'sad', at timestamptz CHECK (at > '2020-06-01 12:00+02'));
  CREATE TABLE u (t int REFERENCES t); CREATE INDEX ON u (t); CREATE VIEW v AS SELECT id FROM t;
  COMMENT ON COLUMN t.feels IS 'how'; GRANT SELECT ON u TO PUBLIC`;

describe.each(majors)('PostgreSQL %i', (major) => {
  test('two connections see what one sees', async () => {
    const database = await (await sharedShadow(major)).database();
    const client = new pg.Client({ ...database.connection });
    await client.connect();
    await client.query(schema);
    const alone = await snapshot(client, { ignore: ['public.u'] });
    const shared = await snapshotAt(database.connection, { ignore: ['public.u'] });
    expect(shared.objects).toEqual(alone.objects);
    expect(shared.objects.map(({ definition }) => definition)).toEqual(
      alone.objects.map(({ definition }) => definition),
    );
    expect(shared.byName('comment', 'public.t.feels')?.definition).toContain("IS 'how'");
    await client.end();
    await database.close();
  });

  test('the second connection sees nothing that was committed after the first began', async () => {
    const database = await (await sharedShadow(major)).database();
    const [client, helper, other] = [1, 2, 3].map(() => new pg.Client({ ...database.connection }));
    if (client === undefined || helper === undefined || other === undefined) throw new Error('three clients');
    for (const each of [client, helper, other]) await each.connect();
    await other.query(schema);
    const send = helper.query.bind(helper);
    let late = false;
    // Between the first transaction's begin and the second's first query.
    helper.query = (async (text: string, ...rest: unknown[]) => {
      if (!late) {
        late = true;
        await other.query('CREATE TABLE late (a int, CHECK (a > 0)); CREATE INDEX ON late (a)');
      }
      helper.query = send;
      return send(text, rest);
    }) as typeof helper.query;
    const { objects } = await snapshot(client, { ignore: [], helper });
    expect(late).toBe(true);
    expect(objects.filter(({ container }) => container === 'public.late')).toEqual([]);
    expect(objects.some(({ name }) => name === 'public.t.feels')).toBe(true);
    for (const each of [client, helper, other]) await each.end();
    await database.close();
  });

  test('a database that lets one connection in', async () => {
    const database = await (await sharedShadow(major)).database();
    const admin = new pg.Client({ ...database.admin });
    await admin.connect();
    await admin.query(`${schema}; ALTER DATABASE ${database.admin.database} CONNECTION LIMIT 2`);
    const catalog = await snapshotAt(database.connection, { ignore: [] });
    expect(catalog.byName('table', 'public.t')).toBeDefined();
    await admin.end();
    await database.close();
  });
});
