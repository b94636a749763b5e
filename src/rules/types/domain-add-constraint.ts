import type { AlterDomainStmt, Node } from '@pgsql/types';
import { blocks, strongest } from '../../run/locks.ts';
import type { ObservedLock } from '../../run/trace.ts';
import { qualified } from '../../sql/names.ts';
import { copy, write, writeExpression } from '../../sql/write.ts';
import { at, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { below, nameParts, statementsOf } from '../statements.ts';
import { listed, whoWaits } from '../wording.ts';

export const domainAddConstraint: Rule = {
  name: 'domain-add-constraint',
  about: 'statement',
  severity: 'error',
  summary: 'A constraint of a domain is checked in every table that uses the domain.',
  why: 'ALTER DOMAIN … ADD CONSTRAINT and SET NOT NULL take SHARE on every table with a column of the domain and read all of their rows: writes to all of these tables wait. The statement names none of them. VALIDATE CONSTRAINT takes the same locks (seen on PostgreSQL 13 to 18), so that NOT VALID only puts it off.',
  instead:
    '`ADD CONSTRAINT … NOT VALID`, and leave it at that: new values are checked. Old values can be looked for with a query that blocks nobody, or proved by `CHECK` constraints on the single tables, each added `NOT VALID` and validated by itself.',
  sources: ['https://www.postgresql.org/docs/current/sql-alterdomain.html'],
  peers: [
    'squawk ban-alter-domain-with-add-constraint',
    'pgfence domain-constraint',
    'migrationpilot MP043',
    'pgsafe alter-domain-add-constraint',
  ],
  bad: [
    {
      title: 'A CHECK on a domain in use',
      base: 'CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email email);',
      migration: "ALTER DOMAIN email ADD CHECK (VALUE LIKE '%@%');",
    },
    {
      title: 'SET NOT NULL, in use by two tables',
      base: 'CREATE DOMAIN "Email" AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email "Email");\nCREATE TABLE teams (id bigint PRIMARY KEY, email "Email");',
      migration: 'SELECT 1;\nALTER DOMAIN "Email" SET NOT NULL;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'NOT VALID',
      base: 'CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email email);',
      migration: "ALTER DOMAIN email ADD CONSTRAINT looks_right CHECK (VALUE LIKE '%@%') NOT VALID;",
    },
    {
      title: 'A domain that no table uses',
      base: 'CREATE DOMAIN email AS text;',
      migration: "ALTER DOMAIN email ADD CHECK (VALUE LIKE '%@%');",
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'AlterDomainStmt')].flatMap((place) => {
      const { statement, node } = place;
      const read = statement.locks.filter(
        (lock) => lock.new && blocks(lock.mode).length > 0 && statement.scans.includes(nameOf(lock)),
      );
      const lock = strongest(read);
      if (lock === undefined) return [];
      const domain = nameParts(node.typeName);
      const tables = listed([...new Set(read.map(nameOf))], 5);
      const evidence = { lock: lock.mode, blocks: blocks(lock.mode), scan: true, rewrite: false };
      return [
        {
          ...at(place),
          object: nameOf(lock),
          title: `A constraint of the domain ${domain.name} blocks writes to ${tables}`,
          message: `${whoWaits(statement, { ...lock, tableOid: null }, evidence, `every row of ${tables} is read`)} ${
            node.subtype === 'V'
              ? 'Leave the constraint NOT VALID (new values are checked), or prove old ones by CHECK constraints on the single tables.'
              : 'Add the constraint NOT VALID and look for old values with a query.'
          }`,
          evidence,
          fix: unproved(context, node, domain, read),
          explains: statement.scans,
        },
      ];
    }),
};

/** The constraint without the reading, and the queries that find what it would have found. */
function unproved(
  context: RuleContext,
  node: AlterDomainStmt,
  domain: { readonly schema: string | undefined; readonly name: string },
  tables: readonly ObservedLock[],
): Fix | null {
  const changed = copy(node);
  const constraint = changed.def !== undefined && 'Constraint' in changed.def ? changed.def.Constraint : {};
  if (node.subtype !== 'C' || constraint.contype !== 'CONSTR_CHECK') return null;
  constraint.skip_validation = true;
  delete constraint.initially_valid;
  const queries = tables.flatMap((table) =>
    (context.before?.objects ?? [])
      .filter(({ type, container }) => type === 'column' && container === nameOf(table))
      .filter(({ facts }) => String(facts.typeName).split('.').at(-1) === domain.name)
      .flatMap(({ local }) => {
        const condition = aboutColumn(constraint.raw_expr, local);
        const from = qualified(table.schema, table.relation);
        return condition === null ? [] : [`  SELECT count(*) FROM ${from} WHERE NOT (${condition});`];
      }),
  );
  return recipe(
    context,
    [
      {
        title: 'new values are checked from now on; no row is read',
        sql: [write({ AlterDomainStmt: changed })],
        notes: queries.length === 0 ? [] : ['Old values that it would refuse:', ...queries],
      },
    ],
    { sameSchema: false },
  );
}

/** The domain's condition with a column in place of VALUE, as SQL. */
function aboutColumn(condition: Node | undefined, column: string): string | null {
  if (condition === undefined) return null;
  const changed = copy(condition);
  for (const node of below(changed)) {
    const reference = node.ColumnRef as { fields?: Node[] } | undefined;
    const [field] = reference?.fields ?? [];
    if (reference !== undefined && field !== undefined && 'String' in field && field.String.sval === 'value')
      reference.fields = [{ String: { sval: column } }];
  }
  return writeExpression(changed);
}
