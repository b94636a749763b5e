import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Tree } from '../../git/tree.ts';
import type { Project } from '../../tools/command-adapter.ts';
import { andAbove, basename, dirname as folderOf, within } from '../../tools/reading/directories.ts';
import { succeeding } from './program.ts';

/** What package managers put beside a project's own files, and git does not hold. */
const dependencies = [
  'node_modules',
  '.venv',
  'venv',
  'vendor/bundle',
  '.bundle',
  'deps',
  '_build',
  '.pnp.cjs',
  '.yarn',
];
/** Files beside which that may be. */
const manifests = new Set([
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'Pipfile',
  'manage.py',
  'alembic.ini',
  'Gemfile',
  'Rakefile',
  'mix.exs',
]);

/** Makes what the job has installed in its working directory visible to a copy of a tree. */
export async function lendDependencies(tree: Tree, installedIn: string, root: string): Promise<void> {
  const folders = new Set([
    '',
    ...tree.entries.filter(({ path }) => manifests.has(basename(path))).map(({ path }) => folderOf(path)),
  ]);
  for (const folder of folders) {
    if (folder.split('/').includes('node_modules')) continue;
    for (const name of dependencies) {
      const [from, to] = [join(installedIn, folder, name), join(root, folder, name)];
      if (!existsSync(from) || existsSync(to)) continue;
      await mkdir(dirname(to), { recursive: true });
      await symlink(from, to, statSync(from).isDirectory() ? 'junction' : 'file');
    }
  }
}

/** One side's files, as an adapter sees them. */
export function projectAt(input: {
  readonly root: string;
  readonly path: string;
  readonly url: string;
  readonly installedIn: string;
  readonly job: NodeJS.ProcessEnv;
}): Project {
  const { root, installedIn, job } = input;
  const has = (path: string) => existsSync(join(root, path));
  return {
    ...input,
    has,
    text: (path) =>
      has(path) && statSync(join(root, path)).isFile() ? readFileSync(join(root, path), 'utf8') : null,
    npmProgram: (name, directory) =>
      andAbove(directory)
        .map((folder) => join(root, within(folder, `node_modules/.bin/${name}`)))
        .find(isProgram) ?? null,
    onPath: (name) => onPath(name, job),
    python: (directory) => python(directory, has, installedIn, job),
  };
}

function onPath(name: string, job: NodeJS.ProcessEnv): string | null {
  const folders = (job.PATH ?? job.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  return (
    folders.flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix))).find(isProgram) ?? null
  );
}

/** The project's own Python. What poetry and pipenv have made is elsewhere, and they are asked for it. */
function python(
  directory: string,
  has: (path: string) => boolean,
  installedIn: string,
  job: NodeJS.ProcessEnv,
): string | null {
  const inside = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';
  const folders = andAbove(directory);
  const environments = [
    ...(job.VIRTUAL_ENV === undefined ? [] : [job.VIRTUAL_ENV]),
    ...folders.flatMap((folder) => ['.venv', 'venv', 'env'].map((name) => join(installedIn, folder, name))),
  ];
  const found = environments.map((environment) => join(environment, inside)).find(isProgram);
  if (found !== undefined) return found;
  for (const [lock, program, ...args] of [
    ['poetry.lock', 'poetry', 'env', 'info', '--path'],
    ['Pipfile.lock', 'pipenv', '--venv'],
  ] as const) {
    const folder = folders.find((each) => has(within(each, lock)));
    const asked = folder === undefined ? null : onPath(program, job);
    if (folder === undefined || asked === null) continue;
    const said = succeeding(asked, args, join(installedIn, folder), job);
    if (said !== null && isProgram(join(said, inside))) return join(said, inside);
  }
  return onPath('python3', job) ?? onPath('python', job);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
