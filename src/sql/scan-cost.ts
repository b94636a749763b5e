/**
 * PostgreSQL's scanner reads a run of operator characters to its end for each comment or sign that begins in it, and then
 * takes a few of them only: 100,000 nested comments cost it minutes, in which no cancellation reaches it. The parser here
 * has the same scanner, much slower.
 */
const run = /[~!@#^&|`?+\-*/%<>=]{16,}/g;

/**
 * How many characters the scanner reads again and again, and where they pass a limit.
 *
 * @returns offset of the run of operator characters by which there are more than `limit`; null: there are not
 */
export function costlyRun(sql: string, limit: number): number | null {
  let cost = 0;
  for (const { 0: text, index } of sql.matchAll(run)) {
    cost += text.length * beginningsIn(text);
    if (cost > limit) return index;
  }
  return null;
}

/** Comments that begin within a run, and signs, each of which may be an operator of its own where no line comment has them. */
function beginningsIn(text: string): number {
  const signs = !text.startsWith('--');
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '/' ? text[at + 1] === '*' : signs && (character === '+' || character === '-'))
      count += 1;
  }
  return count;
}
