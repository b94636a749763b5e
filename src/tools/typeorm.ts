import type { Tree } from '../git/tree.ts';
import type { Call, NotInstalled, Project } from './command-adapter.ts';
import { byNumber, programTool } from './program-tool.ts';
import { andAbove, basename, dirname, treePath, within } from './reading/directories.ts';
import { isOf, javascriptCall } from './reading/javascript.ts';
import type { MigrationTool } from './tool.ts';
import { typeormWords } from './words/javascript.ts';

/** How projects call the file that exports their DataSource, and where they put it. */
const sources = [
  'data-source',
  'datasource',
  'typeorm.config',
  'ormconfig',
  'database',
  'db',
  'dataSource',
  'typeorm',
];
const folders = ['', 'src', 'src/db', 'src/database', 'db', 'database', 'src/config', 'config'];
const suffixes = ['ts', 'js', 'cjs', 'mjs'];

/** The nearest file above the migrations that makes a DataSource. */
function dataSourceOf(project: Pick<Project, 'text' | 'path'>): string | null {
  const places = andAbove(treePath(project.path)).flatMap((above) =>
    folders.map((folder) => (folder === '' ? above : within(above, folder))),
  );
  for (const place of new Set(places)) {
    for (const file of sources.flatMap((name) =>
      suffixes.map((suffix) => within(place, `${name}.${suffix}`)),
    )) {
      if (/\bDataSource\s*\(/.test(project.text(file) ?? '')) return file;
    }
  }
  return null;
}

/** Beside the project's own, which it takes and points to the shadow. */
const wrapper = (file: string): string =>
  within(dirname(file), `migration-gate.data-source.${file.split('.').at(-1)}`);

function call(project: Project, args: readonly string[]): Call | NotInstalled {
  const file = dataSourceOf(project);
  if (file === null) {
    return {
      missing:
        'TypeORM cannot be called: no file that makes a DataSource was found near the migrations (data-source.ts and its like). Give the command with apply-command.',
    };
  }
  const directory =
    andAbove(dirname(file)).find((folder) => project.has(within(folder, 'package.json'))) ?? '';
  const typescript = file.endsWith('.ts');
  const text = project.text(within(directory, 'package.json')) ?? '';
  const modules = /"type"\s*:\s*"module"/.test(text);
  const program = typescript ? `typeorm-ts-node-${modules ? 'esm' : 'commonjs'}` : 'typeorm';
  const asModule = typescript || file.endsWith('.mjs') || (modules && !file.endsWith('.cjs'));
  const own = wrapper(file);
  const called = javascriptCall(project, {
    title: 'TypeORM',
    packages: ['typeorm', 'pg', ...(typescript ? ['ts-node'] : [])],
    program,
    directory,
    args: [...args, '-d', directory === '' ? own : own.slice(directory.length + 1)],
  });
  if ('missing' in called) return called;
  const from = `./${basename(file).replace(/\.ts$/, modules ? '.js' : '')}`;
  return { ...called, files: { [own]: asModule ? moduleText(from) : scriptText(from) } };
}

const onShadow = `const found = Object.values(exported).concat(Object.values(exported.default ?? {}), [exported.default]);
const source = found.find((each) => each && typeof each === 'object' && 'options' in each && 'setOptions' in each);
source.setOptions({ url: process.env.DATABASE_URL, host: undefined, port: undefined, username: undefined, password: undefined, database: undefined, ssl: false, replication: undefined });
`;
const moduleText = (from: string): string =>
  `// @ts-nocheck\nimport * as everything from '${from}';\nconst exported = everything as any;\n${onShadow}export default source;\n`.replace(
    ' as any',
    from.endsWith('.mjs') || from.endsWith('.js') ? '' : ' as any',
  );
const scriptText = (from: string): string =>
  `const exported = require('${from}');\n${onShadow}module.exports = { default: source };\n`;

/** TypeORM records the name of the class, whose last 13 digits order it. */
const className = (text: string): string | null => /\bclass\s+(\w*?\d{13})\b/.exec(text)?.[1] ?? null;
const nameProperty = (text: string): string | null =>
  /^\s*name\s*=\s*["'](\w*\d{13})["']/m.exec(text)?.[1] ?? null;

async function because(
  tree: Tree,
  directory: string,
  [first = '']: readonly string[],
): Promise<string | null> {
  const used = await isOf(tree, directory, ['typeorm']);
  const text = (await tree.read([first])).get(first)?.toString('utf8') ?? '';
  return used !== null && /MigrationInterface|queryRunner/.test(text)
    ? `${used} uses TypeORM, and ${first} too`
    : null;
}

/** TypeORM: classes `<Name><milliseconds>`, run by `typeorm migration:run`. */
export const typeorm: MigrationTool = programTool({
  name: 'typeorm',
  title: 'TypeORM',
  telling: /^\d{13}-[^/]+\.[cm]?[jt]s$/,
  because,
  files: /^(?!\.).*(?<!\.d)\.[cm]?[jt]s$/,
  named: (file, text) => {
    const identity = nameProperty(text) ?? className(text);
    if (identity === null) return null;
    return {
      version: identity.slice(-13),
      name: basename(file)
        .replace(/^\d+-/, '')
        .replace(/\.[^.]*$/, ''),
      identity,
      transaction: 'shared',
    };
  },
  order: byNumber,
  tables: ['public.migrations', 'public.typeorm_metadata'],
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'TypeORM does not notice, since it records names only: databases that ran the old class keep what it made, new ones get the new one.',
    },
    deleted: {
      does: 'ignores',
      says: 'TypeORM does not miss it: databases that ran it keep what it made, new ones never get it.',
    },
    renamed: {
      does: 'runs',
      says: 'TypeORM runs it a second time when its class has another name; the name of the file means nothing to it.',
    },
    outOfOrder: {
      does: 'runs',
      says: 'TypeORM runs it after the migrations that were meant to follow it, while a new database gets it before them.',
    },
    duplicateVersion: {
      does: 'runs',
      says: 'TypeORM tells migrations apart by the name of the class, and stops only where that is there twice: “Duplicate migrations: …”.',
      legal: true,
    },
  },
  advice:
    'In TypeORM the class says `transaction = false`, with `migrationsTransactionMode: "each"` or `migration:run --transaction each`; give it a file of its own.',
  words: typeormWords,
  command: {
    up: (project) => call(project, ['migration:run']),
    down: (project) => call(project, ['migration:revert']),
    recorded: ({ name }) => name ?? null,
  },
});
