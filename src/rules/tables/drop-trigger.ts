import { at, evidenceOn, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { completed } from '../statements.ts';
import { triggerAfter, triggerBefore } from './triggers.ts';

export const dropTrigger: Rule = {
  name: 'drop-trigger',
  about: 'statement',
  severity: 'notice',
  summary: 'A trigger of an existing table is dropped and not made again.',
  why: 'Writes of the version that is still running no longer do what the trigger did: a column that it kept, a history table, a check. DROP TRIGGER also takes ACCESS EXCLUSIVE on the table, though briefly.',
  instead:
    'Deploy the version that does without the trigger first. A trigger that is changed: `CREATE OR REPLACE TRIGGER` (PostgreSQL 14 and newer), which has no moment without it.',
  sources: ['https://www.postgresql.org/docs/current/sql-droptrigger.html'],
  peers: ['pgfence drop-trigger', 'postgres-language-server banDropTrigger'],
  bad: [
    {
      title: 'A trigger that base has',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
      migration: 'DROP TRIGGER users_touch ON users;',
    },
    {
      title: 'IF EXISTS, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS \'BEGIN RETURN new; END\';\nCREATE TRIGGER "Touch" BEFORE UPDATE ON "User" FOR EACH ROW EXECUTE FUNCTION touch();',
      migration: 'SELECT 1;\nDROP TRIGGER IF EXISTS "Touch" ON public."User";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Made again in the same migration',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
      migration:
        'DROP TRIGGER users_touch ON users;\nCREATE TRIGGER users_touch BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();',
    },
    {
      title: 'IF EXISTS, and it does not',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
      migration:
        'DROP TRIGGER IF EXISTS users_touch ON users;\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();',
    },
  ],
  check: (context) =>
    [...completed(context)].flatMap((place) => {
      const { node } = place.statement;
      if (node === null || !('DropStmt' in node) || node.DropStmt.removeType !== 'OBJECT_TRIGGER') return [];
      return (node.DropStmt.objects ?? []).flatMap((object) => {
        // The trigger's name stands behind that of its table: `schema.table.trigger`.
        const items = 'List' in object ? (object.List.items ?? []) : [];
        const parts = items.flatMap((item) => ('String' in item ? [item.String.sval ?? ''] : []));
        const trigger = parts.at(-1) ?? '';
        const table = context.resolve(parts.at(-3), parts.at(-2) ?? '', place.statement);
        if (table === undefined || triggerBefore(context, table, trigger) === undefined) return [];
        if (triggerAfter(context, table, trigger) !== undefined) return [];
        const name = nameOf(table);
        return [
          {
            ...at(place),
            object: `${name}.${trigger}`,
            title: `Writes to ${name} no longer do what the trigger ${trigger} did`,
            message: `That holds for the version that is still running as well. Check that it does not rely on the trigger.`,
            evidence: { ...evidenceOn(place.statement, table), scan: false },
            fix: null,
          },
        ];
      });
    }),
};
