import type { BaseRelation } from '../../run/trace.ts';
import { identifier, qualified, withEnding } from '../../sql/names.ts';
import { parseFile } from '../../sql/parse.ts';
import { partitionedParent } from '../catalog-facts.ts';
import { isTableCopied } from '../copied.ts';
import { dropped } from '../dropped.ts';
import { changeOf } from '../impact.ts';
import { at, evidenceOn, hiddenIn, nameOf, type Place, places } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { FindingDraft, Fix, Rule, RuleContext } from '../rule.ts';
import { withUses } from '../uses.ts';
import { listed } from '../wording.ts';

export const dropTable: Rule = {
  name: 'drop-table',
  about: 'statement',
  severity: 'warning',
  summary: 'A table that base has is dropped.',
  why: `Its rows are gone for good, and every query of the running version that names it fails. A foreign key to or from it takes ACCESS EXCLUSIVE on the other table too.

It is a notice for a table that base has already taken out of use: a migration of base renamed it, or its name says so (users_old, deprecated_orders). It is an error when base’s code, which runs while the migration is applied, likely uses the table: removing the code and dropping the table in one pull request is the classic mistake. It is an error too when the same migrations make a table of the same name again: the schema then looks unchanged, and all rows are lost unless they were copied before.`,
  instead:
    'Rename it out of the way first, when no running version uses it; drop it some weeks later, when nobody has missed it.',
  sources: ['https://www.postgresql.org/docs/current/sql-droptable.html'],
  peers: [
    'squawk ban-drop-table',
    'atlas DS102',
    'pgfence drop-table',
    'migrationpilot MP026',
    'pgsafe drop-table',
    'online_migrations drop_table',
  ],
  bad: [
    {
      title: 'A table that base has',
      base: 'CREATE TABLE sessions (id bigint PRIMARY KEY);',
      migration: 'DROP TABLE sessions;',
    },
    {
      title: 'With quotes, IF EXISTS and CASCADE',
      base: 'CREATE TABLE "Session" (id bigint PRIMARY KEY);',
      migration: '\nDROP TABLE IF EXISTS public."Session" CASCADE;',
      line: 2,
    },
    {
      title: 'A table that base has taken out of use: a notice',
      base: 'CREATE TABLE sessions (id bigint PRIMARY KEY);\nALTER TABLE sessions RENAME TO sessions_before_2026;',
      migration: 'DROP TABLE sessions_before_2026;',
    },
    {
      title: 'Hidden in a DO block',
      base: 'CREATE TABLE sessions (id bigint PRIMARY KEY);',
      migration: "DO $$ BEGIN EXECUTE 'DROP TABLE sessions'; END $$;",
    },
  ],
  good: [
    {
      title: 'A table that the migration created',
      base: '',
      migration: 'CREATE TABLE scratch (id bigint);\nDROP TABLE scratch;',
    },
    {
      title: 'IF EXISTS, and it does not',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'DROP TABLE IF EXISTS session;',
    },
  ],
  check(context) {
    const written = dropped(context, 'OBJECT_TABLE').flatMap(({ place, node, relations }) =>
      relations.map(({ base, written: { schema, name } }) =>
        draft(
          context,
          place,
          base,
          renameFirst(context, base, { schema, name }, node.behavior === 'DROP_CASCADE'),
        ),
      ),
    );
    return [...written, ...hiddenDrops(context, new Set(written.map(({ object }) => object)))];
  },
};

/** Tables that are gone though no DROP TABLE names them: DO blocks, functions, DROP SCHEMA CASCADE. */
function hiddenDrops(context: RuleContext, known: ReadonlySet<string | null>): FindingDraft[] {
  return context.schemaChanges
    .filter(({ change, type, name }) => change === 'removed' && type === 'table' && !known.has(name))
    .filter(({ name }, _, gone) => {
      // Partitions go with their table.
      const parent = context.before?.byName('table', name)?.facts.partitionOf;
      return (
        typeof parent !== 'string' || !(known.has(parent) || gone.some((other) => other.name === parent))
      );
    })
    .flatMap(({ name }) => {
      for (const place of places(context)) {
        const lock = place.statement.locks.find(
          (each) => nameOf(each) === name && each.mode === 'AccessExclusiveLock' && each.new,
        );
        if (lock === undefined) continue;
        // drop-schema tells what the schema took with it.
        return dropsSchema(place) || wentWithSchema(context, name)
          ? []
          : [draft(context, place, { ...lock, tableOid: null }, null)];
      }
      return [];
    });
}

const wentWithSchema = (context: RuleContext, table: string): boolean =>
  changeOf(context, ['schema'], table.slice(0, table.indexOf('.')))?.change === 'removed';

const dropsSchema = ({ statement: { node } }: Place): boolean =>
  node !== null && 'DropStmt' in node && node.DropStmt.removeType === 'OBJECT_SCHEMA';

/** Names that say that nothing uses the table any more. */
const retired =
  /(?:^|_)(?:old|unused|deprecated|obsolete|legacy|backup|bak|tmp|temp|trash|archived?|to_(?:drop|delete)|delete_me)(?:_?\d+)?$|^_?(?:old|unused|deprecated|obsolete|bak|backup|trash|to_drop)_/i;

/** Is the table one that base has already taken out of use: by its name, or by a migration that renamed it? */
function isRetired(context: RuleContext, { relation }: BaseRelation): boolean {
  if (retired.test(relation)) return true;
  return (context.baseMigrations ?? []).some(
    (sql) =>
      // Parsing all of a long history for one table would take seconds.
      sql.includes(relation) &&
      /\brename\b/i.test(sql) &&
      parseFile(sql).statements.some(
        ({ node }) =>
          'RenameStmt' in node &&
          node.RenameStmt.renameType === 'OBJECT_TABLE' &&
          node.RenameStmt.newname === relation,
      ),
  );
}

function draft(context: RuleContext, place: Place, table: BaseRelation, fix: Fix | null): FindingDraft {
  const { statement } = place;
  const name = nameOf(table);
  const before = context.before?.byName('table', name);
  const after = context.after?.byName('table', name);
  const again = before !== undefined && after !== undefined && before.identity !== after.identity;
  const others = statement.locks.filter(
    ({ kind, mode, new: isNew, oid }) =>
      kind === 'table' &&
      mode === 'AccessExclusiveLock' &&
      isNew &&
      oid !== table.oid &&
      partitionedParent(context, { oid }) !== name,
  );
  const node = statement.node;
  const isDrop = node !== null && 'DropStmt' in node && node.DropStmt.removeType === 'OBJECT_TABLE';
  const named = isDrop && 'DropStmt' in node ? (node.DropStmt.objects?.length ?? 1) : 1;
  const where = hiddenIn(statement);
  const also =
    named === 1 && others.length > 0
      ? ` The statement takes ACCESS EXCLUSIVE on ${listed(others.map(nameOf))} as well.`
      : '';
  const aside = !again && isRetired(context, table);
  const evidence = { ...evidenceOn(statement, table), scan: false };
  if (again && isTableCopied(context, place, table)) {
    return {
      ...at(place),
      object: name,
      title: `${name} is replaced by a copy of it`,
      message: `Rows that are written after the copy and before the DROP are lost, unless a lock keeps writers out in between: LOCK TABLE ${qualified(table.schema, table.relation)} IN SHARE ROW EXCLUSIVE MODE before the copy, in the same transaction.${also} Views, grants and foreign keys of the old table do not come along.`,
      evidence,
      fix: null,
    };
  }
  const finding: FindingDraft = {
    ...at(place),
    object: name,
    ...(again ? { severity: 'error' as const } : aside ? { severity: 'notice' as const } : {}),
    title: again
      ? `${name} is dropped and created again: all its rows are lost`
      : `Dropping ${name} deletes all its rows`,
    message: again
      ? `The schema may look the same afterwards, but the table is another one and empty.${also} Change the table in place with ALTER TABLE, or copy the rows over before the old one goes.`
      : `The version that is still running fails wherever it names the table, and the rows cannot be brought back.${where === null ? '' : ` The DROP is hidden in ${where}.`}${also} ${aside ? 'Base has taken it out of use already: check that nobody has missed it.' : 'Rename it out of the way first and drop it when nobody has missed it.'}`,
    evidence,
    fix: again || aside ? null : fix,
  };
  return withUses(context, finding, [name], {
    what: 'Remove the code first, deploy, then drop.',
    keeps: again,
  });
}

function renameFirst(
  context: RuleContext,
  table: BaseRelation,
  { schema, name }: { readonly schema: string | undefined; readonly name: string },
  cascade: boolean,
): Fix | null {
  const aside = withEnding(table.relation, '_unused');
  return recipe(
    context,
    [
      {
        title: 'out of the way, when no version that is running uses it',
        sql: [`ALTER TABLE ${qualified(schema, name)} RENAME TO ${identifier(aside)};`],
        notes: [
          `Missed after all? ALTER TABLE ${qualified(schema, aside)} RENAME TO ${identifier(table.relation)};`,
        ],
      },
      {
        title: 'some weeks later, when nobody has missed it',
        sql: [`DROP TABLE ${qualified(schema, aside)}${cascade ? ' CASCADE' : ''};`],
      },
    ],
    { sameSchema: true },
  );
}
