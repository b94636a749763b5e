import { at } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { vanished } from '../schemas/vanished.ts';
import { candidates, nameParts, statementsOf } from '../statements.ts';
import { listed } from '../wording.ts';

export const triggerFunctionDropped: Rule = {
  name: 'trigger-function-dropped',
  about: 'statement',
  severity: 'warning',
  summary: 'DROP FUNCTION … CASCADE takes the triggers of existing tables with it.',
  why: 'Without CASCADE Postgres refuses to drop a function that a trigger calls. With it the triggers go too, silently: writes go on and no longer do what the trigger did, in the running version as well.',
  instead: 'Drop the triggers by name first, then the function without CASCADE.',
  sources: ['https://www.postgresql.org/docs/current/sql-dropfunction.html'],
  peers: ['safe-migrate broken-compute'],
  bad: [
    {
      title: 'A function that a trigger calls',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
      migration: 'DROP FUNCTION touch() CASCADE;',
    },
    {
      title: 'Two triggers, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);\nCREATE FUNCTION "Touch"() RETURNS trigger LANGUAGE plpgsql AS \'BEGIN RETURN new; END\';\nCREATE TRIGGER t BEFORE UPDATE ON "User" FOR EACH ROW EXECUTE FUNCTION "Touch"();\nCREATE TRIGGER t BEFORE UPDATE ON teams FOR EACH ROW EXECUTE FUNCTION "Touch"();',
      migration: '\nDROP FUNCTION IF EXISTS public."Touch" CASCADE;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'No trigger calls it',
      base: "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
      migration: 'DROP FUNCTION touch() CASCADE;',
    },
    {
      title: 'Function and trigger are made again',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
      migration:
        "DROP FUNCTION touch() CASCADE;\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.id := new.id; RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'DropStmt')].flatMap((place) => {
      const { removeType, behavior, objects = [] } = place.node;
      if (removeType !== 'OBJECT_FUNCTION' || behavior !== 'DROP_CASCADE') return [];
      return objects.flatMap((object) => {
        const parts = 'ObjectWithArgs' in object ? nameParts(object.ObjectWithArgs.objname) : undefined;
        if (parts === undefined) return [];
        const calls = candidates(parts, place);
        // The definition names the function as SQL: `EXECUTE FUNCTION public.touch()`.
        const triggers = vanished(context).filter(
          ({ type, facts }) => type === 'trigger' && calls.includes(String(facts.function)),
        );
        const [first] = triggers;
        if (first === undefined) return [];
        return [
          {
            ...at(place),
            object: first.name,
            title: `Writes to ${listed([...new Set(triggers.map(({ container }) => container))])} no longer do what their trigger did`,
            message: `CASCADE drops ${listed(
              triggers.map(({ name }) => name),
              10,
            )} with the function ${parts.name} (seen on the shadow), and nothing makes them again. Drop the triggers by name, when no version that is running relies on them.`,
            evidence: null,
            fix: null,
          },
        ];
      });
    }),
};
