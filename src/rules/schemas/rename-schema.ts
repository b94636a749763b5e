import { capital, hiddenChanges } from '../impact.ts';
import { at } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { statementsOf } from '../statements.ts';
import { counted } from '../wording.ts';

export const renameSchema: Rule = {
  name: 'rename-schema',
  about: 'statement',
  severity: 'warning',
  summary: 'A schema that base has gets another name.',
  why: 'Every name that is written with the schema fails in the running version, and every search_path that names it (of roles, of the database, of functions) silently finds something else or nothing.',
  instead:
    'A new schema, and views in the old one under the old names, until no running version uses them; or leave the name as it is.',
  sources: ['https://www.postgresql.org/docs/current/sql-alterschema.html'],
  peers: ['pgsafe rename', 'migrationpilot MP071'],
  bad: [
    {
      title: 'With a table in it',
      base: 'CREATE SCHEMA app;\nCREATE TABLE app.users (id bigint PRIMARY KEY);',
      migration: 'ALTER SCHEMA app RENAME TO core;',
    },
    {
      title: 'With a name that needs quotes',
      base: 'CREATE SCHEMA "App";',
      migration: '\nALTER SCHEMA "App" RENAME TO app;',
      line: 2,
    },
    {
      title: 'Hidden in a DO block',
      base: 'CREATE SCHEMA app;',
      migration: "DO $$ BEGIN EXECUTE 'ALTER SCHEMA app RENAME TO core'; END $$;",
    },
  ],
  good: [
    {
      title: 'A schema that the migration creates',
      base: '',
      migration: 'CREATE SCHEMA app;\nALTER SCHEMA app RENAME TO core;',
    },
    {
      title: 'A new one beside it',
      base: 'CREATE SCHEMA app;\nCREATE TABLE app.users (id bigint PRIMARY KEY);',
      migration: 'CREATE SCHEMA core;\nCREATE VIEW core.users AS SELECT * FROM app.users;',
    },
  ],
  check: (context) => {
    const written = fromText(context);
    return [...written, ...hidden(context, new Set(written.map(({ object }) => object)))];
  },
};

/** Schemas that a DO block or a function renames. */
const hidden = (context: RuleContext, told: ReadonlySet<string | null>): FindingDraft[] =>
  hiddenChanges(context, ['schema'], ['renamed'], told).map(({ change, name, place, where }) => ({
    ...at(place),
    object: name,
    title: `${capital(where)} renames the schema ${name} to ${change.name}, which breaks the version that is still running`,
    message: `Whatever names ${name} fails from that moment until the new version runs everywhere, and a search_path that names it no longer finds anything.`,
    evidence: null,
    fix: null,
  }));

const fromText = (context: RuleContext): FindingDraft[] =>
  [...statementsOf(context, 'RenameStmt')].flatMap((place) => {
    const { renameType, subname = '', newname = '' } = place.node;
    const schema = renameType === 'OBJECT_SCHEMA' ? context.before?.byName('schema', subname) : undefined;
    if (schema === undefined) return [];
    const inside = (context.before?.objects ?? []).filter(
      ({ type, scope }) => scope === schema.identity && type !== 'index',
    );
    return [
      {
        ...at(place),
        object: subname,
        title: `Renaming the schema ${subname} to ${newname} breaks the version that is still running`,
        message: `Whatever names ${subname} fails from that moment until the new version runs everywhere (${counted(inside.length, 'object')} in it), and a search_path that names it no longer finds them.`,
        evidence: null,
        fix: null,
      },
    ];
  });
