import type { AlterTableType } from '@pgsql/types';
import { type AlterTable, alterTables } from '../alter-table.ts';
import { at, evidenceOn } from '../observed.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { triggerAfter } from './triggers.ts';

const disabling: readonly AlterTableType[] = ['AT_DisableTrig', 'AT_DisableTrigAll', 'AT_DisableTrigUser'];
const enabling: readonly AlterTableType[] = [
  'AT_EnableTrig',
  'AT_EnableTrigAll',
  'AT_EnableTrigUser',
  'AT_EnableAlwaysTrig',
  'AT_EnableReplicaTrig',
];

export const enableDisableTrigger: Rule = {
  name: 'enable-disable-trigger',
  about: 'statement',
  severity: 'warning',
  summary: 'Triggers of an existing table are switched off beyond the end of the transaction.',
  why: `While a trigger is disabled, nobody's writes fire it, also those of the version that is still running; DISABLE TRIGGER ALL switches off the checks of foreign keys too. What was written meanwhile stays as it is when the trigger is enabled again.

Disabled and enabled again in one transaction it harms nobody: the lock that the statement takes (SHARE ROW EXCLUSIVE) keeps other writers out until COMMIT. Nothing is reported then.`,
  instead:
    'Enable it again in the same transaction, or `SET LOCAL session_replication_role = replica`, which concerns the own session only. A trigger that is no longer wanted: drop it.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DISABLE-ENABLE-TRIGGER',
  ],
  peers: ['pgfence enable-disable-trigger', 'migrationpilot MP064', 'safe-migrate disable-trigger'],
  bad: [
    {
      title: 'One trigger, and it stays off',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
      migration: 'ALTER TABLE users DISABLE TRIGGER users_touch;',
    },
    {
      title: 'Enabled again, but each statement commits by itself',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS \'BEGIN RETURN new; END\';\nCREATE TRIGGER "Touch" BEFORE UPDATE ON "User" FOR EACH ROW EXECUTE FUNCTION touch();',
      migration:
        'ALTER TABLE "User" DISABLE TRIGGER USER;\nUPDATE "User" SET id = id WHERE id = 1;\nALTER TABLE "User" ENABLE TRIGGER USER;',
      transaction: 'none',
    },
  ],
  good: [
    {
      title: 'Enabled again in the same transaction',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
      migration:
        'ALTER TABLE users DISABLE TRIGGER users_touch;\nUPDATE users SET id = id WHERE id = 1;\nALTER TABLE users ENABLE TRIGGER users_touch;',
    },
    {
      title: 'Only enabled',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
      migration: 'ALTER TABLE users ENABLE TRIGGER users_touch;',
    },
  ],
  check(context) {
    const alters = [...alterTables(context)];
    return alters.flatMap((alter) =>
      alter.commands.flatMap(({ subtype, name: trigger }) => {
        if (subtype === undefined || !disabling.includes(subtype)) return [];
        const stays = staysOff(context, alter, trigger);
        if (!stays && enabledInTransaction(alters, alter)) return [];
        const which = trigger ?? (subtype === 'AT_DisableTrigAll' ? 'ALL' : 'USER');
        return [
          {
            ...at(alter),
            object: alter.name,
            title: stays
              ? `${alter.name} is left with disabled triggers`
              : `Nobody's writes to ${alter.name} fire its triggers for a while`,
            message: `DISABLE TRIGGER ${which} holds for all sessions, also for the version that is still running${stays ? ', and the migration does not enable it again' : ': the statement commits before the triggers are enabled again'}. ${stays ? 'Drop the trigger when it is not wanted any more.' : 'Do it in one transaction, or SET LOCAL session_replication_role for the own session.'}`,
            evidence: { ...evidenceOn(alter.statement, alter.table), scan: false },
            fix: null,
          },
        ];
      }),
    );
  },
};

/** Is the trigger (or any one that the statement means) disabled in the end? */
function staysOff(context: RuleContext, { table }: AlterTable, trigger: string | undefined): boolean {
  if (trigger !== undefined) return triggerAfter(context, table, trigger)?.facts.enabled === 'D';
  const holder = context.after?.byIdentity(`pg_class:${table.oid}`)?.name;
  return (
    context.after?.objects.some(
      ({ type, container, facts }) => type === 'trigger' && container === holder && facts.enabled === 'D',
    ) === true
  );
}

const enabledInTransaction = (alters: readonly AlterTable[], off: AlterTable): boolean =>
  off.statement.inTransaction &&
  alters.some(
    ({ migration, statement, table, commands }) =>
      migration === off.migration &&
      statement.index > off.statement.index &&
      table.oid === off.table.oid &&
      commands.some(({ subtype }) => subtype !== undefined && enabling.includes(subtype)),
  );
