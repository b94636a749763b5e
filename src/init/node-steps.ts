import { within } from '../tools/reading/directories.ts';
import type { Around } from './around.ts';
import type { Step } from './steps.ts';

/** A package manager of Node's world, told by its lock file. */
interface Manager {
  readonly lock: string;
  readonly install: string;
  /** What setup-node's `cache` calls it. */
  readonly cache: string | null;
}

const managers: readonly Manager[] = [
  { lock: 'package-lock.json', install: 'npm ci', cache: 'npm' },
  { lock: 'npm-shrinkwrap.json', install: 'npm ci', cache: 'npm' },
  { lock: 'pnpm-lock.yaml', install: 'pnpm install --frozen-lockfile', cache: 'pnpm' },
  { lock: 'yarn.lock', install: 'yarn install --frozen-lockfile', cache: 'yarn' },
  { lock: 'bun.lock', install: 'bun install --frozen-lockfile', cache: null },
  { lock: 'bun.lockb', install: 'bun install --frozen-lockfile', cache: null },
];

/** Node, the package manager whose lock file is nearest, and its install command. */
export async function nodeSteps(around: Around): Promise<Step[]> {
  const { has, nearest } = around;
  const locked = nearest(...managers.map(({ lock }) => lock));
  const manager = managers.find(({ lock }) => locked !== null && has(within(locked, lock)));
  const directory = locked ?? nearest('package.json') ?? '';
  const lock = manager === undefined ? null : within(directory, manager.lock);
  const berry = manager?.cache === 'yarn' && (await isBerry(around, directory));
  const versionFile = ['.nvmrc', '.node-version', '.tool-versions']
    .flatMap((name) => [within(directory, name), name])
    .find(has);
  const cache = manager?.cache == null || berry ? {} : { cache: manager.cache };
  return [
    ...(manager?.cache === 'pnpm' ? [await pnpm(around, directory)] : []),
    {
      uses: 'actions/setup-node@v6',
      with: {
        ...(versionFile === undefined ? { 'node-version': 24 } : { 'node-version-file': versionFile }),
        ...cache,
        ...('cache' in cache && directory !== '' && lock !== null ? { 'cache-dependency-path': lock } : {}),
      },
      ...(versionFile === undefined ? { why: 'set the version that production runs' } : {}),
    },
    ...(manager?.cache === null ? [{ uses: 'oven-sh/setup-bun@v2' }] : []),
    ...(berry ? [{ run: 'corepack enable' }] : []),
    {
      run: berry ? 'yarn install --immutable' : (manager?.install ?? 'npm install'),
      directory,
      ...(manager === undefined ? { why: 'there is no lock file: what is installed may change' } : {}),
    },
  ];
}

/** Its action asks package.json for the version, and stops where none is said twice or never. */
async function pnpm({ text, has }: Around, directory: string): Promise<Step> {
  const manifest = within(directory, 'package.json');
  const said = has(manifest) && /"packageManager"\s*:\s*"pnpm@/.test(await text(manifest));
  return {
    uses: 'pnpm/action-setup@v4',
    ...(said && directory === '' ? {} : { with: said ? { package_json_file: manifest } : { version: 10 } }),
  };
}

/** Yarn 2 and newer mark their lock file. */
async function isBerry({ text }: Around, directory: string): Promise<boolean> {
  return /^__metadata:/m.test(await text(within(directory, 'yarn.lock')));
}
