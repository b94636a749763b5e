import { meaningfulSettings } from '../../history/lasting-settings.ts';
import type { LeftSetting, MigrationTrace, StatementTrace } from '../../run/trace.ts';
import { write } from '../../sql/write.ts';
import { at } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { setsTimeout } from './lock-timeouts.ts';

export const setSessionLeaks: Rule = {
  name: 'set-session-leaks',
  about: 'statement',
  severity: 'warning',
  summary: 'A migration leaves a session setting behind that changes what later migrations do.',
  why: 'SET holds until the connection ends. Most tools run all pending migrations over one connection: what one sets (search_path, role, session_replication_role, time zone) is in force for the next ones, where they are deployed together, and not where they are deployed one by one. The same files then make different databases. Timeouts and memory settings are not reported.',
  instead: '`SET LOCAL` inside the transaction, or `RESET` at the end of the file.',
  sources: ['https://www.postgresql.org/docs/current/sql-set.html'],
  peers: ['pgfence (timeouts only)'],
  bad: [
    {
      title: 'search_path',
      base: 'CREATE SCHEMA app;',
      migration: 'SET search_path = app;\nCREATE TABLE users (id bigint PRIMARY KEY);',
    },
    {
      title: 'The head of a dump, by set_config()',
      base: '',
      migration:
        "SELECT 1;\nSELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.users (id bigint PRIMARY KEY);",
      line: 2,
    },
  ],
  good: [
    {
      title: 'SET LOCAL',
      base: 'CREATE SCHEMA app;',
      migration: 'SET LOCAL search_path = app;\nCREATE TABLE users (id bigint PRIMARY KEY);',
    },
    {
      title: 'RESET at the end, and a timeout',
      base: 'CREATE SCHEMA app;',
      migration:
        "SET search_path = app;\nSET lock_timeout = '2s';\nCREATE TABLE users (id bigint PRIMARY KEY);\nRESET search_path;",
    },
  ],
  check: (context) =>
    context.migrations.flatMap((migration) =>
      migration.settingsLeft
        .filter(({ name }) => meaningfulSettings.has(name.toLowerCase()))
        .map((setting) => draft(context, migration, setting)),
    ),
};

function draft(
  context: RuleContext,
  migration: MigrationTrace,
  { name, before, after }: LeftSetting,
): FindingDraft {
  const setter = migration.statements.findLast((statement) => setsTimeout(statement, name.toLowerCase()));
  const place =
    setter === undefined
      ? { migration: migration.version, file: migration.file, line: 1, endLine: 1 }
      : at({ migration, statement: setter });
  return {
    ...place,
    object: null,
    title: `Later migrations of the same deploy run with ${name} = ${after ?? 'another value'}`,
    message: `The migration leaves it behind${before === null ? '' : ` (it was ${before === '' ? 'empty' : before})`}, so what comes after means something else when both are deployed together than when each is deployed alone. Use SET LOCAL, or RESET ${name} at the end.`,
    evidence: null,
    fix: setter === undefined ? null : locally(context, setter, name),
  };
}

function locally(context: RuleContext, { node, inTransaction, sql }: StatementTrace, name: string) {
  if (node === null || !('VariableSetStmt' in node)) return null;
  if (!inTransaction) {
    return recipe(
      context,
      [{ title: 'and back at the end of the file', sql: [`${sql};`, `RESET ${name};`] }],
      {
        sameSchema: false,
      },
    );
  }
  const local = write({ VariableSetStmt: { ...node.VariableSetStmt, is_local: true } });
  return recipe(context, [{ title: 'for this transaction', sql: [local] }], { sameSchema: false });
}
