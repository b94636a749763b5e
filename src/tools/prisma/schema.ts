import type { Tree } from '../../git/tree.ts';
import type { Project, SchemaComparison } from '../command-adapter.ts';
import { andAbove, dirname, resolved, within } from '../reading/directories.ts';
import { prismaConfigs, schemaFiles, type UrlSchema } from './config.ts';

/**
 * The schema of these migrations, a file or a folder of them: what a config or package.json says, else what stands beside
 * the migrations. Null: there is none.
 *
 * @param path directory of the migrations
 */
export async function schemaOf(tree: Tree, path: string): Promise<string | null> {
  const beside = dirname(path);
  const declares = (schema: string): boolean =>
    schemaFiles(tree, schema).some((file) => tree.get(file) !== undefined);
  const stated = [...(await inConfigs(tree, path)), ...(await inManifests(tree, path))].find(declares);
  if (stated !== undefined) return stated;
  const file = within(beside, 'schema.prisma');
  const folder = within(beside, 'schema');
  return [file, folder].find(declares) ?? (hasOwn(tree, beside) ? beside : null);
}

/** Parts of a schema that stand in the folder itself, as where the migrations lie beside them. */
const hasOwn = (tree: Tree, folder: string): boolean =>
  tree.under(folder).some((entry) => entry.path.endsWith('.prisma') && dirname(entry.path) === folder);

/** Prisma looks for the migrations beside the schema's file, or in its folder. */
const isBeside = (schema: string, path: string): boolean =>
  [schema, dirname(schema)].some((folder) => within(folder, 'migrations') === path);

async function inConfigs(tree: Tree, path: string): Promise<string[]> {
  return (await prismaConfigs(tree)).flatMap(({ schema, migrations }) =>
    schema !== null && (migrations === path || (migrations === null && isBeside(schema, path)))
      ? [schema]
      : [],
  );
}

/** `"prisma": { "schema": "db/schema.prisma" }`, as it was said before there were configs. */
async function inManifests(tree: Tree, path: string): Promise<string[]> {
  const manifests = await tree.read(andAbove(path).map((folder) => within(folder, 'package.json')));
  return [...manifests].flatMap(([file, bytes]) => {
    const said = /"prisma"\s*:\s*\{[^{}]*"schema"\s*:\s*"([^"\\]+)"/.exec(bytes.toString('utf8'))?.[1];
    const schema = said === undefined ? null : resolved(dirname(file), said);
    return schema !== null && isBeside(schema, path) ? [schema] : [];
  });
}

/** How `migrate diff` ends where something differs. */
const DIFFERS = 2;
/** What it prints where nothing does. */
const nothing = '-- This is an empty migration.';

/** Keeps what the command prints from what it says on the way, and tells "differs" from a failure. */
const keeper = `const { spawnSync } = require('node:child_process');
const [answer, program, ...args] = process.argv.slice(1);
const { status, stdout, error } = spawnSync(program, args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 2 ** 25 });
const empty = status === 0 && stdout.includes(${JSON.stringify(nothing)});
if (status === ${DIFFERS} || empty) require('node:fs').writeFileSync(answer, empty ? '' : stdout);
else console.log(error?.message ?? stdout);
process.exitCode = status === ${DIFFERS} || empty ? 0 : 1;`;

/** The folder at or above the migrations in which Prisma is installed. */
const installation = (project: Pick<Project, 'npmProgram' | 'path'>) =>
  andAbove(project.path)
    .map((folder) => ({ folder, program: project.npmProgram('prisma', folder) }))
    .filter(({ folder, program }) => program?.endsWith(within(folder, 'node_modules/.bin/prisma')) === true)
    .at(0);

const majorOf = (project: Project, folder: string): number =>
  Number(
    /"version"\s*:\s*"(\d+)\./.exec(
      project.text(within(folder, 'node_modules/prisma/package.json')) ?? '',
    )?.[1] ?? Number.NaN,
  );

/**
 * `prisma migrate diff` of the project's own Prisma, from the migrated database to its schema.
 *
 * @param url where the project's URL asks for another schema than `public`
 */
export const prismaComparison = (url: UrlSchema | null): SchemaComparison => ({
  asked: 'prisma migrate diff',
  makes: 'npx prisma migrate dev --create-only',
  absorbs: 'npx prisma db pull',
  program: 'prisma',
  call: (project, schema, answer) => {
    const found = installation(project);
    if (found === undefined || found.program === null)
      return { missing: 'Prisma is not installed in the checkout (`npm ci` before this step).' };
    const { folder, program } = found;
    const database = url === null ? project.url : `${project.url}?schema=${encodeURIComponent(url.schema)}`;
    const fromConfig = majorOf(project, folder) >= 7;
    const config = within(folder, 'migration-gate.prisma.config.mjs');
    const absolute = `${project.root}/${schema}`;
    const sides = fromConfig
      ? ['--config', `${project.root}/${config}`, '--from-config-datasource', '--to-schema', absolute]
      : ['--from-url', database, '--to-schema-datamodel', absolute];
    return {
      program: project.onPath('node') ?? process.execPath,
      args: ['-e', keeper, answer, program, 'migrate', 'diff', ...sides, '--script', '--exit-code'],
      directory: folder,
      env: { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
      ...(fromConfig ? { files: { [config]: configFor(project, folder, schema, database) } } : {}),
    };
  },
});

/**
 * A config that names the shadow. The project's own is taken along only where it says what Prisma is to leave alone, since
 * most ask for variables that are not here.
 */
function configFor(project: Project, folder: string, schema: string, database: string): string {
  const own = andAbove(folder)
    .flatMap((from) => ['prisma.config', '.config/prisma'].map((name) => within(from, name)))
    .flatMap((name) => ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].map((ending) => `${name}.${ending}`))
    .find((file) => project.has(file));
  const isNeeded = own !== undefined && /\bexternal\b/.test(project.text(own) ?? '');
  const given = isNeeded
    ? `import own from ${JSON.stringify(`${project.root}/${own}`)};\n`
    : 'const own = {};\n';
  return `${given}export default { ...own, schema: ${JSON.stringify(`${project.root}/${schema}`)}, datasource: { url: ${JSON.stringify(database)} } };\n`;
}
