import { settleCounters } from '../counters.ts';
import { documentedLocks } from '../documented-locks.ts';
import { placeLocks } from '../place-locks.ts';
import { probeIdle } from '../probe.ts';
import { proofsIn } from '../proofs.ts';
import { observeSettled, settledSince, standingNow } from '../standing.ts';
import type { Backend } from './backend.ts';
import type { Said } from './hearing.ts';
import type { Line } from './line.ts';
import { traceOf } from './observation.ts';
import type { Part } from './plan.ts';
import type { Transaction } from './transaction.ts';

/** What was there before a statement that must not be in a transaction. */
export type BeforeAlone = Awaited<ReturnType<typeof beforeAlone>>;

/** Reads what is there before a statement that must not be in a transaction: what it leaves behind is compared. */
export async function beforeAlone(
  { backend, watch, recorder }: Line,
  transaction: Transaction,
  { node, asksLevel }: Part,
) {
  const inside = backend.status === 'T';
  const state = await probeIdle(backend, watch.following.major, inside);
  const level = state.messages;
  const shade = asksLevel || level.startsWith('debug') ? null : { level };
  if (shade === null) await setLevel(backend, level, inside);
  const following = transaction.following ?? watch.following;
  const documented = node === null ? null : documentedLocks(node);
  const index = recorder.statements.length;
  const locks = documented === null ? [] : await placeLocks(backend, following, documented, index);
  await settleCounters(backend, following.major);
  return { shade, state, documented, locks, before: await standingNow(backend, inside) };
}

/** Compares what such a statement has left behind with what was there before. */
export async function afterAlone(
  { backend, watch }: Line,
  transaction: Transaction,
  { answer, status, heard }: Said,
  { node }: Part,
  { shade, state, documented, locks, before }: BeforeAlone,
): Promise<void> {
  await transaction.left(answer.drafts, status);
  const draft = answer.drafts.at(-1);
  if (status === 'E' || draft === undefined) return;
  const later = await probeIdle(backend, watch.following.major, status === 'T');
  const level = shade !== null && later.messages === 'debug1' ? shade.level : later.messages;
  await setLevel(backend, level, status === 'T');
  await settleCounters(backend, watch.following.major);
  const proofs = proofsIn(heard.notices);
  const deaf = documented === null && proofs.length === 0;
  const following = transaction.following ?? watch.following;
  const settled = await settledSince(backend, before, following);
  const seen = observeSettled(following, before, settled, { index: draft.order, node, proofs, deaf });
  watch.changed();
  draft.observation = traceOf({
    drafts: answer.drafts,
    node,
    seen: { ...seen, deaf, locks: locks.map((lock) => ({ ...lock, since: draft.order })) },
    heard,
    state,
    after: later,
    shared: false,
    source: documented === null ? 'unknown' : 'documented',
  });
}

async function setLevel(backend: Backend, level: string, inside: boolean): Promise<void> {
  await backend.query(`SELECT pg_catalog.set_config('client_min_messages', $1, ${inside})`, [level]);
}
