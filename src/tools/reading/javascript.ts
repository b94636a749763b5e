import type { Tree } from '../../git/tree.ts';
import type { Call, NotInstalled, Project } from '../command-adapter.ts';
import { andAbove, within } from './directories.ts';
import { manifestsAbove, rangeIn } from './package-range.ts';

/** The nearest package.json that names one of these packages, or null. */
export async function isOf(
  tree: Tree,
  directory: string,
  packages: readonly string[],
): Promise<string | null> {
  const found = (await manifestsAbove(tree, directory)).find(
    ({ manifest }) => rangeIn(manifest, packages) !== null,
  );
  return found === undefined ? null : within(found.folder, 'package.json');
}

/**
 * A call of a tool that npm, pnpm, yarn or bun has installed: its program in the nearest `node_modules/.bin`, or through
 * yarn where there is no such directory.
 */
export function javascriptCall(
  project: Project,
  tool: {
    readonly title: string;
    /** What has to be installed, for the message. */
    readonly packages: readonly string[];
    readonly program: string;
    /** Where it runs, from the root. */
    readonly directory: string;
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  },
): Call | NotInstalled {
  const { directory, args, env } = tool;
  const same = { directory, ...(env === undefined ? {} : { env }) };
  const program = project.npmProgram(tool.program, directory);
  if (program !== null) return { ...same, program, args };
  const yarn = project.onPath('yarn');
  const plugged = andAbove(directory).some((folder) => project.has(within(folder, '.pnp.cjs')));
  if (plugged && yarn !== null) return { ...same, program: yarn, args: ['run', tool.program, ...args] };
  const manager = managerOf(project, directory);
  return {
    missing: `${tool.title} is not installed in the job: there is no node_modules/.bin/${tool.program} at ${directory === '' ? 'the root' : directory} or above. Run ${manager} before the gate (it needs ${tool.packages.join(' and ')}), or give another command with apply-command.`,
  };
}

function managerOf(project: Project, directory: string): string {
  const locks = [
    ['pnpm-lock.yaml', 'pnpm install --frozen-lockfile'],
    ['yarn.lock', 'yarn install --immutable'],
    ['bun.lock', 'bun install --frozen-lockfile'],
    ['bun.lockb', 'bun install --frozen-lockfile'],
  ] as const;
  const found = locks.find(([lock]) =>
    andAbove(directory).some((folder) => project.has(within(folder, lock))),
  );
  return found?.[1] ?? 'npm ci';
}
