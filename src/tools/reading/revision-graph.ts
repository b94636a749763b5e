/** Migrations that name the ones before them. */
export interface GraphNode {
  readonly id: string;
  /** Those that must have run before: parents first, then what it merely needs. */
  readonly parents: readonly string[];
  readonly needs: readonly string[];
}

/** An order of a graph, and who comes before whom. */
export interface Graph {
  /** Every node after those that it builds on; among equals in the order in which they were given. */
  readonly order: readonly string[];
  /** Nodes that none is built on. */
  readonly heads: readonly string[];
  /** All that a node builds on, whatever is between. */
  before(id: string): ReadonlySet<string>;
}

/** Puts nodes in order; what is named and not there, and circles, are passed over: the tool says so itself. */
export function graphOf(nodes: readonly GraphNode[]): Graph {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const order: string[] = [];
  const seen = new Set<string>();
  for (const { id } of nodes) visit(byId, id, seen, order);
  const parents = new Set(nodes.flatMap((node) => node.parents));
  return {
    order,
    heads: order.filter((id) => !parents.has(id)),
    before: (id) => {
      const found = new Set<string>();
      const waiting = [id];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const node = byId.get(next);
        for (const each of [...(node?.parents ?? []), ...(node?.needs ?? [])]) {
          if (found.has(each)) continue;
          found.add(each);
          waiting.push(each);
        }
      }
      return found;
    },
  };
}

/** Without recursion: a chain may have thousands of nodes. */
function visit(
  byId: ReadonlyMap<string, GraphNode>,
  start: string,
  seen: Set<string>,
  order: string[],
): void {
  const stack: { readonly id: string; readonly rest: string[] }[] = [];
  const push = (id: string) => {
    const node = byId.get(id);
    if (node === undefined || seen.has(id)) return;
    seen.add(id);
    stack.push({ id, rest: [...node.parents, ...node.needs].reverse() });
  };
  push(start);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const next = top.rest.pop();
    if (next !== undefined) push(next);
    else {
      order.push(top.id);
      stack.pop();
    }
  }
}
