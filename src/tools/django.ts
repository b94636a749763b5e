import type { Tree } from '../git/tree.ts';
import type { Call, NotInstalled, Project } from './command-adapter.ts';
import { djangoModels } from './django/models.ts';
import { withReplacements } from './django/replacements.ts';
import { byText, programMigration } from './program-migrations.ts';
import {
  andAbove,
  basename,
  byDirectory,
  dirname,
  exclusion,
  treePath,
  within,
} from './reading/directories.ts';
import { assigned, pythonCall, stringsIn } from './reading/python.ts';
import { type Graph, graphOf } from './reading/revision-graph.ts';
import type { DetectedDatabase, HistoryBehaviour, Migration, MigrationTool, Oddity } from './tool.ts';
import { djangoWords } from './words/django.ts';

/** Modules that Django takes for migrations (db/migrations/loader.py). */
const migrationFile = /(?:^|\/)migrations\/(?![_~])[^/]+\.py$/;
const firstOfApp = /(?:^|\/)migrations\/0001_[^/]+\.py$/;

const detect: MigrationTool['detect'] = async (tree) => {
  const databases = new Map<string, DetectedDatabase>();
  for (const { path, mode } of tree.entries) {
    if (!mode.startsWith('100') || !firstOfApp.test(path) || exclusion(dirname(path)) !== null) continue;
    const manage = andAbove(dirname(path))
      .map((folder) => within(folder, 'manage.py'))
      .find((file) => tree.get(file) !== undefined);
    if (manage === undefined) continue;
    const project = dirname(manage);
    databases.set(project, { path: project, tool: 'django', because: `${manage} and ${path} are there` });
  }
  return { databases: [...databases.values()], notes: [] };
};

/** `app.name` of the migrations that a file says it comes after; the application's model may be anybody's. */
function dependencies(text: string): string[] {
  const expression = assigned(text, 'dependencies', '[ \\t]+');
  return [...(expression ?? '').matchAll(/\(\s*["'](\w+)["']\s*,\s*["'](\w+)["']\s*,?\s*\)/g)].map(
    ([, app, name]) => `${app}.${name}`,
  );
}

async function read(tree: Tree, path: string): Promise<Migration[]> {
  const entries = tree
    .under(treePath(path))
    .filter((entry) => entry.mode.startsWith('100') && migrationFile.test(entry.path))
    .filter((entry) => !/(?:^|\/)(?:node_modules|site-packages|\.venv|venv)\//.test(entry.path));
  const labels = await appLabels(tree, [...byDirectory(entries).keys()].map(dirname));
  const contents = await tree.read(entries.map((entry) => entry.path));
  const read = entries.flatMap(({ path: file }) => {
    const bytes = contents.get(file) ?? Buffer.alloc(0);
    const text = bytes.toString('utf8');
    if (!/^class Migration\b/m.test(text)) return [];
    const app = labels.get(dirname(dirname(file))) ?? basename(dirname(dirname(file)));
    const stem = basename(file).replace(/\.py$/, '');
    const migration = programMigration(file, bytes, {
      version: `${app}.${stem}`,
      name: stem.replace(/^\d+_/, ''),
      identity: `${app}.${stem}`,
      transaction: /^\s+atomic\s*=\s*False\b/m.test(text) ? 'none' : 'single',
    });
    const replaces = stringsIn(assigned(text, 'replaces', '[ \\t]+'));
    return [
      {
        ...migration,
        extra: {
          parents: dependencies(text).join(' '),
          replaces: replaces.length / 2,
          squashes: pairsOf(replaces).join(' '),
        },
      },
    ];
  });
  return withReplacements(read);
}

/** `app.name` of strings that come in twos. */
const pairsOf = (strings: readonly string[]): string[] =>
  strings.flatMap((app, at) => (at % 2 === 0 ? [`${app}.${strings[at + 1] ?? ''}`] : []));

/** The label of an app is its folder's name, unless its config says another. */
async function appLabels(tree: Tree, apps: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const configs = await tree.read(apps.map((app) => within(app, 'apps.py')));
  return new Map(
    apps.flatMap((app) => {
      const text = configs.get(within(app, 'apps.py'))?.toString('utf8') ?? '';
      const label = /^\s+label\s*=\s*["'](\w+)["']/m.exec(text)?.[1];
      return label === undefined ? [] : [[app, label] as const];
    }),
  );
}

const graphFor = (migrations: readonly Migration[]): Graph =>
  graphOf(
    [...migrations]
      .sort((a, b) => byText(a.identity, b.identity))
      .map(({ identity, extra }) => ({
        id: identity,
        parents: String(extra?.parents ?? '')
          .split(' ')
          .filter((each) => each !== '')
          .sort(byText),
        needs: [],
      })),
  );

async function history(tree: Tree, path: string) {
  const migrations = await read(tree, path);
  const graph = graphFor(migrations);
  const place = new Map(graph.order.map((id, index) => [id, index]));
  const directories = [...new Set(migrations.map(({ file }) => dirname(file)))].sort(byText);
  return {
    migrations: [...migrations].sort((a, b) => (place.get(a.identity) ?? 0) - (place.get(b.identity) ?? 0)),
    notes: [],
    oddities: severalLeaves(migrations),
    paths: directories,
  };
}

/** Within one app every migration but the last is somebody's dependency there. */
function severalLeaves(migrations: readonly Migration[]): Oddity[] {
  const apps = [...new Set(migrations.map(({ identity }) => appOf(identity)))];
  return apps.flatMap((app) => {
    const inside = migrations.filter(({ identity }) => appOf(identity) === app);
    const parents = new Set(inside.flatMap(({ extra }) => String(extra?.parents ?? '').split(' ')));
    const replaced = inside.some(({ extra }) => Number(extra?.replaces ?? 0) > 0);
    const leaves = inside.filter(({ identity }) => !parents.has(identity));
    if (leaves.length < 2 || replaced) return [];
    const names = leaves.map(({ identity }) => nameOf(identity)).join(', ');
    return leaves.map(
      ({ file }): Oddity => ({
        kind: 'multiple-heads',
        file,
        says: `Django stops: “Conflicting migrations detected; multiple leaf nodes in the migration graph: (${names} in ${app})”. Make one depend on the other, or run \`makemigrations --merge\`.`,
      }),
    );
  });
}

const appOf = (identity: string): string => identity.slice(0, identity.indexOf('.'));
const nameOf = (identity: string): string => identity.slice(identity.indexOf('.') + 1);

const onHistoryChange: HistoryBehaviour = {
  edited: {
    does: 'ignores',
    says: 'Django does not notice, since it records names only: databases that ran the old file keep what it made, new ones get the new one.',
  },
  deleted: {
    does: 'refuses',
    says: 'Django stops with a NodeNotFoundError where another migration depends on it; where none does it says nothing, and databases that ran it keep what it made.',
  },
  renamed: {
    does: 'refuses',
    says: 'Django stops: the old name is nobody’s dependency any more (NodeNotFoundError), or “Migration … is applied before its dependency …” (InconsistentMigrationHistory). As the last one of its app it is run a second time.',
  },
  outOfOrder: {
    does: 'refuses',
    says: 'Django stops at every database that has recorded what depends on it: “Migration … is applied before its dependency …” (InconsistentMigrationHistory).',
  },
  duplicateVersion: {
    does: 'runs',
    says: 'Django tells migrations apart by app and whole name.',
    legal: true,
  },
};

function toolFor(graph: Graph): MigrationTool {
  const place = new Map(graph.order.map((id, index) => [id, index]));
  return {
    name: 'django',
    title: 'Django',
    detect,
    configured: async (tree, path) => toolFor(graphFor(await read(tree, path))),
    order: (left, right) =>
      (place.get(left.version) ?? -1) - (place.get(right.version) ?? -1) ||
      byText(left.version, right.version),
    history,
    late: (added, base) => {
      const recorded = new Set(base.flatMap(({ identity }) => [...graph.before(identity)]));
      return added.filter(({ identity }) => recorded.has(identity));
    },
    bookkeeping: { setup: '', before: () => '', after: () => '', relations: ['public.django_migrations'] },
    sessions: 'one',
    onHistoryChange,
    noTransaction: {
      directive: null,
      advice:
        'In Django the migration says `atomic = False` and uses `AddIndexConcurrently` or `RemoveIndexConcurrently` of django.contrib.postgres.operations (`migrations.RunSQL` for other statements); give it a file of its own.',
    },
    words: djangoWords,
    command: {
      up: (project) => call(project, ['migrate', '--noinput', '--skip-checks']),
      down: (project, { identity, extra }, applied) => {
        const own = String(extra?.parents ?? '')
          .split(' ')
          .find(
            (parent) => appOf(parent) === appOf(identity) && applied.some((one) => one.identity === parent),
          );
        return call(project, [
          'migrate',
          '--noinput',
          '--skip-checks',
          appOf(identity),
          own === undefined ? 'zero' : nameOf(own),
        ]);
      },
      recorded: ({ app, name }) => (app == null || name == null ? null : `${app}.${name}`),
      models: djangoModels(call),
    },
  };
}

/** Beside manage.py. */
const settingsModule = 'migration_gate_settings';

function call(project: Project, args: readonly string[]): Call | NotInstalled {
  const directory = treePath(project.path);
  const manage = project.text(within(directory, 'manage.py')) ?? '';
  const named = /setdefault\(\s*["']DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/.exec(manage)?.[1];
  const settings = project.job.DJANGO_SETTINGS_MODULE ?? named;
  const called = pythonCall(project, {
    title: 'Django',
    directory,
    packages: [directory, within(directory, 'src'), ''],
    args: ['manage.py', ...args],
    ...(settings === undefined ? {} : { env: { DJANGO_SETTINGS_MODULE: settingsModule } }),
  });
  if (settings === undefined || 'missing' in called) return called;
  return { ...called, files: { [within(directory, `${settingsModule}.py`)]: onShadow(settings) } };
}

/** The project's settings with the shadow in the place of its default database, whatever they say of it. */
const onShadow = (settings: string): string => `import os
from ${settings} import *

_default = dict(DATABASES.get("default", {}))
_options = dict(_default.get("OPTIONS", {}))
for _name in ("service", "passfile", "sslmode", "sslcert", "sslkey", "sslrootcert", "pool"):
    _options.pop(_name, None)
_default["OPTIONS"] = _options
if not any(_word in _default.get("ENGINE", "") for _word in ("postgres", "postgis")):
    _default["ENGINE"] = "django.db.backends.postgresql"
    _default["OPTIONS"] = {}
_default.update(
    HOST=os.environ["PGHOST"],
    PORT=os.environ["PGPORT"],
    USER=os.environ["PGUSER"],
    PASSWORD=os.environ["PGPASSWORD"],
    NAME=os.environ["PGDATABASE"],
)
DATABASES = {**DATABASES, "default": _default}
`;

/** Django: the migrations of all apps of a project, ordered by the graph that they make, run by `manage.py migrate`. */
export const django: MigrationTool = toolFor(graphOf([]));
