import type { Tree } from '../git/tree.ts';
import { configsIn, fullTreeHas } from './alembic/config-files.ts';
import { alembicModels } from './alembic/models.ts';
import type { Call, NotInstalled, Project } from './command-adapter.ts';
import { byText, programMigrations } from './program-migrations.ts';
import { basename, dirname, exclusion, isWithin, treePath, within } from './reading/directories.ts';
import { assigned, pythonCall, stringsIn } from './reading/python.ts';
import { type Graph, graphOf } from './reading/revision-graph.ts';
import type { DetectedDatabase, HistoryBehaviour, Migration, MigrationTool, Oddity } from './tool.ts';
import { alembicWords } from './words/alembic.ts';

/** What alembic.ini or pyproject.toml says. */
interface AlembicConfig {
  /** Path of the file, null where none names the directory. */
  readonly file: string | null;
  /** The section that names it; Alembic's default is `alembic`. */
  readonly section: string;
  readonly table: string;
  readonly graph: Graph;
}

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  for (const { file, directories } of await configsIn(tree)) {
    if (exclusion(dirname(file)) !== null) continue;
    for (const { path } of directories)
      if (tree.under(path).some((entry) => entry.path.endsWith('.py')) || fullTreeHas(tree, path))
        databases.push({ path, tool: 'alembic', because: `${file} names it` });
  }
  return { databases, notes: [] };
};

async function configFor(tree: Tree, directory: string): Promise<AlembicConfig> {
  const migrations = await read(tree, directory);
  const graph = graphOf(
    migrations.map(({ identity, extra }) => ({
      id: identity,
      parents: listed(extra?.parents),
      needs: listed(extra?.needs),
    })),
  );
  const configs = await configsIn(tree);
  const found = configs
    .flatMap(({ file, directories }) => directories.map((named) => ({ file, ...named })))
    .find(({ path }) => path === directory || isWithin(directory, path));
  const environment = within(dirname(directory), 'env.py');
  const env = (await tree.read([environment])).get(environment)?.toString('utf8') ?? '';
  return {
    file: found?.file ?? null,
    section: found?.section ?? 'alembic',
    table: /\bversion_table\s*=\s*["'](\w+)["']/.exec(env)?.[1] ?? 'alembic_version',
    graph,
  };
}

const listed = (value: string | number | undefined): string[] =>
  value === undefined || value === '' ? [] : String(value).split(' ');

/** `revision`, `down_revision` and `depends_on` of every file, in the order of their names. */
async function read(tree: Tree, path: string): Promise<Migration[]> {
  const migrations = await programMigrations(
    tree,
    path,
    (file, text) => {
      const [revision] = stringsIn(assigned(text, 'revision'));
      if (revision === undefined) return null;
      const stem = basename(file).replace(/\.py$/, '');
      return {
        version: revision,
        name: stem.replace(`${revision}_`, ''),
        identity: revision,
        transaction: 'shared',
      };
    },
    { files: /^(?!__).*\.py$/, below: true },
  );
  return migrations.map((migration) => {
    const text = migration.bytes.toString('utf8');
    return {
      ...migration,
      extra: {
        parents: stringsIn(assigned(text, 'down_revision')).join(' '),
        needs: stringsIn(assigned(text, 'depends_on')).join(' '),
      },
    };
  });
}

/** A name that is given twice is Alembic's last one read. */
async function history(tree: Tree, path: string) {
  const migrations = await read(tree, path);
  const { graph } = await configFor(tree, treePath(path));
  const place = new Map(graph.order.map((id, index) => [id, index]));
  const sorted = [...migrations].sort(
    (a, b) => (place.get(a.identity) ?? 0) - (place.get(b.identity) ?? 0) || byText(a.file, b.file),
  );
  return { migrations: sorted, notes: [], oddities: severalHeads(sorted, graph) };
}

function severalHeads(migrations: readonly Migration[], { heads }: Graph): Oddity[] {
  if (heads.length < 2) return [];
  return heads.flatMap((head) => {
    const file = migrations.find(({ identity }) => identity === head)?.file;
    const others = heads.filter((other) => other !== head).join(', ');
    const says = `Alembic has several heads, ${head} and ${others}: “Multiple head revisions are present for given argument 'head'”, and \`alembic upgrade head\` stops. Make one follow the other (down_revision), or merge them with \`alembic merge heads\`.`;
    return file === undefined ? [] : [{ kind: 'multiple-heads', file, says } as const];
  });
}

const onHistoryChange: HistoryBehaviour = {
  edited: {
    does: 'ignores',
    says: 'Alembic does not notice, since it records the newest revision only: databases that ran the old file keep what it made, new ones get the new one.',
  },
  deleted: {
    does: 'refuses',
    says: "Alembic stops: “Can't locate revision identified by '…'” where it was the newest, and with a KeyError where another revision names it as its down_revision.",
  },
  renamed: {
    does: 'refuses',
    says: "Alembic stops when the revision has another id: “Can't locate revision identified by '…'”. The name of the file means nothing to it.",
  },
  outOfOrder: {
    does: 'skips',
    says: 'Alembic never runs a revision that was put below one that the database has recorded, and says nothing: new databases get it, old ones do not.',
  },
  duplicateVersion: {
    does: 'skips',
    says: 'Alembic warns that “Revision … is present more than once” and takes the file that it reads last.',
    legal: false,
  },
};

function toolFor(config: AlembicConfig): MigrationTool {
  const { graph, table } = config;
  const place = new Map(graph.order.map((id, index) => [id, index]));
  return {
    name: 'alembic',
    title: 'Alembic',
    detect,
    configured: async (tree, path) => toolFor(await configFor(tree, treePath(path))),
    order: (left, right) =>
      left.version === right.version
        ? 0
        : (place.get(left.version) ?? -1) - (place.get(right.version) ?? -1) ||
          byText(left.version, right.version),
    history,
    late: (added, base) => {
      const recorded = new Set(base.flatMap(({ identity }) => [...graph.before(identity)]));
      return added.filter(({ identity }) => recorded.has(identity));
    },
    bookkeeping: { setup: '', before: () => '', after: () => '', relations: [`public.${table}`] },
    sessions: 'one',
    onHistoryChange,
    noTransaction: {
      directive: null,
      advice:
        'In Alembic the call goes into `with op.get_context().autocommit_block():`, which commits what came before it; `op.create_index(…, postgresql_concurrently=True, if_not_exists=True)` there, and nothing else in that revision.',
    },
    words: alembicWords,
    command: {
      up: (project) => call(config, project, ['upgrade', 'heads']),
      down: (project, { extra, identity }) => {
        const parents = listed(extra?.parents);
        return call(config, project, [
          'downgrade',
          parents.length === 1 ? (parents[0] as string) : parents.length === 0 ? `${identity}@base` : '-1',
        ]);
      },
      recorded: ({ version_num }) => version_num ?? null,
      models: alembicModels((project, run) => call(config, project, [], run)),
    },
  };
}

/** The name of the config for one call: beside the project's own, since paths in it are from there. */
const copyOf = (file: string): string => within(dirname(file), 'migration-gate.alembic.ini');

function call(
  { file, section }: AlembicConfig,
  project: Project,
  args: readonly string[],
  run: readonly string[] = ['-m', 'alembic'],
): Call | NotInstalled {
  const directory = file === null ? dirname(dirname(treePath(project.path))) : dirname(file);
  const ini = file === null || file.endsWith('.toml') ? null : file;
  const called = pythonCall(project, {
    title: 'Alembic',
    directory,
    packages: [directory, within(directory, 'src'), '', 'src'],
    args: [
      ...run,
      ...(ini === null ? [] : ['-c', basename(copyOf(ini))]),
      ...(section === 'alembic' ? [] : ['-n', section]),
      ...args,
    ],
  });
  if (ini === null || 'missing' in called) return called;
  return { ...called, files: { [copyOf(ini)]: withUrl(project.text(ini) ?? '', project.url) } };
}

/** The config with the shadow's address wherever it names one; what follows the scheme only, since that chooses the driver. */
const withUrl = (text: string, url: string): string =>
  text.replace(/^(\s*sqlalchemy\.url\s*=[ \t]*)(\S*)/gm, (_, key: string, was: string) => {
    const scheme =
      /^postgres(?:ql)?\+\w+(?=:)/.exec(was)?.[0].replace(/^postgres\b/, 'postgresql') ?? 'postgresql';
    return `${key}${scheme}${url.slice(url.indexOf(':')).replaceAll('%', '%%')}`;
  });

/** Alembic: revisions in Python, ordered by the graph that they make, run by `alembic upgrade heads`. */
export const alembic: MigrationTool = toolFor({
  file: null,
  section: 'alembic',
  table: 'alembic_version',
  graph: graphOf([]),
});
