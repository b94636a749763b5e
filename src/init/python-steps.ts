import { within } from '../tools/reading/directories.ts';
import type { Around } from './around.ts';
import type { Step } from './steps.ts';

/** Tools that keep a lock file, and how they install what it says. `pipx` is on GitHub's runners. */
const lockFiles: readonly (readonly [file: string, ...commands: string[]])[] = [
  ['uv.lock', 'pipx install uv', 'uv sync --locked'],
  ['poetry.lock', 'pipx install poetry', 'poetry install'],
  ['Pipfile.lock', 'pipx install pipenv', 'pipenv sync --dev'],
  ['pdm.lock', 'pipx install pdm', 'pdm sync'],
];

const requirements = [
  'requirements.txt',
  'requirements/production.txt',
  'requirements/prod.txt',
  'requirements/base.txt',
  'requirements/requirements.txt',
];

/** Python, and the install command of the lock file that is nearest, else of the requirements. */
export async function pythonSteps({ has, nearest, text }: Around): Promise<Step[]> {
  const manifests = [...lockFiles.map(([file]) => file), ...requirements];
  const directory = nearest(...manifests) ?? nearest('pyproject.toml') ?? '';
  const locked = lockFiles.find(([file]) => has(within(directory, file)));
  const listed = requirements.find((file) => has(within(directory, file)));
  const packaged = has(within(directory, 'pyproject.toml'));
  const [, ...install] =
    locked ??
    (listed !== undefined
      ? [listed, `pip install -r ${listed}`]
      : packaged
        ? ['pyproject.toml', 'pip install .']
        : ['']);
  const project = within(directory, 'pyproject.toml');
  const asked = has(project) && /^\s*(?:requires-python|python)\s*=/m.test(await text(project));
  const versionFile =
    [within(directory, '.python-version'), '.python-version'].find(has) ?? (asked ? project : undefined);
  return [
    {
      uses: 'actions/setup-python@v6',
      with: versionFile === undefined ? { 'python-version': '3.13' } : { 'python-version-file': versionFile },
      ...(versionFile === undefined ? { why: 'set the version that production runs' } : {}),
    },
    ...install.map((run) => (run.startsWith('pipx ') ? { run } : { run, directory })),
    ...(install.length === 0
      ? [
          {
            run: 'pip install -r requirements.txt',
            why: 'no lock file and no requirements were found: install what the project needs',
          },
        ]
      : []),
  ];
}
