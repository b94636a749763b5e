import { structuredPatch } from 'diff';
import { compareText } from './catalog.ts';
import { containerText } from './ddl.ts';
import { compared } from './differences.ts';
import type { Catalog, CatalogObject } from './model.ts';
import type { PairBy } from './pairing.ts';
import { sharedText } from './shared-text.ts';

/** A changed table, view, type …, and a unified diff of its canonical DDL without file headers. */
export interface ObjectDiff {
  readonly object: string;
  readonly diff: string;
}

/**
 * The differences of two catalogs as text: one entry for each table, view, type … that changed or that a
 * changed part belongs to, ordered by name; a GRANT for many tables is one line of the last entry. A hunk that does not begin at the first line has a `@@` line.
 */
export function schemaDiff(before: Catalog, after: Catalog, by: PairBy): ObjectDiff[] {
  const { pairing, differences: all } = compared(before, after, by);
  const changed = new Map<string, { old: CatalogObject | undefined; now: CatalogObject | undefined }>();
  const { together, diff: shared } = sharedText(all);
  for (const difference of all) {
    if (together.has(difference)) continue;
    const oldPart = difference.before;
    const nowPart = difference.after;
    const old = oldPart && before.byIdentity(oldPart.containerIdentity);
    const now = nowPart && after.byIdentity(nowPart.containerIdentity);
    const oldPair = old && pairing.afterOf(old);
    const nowPair = now && pairing.beforeOf(now);
    // A sequence that changes hands is shown in both texts.
    if (old !== undefined) changed.set(key(old, oldPair), { old, now: oldPair });
    if (now !== undefined) changed.set(key(nowPair, now), { old: nowPair, now });
  }
  const texts = [...changed.values()]
    .map(({ old, now }) => ({
      object: (now ?? old)?.container ?? '',
      diff: unified(
        old === undefined
          ? ''
          : containerText(before, old, {
              laterName: now?.text.sqlName,
              mark: (part) => (pairing.afterOf(part) === undefined ? goneMark : ''),
            }),
        now === undefined
          ? ''
          : containerText(after, now, {
              mark: (part) => (pairing.beforeOf(part) === undefined ? newMark : ''),
            }),
      ),
    }))
    .filter((entry) => entry.diff !== '')
    .sort((a, b) => compareText(a.object, b.object));
  return shared === '' ? texts : [...texts, { object: 'privileges and owners', diff: shared }];
}

// A column that was dropped and added again has the same text on both sides and is not the same column: the
// marks make its two lines differ. NUL is in no text of Postgres.
const goneMark = '\0-';
const newMark = '\0+';
const withoutMarks = (line: string): string => line.replace(goneMark, '').replace(newMark, '');

const key = (old: CatalogObject | undefined, now: CatalogObject | undefined): string =>
  `${old?.identity ?? ''}\0${now?.identity ?? ''}`;

/** More changed lines than this are shown as replaced: the search for the shortest diff is quadratic in them. */
const longestSearch = 4000;

function unified(before: string, after: string): string {
  const ended = (text: string): string => (text === '' ? '' : `${text}\n`);
  const patch = structuredPatch('', '', ended(before), ended(after), '', '', {
    context: 3,
    maxEditLength: longestSearch,
  });
  if (patch === undefined || before === '' || after === '') {
    const marked = (text: string, sign: string): string[] =>
      text === '' ? [] : text.split('\n').map((line) => sign + line);
    return [...marked(before, '-'), ...marked(after, '+')].map(withoutMarks).join('\n');
  }
  const title = after.split('\n', 1)[0] ?? '';
  return patch.hunks
    .flatMap((hunk) => {
      const lines = hunk.lines.filter((line) => !line.startsWith('\\')).map(withoutMarks);
      if (hunk.oldStart <= 1 && hunk.newStart <= 1) return lines;
      return [
        `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@ ${title}`,
        ...lines,
      ];
    })
    .join('\n');
}
