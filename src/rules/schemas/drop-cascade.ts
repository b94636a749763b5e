import type { CatalogObject } from '../../catalog/model.ts';
import { at, type Place } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { baseRelation, candidates, completed, nameParts } from '../statements.ts';
import { counted, listed } from '../wording.ts';
import { inWords, vanished } from './vanished.ts';

export const dropCascade: Rule = {
  name: 'drop-cascade',
  about: 'statement',
  severity: 'warning',
  summary: 'DROP … CASCADE takes away what the statement does not name.',
  why: 'CASCADE drops all that depends on the object, and what depends on that: views, foreign keys of other tables, policies, defaults, functions with their triggers. Whoever reads the migration does not see it; the shadow does.',
  instead: 'Leave CASCADE out, and drop by name what Postgres then says is in the way.',
  sources: ['https://www.postgresql.org/docs/current/ddl-depend.html'],
  peers: ['migrationpilot MP022', 'pgrubic GN015', 'safe-migrate destructive-cascade'],
  bad: [
    {
      title: 'A view that calls a function',
      base: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\nCREATE VIEW v AS SELECT f() AS n;",
      migration: 'DROP FUNCTION f() CASCADE;',
    },
    {
      title: 'A foreign key of another table',
      base: 'CREATE TABLE users (id bigint, CONSTRAINT users_key UNIQUE (id));\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));\nCREATE UNIQUE INDEX ON users (id);',
      migration: 'SELECT 1;\nALTER TABLE users DROP CONSTRAINT users_key CASCADE;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Nothing depends on it',
      base: 'CREATE SEQUENCE s;',
      migration: 'DROP SEQUENCE s CASCADE;',
    },
    {
      title: 'What went along is made again',
      base: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\nCREATE VIEW v AS SELECT f() AS n;",
      migration:
        "DROP FUNCTION f() CASCADE;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';\nCREATE VIEW v AS SELECT f() AS n;",
    },
  ],
  check(context) {
    const gone = vanished(context);
    const named = namedByDrops(context);
    const away = new Set(gone.map(({ identity }) => identity));
    const unnamed = gone
      .filter((object) => !named.has(object.identity) && !isPartOf(object, named))
      // Columns and keys of a table that is gone as a whole.
      .filter(
        ({ identity, containerIdentity }) => containerIdentity === identity || !away.has(containerIdentity),
      );
    const cascades = [...completed(context)].filter(cascaded);
    return cascades.flatMap((place) => draft(context, place, unnamed, cascades.length === 1));
  },
};

/** The server's NOTICE: `drop cascades to view live`, `drop cascades to 3 other objects`. */
const cascaded = ({ statement }: Place): boolean =>
  isDrop(statement.node) && statement.notices.some((notice) => notice.startsWith(beginning));
const beginning = 'drop cascades to ';

const isDrop = (node: object | null): boolean =>
  node !== null && ('DropStmt' in node || 'AlterTableStmt' in node || 'DropOwnedStmt' in node);

function draft(
  context: RuleContext,
  place: Place,
  unnamed: readonly CatalogObject[],
  alone: boolean,
): FindingDraft[] {
  const { statement } = place;
  // What stood in a dropped schema is drop-schema's to tell.
  const inside = schemasOf(context, place);
  // A function's triggers are trigger-function-dropped's.
  const triggersToo = dropsFunction(place);
  const lost = unnamed.filter(
    ({ scope, type }) => (scope === null || !inside.has(scope)) && !(triggersToo && type === 'trigger'),
  );
  if (lost.length === 0) return [];
  const notice = statement.notices.find((text) => text.startsWith(beginning))?.slice(beginning.length) ?? '';
  // Of several CASCADEs each server message tells its own; the catalog only tells the sum.
  const what = alone ? listed(lost.map(inWords), 10) : notice;
  const [first] = lost;
  return [
    {
      ...at(place),
      object: alone ? (first?.name ?? null) : null,
      title: alone
        ? `CASCADE drops ${counted(lost.length, 'object')} that the statement does not name`
        : `CASCADE drops what the statement does not name: ${notice}`,
      message: `Seen on the shadow: ${what} ${lost.length === 1 && alone ? 'is' : 'are'} gone afterwards, and nothing makes ${lost.length === 1 && alone ? 'it' : 'them'} again. Leave CASCADE out and drop by name what is meant to go.`,
      evidence: null,
      fix: null,
    },
  ];
}

const dropsFunction = ({ statement: { node } }: Place): boolean =>
  node !== null && 'DropStmt' in node && node.DropStmt.removeType === 'OBJECT_FUNCTION';

function schemasOf(context: RuleContext, { statement }: Place): Set<string> {
  const { node } = statement;
  if (node === null || !('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_SCHEMA')
    return new Set();
  return new Set(
    (node.DropStmt.objects ?? []).flatMap((object) =>
      'String' in object ? (context.before?.byName('schema', object.String.sval ?? '')?.identity ?? []) : [],
    ),
  );
}

const isPartOf = (object: CatalogObject, named: ReadonlySet<string>): boolean =>
  named.has(object.containerIdentity) || (object.parent !== null && named.has(object.parent));

/** Identities of all that a statement of the pull request drops by its name. */
function namedByDrops(context: RuleContext): Set<string> {
  const identities = new Set<string>();
  const { before } = context;
  if (before === null) return identities;
  const add = (matches: (object: CatalogObject) => boolean) => {
    for (const object of before.objects) if (matches(object)) identities.add(object.identity);
  };
  for (const place of completed(context)) {
    const { node } = place.statement;
    if (node === null) continue;
    if ('DropStmt' in node) {
      for (const object of node.DropStmt.objects ?? []) {
        const parts =
          'List' in object
            ? object.List.items
            : 'TypeName' in object
              ? object.TypeName.names
              : 'ObjectWithArgs' in object
                ? object.ObjectWithArgs.objname
                : [object];
        const whole = (parts ?? []).flatMap((part) => ('String' in part ? [part.String.sval ?? ''] : []));
        // Triggers and policies come as `schema.table.name`; functions are known by their name alone.
        const names = new Set([...candidates(nameParts(parts), place), ...candidatesOfPart(whole, place)]);
        const bare = node.DropStmt.removeType === 'OBJECT_SCHEMA' ? (whole[0] ?? '') : null;
        add(
          ({ name, type }) =>
            names.has(name) || names.has(name.replace(/\(.*$/s, '')) || (type === 'schema' && name === bare),
        );
      }
    }
    if ('AlterTableStmt' in node) {
      const table = baseRelation(context, place, node.AlterTableStmt.relation);
      for (const each of node.AlterTableStmt.cmds ?? []) {
        if (table === undefined || !('AlterTableCmd' in each)) continue;
        const { subtype, name } = each.AlterTableCmd;
        if (subtype !== 'AT_DropColumn' && subtype !== 'AT_DropConstraint') continue;
        const holder = `pg_class:${table.oid}`;
        add(
          ({ type, containerIdentity, local, columns }) =>
            containerIdentity === holder &&
            (local === name ||
              (type !== 'column' && columns.some((column) => before.byIdentity(column)?.local === name))),
        );
      }
    }
  }
  return identities;
}

const candidatesOfPart = (parts: readonly string[], place: Place): string[] =>
  parts.length === 3
    ? [parts.join('.')]
    : parts.length === 2
      ? place.statement.searchPath.map((schema) => [schema, ...parts].join('.'))
      : [];
