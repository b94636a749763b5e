import { at } from '../observed.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { candidates, nameParts, statementsOf } from '../statements.ts';
import { listed } from '../wording.ts';

export const functionVolatilityChange: Rule = {
  name: 'function-volatility-change',
  about: 'statement',
  severity: 'notice',
  summary: 'A function that base has gets another volatility.',
  why: `The planner calls an IMMUTABLE function once and keeps the answer, a STABLE one once for each query; a function that is marked too boldly gives wrong answers, one that is marked too timidly makes queries slow, since indexes on it are not used any more. CREATE OR REPLACE FUNCTION without the word takes it back to VOLATILE.

It is a warning where an index, a constraint or a generated column calls the function: they keep what it answered before.`,
  instead:
    'Say the volatility in every CREATE OR REPLACE FUNCTION. Where an index calls the function: a function with another name, a new index, and the old ones dropped.',
  sources: ['https://www.postgresql.org/docs/current/xfunc-volatility.html'],
  peers: ['safe-migrate function-volatility-change'],
  bad: [
    {
      title: 'The word is missing from the new text',
      base: "CREATE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(t)';",
      migration:
        "CREATE OR REPLACE FUNCTION norm(t text) RETURNS text LANGUAGE sql AS 'SELECT lower(trim(t))';",
    },
    {
      title: 'A function that an index calls: a warning',
      base: "CREATE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(t)';\nCREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_norm ON users (norm(email));",
      migration: '\nALTER FUNCTION norm(text) STABLE;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'The same volatility',
      base: "CREATE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(t)';",
      migration:
        "CREATE OR REPLACE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(trim(t))';",
    },
    {
      title: 'A function that the migration creates',
      base: '',
      migration:
        "CREATE FUNCTION norm(t text) RETURNS text LANGUAGE sql AS 'SELECT lower(t)';\nALTER FUNCTION norm(text) IMMUTABLE;",
    },
  ],
  check(context) {
    const told = new Set<string>();
    const places = [
      ...[...statementsOf(context, 'CreateFunctionStmt')].map((place) => ({
        place,
        name: place.node.funcname,
      })),
      ...[...statementsOf(context, 'AlterFunctionStmt')].map((place) => ({
        place,
        name: place.node.func?.objname,
      })),
    ];
    return places.flatMap(({ place, name }) => {
      const names = candidates(nameParts(name), place);
      return (context.before?.objects ?? []).flatMap((before) => {
        if (before.type !== 'function' || !names.includes(before.name.replace(/\(.*$/s, ''))) return [];
        const after = context.after?.byIdentity(before.identity);
        if (after === undefined || after.facts.volatility === before.facts.volatility) return [];
        if (told.has(before.identity)) return [];
        told.add(before.identity);
        const users = storedUsers(context, before.ownName);
        return [
          {
            ...at(place),
            object: before.name,
            ...(users.length > 0 ? { severity: 'warning' as const } : {}),
            title: `${before.name} was ${words(before.facts.volatility)} and is ${words(after.facts.volatility)} now`,
            message:
              users.length > 0
                ? `${listed(users)} ${users.length === 1 ? 'keeps' : 'keep'} what the function answered before, and the planner no longer relies on it. Give the new function another name and build anew what calls it.`
                : 'The planner calls it more or less often than before and can use other indexes. Say the volatility in the statement if that is not meant.',
            evidence: null,
            fix: null,
          },
        ];
      });
    });
  },
};

/** Indexes and constraints of base that call a function of that name. */
function storedUsers(context: RuleContext, name: string): string[] {
  const call = `${name}(`;
  return (context.before?.objects ?? [])
    .filter(
      ({ type, definition, facts }) =>
        (type === 'index' && definition.includes(call)) ||
        (type === 'constraint' && definition.includes(call)) ||
        (type === 'column' && String(facts.generationExpression ?? '').includes(call)),
    )
    .map((object) => object.name);
}

const letters: Readonly<Record<string, string>> = { i: 'IMMUTABLE', s: 'STABLE', v: 'VOLATILE' };
const words = (volatility: unknown): string => letters[String(volatility)] ?? String(volatility);
