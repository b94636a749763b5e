import { withoutComments } from '../../sql/source-comments.ts';
import { assignedSpan } from '../reading/python.ts';
import type { Migration } from '../tool.ts';

/**
 * Tells each migration that a squashed one of the same tree replaces by which, and what a migration does apart from its ties:
 * when the replaced files are deleted, `replaces` goes and those that depended on them name the squashed one.
 */
export function withReplacements(migrations: readonly Migration[]): Migration[] {
  const by = new Map<string, string>();
  for (const { identity, extra } of migrations) {
    for (const replaced of String(extra?.squashes ?? '').split(' '))
      if (replaced !== '') by.set(replaced, identity);
  }
  return migrations.map((migration) => {
    const replacedBy = by.get(migration.identity);
    const effect = effectOf(migration.bytes.toString('utf8'), by);
    return { ...migration, effect, ...(replacedBy === undefined ? {} : { replacedBy }) };
  });
}

/** The text without `replaces`, and with the dependencies in an order and under names of their own. */
function effectOf(text: string, by: ReadonlyMap<string, string>): string {
  const kept = cut(text, 'replaces', () => '');
  return cut(kept, 'dependencies', (expression) => {
    const tuple = /\(\s*["'](\w+)["']\s*,\s*["'](\w+)["']\s*,?\s*\)/g;
    const list = withoutComments(expression, 'python');
    const names = [...list.matchAll(tuple)].map(([, app, name]) => `${app}.${name}`);
    const others = list.replace(tuple, '').replace(/[\s,[\]]+/g, ' ');
    const known = new Set(names.map((name) => by.get(name) ?? name));
    return `dependencies ${[...known].sort().join(' ')}${others}`;
  });
}

/** A list of which is known that it does nothing else, with comments in which nothing can stand for the end of a line. */
const plainList =
  /^\[(?:[\s,]|#[^\n\r\\+]*\r?\n|\(\s*["']\w+["']\s*,\s*["']\w+["']\s*,?\s*\)|migrations\.swappable_dependency\([\w.]+\))*\][ \t]*(?:#[^\n\r\\+]*)?\r?$/;

function cut(code: string, name: string, instead: (expression: string) => string): string {
  const span = assignedSpan(code, name, '[ \\t]+');
  if (span === null) return code;
  const expression = code.slice(span.from, span.end);
  if (!plainList.test(expression)) return code;
  return code.slice(0, span.start) + instead(expression) + code.slice(span.end);
}
