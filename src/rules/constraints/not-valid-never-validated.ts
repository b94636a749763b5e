import type { CatalogObject } from '../../catalog/model.ts';
import { identifier, qualified } from '../../sql/names.ts';
import { evidenceOn, type Place } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Evidence, FindingDraft, Fix, Rule, RuleContext } from '../rule.ts';
import { completed } from '../statements.ts';
import { constraintsAdded, madeBy, onBaseTable, placed } from './added.ts';

export const notValidNeverValidated: Rule = {
  name: 'not-valid-never-validated',
  about: 'statement',
  severity: 'notice',
  summary: 'A constraint is added NOT VALID, and no migration validates it.',
  why: 'NOT VALID is the right way to add a constraint to a table in use. But until it is validated the old rows may break it: the planner does not use it, a CHECK proves nothing to SET NOT NULL or ATTACH PARTITION, a dump of the data may fail to load, and everybody believes in it. A VALIDATE that has to come later is easily forgotten.',
  instead:
    '`VALIDATE CONSTRAINT` in a later migration of its own, in this pull request or the next one. Only constraints that the pull request adds to tables of base are reported, not those that base had.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT',
  ],
  peers: ['online_migrations (its guide; no check)'],
  bad: [
    {
      title: 'A CHECK',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
      migration: 'ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;',
    },
    {
      title: 'A foreign key without a name, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Order" (id bigint PRIMARY KEY, "userId" bigint);\nCREATE INDEX ON "Order" ("userId");',
      migration:
        '-- checked from now on\nALTER TABLE "Order"\n  ADD FOREIGN KEY ("userId") REFERENCES "User" (id) NOT VALID;',
      line: 2,
    },
    {
      title: 'NOT NULL',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email NOT VALID;',
      since: 18,
    },
  ],
  good: [
    {
      title: 'Validated by the next migration',
      base: { '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, age int);' },
      migration: {
        '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
        '2_age.sql': 'ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;',
        '3_age.sql': 'ALTER TABLE users VALIDATE CONSTRAINT users_age_check;',
      },
    },
    {
      title: 'One that base has left so',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;',
      migration: 'ALTER TABLE users ADD COLUMN note text;',
    },
    {
      title: 'On a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CHECK (age > 0) NOT VALID;',
    },
  ],
  check: (context) => [
    ...constraintsAdded(context)
      .filter((made) => made.facts.validated === false && made.facts.enforced !== false)
      .filter((made) => onBaseTable(context, made) && !wasNotValid(context, made))
      .map((made) => draft(context, made.local, made, madeBy(context, made))),
    ...notNulls(context),
  ],
};

/** Dropped and made again: base had left it NOT VALID as well. */
const wasNotValid = (context: RuleContext, { name }: CatalogObject): boolean =>
  context.before?.byName('constraint', name)?.facts.validated === false;

/** From 18 on NOT NULL can be NOT VALID; our catalog has it in the column. */
function notNulls(context: RuleContext): FindingDraft[] {
  const columns = (context.after?.objects ?? []).filter(({ type, facts, identity, inheritedFrom }) => {
    if (type !== 'column' || inheritedFrom !== null) return false;
    if (facts.refusesNull !== true || facts.notNullValid !== false) return false;
    const before = context.before?.byIdentity(identity);
    return before !== undefined && before.facts.refusesNull === false;
  });
  return columns.flatMap((column) => {
    const found = [...completed(context)].flatMap((place) => {
      const { node } = place.statement;
      if (node === null || !('AlterTableStmt' in node)) return [];
      const { relation, cmds } = node.AlterTableStmt;
      const base = context.resolve(relation?.schemaname, relation?.relname ?? '', place.statement);
      if (column.containerIdentity !== `pg_class:${base?.oid}`) return [];
      return (cmds ?? []).flatMap((cmd) => {
        const def = 'AlterTableCmd' in cmd ? cmd.AlterTableCmd.def : undefined;
        const constraint = def !== undefined && 'Constraint' in def ? def.Constraint : undefined;
        const [key] = constraint?.keys ?? [];
        const named = key !== undefined && 'String' in key && key.String.sval === column.local;
        return constraint?.contype === 'CONSTR_NOTNULL' && named
          ? [
              {
                place,
                name: constraint.conname ?? `${column.container.split('.').at(-1)}_${column.local}_not_null`,
              },
            ]
          : [];
      });
    });
    const [first] = found;
    return first === undefined ? [] : [draft(context, first.name, column, first.place)];
  });
}

function draft(
  context: RuleContext,
  name: string,
  made: CatalogObject,
  place: Place | undefined,
): FindingDraft {
  return {
    ...placed(place),
    object: made.container,
    title: `${name} of ${made.container} is added NOT VALID, and nothing validates it`,
    message: `New rows are checked, the old ones may break it: until it is validated it proves nothing, neither to the planner nor to a reader. Add a later migration with VALIDATE CONSTRAINT, which reads the rows without blocking anybody.`,
    evidence: place === undefined ? null : evidence(context, made, place),
    fix: place === undefined ? null : fixFor(context, name, place),
  };
}

function evidence(context: RuleContext, made: CatalogObject, { statement }: Place): Evidence | null {
  const lock = statement.locks.find(({ oid }) => made.containerIdentity === `pg_class:${oid}`);
  return lock === undefined || context.before === null
    ? null
    : { ...evidenceOn(statement, { ...lock, tableOid: null }), scan: false };
}

function fixFor(context: RuleContext, name: string, { statement }: Place): Fix | null {
  const { node } = statement;
  if (node === null || !('AlterTableStmt' in node)) return null;
  const { relation } = node.AlterTableStmt;
  return recipe(
    context,
    [
      { title: 'the statement as it is', sql: [`${statement.sql};`] },
      {
        title: 'read the old rows while reads and writes go on',
        sql: [
          `ALTER TABLE ${qualified(relation?.schemaname, relation?.relname ?? '')} VALIDATE CONSTRAINT ${identifier(name)};`,
        ],
      },
    ],
    { sameSchema: false },
  );
}
