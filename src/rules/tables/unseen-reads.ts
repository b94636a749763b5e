import type { StatementTrace } from '../../run/trace.ts';
import { at, hiddenIn, type Place, validatedForeignKey } from '../observed.ts';
import type { FindingDraft, RuleContext } from '../rule.ts';
import { listed } from '../wording.ts';

/**
 * What code (a DO block, a function, a procedure) has read under locks that it had given back when it ended: it
 * committed, or caught an error. The server's words are left, and where the code hushed them, the counters.
 */
export function unseenReads(context: RuleContext, place: Place): FindingDraft[] {
  const { statement } = place;
  const hidden = hiddenIn(statement);
  if (hidden === null) return [];
  const commits = statement.source === 'unknown';
  const tables = [
    ...new Set([...announced(context, statement), ...(commits ? hushed(context, statement) : [])]),
  ].filter((name) => !statement.rewrites.includes(name));
  const keys = validatedForeignKey(statement) && (commits || !holdsTables(statement));
  if (tables.length === 0 && !keys) return [];
  const words = tables.length === 0 ? 'the tables of a foreign key' : listed(tables);
  const work = statement.proofs.some((proof) => proof.startsWith('building'))
    ? 'builds an index'
    : statement.proofs.length > 0
      ? 'checks a constraint'
      : null;
  return [
    {
      ...at(place),
      object: tables[0] ?? null,
      title: `${hidden.charAt(0).toUpperCase()}${hidden.slice(1)} ${commits ? 'commits by itself' : 'catches an error'} and reads every row of ${words} under a lock`,
      message: `${
        work === null
          ? 'Its code keeps the server’s messages back, and the counters show that the rows were read'
          : `The server says that it ${work} there`
      }; by the time the statement ended its locks were gone, so that it cannot be said who waited. Write it as a statement of its own, where the lock can be seen and avoided.`,
      evidence: { lock: null, blocks: ['writes'], scan: true, rewrite: false },
      fix: null,
      explains: tables,
    },
  ];
}

/** Base's tables that the server names in its messages, and that the statement no longer holds. */
function announced(context: RuleContext, statement: StatementTrace): string[] {
  const named = statement.proofs.flatMap((proof) => {
    const match = /^(?:(?:verifying|rewriting) table|building index ".*" on table) "(.*?)"/s.exec(proof);
    return match?.[1] === undefined ? [] : [match[1]];
  });
  const held = (relname: string) =>
    statement.locks.some(
      ({ names, kind }) => kind !== 'index' && names.some((name) => ends(name, relname)),
    ) || statement.created.some(({ name }) => ends(name, relname));
  return named
    .filter((relname) => !held(relname))
    .flatMap(
      (relname) =>
        context.before?.objects.find(
          ({ type, ownName }) => (type === 'table' || type === 'materialized-view') && ownName === relname,
        )?.name ?? [],
    );
}

/** Tables that code which keeps the server's messages back has read from end to end. */
function hushed(context: RuleContext, { deaf, sql, scans }: StatementTrace): readonly string[] {
  const hushes = (text: string) => /client_min_messages/i.test(text);
  const isHushed =
    deaf &&
    (hushes(sql) ||
      context.after?.objects.some(
        ({ type, definition }) => (type === 'function' || type === 'procedure') && hushes(definition),
      ) === true);
  return isHushed ? scans : [];
}

const holdsTables = ({ locks }: StatementTrace): boolean =>
  locks.some(({ kind, mode }) => kind === 'table' && mode === 'ShareRowExclusiveLock');

const ends = (name: string, relname: string): boolean => name.slice(name.indexOf('.') + 1) === relname;
