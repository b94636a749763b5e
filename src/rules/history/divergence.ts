import type { SchemaChange } from '../../catalog/model.ts';
import type { HistoryChange, HistoryChangeKind } from '../../history/change.ts';
import type { RuleContext } from '../rule.ts';
import { counted } from '../wording.ts';

/** The change that tells of the divergence: it is one fact, however many files brought it about. */
const tellers: readonly HistoryChangeKind[] = [
  'edited',
  'deleted',
  'renamed',
  'out-of-order',
  'duplicate-version',
  'edited-cosmetic',
];

export const teller = ({ historyChanges }: RuleContext): HistoryChange | undefined =>
  tellers.flatMap((kind) => historyChanges.filter((each) => each.kind === kind)).at(0);

/** Does a new database get another schema than production, or none at all? */
export const diverges = ({ divergence, freshFailure }: RuleContext): boolean =>
  divergence.length > 0 || freshFailure !== null;

/**
 * What a new database will have and production will not, in words; '' when they end in the same schema.
 * Only the first change in the order of their weight says it.
 */
export function divergenceSentence(context: RuleContext, change: HistoryChange): string {
  if (teller(context) !== change) return '';
  const { freshFailure } = context;
  return freshFailure === null ? differenceWords(context.divergence) : failureWords(freshFailure);
}

/** ` A new database cannot be built any more: …` */
export function failureWords({ migration, error }: NonNullable<RuleContext['freshFailure']>): string {
  const place = `${error.file ?? migration.file}:${error.line}`;
  return ` A new database cannot be built any more: ${place}: ${error.message.replace(/\.$/, '')}.`;
}

/** ` The schemas diverge: …` with the first three differences, '' where there are none. */
export function differenceWords(divergence: readonly SchemaChange[]): string {
  if (divergence.length === 0) return '';
  const said = divergence.slice(0, 3).map(inWords);
  const rest = divergence.length - said.length;
  const more = rest > 0 ? ` (and ${counted(rest, 'more difference')})` : '';
  return ` The schemas diverge: ${said.join('; ')}${more}.`;
}

/** `divergence` goes from the upgrade path (production) to the fresh path (a new database). */
function inWords(change: SchemaChange): string {
  const object = `${change.type.replaceAll('-', ' ')} ${change.name}`;
  switch (change.change) {
    case 'added':
      return `a new database will have ${object}, production will not`;
    case 'removed':
      return `production will have ${object}, a new database will not`;
    case 'renamed':
      return `production will call it ${change.previousName}, a new database ${object}`;
    case 'altered':
      return change.before !== null && change.after !== null && short(change.before) && short(change.after)
        ? `${object} will be "${change.before}" in production and "${change.after}" in a new database`
        : `${object} will differ between production and a new database`;
  }
}

const short = (definition: string): boolean => definition.length <= 80 && !definition.includes('\n');
