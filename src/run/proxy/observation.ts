import type { Node } from '@pgsql/types';
import type { Observation } from '../observe.ts';
import { runsCode } from '../pieces.ts';
import type { SessionState } from '../probe.ts';
import { proofsIn, shownNotices } from '../proofs.ts';
import { rowsWritten } from '../rows.ts';
import type { StatementTrace } from '../trace.ts';
import type { Draft, StatementObservation } from './record.ts';
import type { Heard } from './shade.ts';

export interface Seen {
  /** Statements that were looked at together. */
  readonly drafts: readonly Draft[];
  readonly node: Node | null;
  readonly seen: Observation & { readonly deaf: boolean };
  readonly heard: Heard;
  /** Under which they ran, and which they left. */
  readonly state: SessionState;
  readonly after: SessionState;
  readonly shared: boolean;
  readonly source: StatementTrace['source'];
}

/** What the tracer would say. */
export function traceOf({
  drafts,
  node,
  seen,
  heard,
  state,
  after,
  shared,
  source,
}: Seen): StatementObservation {
  const { written, ...observed } = seen;
  const tags = drafts.flatMap((draft) => draft.tags);
  return {
    ...observed,
    node,
    proofs: proofsIn(heard.notices),
    notices: drafts.flatMap((draft) => shownNotices(draft.notices)).slice(0, 20),
    inTransaction: shared,
    searchPath: state.searchPath,
    role: state.role,
    timeouts: runsCode(node) ? after.timeouts : state.timeouts,
    rowsWritten: rowsWritten({ node }, { tags }, written),
    source,
    orders: drafts.map(({ order }) => order),
  };
}
