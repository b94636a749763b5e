import type { Node } from '@pgsql/types';
import { alterTables } from '../alter-table.ts';
import { at, evidenceOn } from '../observed.ts';
import type { Rule } from '../rule.ts';

export const autovacuumDisabled: Rule = {
  name: 'autovacuum-disabled',
  about: 'statement',
  severity: 'warning',
  summary: 'Autovacuum is switched off for an existing table.',
  why: 'Dead rows pile up, the planner’s statistics get old, and in the end the server vacuums the table anyway to prevent transaction id wraparound, at a time that nobody chose. The migration that switches it on again is the one that is forgotten.',
  instead:
    'Let it run more often in smaller steps: `SET (autovacuum_vacuum_scale_factor = 0.02)`. For a bulk load switch it off and on again in one migration.',
  sources: ['https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM'],
  peers: ['migrationpilot MP066'],
  bad: [
    {
      title: 'A table',
      base: 'CREATE TABLE events (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE events SET (autovacuum_enabled = false);',
    },
    {
      title: 'Its TOAST table, among other settings',
      base: 'CREATE TABLE "Event" (id bigint PRIMARY KEY, body text);',
      migration: 'SELECT 1;\nALTER TABLE "Event" SET (fillfactor = 90, toast.autovacuum_enabled = off);',
      line: 2,
    },
  ],
  good: [
    {
      title: 'More often instead',
      base: 'CREATE TABLE events (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE events SET (autovacuum_vacuum_scale_factor = 0.02);',
    },
    {
      title: 'Off and on again',
      base: 'CREATE TABLE events (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE events SET (autovacuum_enabled = false);\nALTER TABLE events RESET (autovacuum_enabled);',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const off = alter.commands.some(
        ({ subtype, def }) =>
          subtype === 'AT_SetRelOptions' &&
          def !== undefined &&
          'List' in def &&
          (def.List.items ?? []).some(switchesOff),
      );
      const after = context.after?.byIdentity(`pg_class:${alter.table.oid}`);
      if (!off || (after !== undefined && !/autovacuum_enabled=(?:f|off|no|0)/i.test(after.definition)))
        return [];
      return [
        {
          ...at(alter),
          object: alter.name,
          title: `Autovacuum is switched off for ${alter.name}`,
          message:
            'Dead rows pile up and statistics get old until the server vacuums the table anyway to prevent wraparound. Set its thresholds lower instead, or switch it on again in the same migration.',
          evidence: { ...evidenceOn(alter.statement, alter.table), scan: false },
          fix: null,
        },
      ];
    }),
};

function switchesOff(option: Node): boolean {
  if (!('DefElem' in option) || option.DefElem.defname !== 'autovacuum_enabled') return false;
  const { arg } = option.DefElem;
  if (arg === undefined) return false;
  if ('String' in arg) return /^(?:f|false|off|no|n|0)$/i.test(arg.String.sval ?? '');
  if ('Integer' in arg) return (arg.Integer.ival ?? 0) === 0;
  // `off` is a key word, which the grammar hands on as a type's name.
  return (
    'TypeName' in arg &&
    (arg.TypeName.names ?? []).some((part) => 'String' in part && part.String.sval === 'off')
  );
}
