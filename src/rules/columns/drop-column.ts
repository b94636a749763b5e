import { type AlterTable, alterTables } from '../alter-table.ts';
import { columnOf } from '../catalog-facts.ts';
import { at, evidenceOn, hiddenIn, nameOf, places } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';

export const dropColumn: Rule = {
  name: 'drop-column',
  about: 'statement',
  severity: 'warning',
  summary: 'A column of an existing table is dropped.',
  why: `Its values are gone, and the indexes and constraints that use it go with it. Until the new version of the application runs everywhere, the old one still names the column, and its queries fail; ORMs name every column that they knew at start.

It is an error when the same migrations add a column of the same name again: the schema then looks unchanged, and the values are lost.`,
  instead:
    'First release a version that does not use the column (and tell the ORM to ignore it), then drop it in a migration of its own.',
  sources: ['https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-REMOVING-A-COLUMN'],
  peers: [
    'squawk ban-drop-column',
    'atlas DS103',
    'strong_migrations remove_column',
    'online_migrations remove_column',
    'pgfence drop-column',
    'migrationpilot MP017',
    'pgsafe drop-column',
  ],
  bad: [
    {
      title: 'A column that base has',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'ALTER TABLE users DROP COLUMN email;',
    },
    {
      title: 'Several, with quotes and IF EXISTS',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text, age int);',
      migration: 'ALTER TABLE "User"\n  DROP COLUMN IF EXISTS "eMail",\n  DROP COLUMN age;',
    },
  ],
  good: [
    {
      title: 'A column that the same migration added',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN email text;\nALTER TABLE users DROP COLUMN email;',
    },
    {
      title: 'IF EXISTS, and it does not',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users DROP COLUMN IF EXISTS email;',
    },
  ],
  check(context) {
    const written = [...alterTables(context)].flatMap((alter) => writtenDrops(context, alter));
    return [...written, ...hiddenDrops(context, new Set(written.map(({ object }) => object)))];
  },
};

function writtenDrops(context: RuleContext, alter: AlterTable): FindingDraft[] {
  return alter.commands.flatMap(({ subtype, name = '' }) => {
    if (subtype !== 'AT_DropColumn') return [];
    // Added by an earlier statement, or not there at all (IF EXISTS).
    if (context.before !== null && columnOf(context, alter.table, name) === undefined) return [];
    return [
      draft(context, `${alter.name}.${name}`, alter.name, {
        ...at(alter),
        evidence: { ...evidenceOn(alter.statement, alter.table), scan: false },
      }),
    ];
  });
}

/** Columns that are gone though no statement says so: DO blocks, functions, a type dropped with CASCADE. */
function hiddenDrops(context: RuleContext, known: ReadonlySet<string | null>): FindingDraft[] {
  return context.schemaChanges
    .filter(({ change, type, name }) => change === 'removed' && type === 'column' && !known.has(name))
    .flatMap(({ name }) => {
      const column = context.before?.byName('column', name);
      const table = column === undefined ? undefined : column.container;
      if (table === undefined) return [];
      const place = [...places(context)].find(
        ({ statement }) =>
          !isAlterTable(statement.node) &&
          statement.locks.some((lock) => nameOf(lock) === table && lock.mode === 'AccessExclusiveLock'),
      );
      if (place === undefined) return [];
      const lock = place.statement.locks.find((each) => nameOf(each) === table);
      const where = hiddenIn(place.statement);
      return [
        draft(
          context,
          name,
          table,
          {
            ...at(place),
            evidence:
              lock === undefined
                ? null
                : { ...evidenceOn(place.statement, { ...lock, tableOid: null }), scan: false },
          },
          where === null ? '' : ` It is hidden in ${where}.`,
        ),
      ];
    });
}

const isAlterTable = (node: object | null): boolean => node !== null && 'AlterTableStmt' in node;

function draft(
  context: RuleContext,
  column: string,
  table: string,
  place: Pick<FindingDraft, 'migration' | 'file' | 'line' | 'endLine' | 'evidence'>,
  more = '',
): FindingDraft {
  const before = context.before?.byName('column', column);
  const after = context.after?.byName('column', column);
  const again = before !== undefined && after !== undefined && before.identity !== after.identity;
  return {
    ...place,
    object: column,
    ...(again ? { severity: 'error' as const } : {}),
    title: again
      ? `${column} is dropped and added again: its values are lost`
      : `Dropping column ${column} loses its values`,
    message: again
      ? `The schema looks the same afterwards, but the column is another one and empty.${more} Change it in place with ALTER COLUMN, or fill a second column before the first one goes.`
      : `The version that is still running fails wherever it names the column, and the values of ${table} cannot be brought back.${more} Release a version that does not use it first, then drop it.`,
    fix: null,
  };
}
