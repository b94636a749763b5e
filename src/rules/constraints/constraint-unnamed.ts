import type { AlterTableCmd } from '@pgsql/types';
import { copy, write } from '../../sql/write.ts';
import { strings } from '../alter-table.ts';
import { at, type Place } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { candidates, statementsOf } from '../statements.ts';
import { columnsOf } from './added.ts';

export const constraintUnnamed: Rule = {
  name: 'constraint-unnamed',
  about: 'statement',
  severity: 'notice',
  byDefault: 'off',
  summary: 'ALTER TABLE adds a constraint without a name.',
  why: 'Postgres makes up a name, and adds a number where that is taken: it may be another one in another environment, and a later `DROP CONSTRAINT` or `VALIDATE CONSTRAINT` that names it fails there.',
  instead: 'ADD CONSTRAINT with a name.',
  sources: ['https://www.postgresql.org/docs/current/ddl-constraints.html'],
  peers: ['migrationpilot MP042', 'pgrubic NM008', 'diesel-guard UnnamedConstraint'],
  bad: [
    {
      title: 'A CHECK',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CHECK (age > 0);',
      line: 2,
    },
    {
      title: 'UNIQUE, with names that need quotes',
      base: '',
      migration:
        'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text);\n\nALTER TABLE "User" ADD UNIQUE ("eMail");',
      line: 3,
    },
  ],
  good: [
    {
      title: 'With a name',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0);',
    },
    {
      title: 'With the name of the index that it takes over',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX users_email_key ON users (email);',
      migration: 'ALTER TABLE users ADD UNIQUE USING INDEX users_email_key;',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'AlterTableStmt')].flatMap((place) => {
      const unnamed = (place.node.cmds ?? []).flatMap((cmd) =>
        'AlterTableCmd' in cmd && isUnnamed(cmd.AlterTableCmd) ? [cmd.AlterTableCmd] : [],
      );
      if (unnamed.length === 0) return [];
      const { relation } = place.node;
      const table = relation?.relname ?? '';
      return [
        {
          ...at(place),
          object: candidates({ schema: relation?.schemaname, name: table }, place)[0] ?? table,
          title: `${unnamed.length === 1 ? 'A constraint' : `${unnamed.length} constraints`} of ${table} without a name`,
          message:
            'Postgres makes up a name that may be another one elsewhere. Give it one, so that a later migration can name it.',
          evidence: null,
          fix: fixFor(context, place, unnamed),
        },
      ];
    }),
};

function isUnnamed({ subtype, def }: AlterTableCmd): boolean {
  if (subtype !== 'AT_AddConstraint' || def === undefined || !('Constraint' in def)) return false;
  const { conname, indexname, contype } = def.Constraint;
  return conname === undefined && indexname === undefined && contype !== 'CONSTR_NOTNULL';
}

/** The same statement with the name that Postgres gave, where there is no doubt about it. */
function fixFor(
  context: RuleContext,
  place: Place & { readonly node: { readonly cmds?: readonly unknown[] } },
  unnamed: readonly AlterTableCmd[],
): Fix | null {
  const [only, ...more] = unnamed;
  const { node } = place.statement;
  if (only === undefined || more.length > 0 || node === null || !('AlterTableStmt' in node)) return null;
  const constraint = only.def !== undefined && 'Constraint' in only.def ? only.def.Constraint : undefined;
  if (constraint === undefined) return null;
  const { relation } = node.AlterTableStmt;
  const names = candidates({ schema: relation?.schemaname, name: relation?.relname ?? '' }, place);
  const kinds: Partial<Record<string, string>> = {
    CONSTR_CHECK: 'check',
    CONSTR_UNIQUE: 'unique',
    CONSTR_PRIMARY: 'primary-key',
    CONSTR_FOREIGN: 'foreign-key',
    CONSTR_EXCLUSION: 'exclusion',
  };
  const columns = strings(constraint.fk_attrs ?? constraint.keys);
  const made = (context.after?.objects ?? []).filter(
    (each) =>
      each.type === 'constraint' &&
      names.includes(each.container) &&
      each.facts.kind === kinds[constraint.contype ?? ''] &&
      context.before?.byIdentity(each.identity) === undefined &&
      (columns.length === 0 || columnsOf(context.after, each).join('\n') === columns.join('\n')),
  );
  const [given, ...others] = made;
  if (given === undefined || others.length > 0) return null;
  const named = copy(node.AlterTableStmt);
  for (const cmd of named.cmds ?? []) {
    const def = 'AlterTableCmd' in cmd && isUnnamed(cmd.AlterTableCmd) ? cmd.AlterTableCmd.def : undefined;
    if (def !== undefined && 'Constraint' in def) def.Constraint.conname = given.local;
  }
  return recipe(
    context,
    [{ title: 'with the name that Postgres gave it here', sql: [write({ AlterTableStmt: named })] }],
    { sameSchema: true },
  );
}
