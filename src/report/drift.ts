import { createColors } from 'picocolors';
import type { SchemaChange } from '../catalog/model.ts';
import { changeCounts } from './change-counts.ts';
import { indent, wrap } from './columns.ts';
import { clip, visible, visibleLine } from './visible.ts';

/** One of two databases in use. */
interface Side {
  /** `host:port/database` */
  readonly title: string;
  /** `17.10` */
  readonly version: string;
}

/** Longer diffs are for the JSON. */
const diffLines = 2_000;

/** What two databases differ in, for a person at a terminal. */
export function driftText(
  drift: {
    readonly a: Side;
    readonly b: Side;
    readonly schemaChanges: readonly SchemaChange[];
    readonly schemaDiff: readonly { readonly object: string; readonly diff: string }[];
    /** Phrases: `2 casts of localhost:5432/app`. */
    readonly notCompared: readonly string[];
  },
  options: { readonly color: boolean; readonly width?: number | undefined },
): string {
  const colors = createColors(options.color);
  const width = Math.max(40, Math.min(options.width ?? 100, 120));
  const { schemaChanges, schemaDiff } = drift;
  const side = ({ title, version }: Side): string => visibleLine(`${title} (PostgreSQL ${version})`, 200);
  const same = schemaChanges.length === 0 && schemaDiff.length === 0;
  const lines = schemaDiff
    .map(({ object, diff }) => `@@ ${visibleLine(object, 200)} @@\n${visible(diff).trimEnd()}`)
    .join('\n');
  const paint = (line: string): string => {
    const text = line.trimStart();
    if (text.startsWith('@@')) return colors.cyan(line);
    if (text.startsWith('+')) return colors.green(line);
    return text.startsWith('-') ? colors.red(line) : line;
  };
  const parts = [
    [colors.red(`- ${side(drift.a)}`), colors.green(`+ ${side(drift.b)}`)].join('\n'),
    ...(same
      ? []
      : [
          [
            colors.bold(
              `Schema diff: ${changeCounts(schemaChanges, schemaDiff.length).replace(/ \(\d+ breaking\)$/, '')}`,
            ),
            ...indent(clip(lines, diffLines), 2).map(paint),
          ].join('\n'),
        ]),
    ...(drift.notCompared.length === 0
      ? []
      : wrap(
          `Not compared: ${drift.notCompared.map((phrase) => visibleLine(phrase, 200)).join(', ')}.`,
          width,
        ).map(colors.dim)),
    same
      ? colors.bold(colors.green('✓ The schemas are the same'))
      : colors.bold(colors.red('✗ The schemas differ')),
  ];
  return `${parts.join('\n\n')}\n`;
}
