import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** How long a package manager may take to name a directory. */
const LIMIT_MS = 30_000;

/** The line that a program prints; null when it does not succeed. */
export function succeeding(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): string | null {
  if (!existsSync(cwd)) return null;
  const { status, stdout } = spawnSync(program, [...args], { cwd, env, encoding: 'utf8', timeout: LIMIT_MS });
  return status === 0 ? (stdout.trim().split('\n').at(-1) ?? null) : null;
}
