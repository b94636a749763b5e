import { type AlterTable, alterTables } from '../alter-table.ts';
import { columnOf } from '../catalog-facts.ts';
import { isColumnCopied, isEmptied } from '../copied.ts';
import { at, evidenceOn, hiddenIn, nameOf, places } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { withUses } from '../uses.ts';
import { listed } from '../wording.ts';

export const dropColumn: Rule = {
  name: 'drop-column',
  about: 'statement',
  severity: 'warning',
  summary: 'A column of an existing table is dropped.',
  why: `Its values are gone, and the indexes and constraints that use it go with it. Until the new version of the application runs everywhere, the old one still names the column, and its queries fail; ORMs name every column that they knew at start.

It is an error when base’s code, which runs while the migration is applied, likely uses the column: removing the code and dropping the column in one pull request is the classic mistake. It is an error too when the same migrations add a column of the same name again: the schema then looks unchanged, and the values are lost unless an earlier statement has copied them.`,
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
    const alters = [...alterTables(context)];
    const written = alters.flatMap((alter) =>
      droppedColumns(context, alter).map((name) => `${alter.name}.${name}`),
    );
    return [
      ...alters.flatMap((alter) => writtenDrops(context, alter)),
      ...hiddenDrops(context, new Set(written)),
    ];
  },
};

function droppedColumns(context: RuleContext, alter: AlterTable): string[] {
  return alter.commands.flatMap(({ subtype, name = '' }) => {
    if (subtype !== 'AT_DropColumn') return [];
    // Added by an earlier statement, or not there at all (IF EXISTS).
    if (context.before !== null && columnOf(context, alter.table, name) === undefined) return [];
    return [name];
  });
}

function writtenDrops(context: RuleContext, alter: AlterTable): FindingDraft[] {
  const dropped = droppedColumns(context, alter);
  const full = (name: string): string => `${alter.name}.${name}`;
  const place = { ...at(alter), evidence: { ...evidenceOn(alter.statement, alter.table), scan: false } };
  const again = dropped.filter((name) => isAnother(context, full(name)));
  const gone = dropped.filter((name) => !again.includes(name)).map(full);
  const emptied = again.length > 0 && isEmptied(context, alter, alter.table);
  return [
    ...again.map((name) =>
      emptied || isColumnCopied(context, alter, alter.table, name)
        ? replaced(full(name), place)
        : lost(full(name), place),
    ),
    ...(gone.length === 0 ? [] : [draft(context, gone, alter.name, place)]),
  ];
}

/** Columns that are gone though no statement says so: DO blocks, functions, a type dropped with CASCADE. */
function hiddenDrops(context: RuleContext, known: ReadonlySet<string>): FindingDraft[] {
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
      const more = where === null ? '' : ` It is hidden in ${where}.`;
      const there = {
        ...at(place),
        evidence:
          lock === undefined
            ? null
            : { ...evidenceOn(place.statement, { ...lock, tableOid: null }), scan: false },
      };
      return [
        isAnother(context, name) ? lost(name, there, more) : draft(context, [name], table, there, more),
      ];
    });
}

const isAlterTable = (node: object | null): boolean => node !== null && 'AlterTableStmt' in node;

/** Another column has the name afterwards, in the table as it is called then. */
function isAnother(context: RuleContext, column: string): boolean {
  const before = context.before?.byName('column', column);
  const table = context.after?.byIdentity(before?.containerIdentity ?? '');
  const after = context.after?.byName('column', `${table?.name}.${before?.local}`);
  return before !== undefined && after !== undefined && before.identity !== after.identity;
}

type Where = Pick<FindingDraft, 'migration' | 'file' | 'line' | 'endLine' | 'evidence'>;

function draft(
  context: RuleContext,
  columns: readonly string[],
  table: string,
  place: Where,
  more = '',
): FindingDraft {
  const one = columns.length === 1;
  const finding: FindingDraft = {
    ...place,
    object: one ? (columns[0] ?? null) : table,
    title: `Dropping ${one ? 'column' : 'columns'} ${listed(columns)} loses ${one ? 'its' : 'their'} values`,
    message: `The version that is still running fails wherever it names ${one ? 'the column' : 'one of them'}, and the values of ${table} cannot be brought back.${more} Release a version that does not use ${one ? 'it' : 'them'} first, then drop ${one ? 'it' : 'them'}.`,
    fix: null,
  };
  return withUses(context, finding, columns, { what: 'Remove the code first, deploy, then drop.' });
}

const lost = (column: string, place: Where, more = ''): FindingDraft => ({
  ...place,
  object: column,
  severity: 'error',
  title: `${column} is dropped and added again: its values are lost`,
  message: `A column of that name is there afterwards, but it is another one and empty.${more} Change it in place with ALTER COLUMN, or fill a second column before the first one goes.`,
  fix: null,
});

/** The migration has taken the values elsewhere, or there are none any more. */
const replaced = (column: string, place: Where): FindingDraft => ({
  ...place,
  object: column,
  title: `${column} is replaced by another column of its name`,
  message: `The version that is still running does not know that it is another one: what it reads and writes there from now on need not have the type and meaning that it expects. Keep both columns, under two names, until no running version uses the old one.`,
  fix: null,
});
