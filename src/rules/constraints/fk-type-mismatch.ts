import type { CatalogObject } from '../../catalog/model.ts';
import { strings } from '../alter-table.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { columnsOf, constraintsAdded, hadBefore, madeBy, parsedConstraint, placed } from './added.ts';

export const fkTypeMismatch: Rule = {
  name: 'fk-type-mismatch',
  about: 'statement',
  severity: 'notice',
  summary: 'A new foreign key joins columns of different types.',
  why: 'Postgres accepts a foreign key between types that can be compared, an integer that points to a bigint, say. The smaller one overflows long before the keys run out, and then no new row can be written; and other comparisons need a cast for every row, which an index does not help.',
  instead: 'The same type on both sides. It costs nothing while the column is new; later it is a rewrite.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARMS-REFERENCES'],
  peers: ['online_migrations mismatched_foreign_key_type'],
  bad: [
    {
      title: 'An integer that points to a bigint',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE TABLE orders (\n  id bigint PRIMARY KEY,\n  user_id integer REFERENCES users (id)\n);',
    },
    {
      title: 'A new column, with names that need quotes',
      base: {
        '1_base.sql':
          'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Order" (id bigint PRIMARY KEY);',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Order" (id bigint PRIMARY KEY);',
        '2_a.sql': 'ALTER TABLE "Order" ADD COLUMN "userId" integer;',
        '3_b.sql': 'CREATE INDEX CONCURRENTLY ON "Order" ("userId");',
        '4_c.sql':
          '-- who ordered\nALTER TABLE "Order" ADD CONSTRAINT fk FOREIGN KEY ("userId") REFERENCES "User" (id) NOT VALID;',
        '5_d.sql': 'ALTER TABLE "Order" VALIDATE CONSTRAINT fk;',
      },
      line: 2,
    },
  ],
  good: [
    {
      title: 'The same type',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));',
    },
    {
      title: 'text and varchar, a domain and its base type',
      base: 'CREATE DOMAIN key AS varchar(20);\nCREATE TABLE users (id text PRIMARY KEY);\nCREATE TABLE teams (id key PRIMARY KEY);',
      migration:
        'CREATE TABLE members (id bigint PRIMARY KEY, user_id varchar(50) REFERENCES users (id), team_id text REFERENCES teams (id));',
    },
  ],
  check: (context) =>
    constraintsAdded(context)
      .filter(({ facts }) => facts.kind === 'foreign-key')
      .flatMap((made) => {
        const pairs = mismatches(context, made);
        const [first] = pairs;
        if (first === undefined || hadBefore(context, made)) return [];
        const table = String(made.facts.foreignTable);
        return [
          {
            ...placed(madeBy(context, made)),
            object: `${made.container}.${first.column}`,
            title: `${made.container}.${first.column} is ${first.type}, ${table}.${first.other} is ${first.otherType}`,
            message: `Foreign key ${made.local} joins ${pairs.map((pair) => `${pair.column} (${pair.type}) with ${pair.other} (${pair.otherType})`).join(', ')}. Give both the same type as long as the column is empty: later that is a rewrite of the table.`,
            evidence: null,
            fix: null,
          },
        ];
      }),
};

function mismatches(context: RuleContext, made: CatalogObject) {
  const columns = columnsOf(context.after, made);
  const others = strings(parsedConstraint(made)?.pk_attrs);
  return columns.flatMap((column, index) => {
    const other = others[index] ?? '';
    const type = typeOf(context, `${made.container}.${column}`);
    const otherType = typeOf(context, `${String(made.facts.foreignTable)}.${other}`);
    if (type === null || otherType === null || type.compared === otherType.compared) return [];
    return [{ column, other, type: type.shown, otherType: otherType.shown }];
  });
}

/** A column's type; what is compared leaves out limits, domains, and how many kinds of text there are. */
function typeOf(context: RuleContext, column: string): { shown: string; compared: string } | null {
  const facts = context.after?.byName('column', column)?.facts;
  if (typeof facts?.dataType !== 'string') return null;
  let name = facts.dataType;
  for (;;) {
    const domain = context.after?.byName('domain', String(name === facts.dataType ? facts.typeName : name));
    if (domain === undefined || typeof domain.facts.dataType !== 'string') break;
    name = domain.facts.dataType;
  }
  const compared = name.replace(/\s?\(\d+(?:,-?\d+)?\)/, '');
  return { shown: facts.dataType, compared: compared === 'character varying' ? 'text' : compared };
}
