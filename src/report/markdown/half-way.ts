import { code, details, fence, prose } from '../escape.ts';
import type { MarkdownContext } from './context.ts';

/** What is when a deploy stops inside of a new migration, folded; nothing for those that the server takes back and the tool runs again. */
export function halfWay(context: MarkdownContext): string[] {
  const { report, detail } = context;
  const all = report.databases.flatMap(({ migrations }) =>
    migrations.flatMap(({ file, ifItFails }) => (ifItFails === undefined ? [] : [{ file, ...ifItFails }])),
  );
  const shown = all.slice(0, detail.items);
  if (shown.length === 0) return [];
  const parts = shown.map(({ file, leaves, next, commands }) =>
    [
      `${code(file)}: ${prose(leaves)} ${prose(next)}`,
      ...(commands.length === 0 ? [] : [fence('text', commands.join('\n'))]),
    ].join('\n\n'),
  );
  const left = all.length - shown.length;
  if (left > 0) parts.push(`_and ${left} more${context.elsewhere()}_`);
  return [details('If it fails half-way', parts.join('\n\n'), context.expand)];
}
