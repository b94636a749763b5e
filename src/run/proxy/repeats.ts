import { alikeLimit, likeness } from '../alike.ts';
import type { Plan } from './plan.ts';

/** Data statements of a connection that are the same but for constants: after very many there is nothing new to see. */
export class Repeats {
  private readonly counts = new Map<string, number>();

  /** @returns the plan, null where it need not be observed: what it would do has been seen `alikeLimit` times */
  thinned(plan: Plan): Plan | null {
    const [part] = plan.parts;
    if (part === undefined || part.sees !== 'all') return plan;
    const like =
      plan.parts.length > 1 || part.node === null ? null : likeness({ node: part.node, sql: part.text });
    if (like === null) {
      // What changes the schema may change what they do.
      if (part.node === null || !('SelectStmt' in part.node)) this.counts.clear();
      return plan;
    }
    const count = (this.counts.get(like.key) ?? 0) + 1;
    this.counts.set(like.key, count);
    return count > alikeLimit ? null : plan;
  }
}

/** Sends it as it stands. */
export const unobserved = ({ parts: [part] }: Plan): Plan => ({
  how: 'inside',
  parts: part === undefined ? [] : [{ ...part, sees: 'nothing' }],
});
