/** What the comments at the top of a file tell Atlas. */
export interface AtlasDirectives {
  readonly txMode: readonly string[];
  readonly checkpoint: boolean;
  /** A directive that Atlas does not see, because no blank line with a bare line feed follows the comments. */
  readonly unseen: string | null;
}

const pattern = /^[ -~]*atlas:(\w+)(?: +(.+))?/;

/** Reads them as `LocalFile.Directive` does: only comments that a blank line separates from the statements. */
export function atlasDirectives(text: string): AtlasDirectives {
  const comments: string[] = [];
  let rest = text;
  while (rest.startsWith('#') || rest.startsWith('--')) {
    const newline = rest.indexOf('\n');
    comments.push((newline === -1 ? rest : rest.slice(0, newline)).trim());
    rest = newline === -1 ? '' : rest.slice(newline + 1);
  }
  const found = comments.flatMap((comment) => {
    const match = pattern.exec(comment);
    return match === null ? [] : [{ name: match[1] ?? '', value: match[2] ?? '' }];
  });
  const seen = rest === '' || /^[ \t]*\n/.test(rest);
  const named = (name: string) => found.filter((directive) => directive.name === name);
  const unseen = ['txmode', 'checkpoint'].find((name) => named(name).length > 0);
  if (!seen) return { txMode: [], checkpoint: false, unseen: unseen ?? null };
  return {
    txMode: named('txmode').map(({ value }) => value),
    checkpoint: named('checkpoint').length > 0,
    unseen: null,
  };
}
