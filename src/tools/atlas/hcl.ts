/** The attributes of one `migration` block that are plain data, and a `search_path` that the file's URLs name. */
export interface AtlasMigrationBlock {
  readonly attributes: Readonly<Record<string, string>>;
  /** Attributes that are computed, so that nobody knows them without running Atlas. */
  readonly computed: readonly string[];
}

/**
 * Reads the `migration` blocks of an atlas.hcl as text. Strings without templates and bare words (`LINEAR_SKIP`, `atlas`)
 * are data; all else is computed.
 */
export function atlasMigrationBlocks(source: string): AtlasMigrationBlock[] {
  const text = withoutComments(source);
  return [...text.matchAll(/\bmigration\s*\{/g)].map((match) => {
    const attributes: Record<string, string> = {};
    const computed: string[] = [];
    const body = text.slice(match.index + match[0].length, closing(text, match.index + match[0].length));
    for (const line of body.split('\n')) {
      const [, name, value] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      const plain = /^"((?:[^"\\$%]|[$%](?!\{))*)"$/.exec(value)?.[1] ?? /^[A-Za-z][\w-]*$/.exec(value)?.[0];
      if (plain === undefined) computed.push(name);
      else attributes[name] = plain;
    }
    return { attributes, computed };
  });
}

/** The schema that the file's URLs are bound to (`?search_path=public`), where they name one. */
export function searchPathIn(source: string): string | null {
  const found = new Set([...source.matchAll(/[?&]search_path=(\w+)/g)].map(([, schema]) => schema ?? ''));
  const [schema] = found;
  return found.size === 1 && schema !== undefined ? schema : null;
}

const withoutComments = (source: string): string =>
  source.replace(
    /("(?:[^"\\\n]|\\.)*")|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, text?: string) => text ?? '',
  );

function closing(text: string, from: number): number {
  let depth = 1;
  for (const match of text.slice(from).matchAll(/"(?:[^"\\\n]|\\.)*"|[{}]/g)) {
    if (match[0] === '{') depth += 1;
    else if (match[0] === '}') depth -= 1;
    if (depth === 0) return from + match.index;
  }
  return text.length;
}
