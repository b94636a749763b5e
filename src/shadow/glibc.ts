import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the kernel starts the Linux binaries with, if it is not there: nothing need be fetched then.
 *
 * @param root of the file system
 */
export function missingLoader(root = '/', arch: string = process.arch): string | null {
  if (process.platform !== 'linux') return null;
  const loader = arch === 'arm64' ? '/lib/ld-linux-aarch64.so.1' : '/lib64/ld-linux-x86-64.so.2';
  return existsSync(join(root, loader)) ? null : loader;
}

/** Is this program made for musl? Node tells glibc's version where it has one. */
export function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
}

/** What to do where the embedded binaries cannot run for want of glibc. */
export const withoutGlibc = (major: number): string =>
  `Run the job in a Debian- or Ubuntu-based image, install PostgreSQL ${major} in this one (on Alpine: apk add postgresql${major} postgresql${major}-contrib), or name another shadow with --shadow.`;
