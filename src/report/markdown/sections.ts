import type { SchemaChange } from '../../catalog/model.ts';
import { changeCounts } from '../change-counts.ts';
import { code, details, fence, prose } from '../escape.ts';
import { plural, sentence } from '../headline.ts';
import { impactLines } from '../impact.ts';
import { clip, shorten, visibleLine } from '../visible.ts';
import type { MarkdownContext } from './context.ts';

/** The schema diff of every database, folded. */
export function schemaDiff(context: MarkdownContext): string[] {
  const { report, detail } = context;
  const several = report.databases.length > 1;
  return report.databases.flatMap((database) => {
    const { schemaChanges, schemaDiff: objects } = database;
    if (schemaChanges.length === 0 && objects.length === 0) return [];
    const summary = `Schema diff${several ? ` of ${database.name}` : ''}: ${changeCounts(schemaChanges, objects.length)}`;
    const lines = objects.reduce((sum, { diff }) => sum + diff.trimEnd().split('\n').length, 0);
    if (detail.diffLines === 0) {
      return [`_${prose(summary)} (${plural(lines, 'line')} left out for length${context.elsewhere()})_`];
    }
    const text = objects
      .map(
        ({ object, diff }) => `@@ ${visibleLine(object, 200)} @@\n${clip(diff.trimEnd(), detail.diffLines)}`,
      )
      .join('\n');
    const shortened = objects.some(({ diff }) => diff.trimEnd().split('\n').length > detail.diffLines);
    const body = [
      ...losses(schemaChanges),
      ...impacts(schemaChanges, detail.items),
      ...(text === '' ? [] : [fence('diff', text)]),
      ...(shortened ? [`_Long parts are shortened${context.elsewhere()}_`] : []),
    ];
    return [details(summary, body.join('\n\n'), context.expand)];
  });
}

/** The changed tables as a diagram, folded. */
export function diagrams(context: MarkdownContext): string[] {
  const { report, detail } = context;
  if (!detail.diagram) return [];
  const several = report.databases.length > 1;
  return report.databases.flatMap(({ name, erDiagram }) =>
    erDiagram === undefined
      ? []
      : [
          details(
            `Changed tables as a diagram${several ? ` of ${name}` : ''}`,
            fence('mermaid', erDiagram),
            context.expand,
          ),
        ],
  );
}

/** Where a fresh database would differ from one that was migrated step by step. */
export function divergence(context: MarkdownContext): string[] {
  const { report, detail } = context;
  return report.databases.flatMap((database) => {
    const changes = database.divergence;
    if (changes.length === 0) return [];
    const text = changes
      .slice(0, Math.max(1, detail.items))
      .flatMap(({ type, name, before, after }) => [
        `@@ ${visibleLine(`${type} ${name}`, 200)} @@`,
        ...marked('-', before),
        ...marked('+', after),
      ])
      .join('\n');
    const left = changes.length - Math.max(1, detail.items);
    return [
      details(
        `A fresh database would end in another schema: ${plural(changes.length, 'difference')} (${differing(changes)})`,
        [
          'Lines with `-` are what a database has that follows the base branch and gets this pull request; lines with `+` are what one has that ran all files from the start.',
          fence('diff', text),
          ...(left > 0 ? [`_and ${left} more${context.elsewhere()}_`] : []),
        ].join('\n\n'),
        context.expand,
      ),
    ];
  });
}

/** What is different, so that a reviewer need not open it to know. */
function differing(changes: readonly SchemaChange[]): string {
  const names = changes.slice(0, 3).map(({ name }) => shorten(visibleLine(name), 60));
  const left = changes.length - names.length;
  return sentence(left > 0 ? [...names, `${left} more`] : names);
}

/** Notes of the run and what it did not look at. */
export function coverage(context: MarkdownContext): string[] {
  const { notes, notChecked } = context.report;
  const items = (sentences: readonly string[]): string => {
    const most = Math.max(5, Math.min(50, context.detail.items));
    const left = sentences.length - most;
    return [
      ...sentences.slice(0, most).map((note) => `- ${prose(note, [], 600)}`),
      ...(left > 0 ? [`- _and ${left} more_`] : []),
    ].join('\n');
  };
  return [
    ...(notes.length === 0 ? [] : [details(`Notes (${notes.length})`, items(notes), context.expand)]),
    ...(notChecked.length === 0 ? [] : [details('What was not checked', items(notChecked), context.expand)]),
  ];
}

/** What the changes do to the running version. */
function impacts(changes: readonly SchemaChange[], most: number): string[] {
  const lines = impactLines(changes);
  if (lines.length === 0) return [];
  const left = lines.length - most;
  return [
    [
      ...lines
        .slice(0, most)
        .map(({ name, what, impact, why }) => `- ${code(name)} ${what} (${impact}): ${prose(why)}`),
      ...(left > 0 ? [`- _and ${left} more_`] : []),
    ].join('\n'),
  ];
}

function losses(changes: readonly SchemaChange[]): string[] {
  const lost = changes.filter(({ dataLoss }) => dataLoss);
  if (lost.length === 0) return [];
  const names = lost.slice(0, 5).map(({ name, previousName }) => code(previousName ?? name));
  const rest = lost.length > 5 ? [`${lost.length - 5} more`] : [];
  return [`🗑️ Data is lost with ${sentence([...names, ...rest])}.`];
}

function marked(sign: '-' | '+', text: string | null): string[] {
  return text === null
    ? []
    : clip(text, 10)
        .split('\n')
        .map((line) => `${sign} ${line}`);
}
