import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

let digest: Promise<string> | undefined;

/**
 * SHA-256 of the program itself, in hexadecimal: of the bundle's files, or of the sources where they run as they are. What
 * one program has worked out and kept, another one does not read.
 */
export function programDigest(): Promise<string> {
  digest ??= digestOfProgram();
  return digest;
}

async function digestOfProgram(): Promise<string> {
  const own = fileURLToPath(new URL('.', import.meta.url));
  const names = (await readdir(own, { recursive: true })).filter((name) => /\.(js|ts)$/.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(own, name))));
  const hash = createHash('sha256');
  for (const [index, text] of texts.entries()) hash.update(`${names[index]}\0${text.length}\0`).update(text);
  return hash.digest('hex');
}
