import { capital, oldNameAnswers } from './impact.ts';
import { at, hiddenIn, nameOf, places } from './observed.ts';
import type { FindingDraft, RuleContext } from './rule.ts';
import { withUses } from './uses.ts';

/**
 * Renames of what base has that no statement's text tells of: they happened inside a DO block or a function. The
 * catalogs know them by oid.
 *
 * @param told objects (by base's name) that a finding is about already
 */
export function hiddenRenames(
  context: RuleContext,
  type: 'table' | 'column',
  told: ReadonlySet<string | null>,
): FindingDraft[] {
  return context.schemaChanges.flatMap((change): FindingDraft[] => {
    const { previousName: old, name } = change;
    if (change.change !== 'renamed' || change.type !== type || old === null || told.has(old)) return [];
    for (const place of places(context)) {
      const hidden = hiddenIn(place.statement);
      const lock = place.statement.locks.find(
        (each) =>
          each.new &&
          each.mode === 'AccessExclusiveLock' &&
          (type === 'table' ? old === nameOf(each) : old.startsWith(`${nameOf(each)}.`)),
      );
      if (hidden === null || lock === undefined) continue;
      const stays = oldNameAnswers(context, [type], old);
      const finding: FindingDraft = {
        ...at(place),
        object: old,
        ...(stays ? { severity: 'notice' as const } : {}),
        title: `${capital(hidden)} renames ${old} to ${name}${stays ? '; the old name stays available' : ', which breaks the version that is still running'}`,
        message: stays
          ? 'Queries of the version that is still running find the old name. Check that they can write through it too.'
          : `Its queries name ${old} and fail from the moment of the rename until the new version runs everywhere. Leave the old name available for the time of the rollout: a view for a table, a second column for a column.`,
        evidence: { lock: lock.mode, blocks: ['reads', 'writes'], scan: false, rewrite: false },
        fix: null,
      };
      return [
        withUses(context, finding, [old], {
          what: 'Keep the old name until no running version uses it.',
          keeps: stays,
        }),
      ];
    }
    return [];
  });
}
