import { word } from '../../shell-word.ts';

/** The command that takes files back to what base has, safe to paste into a shell. */
export function restoreCommand(baseRef: string, files: readonly string[]): string {
  return `git checkout ${word(baseRef)} -- ${files.map((file) => word(literalPath(file))).join(' ')}`;
}

/** git takes `*`, `?`, `[` and a leading `:` in a path for a pattern. */
const literalPath = (file: string): string => (/^:|[*?[\\]/.test(file) ? `:(literal)${file}` : file);
