import type { Tree } from '../../git/tree.ts';
import { callers } from '../reading/callers.ts';
import type { HistoryBehaviour } from '../tool.ts';

/** How a project calls goose. */
export interface GooseSettings {
  readonly table: string;
  readonly allowMissing: boolean;
  /** For `ENVSUB` parts. */
  readonly variables: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/** How the project calls goose, as far as its build files, scripts and Go code say it in plain text. */
export async function gooseSettings(
  tree: Tree,
  placeholders: Readonly<Record<string, string>>,
  outOfOrder: boolean | null,
): Promise<GooseSettings> {
  const tables = new Set<string>();
  let allows: string | null = null;
  for (const [file, text] of await callers(tree)) {
    if (!/goose/i.test(text)) continue;
    for (const match of text.matchAll(
      /goose\.(?:SetTableName|WithTableName)\(\s*"([\w.]+)"|GOOSE_TABLE\s*[=:]\s*["']?([\w.]+)|\bgoose\b[^\n]*\s-table[ =]["']?([\w.]+)/g,
    )) {
      tables.add(match[1] ?? match[2] ?? match[3] ?? '');
    }
    const missing =
      /goose\.(?:WithAllowMissing\(\)|WithAllowOutofOrder\(true\))|\bgoose\b[^\n]*\s-allow-missing\b(?!=f)/.test(
        text,
      );
    if (missing) allows ??= file;
  }
  const [table] = tables;
  return {
    table: tables.size === 1 && table !== undefined ? table : 'goose_db_version',
    allowMissing: outOfOrder ?? allows !== null,
    variables: placeholders,
    notes:
      outOfOrder === null && allows !== null ? [`${allows} calls goose so that late migrations run.`] : [],
  };
}

/** What goose does at the next deploy when history changed. */
export const gooseBehaviour = (allowMissing: boolean): HistoryBehaviour => ({
  edited: {
    does: 'ignores',
    says: 'goose keeps numbers and no checksums: databases that ran the old text keep what it made, new ones get the new text, and nothing says that they differ.',
  },
  deleted: {
    does: 'ignores',
    says: 'goose does not miss a file that it has run: databases that ran it keep what it made, new ones never get it, and a later `goose down` stops at it.',
  },
  renamed: {
    does: 'ignores',
    says: 'goose goes by the number alone: under the same number it notices nothing, under another one it takes the file for a new migration.',
  },
  outOfOrder: allowMissing
    ? {
        does: 'runs',
        says: 'goose is called so that missing migrations are allowed: it runs this one after those that were meant to follow it, while a new database gets it before them.',
      }
    : {
        does: 'refuses',
        says: 'goose stops at the next deploy before it runs anything: "found 1 missing migrations before current version …" (a Provider says "detected 1 missing (out-of-order) migration"), unless it is called with -allow-missing.',
      },
  duplicateVersion: {
    does: 'refuses',
    says: 'goose stops at the next deploy before it runs anything: "duplicate version … detected" (a Provider says "found duplicate migration version").',
    legal: false,
  },
});
