import type { Node } from '@pgsql/types';
import { fingerprintSync } from 'libpg-query';
import type { ParsedStatement } from '../sql/parse.ts';
import type { Outcome } from './session.ts';
import { taggedRows } from './tags.ts';
import type { AlikeStatements } from './trace.ts';

/** From this many statements of one kind on one relation only the first and the last are observed. */
export const alikeLimit = 1_000;

export type DmlKind = AlikeStatements['kind'];

/** What makes data statements alike: their kind, the relation, and for all but plain INSERTs their shape. */
export interface Likeness {
  readonly kind: DmlKind;
  /** As written. */
  readonly relation: string;
  readonly key: string;
}

const kinds: readonly (readonly [string, DmlKind])[] = [
  ['InsertStmt', 'INSERT'],
  ['UpdateStmt', 'UPDATE'],
  ['DeleteStmt', 'DELETE'],
  ['MergeStmt', 'MERGE'],
];

type DmlStatement = {
  readonly relation?: { readonly schemaname?: string; readonly relname?: string };
  readonly selectStmt?: Node;
};

/** Null for what is no data statement. */
export function likeness({ node, sql }: Pick<ParsedStatement, 'node' | 'sql'>): Likeness | null {
  for (const [type, kind] of kinds) {
    if (!(type in node)) continue;
    const statement = (node as Record<string, DmlStatement>)[type];
    const { schemaname, relname = '' } = statement?.relation ?? {};
    const relation = schemaname ? `${schemaname}.${relname}` : relname;
    // Constants aside, statements of one fingerprint are the same. Seeds are many and simple.
    const shape = isPlainInsert(statement) ? '' : fingerprintSync(sql);
    return { kind, relation, key: `${kind} ${relation} ${shape}` };
  }
  return null;
}

function isPlainInsert(statement: DmlStatement | undefined): boolean {
  const source = statement?.selectStmt;
  return source !== undefined && 'SelectStmt' in source && source.SelectStmt.valuesLists !== undefined;
}

/** Counts what was not observed, until the last of its kind is. */
export class Tally {
  private readonly groups = new Map<
    Likeness,
    { count: number; firstLine: number; lastLine: number; rows: number; ms: number }
  >();

  add(like: Likeness, { line }: { readonly line: number }, { tags, durationMs }: Outcome): void {
    const group = this.groups.get(like) ?? { count: 0, firstLine: line, lastLine: line, rows: 0, ms: 0 };
    this.groups.set(like, group);
    group.count += 1;
    group.lastLine = line;
    group.rows += taggedRows(tags) ?? 0;
    group.ms += durationMs;
  }

  /** What has been counted of a kind and not been taken yet. */
  take(like: Likeness | null): { readonly rows: number; readonly ms: number } {
    const group = like === null ? undefined : this.groups.get(like);
    if (group === undefined) return { rows: 0, ms: 0 };
    const { rows, ms } = group;
    group.rows = 0;
    group.ms = 0;
    return { rows, ms };
  }

  statements(): AlikeStatements[] {
    return [...this.groups].map(([{ kind, relation }, { count, firstLine, lastLine }]) => ({
      kind,
      relation,
      count,
      firstLine,
      lastLine,
    }));
  }
}
