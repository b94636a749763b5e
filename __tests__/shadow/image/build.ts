import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBinaries } from '../../../src/shadow/binaries.ts';

/**
 * An image with the interface of the official one, made of the embedded binaries, their libraries and Debian's static
 * busybox, since no registry of images can be reached.
 *
 * @returns its name
 */
export async function buildImage(major: number): Promise<string> {
  const image = `migration-gate-test:${major}`;
  if (run('docker', ['images', '--quiet', image]) !== '') return image;
  const { postgres } = await findBinaries(major, () => {});
  const native = dirname(dirname(postgres));
  const root = mkdtempSync(join(tmpdir(), 'migration-gate-image-'));
  try {
    cpSync(native, join(root, 'native'), { recursive: true, verbatimSymlinks: true });
    for (const directory of ['bin', 'etc', 'tmp', 'run']) mkdirSync(join(root, directory));
    chmodSync(join(root, 'tmp'), 0o1777);
    cpSync('/bin/busybox', join(root, 'bin/busybox'));
    for (const name of ['sh', 'mkdir', 'chown', 'su', 'cat', 'true'])
      symlinkSync('busybox', join(root, 'bin', name));
    for (const library of librariesOf(native)) {
      mkdirSync(join(root, dirname(library)), { recursive: true });
      cpSync(library, join(root, library), { dereference: true });
    }
    const [user, group] = ['root:x:0:0::/:/bin/sh\npg:x:70:70::/:/bin/sh\n', 'root:x:0:\npg:x:70:\n'];
    writeFileSync(join(root, 'etc/passwd'), user);
    writeFileSync(join(root, 'etc/group'), group);
    cpSync(fileURLToPath(new URL('entrypoint.sh', import.meta.url)), join(root, 'entrypoint.sh'));
    const tar = execFileSync('tar', ['-C', root, '-c', '.'], { maxBuffer: 1 << 30 });
    const changes = [
      `ENV PG_MAJOR=${major} PATH=/bin`,
      'ENTRYPOINT ["/bin/sh", "/entrypoint.sh"]',
      'CMD ["postgres"]',
      'EXPOSE 5432',
    ];
    const flags = changes.flatMap((change) => ['--change', change]);
    execFileSync('docker', ['import', ...flags, '-', image], {
      input: tar,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    return image;
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The machine's libraries that the programs and their modules are linked with. */
function librariesOf(native: string): string[] {
  const files = readdirSync(native, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && (entry.name.includes('.so') || ['postgres', 'initdb'].includes(entry.name)),
    )
    .map((entry) => join(entry.parentPath, entry.name));
  const found = files.flatMap((file) => {
    const lines = run('ldd', [file]).split('\n');
    return lines.flatMap((line) => /(?:=>\s*)?(\/\S+)\s+\(0x/.exec(line)?.[1] ?? []);
  });
  return [...new Set(found)].filter((path) => !path.startsWith(native));
}

function run(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch (error) {
    // `ldd` of a file that is no program.
    if (command === 'ldd') return '';
    throw error;
  }
}
