import type { Oddity } from '../../tools/tool.ts';
import type { FindingDraft, RuleContext } from '../rule.ts';

/** A finding for each file of this kind that the pull request brings, in the tool's own words. */
export const oddityDraft = (
  { oddities = [] }: RuleContext,
  kind: Oddity['kind'],
  title: (file: string) => string,
): FindingDraft[] =>
  oddities
    .filter((oddity) => oddity.kind === kind)
    .map(({ file, says }) => ({
      migration: null,
      file,
      line: 1,
      endLine: 1,
      object: null,
      title: title(file),
      message: says,
      evidence: null,
      fix: null,
    }));
