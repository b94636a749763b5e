import type { SchemaChange } from '../../catalog/model.ts';
import type { HistoryChange, HistoryChangeKind } from '../../history/change.ts';
import type { RuleContext } from '../rule.ts';
import { counted, listed } from '../wording.ts';

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

/** Was it tried, and do both ways end in the same schema? */
export const provedEqual = (context: RuleContext): boolean => context.compared === true && !diverges(context);

/** ` The schemas diverge: …` with the first differences, '' where there are none. */
export function differenceWords(divergence: readonly SchemaChange[]): string {
  if (divergence.length === 0) return '';
  const gone = together(divergence.filter(({ change }) => change === 'removed'));
  const come = together(divergence.filter(({ change }) => change === 'added'));
  const rest = divergence.filter(({ change }) => change === 'altered' || change === 'renamed');
  const shown = rest.slice(0, named).filter((change) => !isLong(change));
  const other = together(rest.slice(0, named).filter(isLong));
  const told = [
    ...(gone === '' ? [] : [`production will have ${gone}, a new database will not`]),
    ...(come === '' ? [] : [`a new database will have ${come}, production will not`]),
    ...shown.map(inWords),
    ...(other === '' ? [] : [`${other} will differ between production and a new database`]),
  ];
  const more = rest.length > named ? ` (and ${counted(rest.length - named, 'more difference')})` : '';
  return ` The schemas diverge: ${told.join('; ')}${more}.`;
}

/** So many are named of what is only here, only there, and on both sides in another way. */
const named = 3;

/** `table public.a, columns public.b.c and public.b.d (and 4 more)`; '' where there is none. */
function together(those: readonly SchemaChange[]): string {
  const shown = those.slice(0, named);
  const kinds = [...new Set(shown.map(({ type }) => type))];
  const phrases = kinds.map((kind) => {
    const names = shown.flatMap(({ type, name }) => (type === kind ? [name] : []));
    return `${names.length === 1 ? kind.replaceAll('-', ' ') : plural(kind)} ${listed(names)}`;
  });
  return `${listed(phrases)}${those.length > named ? ` (and ${those.length - named} more)` : ''}`;
}

const plural = (kind: string): string => {
  const word = kind.replaceAll('-', ' ');
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : word.endsWith('x') ? `${word}es` : `${word}s`;
};

/** `divergence` goes from the upgrade path (production) to the fresh path (a new database). */
function inWords(change: SchemaChange): string {
  const object = `${change.type.replaceAll('-', ' ')} ${change.name}`;
  if (change.change === 'renamed') {
    return `production will call it ${change.previousName}, a new database ${object}`;
  }
  if (change.orderOnly === true) return `only the order of the columns of ${object} will differ`;
  return `${object} will be "${change.before}" in production and "${change.after}" in a new database`;
}

/** More than a sentence can show. */
const isLong = ({ change, orderOnly, before, after }: SchemaChange): boolean =>
  change === 'altered' && orderOnly !== true && !(isShort(before) && isShort(after));

const isShort = (definition: string | null): boolean =>
  definition !== null && definition.length <= 80 && !definition.includes('\n');
