import type { Place } from './errors.ts';

/** Where something stands; asked only when somebody wants to know, since lines cost a look at the whole text. */
type Where = () => Place | undefined;

/** What is being run, oldest first: two servers may each be running something. */
const running = new Set<Where>();
let last: Where | null = null;

/** Does work that a place of the repository asks for. Should the run have to be ended meanwhile, that is where it stood. */
export async function underWay<T>(where: Where, work: () => Promise<T>): Promise<T> {
  const mine: Where = () => where();
  running.add(mine);
  try {
    return await work();
  } finally {
    running.delete(mine);
    last = mine;
  }
}

/**
 * Where the work stands that has been going on longest; with none under way, what was run last in this step.
 *
 * @param of `one`: only one of them is meant, and it cannot be told which; so there is no place where files differ
 */
export function placeUnderWay(of: 'all' | 'one' = 'all'): Place | undefined {
  const [oldest = last] = running;
  const place = oldest?.();
  const others = of === 'all' ? [] : [...running].slice(1);
  return others.every((where) => where()?.file === place?.file) ? place : undefined;
}

/** Something else is begun: what was run last is not where it stands. */
export function beginStep(): void {
  last = null;
}

/** A run begins that has done nothing yet. */
export function forgetUnderWay(): void {
  running.clear();
  last = null;
}
