/** The best of so many. */
export const rounds = 3;

export const seconds = (ms: number): string => (ms / 1_000).toFixed(2);

/** Milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The best time of each, taking turns. */
export async function best<Name extends string>(
  sides: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number>> {
  const times = Object.fromEntries(Object.keys(sides).map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries<() => Promise<number>>(sides))
      times[name] = Math.min(times[name] ?? 0, await run());
  }
  return times as Record<Name, number>;
}
