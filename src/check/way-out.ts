import type { Trees } from '../git/tree.ts';
import { findWayOut, type WayOut } from '../history/way-out.ts';
import type { Rehearsal } from '../run/rehearsal.ts';
import type { Migration, MigrationTool } from '../tools/tool.ts';
import type { Changes, Histories } from './changes.ts';

/** The way out of a changed history, tried where the shadow compared both paths. Null: nothing changed. */
export async function wayOutOf({
  tool,
  comparison,
  histories,
  trees,
  rehearsal,
  pending,
}: {
  readonly tool: MigrationTool;
  readonly comparison: Changes['comparison'];
  readonly histories: Histories;
  readonly trees: Trees;
  readonly rehearsal: Rehearsal | null;
  readonly pending: readonly Migration[];
}): Promise<WayOut | null> {
  if (comparison.changes.length === 0) return null;
  return findWayOut({
    tool,
    changes: comparison.changes,
    base: histories.base,
    head: histories.head,
    since: trees.since,
    paths:
      rehearsal?.fresh == null || rehearsal.divergence.length === 0
        ? null
        : {
            upgraded: rehearsal.after,
            fresh: rehearsal.fresh,
            tryAfter: (migration) => rehearsal.tryInstead([...pending, migration]),
          },
  });
}
