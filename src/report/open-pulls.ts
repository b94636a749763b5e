import { plural, sentence } from './headline.ts';
import type { OpenPullRequestsReport, OtherPullRequest } from './model.ts';

/** Do the two not get on? */
export const isInTheWay = ({ collisions, orders }: OtherPullRequest): boolean =>
  collisions.length > 0 || orders.outcome === 'differ' || orders.outcome === 'fails';

/** `Other open pull requests: 2 of 5 are in the way of this one`. */
export function openPullsTitle({ others }: OpenPullRequestsReport): string {
  const names = (of: readonly OtherPullRequest[]): number => new Set(of.map(({ name }) => name)).size;
  const [inTheWay, all] = [names(others.filter(isInTheWay)), names(others)];
  if (all === 0) return 'Other open pull requests: none was compared';
  if (inTheWay === 0) return `Other open pull requests: none of ${all} is in the way of this one`;
  return `Other open pull requests: ${inTheWay} of ${all} ${inTheWay === 1 ? 'is' : 'are'} in the way of this one`;
}

/** How the ways of deploying both ended, as one sentence. */
export function ordersSay({ name, orders }: OtherPullRequest): string {
  switch (orders.outcome) {
    case 'same':
      return 'Both orders give the same schema.';
    case 'not-tried':
      return `Whether both orders give the same schema was not tried: ${orders.why}`;
    case 'differ':
      return `The order decides the schema, in ${plural(orders.differences.length, 'place')}. Lines with \`-\` are what there is when this pull request is deployed first, lines with \`+\` when ${name} is.`;
    case 'fails':
      return orders.failures.length === 2
        ? 'In either order the second one fails.'
        : `It fails when ${orders.failures[0]?.first === 'this' ? 'this pull request' : name} is deployed first.`;
  }
}

/** `After this pull request, migrations/2.sql:1 of #12 fails`; `show` makes text of the pull requests the output's own. */
export function failureTitle(
  { name }: OtherPullRequest,
  { first, file, line }: { readonly first: 'this' | 'other'; readonly file: string; readonly line: number },
  show: (text: string) => string,
): string {
  const where = show(`${file}:${line}`);
  return first === 'this'
    ? `After this pull request, ${where} of ${show(name)} fails`
    : `After ${show(name)}, ${where} of this pull request fails`;
}

/** The names of those that are in nobody's way, by what was tried, as sentences. */
export function quietOnes(others: readonly OtherPullRequest[], name: (text: string) => string): string[] {
  const quiet = others.filter((other) => !isInTheWay(other));
  const same = [...new Set(quiet.filter(({ orders }) => orders.outcome === 'same').map((one) => one.name))];
  return same.length === 0
    ? []
    : [`${sentence(same.map(name))}: no collision, and both orders give the same schema.`];
}
