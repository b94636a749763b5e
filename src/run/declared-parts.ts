import pg from 'pg';
import type { Catalog, CatalogObject, ObjectType, SchemaChange } from '../catalog/model.ts';
import type { Connection } from '../shadow/shadow.ts';
import type { MigrationTool, SchemaPart } from '../tools/tool.ts';
import type { Declared } from './declared.ts';
import { type CopyOf, copyFor } from './models.ts';
import { snapshotOf } from './snapshot-of.ts';

/** Kinds that are compared inside of a table that the file declares. */
const inTables: ReadonlySet<ObjectType> = new Set<ObjectType>(['column', 'constraint', 'index']);

/**
 * Compares what a file declares with what one side's migrations have made. The file's parts are made on a copy of that
 * database, in place of its tables, so that the server itself writes both in the same words. What the file has no part
 * for (tables of its own kind, functions, triggers) is not looked at.
 *
 * @returns a sentence where it could not be compared
 */
export async function compareParts(
  tool: MigrationTool,
  file: string,
  parts: readonly SchemaPart[],
  made: Catalog,
  copyOf: NonNullable<CopyOf>,
  side: 'base' | 'head',
): Promise<Declared | string> {
  const copied = await copyFor(copyOf, side);
  if (typeof copied === 'string') return copied;
  await using copy = copied;
  const refused = await build(copy.connection, parts, tool.bookkeeping.schemas ?? []);
  if (typeof refused === 'string') return refused;
  const declared = await snapshotOf(copy.admin, tool);
  const unread = new Set(refused.flatMap(({ name }) => (name === null ? [] : [asCut(name)])));
  const found = changes(made, declared, parts, unread);
  const diff = found
    .map(({ type, name, before, after }) =>
      [`@@ ${type} ${name} @@`, ...signed('-', before), ...signed('+', after)].join('\n'),
    )
    .join('\n');
  return {
    file,
    differences: found,
    diff,
    failure: null,
    onlyMore: found.every(({ change }) => change === 'removed'),
    notCompared:
      refused.length === 0
        ? []
        : [
            `In ${file}, what the server did not take: ${refused
              .slice(0, 5)
              .map(({ type, name }) => `${type} ${name ?? '(primary key)'}`)
              .join(', ')}${refused.length > 5 ? `, and ${refused.length - 5} more` : ''}.`,
          ],
  };
}

/** The server cuts the last part of a name. */
function asCut(name: string): string {
  const last = name.lastIndexOf('.') + 1;
  return name.slice(0, last) + Buffer.from(name.slice(last)).subarray(0, 63).toString('utf8');
}

const signed = (sign: string, text: string | null): string[] =>
  text === null ? [] : text.split('\n').map((line) => `${sign}${line}`);

/** Takes away what the migrations have made of the same kinds, and makes the parts. */
async function build(
  connection: Connection,
  parts: readonly SchemaPart[],
  own: readonly string[],
): Promise<SchemaPart[] | string> {
  const client = new pg.Client({ ...connection });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ drop: string }>(emptying, [own]);
    for (const { drop } of rows) await client.query(drop);
    const refused: SchemaPart[] = [];
    for (const part of parts) {
      if (await runsOne(client, part.sql)) continue;
      refused.push(part);
      if (part.instead !== undefined) await runsOne(client, part.instead);
    }
    return refused;
  } catch (error) {
    return `a copy of the database could not be made empty: ${error instanceof Error ? error.message : String(error)}.`;
  } finally {
    await client.end();
  }
}

/** Relations and enums that belong to no extension. Sequences of columns go with their tables. */
const emptying = `SELECT format('DROP %s IF EXISTS %I.%I CASCADE', kind, nspname, name) AS drop FROM (
  SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind,
         relnamespace AS namespace, relname AS name, oid, 'pg_class'::regclass AS class, 1 AS turn
  FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
  UNION ALL
  SELECT 'TYPE', typnamespace, typname, oid, 'pg_type'::regclass, 2 FROM pg_type WHERE typtype = 'e'
) AS made JOIN pg_namespace ON pg_namespace.oid = namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND nspname <> ALL ($1)
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = class AND objid = made.oid AND deptype IN ('e', 'i'))
ORDER BY turn, kind = 'SEQUENCE', name`;

/** Runs the first of some statements that the server takes; each is one statement, whatever stands in it. */
async function runsOne(client: pg.Client, statements: readonly string[]): Promise<boolean> {
  for (const text of statements) {
    try {
      await client.query({ text, queryMode: 'extended' } as pg.QueryConfig);
      return true;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
    }
  }
  return false;
}

/** The differences that matter, from what is made to what is declared. */
function changes(
  made: Catalog,
  declared: Catalog,
  parts: readonly SchemaPart[],
  unread: ReadonlySet<string>,
): SchemaChange[] {
  const named = (type: SchemaPart['type']): string[] =>
    parts.flatMap((part) => (part.type === type && part.name !== null ? [part.name] : []));
  const tables = named('table').filter((name) => !unread.has(name));
  const added = [...tables, ...named('type')].flatMap((name) => {
    const object = declared.byName('table', name) ?? declared.byName('type', name);
    if (object === undefined || unread.has(name)) return [];
    const before = made.byName(object.type, name);
    if (before === undefined) return [change('added', object.type, name, null, object.definition)];
    if (object.type === 'table' || hasAll(before, object)) return [];
    return [change('altered', object.type, name, before.definition, object.definition)];
  });
  const shared = new Set(tables.filter((name) => made.byName('table', name) !== undefined));
  const before = partsOf(made, shared);
  const after = partsOf(declared, shared);
  const inside = [...new Set([...before.keys(), ...after.keys()])].flatMap((key): SchemaChange[] => {
    const [old, now] = [before.get(key), after.get(key)];
    const object = now ?? old;
    if (object === undefined) return [];
    const name = `${object.container}.${object.local}`;
    if (unread.has(name)) return [];
    if (old === undefined) return [change('added', object.type, name, null, object.definition)];
    if (now === undefined) return [change('removed', object.type, name, old.definition, null)];
    return essence(old) === essence(now)
      ? []
      : [change('altered', object.type, name, old.definition, now.definition)];
  });
  return [...added, ...inside];
}

const change = (
  kind: SchemaChange['change'],
  type: ObjectType,
  name: string,
  before: string | null,
  after: string | null,
): SchemaChange => ({
  change: kind,
  type,
  name,
  previousName: null,
  before,
  after,
  impact: 'none',
  dataLoss: false,
});

/** No migration can take a value away, or put it elsewhere: that is no difference. */
const hasAll = (before: CatalogObject, after: CatalogObject): boolean =>
  after.members.every(({ name }) => before.members.some((member) => member.name === name));

/** By what is the same in both: names, but of a primary key that it is the one. */
function partsOf(catalog: Catalog, tables: ReadonlySet<string>): Map<string, CatalogObject> {
  return new Map(
    catalog.objects
      .filter(({ type, container }) => inTables.has(type) && tables.has(container))
      .map((object) => [
        JSON.stringify([
          object.type,
          object.container,
          object.facts.kind === 'primary-key' ? null : object.local,
        ]),
        object,
      ]),
  );
}

/** What of an object is compared: not how it is stored, nor whether it was validated, nor in which casts it is written. */
function essence({ type, facts, comparable }: CatalogObject): string {
  if (type === 'constraint') return plain(String(facts.clause));
  if (type === 'index') return plain(comparable);
  const { dataType, notNull, identity, generationExpression, default: value } = facts;
  const number = String(value).startsWith('nextval(') ? 'nextval' : plain(String(value));
  return JSON.stringify([dataType, notNull, identity, plain(String(generationExpression)), number]);
}

/** An expression without casts, brackets and spaces: after a change of type the server keeps writing the former casts. */
const plain = (expression: string): string =>
  expression
    .replace(/ NOT VALID$/, '')
    .split(/('(?:[^']|'')*')/)
    .map((part, index) =>
      index % 2 === 1
        ? part.replace(/^'(-?[\d.]+)'$/, '$1')
        : part
            .replace(
              /::(?:"[^"]+"|[a-z_][\w.]*)(?:\.(?:"[^"]+"|\w+))?(?: (?:varying|precision|with(?:out)? time zone))*(?:\([\d, ]+\))?(?:\[\])*/gi,
              '',
            )
            .replace(/[()\s]/g, ''),
    )
    .join('');
