import { z } from 'zod';

/** One thing that a snapshot of version 1.0 names. */
export type Entity = Readonly<Record<string, unknown>> & { readonly entityType: string };

const entity = z.looseObject({ entityType: z.string() });
const whole = z.object({ ddl: z.array(entity) });
const differing = z.object({
  type: z.literal('diff'),
  deltas: z.array(
    z.union([
      z.object({ op: z.literal('create'), row: entity }),
      z.object({ op: z.literal('drop'), key: z.string() }),
      z.object({ op: z.literal('alter'), key: z.string(), set: z.record(z.string(), z.unknown()) }),
      z.object({ op: z.literal('rename') }),
    ]),
  ),
});

/**
 * All that the last of these snapshots declares: up to version 8 it says it itself, from 9 on it says what it changes in
 * the ones before it. Null: it changes names, which is not followed here.
 *
 * @param snapshots in the order of their migrations
 * @throws z.ZodError where one of them is none
 */
export function stateOf(snapshots: readonly unknown[]): readonly Entity[] | null {
  const last = snapshots.findLastIndex((snapshot) => !differing.safeParse(snapshot).success);
  const { ddl } = whole.parse(snapshots[last]);
  const state = new Map<string, Entity>(ddl.map((each) => [keyOf(each), each]));
  for (const snapshot of snapshots.slice(last + 1)) {
    for (const delta of differing.parse(snapshot).deltas) {
      if (delta.op === 'rename') return null;
      if (delta.op === 'create') state.set(keyOf(delta.row), delta.row);
      else if (delta.op === 'drop') state.delete(delta.key);
      else {
        const before = state.get(delta.key);
        if (before !== undefined) state.set(delta.key, { ...before, ...delta.set });
      }
    }
  }
  return [...state.values()];
}

/** As a delta names it. */
const keyOf = ({ entityType, schema, table, name }: Entity): string =>
  `${entityType}\0${JSON.stringify([schema, table, name].filter((part) => typeof part === 'string'))}`;
