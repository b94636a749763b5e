import type { Migration, MigrationTool, OrderKey } from '../tool.ts';

/** By the place in the plan. */
export const order = (left: OrderKey, right: OrderKey): number => {
  const [a, b] = [left, right].map(({ version }) => Number.parseInt(version, 10));
  return (a ?? 0) - (b ?? 0);
};

/**
 * Every change of the plan carries the one before it in its id: what does not follow base's last change makes the plan
 * another one than the database knows.
 */
export const late = (added: readonly Migration[], base: readonly Migration[]): readonly Migration[] => {
  const last = base.at(-1)?.extra?.id;
  const [first] = [...added].sort(order);
  return first === undefined || first.extra?.parent === last ? [] : added;
};

/** A note, a date, a dependency or the order of lines that base has changed: the last one has another id. */
export const stopsAt: NonNullable<MigrationTool['stopsAt']> = (head, base) => {
  const ids = new Set(head.map(({ extra }) => extra?.id));
  const last = base.at(-1);
  if (last === undefined || ids.has(last.extra?.id ?? '')) return null;
  const changed = base.find(({ extra }) => !ids.has(extra?.id ?? '')) ?? last;
  const now = head.find(({ identity }) => identity === changed.identity);
  return {
    version: (now ?? changed).version,
    file: String((now ?? changed).extra?.plan),
    line: Number((now ?? changed).extra?.line),
    says: `Sqitch keeps the hash of each plan line and of all before it, and the line of ${changed.name} is not the one that was deployed: the deployment stops with "Cannot find change ${last.extra?.id} (${last.name}) in ${changed.extra?.plan}". Write the line as it was, in its place.`,
  };
};
