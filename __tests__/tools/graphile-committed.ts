import { createHash } from 'node:crypto';

/** Committed migrations of graphile-migrate, by path: headers with the chain of hashes, then each body. */
export function committed(
  directory: string,
  bodies: readonly (readonly [name: string, body: string])[],
): Record<string, string> {
  const files: Record<string, string> = {};
  let previous = '';
  for (const [name, body] of bodies) {
    const hash = createHash('sha1')
      .update(`${`${previous}\n${body.trim()}`.trim()}\n`)
      .digest('hex');
    files[`${directory}/${name}`] =
      `--! Previous: ${previous === '' ? '-' : previous}\n--! Hash: sha1:${hash}\n\n${body.trim()}\n`;
    previous = `sha1:${hash}`;
  }
  return files;
}
