import { hiddenChanges } from '../impact.ts';
import { at, type Place } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { statementsOf } from '../statements.ts';
import { counted, listed } from '../wording.ts';

export const dropSchema: Rule = {
  name: 'drop-schema',
  about: 'statement',
  severity: 'warning',
  summary: 'A schema that base has is dropped.',
  why: 'With CASCADE all that it holds goes with it: tables with their rows, functions, types; and every query of the running version that names them fails. None of them stands in the statement.',
  instead:
    'Drop what is in it by name, in migrations that say so, and the empty schema at last, without CASCADE.',
  sources: ['https://www.postgresql.org/docs/current/sql-dropschema.html'],
  peers: [
    'atlas DS101',
    'pgfence drop-schema',
    'migrationpilot MP034',
    'pgrubic US007',
    'pgsafe drop-schema',
  ],
  bad: [
    {
      title: 'With a table in it',
      base: 'CREATE SCHEMA app;\nCREATE TABLE app.users (id bigint PRIMARY KEY);',
      migration: 'DROP SCHEMA app CASCADE;',
    },
    {
      title: 'An empty one, with a name that needs quotes',
      base: 'CREATE SCHEMA "App";',
      migration: 'SELECT 1;\nDROP SCHEMA IF EXISTS "App";',
      line: 2,
    },
    {
      title: 'Hidden in a DO block',
      base: 'CREATE SCHEMA app;',
      migration: "DO $$ BEGIN EXECUTE 'DROP SCHEMA app'; END $$;",
    },
  ],
  good: [
    {
      title: 'IF EXISTS, and it does not',
      base: '',
      migration: 'DROP SCHEMA IF EXISTS app CASCADE;',
    },
    {
      title: 'A schema that the migration created',
      base: '',
      migration: 'CREATE SCHEMA app;\nDROP SCHEMA app;',
    },
  ],
  check: (context) => {
    const written = [...statementsOf(context, 'DropStmt')].flatMap((place) => {
      if (place.node.removeType !== 'OBJECT_SCHEMA') return [];
      return (place.node.objects ?? []).flatMap((object) => {
        const name = 'String' in object ? (object.String.sval ?? '') : '';
        const schema = context.before?.byName('schema', name);
        // Made again under its name it is another one, and empty.
        const gone = schema !== undefined && context.after?.byIdentity(schema.identity) === undefined;
        return gone ? [{ name, place, where: null }] : [];
      });
    });
    const told = new Set(written.map(({ name }) => name));
    return [...written, ...hiddenChanges(context, ['schema'], ['removed'], told)].map((dropped) =>
      draft(context, dropped),
    );
  },
};

function draft(
  context: RuleContext,
  { name, place, where }: { readonly name: string; readonly place: Place; readonly where: string | null },
): FindingDraft {
  const schema = context.before?.byName('schema', name);
  const tables = (context.before?.objects ?? [])
    .filter(({ type, scope }) => type === 'table' && scope === schema?.identity)
    // Moved to another schema before, they are still there.
    .filter(({ identity }) => context.after?.byIdentity(identity) === undefined)
    .map((table) => table.name);
  const first = tables[0];
  const hidden = where === null ? '' : ` The DROP is hidden in ${where}.`;
  return {
    ...at(place),
    object: first ?? name,
    title:
      first === undefined
        ? `The schema ${name} is dropped`
        : `Dropping the schema ${name} deletes all rows of ${counted(tables.length, 'table')}`,
    message:
      first === undefined
        ? `Queries of the version that is still running that name it fail.${hidden}`
        : `Gone for good: ${listed(tables, 10)}.${hidden} The version that is still running fails wherever it names one of them. Drop them by name, when nobody has missed them.`,
    evidence: null,
    fix: null,
  };
}
