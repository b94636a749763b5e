import type { BaseRelation } from '../../run/trace.ts';
import { identifier, qualified, withEnding } from '../../sql/names.ts';
import { backfill, differs } from '../backfill.ts';
import { columnOf } from '../catalog-facts.ts';
import { hiddenRenames } from '../hidden-renames.ts';
import { oldNameAnswers } from '../impact.ts';
import { at, evidenceOn, nameOf, places } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { FindingDraft, Fix, Rule, RuleContext } from '../rule.ts';
import { withUses } from '../uses.ts';

export const renameColumn: Rule = {
  name: 'rename-column',
  about: 'statement',
  severity: 'warning',
  summary: 'A column of an existing table gets another name.',
  why: 'From the moment of the rename every query of the running version that names the column fails, until the new version runs everywhere; and the new version fails before.',
  instead:
    'A second column with the new name that a trigger keeps equal to the first; or keep the old name in the database and rename in the application only. A view under the table’s old name, or a column that keeps the old name, makes it a notice.',
  sources: ['https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-RENAMING-COLUMN'],
  peers: [
    'squawk renaming-column',
    'atlas BC102',
    'strong_migrations rename_column',
    'online_migrations rename_column',
    'pgfence rename-column',
    'migrationpilot MP010',
    'pgsafe rename',
  ],
  bad: [
    {
      title: 'A column that base has',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, mail text);',
      migration: 'ALTER TABLE users RENAME COLUMN mail TO email;',
    },
    {
      title: 'Names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text NOT NULL);',
      migration: 'SELECT 1;\nALTER TABLE "User" RENAME "eMail" TO "Email";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'In a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, mail text);\nALTER TABLE users RENAME COLUMN mail TO email;',
    },
    {
      title: 'A second column instead',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, mail text);',
      migration: 'ALTER TABLE users ADD COLUMN email text;',
    },
  ],
  check: (context) => {
    const written = fromText(context);
    return [...written, ...hiddenRenames(context, 'column', new Set(written.map(({ object }) => object)))];
  },
};

const fromText = (context: RuleContext): FindingDraft[] =>
  [...places(context)].flatMap((place) => {
    const { node } = place.statement;
    if (node === null || !('RenameStmt' in node)) return [];
    const { renameType, relation, subname = '', newname = '' } = node.RenameStmt;
    if (renameType !== 'OBJECT_COLUMN') return [];
    const table = context.resolve(relation?.schemaname, relation?.relname ?? '', place.statement);
    if (table === undefined || table.kind !== 'table') return [];
    if (context.before !== null && columnOf(context, table, subname) === undefined) return [];
    const name = nameOf(table);
    const stays = oldNameAnswers(context, ['column'], `${name}.${subname}`);
    const swapped = takenOver(context, table, subname);
    const finding: FindingDraft = {
      ...at(place),
      object: `${name}.${subname}`,
      ...(swapped !== null ? { severity: 'error' as const } : stays ? { severity: 'notice' as const } : {}),
      title:
        swapped !== null
          ? `${name}.${subname} is now what was ${swapped}: the running version reads and writes the wrong column`
          : stays
            ? `${name}.${subname} is renamed to ${newname}; the old name stays available`
            : `Renaming ${name}.${subname} to ${newname} breaks the version that is still running`,
      message:
        swapped !== null
          ? `Another column that base has took over the name ${subname}, so that queries of the version that is still running go on without an error and mix up the values. Give the column a name that nothing has used.`
          : stays
            ? 'Queries of the version that is still running find the old name. Check that they can write through it too.'
            : `Its queries name ${subname} and fail from the moment of the rename until the new version runs everywhere. Add a second column and keep both equal for the time of the rollout.`,
      evidence: { ...evidenceOn(place.statement, table), scan: false },
      fix: stays ? null : fixFor(context, table, relation?.schemaname, subname, newname),
    };
    return [
      withUses(context, finding, [`${name}.${subname}`], {
        what: 'Keep the old name until no running version uses it.',
        keeps: stays,
      }),
    ];
  });

/** The column that answers to a name afterwards; nothing is known when a migration failed and was rolled back. */
const afterwards = ({ after, migrations }: RuleContext, table: BaseRelation, column: string) =>
  migrations.some(({ error }) => error !== null)
    ? undefined
    : after?.byName('column', `${nameOf(table)}.${column}`);

/** Name that the column which has the old name now had in base, when it is another one. */
function takenOver(context: RuleContext, table: BaseRelation, column: string): string | null {
  const now = afterwards(context, table, column);
  const then = now === undefined ? undefined : context.before?.byIdentity(now.identity);
  return then === undefined || then.name === now?.name ? null : then.name;
}

function fixFor(
  context: RuleContext,
  table: BaseRelation,
  schema: string | undefined,
  old: string,
  renamed: string,
): Fix | null {
  const type = columnOf(context, table, old)?.facts.dataType;
  if (typeof type !== 'string') return null;
  const name = qualified(schema, table.relation);
  const trigger = withEnding(`${table.relation}_${renamed}`, '_sync');
  const fn = qualified(schema, trigger);
  const [from, to] = [identifier(old), identifier(renamed)];
  const body = `BEGIN
  IF TG_OP = 'INSERT' THEN
    new.${to} := coalesce(new.${to}, new.${from});
    new.${from} := new.${to};
  ELSIF ${differs(`new.${to}`, `old.${to}`, type)} THEN
    new.${from} := new.${to};
  ELSE
    new.${to} := new.${from};
  END IF;
  RETURN new;
END`;
  if (body.includes('$$')) return null;
  return recipe(
    context,
    [
      {
        title: 'a second column; a trigger keeps both equal whichever the application writes',
        sql: [
          `ALTER TABLE ${name} ADD COLUMN ${to} ${type};`,
          `CREATE FUNCTION ${fn}() RETURNS trigger LANGUAGE plpgsql AS $$\n${body}\n$$;`,
          `CREATE TRIGGER ${identifier(trigger)} BEFORE INSERT OR UPDATE ON ${name} FOR EACH ROW EXECUTE FUNCTION ${fn}();`,
        ],
        notes: backfill(context, {
          table,
          sqlName: name,
          column: renamed,
          value: from,
          missing: differs(to, from, type),
        }),
      },
      {
        title: 'when no version that is running uses the old name any more',
        sql: [
          `DROP TRIGGER ${identifier(trigger)} ON ${name};`,
          `DROP FUNCTION ${fn}();`,
          `ALTER TABLE ${name} DROP COLUMN ${from};`,
        ],
      },
    ],
    { sameSchema: false },
  );
}
