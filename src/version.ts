import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where this program's own files lie. */
export const ownDirectory: string = fileURLToPath(new URL('..', import.meta.url));

let known: string | undefined;

/** The version of this program; `unknown` where its package.json is not beside it. */
export function productVersion(): string {
  known ??= read();
  return known;
}

/** package.json lies one directory above the bundle (dist), and above src. */
function read(): string {
  try {
    const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
    const { name, version } = JSON.parse(text) as { name: string; version: string };
    return name === 'migration-gate' ? version : 'unknown';
  } catch {
    return 'unknown';
  }
}
