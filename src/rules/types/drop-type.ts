import { hiddenChanges } from '../impact.ts';
import { at } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { statementsOf } from '../statements.ts';
import { listed } from '../wording.ts';
import { droppedTypes } from './named-types.ts';

export const dropType: Rule = {
  name: 'drop-type',
  about: 'statement',
  severity: 'warning',
  summary: 'A type or domain that base has is dropped.',
  why: 'Queries of the version that is still running that name the type fail: `$1::mood`, `ARRAY[]::mood[]`, and drivers that look up the type’s number when they connect. Without CASCADE Postgres only makes sure that no column uses it.',
  instead: 'Drop it when no version that is running names it any more.',
  sources: ['https://www.postgresql.org/docs/current/sql-droptype.html'],
  peers: ['migrationpilot MP060'],
  bad: [
    {
      title: 'An enum',
      base: "CREATE TYPE mood AS ENUM ('happy', 'sad');",
      migration: 'DROP TYPE mood;',
    },
    {
      title: 'A domain, with names that need quotes',
      base: 'CREATE SCHEMA "App";\nCREATE DOMAIN "App"."Email" AS text;',
      migration: '\nDROP DOMAIN IF EXISTS "App"."Email";',
      line: 2,
    },
    {
      title: 'Hidden in a DO block',
      base: "CREATE TYPE mood AS ENUM ('happy', 'sad');",
      migration: "DO $$ BEGIN EXECUTE 'DROP TYPE mood'; END $$;",
    },
  ],
  good: [
    {
      title: 'Replaced by another one of the same name',
      base: "CREATE TYPE mood AS ENUM ('happy', 'sad');",
      migration:
        "ALTER TYPE mood RENAME TO mood_old;\nCREATE TYPE mood AS ENUM ('happy', 'sad', 'ok');\nDROP TYPE mood_old;",
    },
    {
      title: 'A type that the migration created, or none',
      base: '',
      migration: "CREATE TYPE mood AS ENUM ('a');\nDROP TYPE mood;\nDROP TYPE IF EXISTS temper;",
    },
  ],
  check: (context) => {
    const written = fromText(context);
    const told = new Set(written.flatMap(({ names }) => names));
    return [...written.map(({ draft }) => draft), ...hidden(context, told)];
  },
};

/** Types that a DO block or a function drops. */
const hidden = (context: RuleContext, told: ReadonlySet<string>): FindingDraft[] =>
  hiddenChanges(context, ['type', 'domain'], ['removed'], told).map(({ name, place, where }) => ({
    ...at(place),
    object: name,
    title: `Queries that name ${name} fail`,
    message: `${name} is dropped, hidden in ${where}. The version that is still running may cast to it or have looked it up when it connected. Drop it when no version that is running names it any more.`,
    evidence: null,
    fix: null,
  }));

const fromText = (context: RuleContext): { names: string[]; draft: FindingDraft }[] =>
  [...statementsOf(context, 'DropStmt')].flatMap((place) => {
    if (place.node.removeType !== 'OBJECT_TYPE' && place.node.removeType !== 'OBJECT_DOMAIN') return [];
    const gone = droppedTypes(context, place, place.node).filter(
      ({ type, name }) => context.after?.byName(type, name) === undefined,
    );
    const [first] = gone;
    if (first === undefined) return [];
    const names = listed(gone.map(({ name }) => name));
    return [
      {
        names: gone.map(({ name }) => name),
        draft: {
          ...at(place),
          object: first.name,
          title: `Queries that name ${names} fail`,
          message: `The version that is still running may cast to it or have looked it up when it connected. Drop it when no version that is running names it any more.`,
          evidence: null,
          fix: null,
        },
      },
    ];
  });
