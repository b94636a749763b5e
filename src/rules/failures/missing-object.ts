import { closest, distance } from 'fastest-levenshtein';
import type { ObjectType } from '../../catalog/model.ts';
import { hintSentence, surroundingsHint } from '../../run/hints.ts';
import type { RuleContext } from '../rule.ts';
import type { Failure } from './server-error.ts';

/** What the server calls what it did not find, by SQLSTATE, and the kinds of object that may have been meant. */
const kinds: Readonly<Record<string, readonly ObjectType[]>> = {
  '42P01': ['table', 'view', 'materialized-view', 'sequence', 'index'],
  '42703': ['column'],
  '42704': ['type', 'domain', 'constraint', 'index', 'trigger', 'policy', 'table', 'view'],
  '42883': ['function', 'procedure'],
  '3F000': ['schema'],
};

/** The statement names something that base's migrations have not made. */
export const missesObject = ({ error }: Failure): boolean => error.sqlstate in kinds;

/**
 * What to do about it, in sentences: the name that may have been meant, and that production may differ from what the
 * migrations make.
 */
export function aboutMissing(context: RuleContext, { error }: Failure): string {
  const near = nearest(context, error.sqlstate, error.message);
  return [
    ...(near === null ? [] : [`Did you mean ${near}?`]),
    "Base's migrations do not make it. If production has it all the same, somebody made it by hand: bring it into the history (or into setup: of the config), or every new database will fail here too.",
  ].join(' ');
}

/** What lines of configuration cure: a role, an extension. */
export function aboutSurroundings(
  { surroundings, sources }: RuleContext,
  { migration, error }: Failure,
): string {
  const line = sources.get(error.file ?? migration.file)?.split('\n')[error.line - 1];
  const hint = surroundings == null ? null : surroundingsHint(error, surroundings, line);
  if (hint === null) return '';
  return hint.lines.length === 0 && !/extension/i.test(error.message) ? '' : hintSentence(hint);
}

/** Names in the server's message: `relation "userss" does not exist`, `column u.emial does not exist`. */
function nearest({ before }: RuleContext, sqlstate: string, message: string): string | null {
  const quoted = /^[a-z ]+ "(.+?)"/.exec(message)?.[1];
  const bare = /^(?:column|function) ([^\s("]+)/.exec(message)?.[1];
  const whole = quoted ?? bare;
  if (whole === undefined || before === null) return null;
  const wanted = whole.slice(whole.lastIndexOf('.') + 1);
  const names = [
    ...new Set(
      before.objects.filter(({ type }) => kinds[sqlstate]?.includes(type)).map(({ ownName }) => ownName),
    ),
  ];
  // A name that is there would be another schema's, or another table's.
  if (names.length === 0 || names.includes(wanted)) return null;
  const near = closest(wanted, names);
  return distance(wanted, near) <= Math.max(1, Math.floor(wanted.length / 4)) ? near : null;
}
