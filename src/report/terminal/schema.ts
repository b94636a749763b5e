import type { SchemaChange } from '../../catalog/model.ts';
import { changeCounts } from '../change-counts.ts';
import { indent, wrap } from '../columns.ts';
import { plural } from '../headline.ts';
import { impactLines } from '../impact.ts';
import type { DatabaseReport } from '../model.ts';
import { clip, visible, visibleLine } from '../visible.ts';
import { diffLines, paintDiff, type TerminalContext } from './context.ts';

const mostImpacts = 20;

/** What the changes do to the running version, at most twenty lines. */
function impacts(changes: readonly SchemaChange[], width: number): string[] {
  const lines = impactLines(changes);
  const left = lines.length - mostImpacts;
  return [
    ...lines.slice(0, mostImpacts).flatMap(({ name, what, impact, why }) => {
      const [first = '', ...rest] = wrap(
        `${visibleLine(name, 120)} ${what} (${impact}): ${visibleLine(why, 300)}`,
        width - 4,
      );
      return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
    }),
    ...(left > 0 ? [`  - and ${left} more`] : []),
  ];
}

/** What changed in the schema, and for whom. */
export function schemaDiff({ report, colors, width }: TerminalContext, database: DatabaseReport): string[] {
  const { schemaChanges, schemaDiff: objects } = database;
  if (schemaChanges.length === 0 && objects.length === 0) return [];
  const of = report.databases.length > 1 ? ` of ${visibleLine(database.name, 60)}` : '';
  const text = objects
    .map(({ object, diff }) => `@@ ${visibleLine(object, 200)} @@\n${visible(diff).trimEnd()}`)
    .join('\n');
  return [
    [
      colors.bold(`Schema diff${of}: ${changeCounts(schemaChanges, objects.length)}`),
      ...impacts(schemaChanges, width),
      ...(text === '' ? [] : indent(clip(text, diffLines), 2).map((line) => paintDiff(colors, line))),
    ].join('\n'),
  ];
}

/** In what a new database would differ from one that was upgraded. */
export function divergence({ colors }: TerminalContext, database: DatabaseReport): string[] {
  const { divergence: changes } = database;
  if (changes.length === 0) return [];
  const lines = changes.slice(0, 20).flatMap(({ type, name, before, after }) => [
    `@@ ${visibleLine(`${type} ${name}`, 200)} @@`,
    ...(before === null
      ? []
      : visible(before)
          .split('\n')
          .map((line) => `- ${line}`)),
    ...(after === null
      ? []
      : visible(after)
          .split('\n')
          .map((line) => `+ ${line}`)),
  ]);
  return [
    [
      colors.bold(`A fresh database would end in another schema: ${plural(changes.length, 'difference')}`),
      colors.dim(
        '  - a database that follows base and gets this change, + one that ran all files from the start',
      ),
      ...indent(clip(lines.join('\n'), diffLines), 2).map((line) => paintDiff(colors, line)),
    ].join('\n'),
  ];
}
