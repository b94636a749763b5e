/** Command tags of what writes rows end with their number: `INSERT 0 3`, `UPDATE 2`, `COPY 10`. */
export function taggedRows(tags: readonly string[]): number | null {
  const tag = /^(?:INSERT \d+|UPDATE|DELETE|MERGE|COPY) (\d+)$/.exec(tags.at(-1) ?? '');
  return tag === null ? null : Number(tag[1]);
}
