import { lockTitle, strongest } from '../run/locks.ts';
import type { BaseRelation, StatementTrace } from '../run/trace.ts';
import { hiddenIn, locksOn, nameOf } from './observed.ts';
import type { Evidence, RuleContext } from './rule.ts';

/** `a`, `a and b`, `a, b and c`; after `most` names the rest is counted. */
export function listed(names: readonly string[], most = 3): string {
  if (names.length > most) {
    const rest = names.length - most;
    return `${names.slice(0, most).join(', ')} and ${rest} more`;
  }
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What commits by itself, in the words of the user's tool. */
export const apart = ({ tool }: Pick<RuleContext, 'tool'>): string =>
  tool.sharesTransaction === true ? 'a deployment of its own' : 'a migration of its own';

/** `blocks reads and writes of public.users`, for a headline. */
export function blocksWhom(evidence: Evidence, object: string): string {
  if (evidence.blocks.includes('reads')) return `blocks reads and writes of ${object}`;
  if (evidence.blocks.includes('writes')) return `blocks writes to ${object}`;
  return `locks ${object}`;
}

/**
 * Who waits for what, in one sentence with what was seen.
 * @param work what the lock is held for: `it reads every row`
 */
export function whoWaits(
  statement: StatementTrace,
  relation: BaseRelation,
  evidence: Evidence,
  work: string,
): string {
  const object = nameOf(relation);
  const lock = strongest(locksOn(statement, relation.oid));
  const hidden = hiddenIn(statement);
  const subject = hidden === null ? 'The statement' : `Hidden in ${hidden}, the statement`;
  const seen = statement.source === 'observed' ? 'seen on the shadow' : 'as the Postgres manual says';
  const held =
    lock === undefined
      ? subject
      : lock.new
        ? `${subject} holds ${lockTitle(lock.mode)} on ${object} while`
        : `${subject} runs under ${lockTitle(lock.mode)} on ${object}, held since an earlier statement of the same transaction, while`;
  const waits = evidence.blocks.includes('reads')
    ? `every read and write of ${object} waits`
    : `every write to ${object} waits (reads go on)`;
  const sentence = lock === undefined ? `${subject}: ${work}` : `${held} ${work}`;
  return `${sentence} (${seen}), so ${waits} for a time that grows with the table.`;
}
