import type { Tree } from '../../git/tree.ts';
import { andAbove, within } from '../reading/directories.ts';

/** The first release whose `db push` sends CREATE INDEX CONCURRENTLY and its like outside of the file's pipeline. */
const sendsApartSince = [2, 109] as const;

/**
 * Does the project pin a release of the Supabase CLI that sends every file as one pipeline whatever is in it? Most projects
 * take the newest, so that only an exact version counts: of a workflow's `supabase/setup-cli`, or of the package.
 *
 * @returns the file that pins it and the version, or null
 */
export async function pinnedToOnePipeline(
  tree: Tree,
  path: string,
): Promise<{ readonly file: string; readonly version: string } | null> {
  const manifests = andAbove(path).map((folder) => within(folder, 'package.json'));
  const workflows = tree
    .under('.github/workflows')
    .filter((entry) => entry.mode.startsWith('100') && /\.ya?ml$/.test(entry.path))
    .map((entry) => entry.path);
  for (const [file, bytes] of await tree.read([...workflows, ...manifests])) {
    const text = bytes.toString('utf8');
    const version = file.endsWith('package.json')
      ? /"supabase"\s*:\s*"(\d+\.\d+\.\d+)"/.exec(text)?.[1]
      : /uses:\s*supabase\/setup-cli@[^\n]*\n(?:[^\n]*\n){0,4}?\s*version:\s*["']?(\d+\.\d+\.\d+)/.exec(
          text,
        )?.[1];
    if (version !== undefined && isOlder(version)) return { file, version };
  }
  return null;
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [sinceMajor, sinceMinor] = sendsApartSince;
  return major < sinceMajor || (major === sinceMajor && minor < sinceMinor);
}
