import { spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Runs the command as far as its help, with the umask of a careless machine. */
function help(cache: string): number | null {
  const cli = new URL('../src/cli.ts', import.meta.url).pathname;
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  return spawnSync('sh', ['-c', 'umask 0; exec "$0" "$1" check --help', process.execPath, cli], { env })
    .status;
}

test.skipIf(module.enableCompileCache === undefined || process.platform === 'win32')(
  'nobody else can put code where it is kept, whatever the umask is',
  () => {
    const cache = mkdtempSync(join(tmpdir(), 'migration-gate-test-'));
    try {
      expect(help(cache)).toBe(0);
      const code = join(cache, 'migration-gate', 'code');
      expect(readdirSync(code, { recursive: true }).length).toBeGreaterThan(2);
      expect(lstatSync(code).mode & 0o777).toBe(0o700);
    } finally {
      rmSync(cache, { recursive: true });
    }
  },
);
