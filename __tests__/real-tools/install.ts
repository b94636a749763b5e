import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a program said. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, without a shell. A code other than 0 is part of the result. */
export async function run(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Ran> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

/** Like `run`, and throws with everything that was said when the code is not 0. */
export async function succeed(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Ran> {
  const ran = await run(program, args, options);
  if (ran.code !== 0) {
    throw new Error(
      `${[program, ...args].join(' ')} ended with ${ran.code}:\n${ran.stdout.slice(-4000)}\n${ran.stderr.slice(-4000)}`,
    );
  }
  return ran;
}

const cache = fileURLToPath(new URL('../../node_modules/.cache/real-tools', import.meta.url));

/**
 * Installs packages of the npm registry outside the project's own dependencies; kept between runs. Scripts of the
 * packages do not run: nothing is downloaded that the registry does not hold.
 *
 * @param packages exact versions, `['drizzle-kit@0.31.4', 'pg@8.16.3']`; the first names the cache's folder
 * @returns the folder that holds `node_modules`
 */
export async function npmTool(...packages: readonly [string, ...string[]]): Promise<string> {
  for (const each of packages) {
    if (!/^(?:@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+[\w.+-]*$/.test(each)) {
      throw new Error(`${each} is no package with an exact version`);
    }
  }
  const folder = join(cache, packages.join('+').replaceAll('/', '_'));
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const building = await mkdtemp(join(cache, 'building-'));
  try {
    await writeFile(join(building, 'package.json'), '{"private":true}\n');
    await succeed(
      'npm',
      [
        'install',
        '--prefix',
        building,
        '--ignore-scripts',
        '--save-exact',
        '--no-audit',
        '--no-fund',
        ...packages,
      ],
      { cwd: building },
    );
    await rename(building, folder).catch((error: unknown) => {
      // Another test file was faster; its copy is the same.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return folder;
}

/**
 * Makes sure that the machine has a program of Debian's or Ubuntu's, installing packages when it has not (as root,
 * or with a sudo that asks for nothing).
 *
 * @throws Error when it cannot be had: a comparison that did not happen is no success
 */
export async function debianProgram(program: string, ...packages: readonly string[]): Promise<void> {
  if (packages.length > 0) await debian(program, async () => onPath(program), packages);
}

/** The same for a library: `command` succeeds where it is there. */
export async function debianLibrary(
  command: readonly [string, ...string[]],
  ...packages: readonly string[]
): Promise<void> {
  const [program, ...rest] = command;
  const present = async () => existsSync(program) && (await run(program, rest)).code === 0;
  await debian(command.join(' '), present, packages);
}

/** The same where a system may be too old for it. @returns why it cannot be had: no package of this name; null: it is there */
export async function debianLibraryIfAny(
  command: readonly [string, ...string[]],
  ...packages: readonly string[]
): Promise<string | null> {
  try {
    await debianLibrary(command, ...packages);
    return null;
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    if (/Unable to locate package|no installation candidate/.test(said)) return said;
    throw error;
  }
}

async function debian(
  what: string,
  present: () => Promise<boolean>,
  packages: readonly string[],
): Promise<void> {
  if (await present()) return;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const apt = (...args: string[]) => {
    const [first, ...rest] = [...asRoot, 'apt-get', '-o', 'DPkg::Lock::Timeout=300', ...args];
    return run(first as string, rest, { env });
  };
  const install = () => apt('install', '--yes', '--no-install-recommends', ...packages);
  let ran = await install();
  if (ran.code !== 0) {
    await apt('update');
    ran = await install();
  }
  if (!(await present())) {
    throw new Error(
      `${what} cannot be had: apt-get install ${packages.join(' ')} ended with ${ran.code}:\n${ran.stderr}`,
    );
  }
}

const onPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
