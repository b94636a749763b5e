import type { Use } from '../uses/use.ts';
import type { FindingDraft, RuleContext } from './rule.ts';
import { counted } from './wording.ts';

/** So many lines are shown with a finding. */
const most = 10;

/**
 * The finding with the lines that still name what goes. Where base, the version that runs while the migration
 * is applied, likely uses it, the finding is an error: removing the code in the same pull request does not help.
 *
 * @param objects base's unquoted names: `public.users`, `public.users.email`
 * @param keeps the old name stays available, so that the uses are shown and raise nothing
 */
export function withUses(
  context: RuleContext,
  draft: FindingDraft,
  objects: readonly string[],
  options: { readonly what: string; readonly keeps?: boolean },
): FindingDraft {
  const found = objects.flatMap((object) => context.uses?.(object) ?? []);
  if (found.length === 0) return draft;
  const likely = found.filter((use) => use.likely && use.inBase);
  const uses = [...found.filter((use) => use.likely), ...found.filter((use) => !use.likely)]
    .slice(0, most)
    .map(({ file, line, text, tree }) => ({ file, line, text, tree }));
  if (likely.length === 0 || options.keeps === true) return { ...draft, uses };
  return {
    ...draft,
    severity: 'error',
    message: `${draft.message} ${says(objects, likely)} ${options.what}`,
    uses,
  };
}

function says(objects: readonly string[], likely: readonly Use[]): string {
  const [first = ''] = objects;
  // A table keeps its schema: a bare word would read as one of the sentence.
  const name = objects.length === 1 ? first.split('.').slice(-2).join('.') : 'one of them';
  const gone = likely.filter(({ tree }) => tree === 'base').length;
  const where =
    gone === 0
      ? ', and this pull request leaves them there'
      : gone === likely.length
        ? '; this pull request removes them, but the version without them is deployed only later'
        : `, of which this pull request leaves ${likely.length - gone}`;
  return `Base's code, which runs while the migration is applied, names ${name} or looks like it in ${counted(likely.length, 'line')}${where}.`;
}
