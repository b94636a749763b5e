import type { Tree } from '../git/tree.ts';
import { within } from '../tools/reading/directories.ts';
import type { ToolName } from '../tools/tool.ts';
import { type Around, aroundOf } from './around.ts';
import type { FoundDatabase } from './find.ts';
import { nodeSteps } from './node-steps.ts';
import { pythonSteps } from './python-steps.ts';
import { type Step, stepText } from './steps.ts';

type Language = (around: Around) => Promise<Step[]>;

const languages: Partial<Record<ToolName, Language>> = {
  alembic: pythonSteps,
  django: pythonSteps,
  rails: rubySteps,
  knex: nodeSteps,
  typeorm: nodeSteps,
  sequelize: nodeSteps,
  kysely: nodeSteps,
  'mikro-orm': nodeSteps,
  'node-pg-migrate': nodeSteps,
  ecto: elixirSteps,
};

/** What a job has to install before tools that run themselves can run, without repetitions. */
export async function setupSteps(tree: Tree, databases: readonly FoundDatabase[]): Promise<Step[]> {
  const steps = new Map<string, Step>();
  for (const { path, candidates, runsItself } of databases) {
    const language = runsItself && candidates[0] !== undefined ? languages[candidates[0].tool] : undefined;
    if (language === undefined) continue;
    for (const step of await language(aroundOf(tree, path))) steps.set(stepText(step), step);
  }
  return [...steps.values()];
}

async function rubySteps({ has, nearest }: Around): Promise<Step[]> {
  const directory = nearest('Gemfile.lock', 'Gemfile') ?? '';
  const said = ['.ruby-version', '.tool-versions', 'mise.toml'].some((name) => has(within(directory, name)));
  return [
    {
      uses: 'ruby/setup-ruby@v1',
      with: {
        ...(said ? {} : { 'ruby-version': '3.4' }),
        'bundler-cache': true,
        ...(directory === '' ? {} : { 'working-directory': directory }),
      },
      why: said
        ? 'the version that the repository names; bundle install'
        : 'bundle install; set the version that production runs',
    },
  ];
}

async function elixirSteps({ nearest, text }: Around): Promise<Step[]> {
  const directory = nearest('mix.exs') ?? '';
  const versions = nearest('.tool-versions');
  const file = versions === null ? null : within(versions, '.tool-versions');
  const said = file !== null && /^(?=[\s\S]*^erlang\s)(?=[\s\S]*^elixir\s)/m.test(await text(file));
  return [
    {
      uses: 'erlef/setup-beam@v1',
      with: said
        ? { 'version-file': file, 'version-type': 'strict' }
        : { 'otp-version': '28', 'elixir-version': '1.19' },
      ...(said ? {} : { why: 'set the versions that production runs' }),
    },
    { run: 'mix deps.get && mix compile', directory, env: { MIX_ENV: 'test' } },
  ];
}
