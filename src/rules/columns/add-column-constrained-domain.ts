import type { Node } from '@pgsql/types';
import type { CatalogObject } from '../../catalog/model.ts';
import { identifier, withEnding } from '../../sql/names.ts';
import { parseFile } from '../../sql/parse.ts';
import { copy, writeAlterTable, writeExpression } from '../../sql/write.ts';
import { type AddedColumn, type AlterTable, addedColumns, alterTable, alterTables } from '../alter-table.ts';
import { at, everythingOf, evidenceOn, verifiedTable } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { notNullSteps } from './not-null-recipe.ts';

export const addColumnConstrainedDomain: Rule = {
  name: 'add-column-constrained-domain',
  about: 'statement',
  severity: 'error',
  summary: 'A column of a domain that has a CHECK or NOT NULL is added to an existing table.',
  why: 'The new column is NULL (or has one default) in all rows, but the constraints of the domain must be looked at: the server copies the whole table and builds all indexes anew under ACCESS EXCLUSIVE, while all reads and writes wait. A domain without constraints costs nothing. Where the domain is NOT NULL and the column has no default, it fails as soon as the table has a row.',
  instead:
    'A column of the domain’s base type, and the condition as a CHECK of the table that is added `NOT VALID` and validated in a migration of its own.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
    'https://www.postgresql.org/docs/current/sql-createdomain.html',
  ],
  peers: ['eugene E5 (trace)'],
  bad: [
    {
      title: 'A domain with a CHECK',
      base: 'CREATE DOMAIN positive AS int CHECK (value > 0);\nCREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN age positive;',
    },
    {
      title: 'With a default and NOT NULL, the domain in another schema',
      base: `CREATE SCHEMA "Types";\nCREATE DOMAIN "Types"."Email" AS varchar(200) NOT NULL CONSTRAINT "has @" CHECK (value LIKE '%@%');\nCREATE TABLE "User" (id bigint PRIMARY KEY);`,
      migration: `ALTER TABLE "User" ADD COLUMN "eMail" "Types"."Email" DEFAULT 'a@b' NOT NULL;`,
    },
  ],
  good: [
    {
      title: 'A domain without constraints',
      base: 'CREATE DOMAIN name AS varchar(200);\nCREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN nick public.name;',
    },
    {
      title: 'In a table that the migration creates',
      base: 'CREATE DOMAIN positive AS int CHECK (value > 0);',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN age positive;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const rewrites = statement.rewrites.length > 0;
      if (!rewrites && !verifiedTable(statement) && statement.scans.length === 0) return [];
      const columns = addedColumns(alter, context).flatMap((added) => {
        const domain = domainOf(context, added);
        return domain === undefined ? [] : [{ added, domain }];
      });
      if (columns.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const objects = columns.map(({ added }) => `${name}.${added.name}`);
      const required = columns.filter(
        ({ added, domain }) =>
          domain.facts.notNull === true &&
          !added.constraints.some(({ contype }) => contype === 'CONSTR_DEFAULT'),
      );
      return [
        {
          ...at(alter),
          object: objects[0] ?? null,
          title: `Adding ${listed(columns.map(({ added, domain }) => `${name}.${added.name} of domain ${domain.name}`))} ${rewrites ? 'rewrites the table and ' : ''}${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, `it ${rewrites ? 'copies' : 'reads'} every row to look at the constraints of the domain`)}${required.length === 0 ? '' : ' The domain is NOT NULL and there is no default, so it fails as soon as the table has a row.'} Add a column of the base type, and the condition as a CHECK that is NOT VALID at first.`,
          evidence: { ...evidence, scan: true, rewrite: rewrites },
          fix: required.length > 0 ? null : fixFor(context, alter, columns),
          explains: everythingOf(statement),
        },
      ];
    }),
};

/** The constrained domain of a new column. */
function domainOf(context: RuleContext, added: AddedColumn): CatalogObject | undefined {
  const names = (added.column.typeName?.names ?? []).flatMap((node) =>
    'String' in node ? [node.String.sval ?? ''] : [],
  );
  if ((added.column.typeName?.arrayBounds ?? []).length > 0) return undefined;
  const domain = context.after?.objects.find(
    ({ type, name, local }) =>
      type === 'domain' && (names.length > 1 ? name === names.join('.') : local === names[0]),
  );
  const constrained = domain !== undefined && (domain.members.length > 0 || domain.facts.notNull === true);
  return constrained ? domain : undefined;
}

function fixFor(
  context: RuleContext,
  alter: AlterTable,
  columns: readonly { readonly added: AddedColumn; readonly domain: CatalogObject }[],
): Fix | null {
  const checks: { name: string; sql: string | null }[] = [];
  const commands = alter.commands.map((command) => {
    const found = columns.find(({ added }) => added.command === command);
    if (found === undefined) return command;
    const { added, domain } = found;
    const column = copy(added.column);
    const typeName = baseType(domain);
    for (const member of domain.members) {
      const name = withEnding(`${alter.table.relation}_${added.name}`, `_check${checks.length || ''}`);
      checks.push({ name: identifier(name), sql: conditionOn(member.definition, added.name) });
    }
    if (typeName !== null) column.typeName = typeName;
    return { ...command, def: { ColumnDef: column } };
  });
  const required = columns
    .filter(({ domain }) => domain.facts.notNull === true)
    .map(({ added }) => added.name)
    .filter(
      (name) =>
        !columns.some(
          ({ added }) =>
            added.name === name && added.constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL'),
        ),
    );
  return recipe(
    context,
    [
      {
        title: 'the column, and the condition for new rows only',
        sql: [
          columns.some(({ domain }) => baseType(domain) === null)
            ? null
            : writeAlterTable(alter.node, commands),
          ...checks.map(({ name, sql }) =>
            sql === null ? null : `${alterTable(alter)} ADD CONSTRAINT ${name} CHECK (${sql}) NOT VALID;`,
          ),
        ],
      },
      ...(checks.length === 0
        ? []
        : [
            {
              title: 'read the rows while reads and writes go on',
              sql: checks.map(({ name }) => `${alterTable(alter)} VALIDATE CONSTRAINT ${name};`),
            },
          ]),
      ...(required.length === 0
        ? []
        : notNullSteps(context, alterTable(alter), alter.table.relation, required)),
    ],
    { sameSchema: false },
  );
}

/** The type under the domain, as the parser has it. */
function baseType({ facts }: CatalogObject) {
  if (typeof facts.dataType !== 'string') return null;
  const [statement] = parseFile(`SELECT NULL::${facts.dataType}`).statements;
  const node = statement?.node;
  const target = node !== undefined && 'SelectStmt' in node ? node.SelectStmt.targetList?.[0] : undefined;
  const value = target !== undefined && 'ResTarget' in target ? target.ResTarget.val : undefined;
  return (value !== undefined && 'TypeCast' in value ? value.TypeCast.typeName : undefined) ?? null;
}

/** `CHECK ((VALUE > 0))` of a domain as a condition on a column. */
function conditionOn(definition: string, column: string): string | null {
  const [statement] = parseFile(`ALTER DOMAIN d ADD ${definition}`).statements;
  const node = statement?.node;
  const def = node !== undefined && 'AlterDomainStmt' in node ? node.AlterDomainStmt.def : undefined;
  const condition = def !== undefined && 'Constraint' in def ? def.Constraint.raw_expr : undefined;
  return condition === undefined ? null : writeExpression(ofColumn(condition, column));
}

/** VALUE is a plain column reference to the parser. */
function ofColumn(expression: Node, column: string): Node {
  const changed = copy(expression);
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    if ('ColumnRef' in value) {
      const reference = value.ColumnRef as { fields?: Node[] };
      const [only, ...more] = reference.fields ?? [];
      const isValue =
        more.length === 0 && only !== undefined && 'String' in only && only.String.sval === 'value';
      if (isValue) reference.fields = [{ String: { sval: column } }];
      return;
    }
    Object.values(value).forEach(visit);
  };
  visit(changed);
  return changed;
}
