import type { Tree } from '../git/tree.ts';
import { loadParser } from '../sql/parse.ts';
import { alembic } from './alembic.ts';
import { atlas } from './atlas.ts';
import { command } from './command.ts';
import { dbmate } from './dbmate.ts';
import { diesel } from './diesel.ts';
import { django } from './django.ts';
import { drizzle } from './drizzle.ts';
import { ecto } from './ecto.ts';
import { flyway } from './flyway.ts';
import { golangMigrate } from './golang-migrate.ts';
import { goose } from './goose.ts';
import { graphileMigrate } from './graphile-migrate.ts';
import { hasura } from './hasura.ts';
import { knex } from './knex.ts';
import { kysely } from './kysely.ts';
import { liquibase } from './liquibase.ts';
import { mikroOrm } from './mikro-orm.ts';
import { nodePgMigrate } from './node-pg-migrate.ts';
import { plain } from './plain.ts';
import { prisma } from './prisma.ts';
import { rails } from './rails.ts';
import { settleClaims } from './reading/claims.ts';
import { isWithin } from './reading/directories.ts';
import { surveyedTree } from './reading/surveyed-tree.ts';
import { refinery } from './refinery.ts';
import { sequelize } from './sequelize.ts';
import { sqitch } from './sqitch.ts';
import { sqlx } from './sqlx.ts';
import { supabase } from './supabase.ts';
import type { DetectedDatabase, MigrationTool, PassedOver, Survey, ToolName } from './tool.ts';
import { typeorm } from './typeorm.ts';
import { unsupportedDirectories } from './unsupported.ts';

/** Every name that `--tool` and the config take. */
export const toolNames = [
  'prisma',
  'drizzle',
  'flyway',
  'golang-migrate',
  'sqlx',
  'dbmate',
  'goose',
  'supabase',
  'hasura',
  'atlas',
  'liquibase',
  'sqitch',
  'graphile-migrate',
  'node-pg-migrate',
  'diesel',
  'refinery',
  'plain',
  'alembic',
  'django',
  'rails',
  'knex',
  'typeorm',
  'sequelize',
  'kysely',
  'mikro-orm',
  'ecto',
  'command',
] as const satisfies readonly ToolName[];

/** All tools. The most telling ones first; `plain` takes what nobody else claims. */
export const tools: Record<ToolName, MigrationTool> = {
  prisma,
  drizzle,
  'graphile-migrate': graphileMigrate,
  'node-pg-migrate': nodePgMigrate,
  supabase,
  diesel,
  refinery,
  flyway,
  liquibase,
  hasura,
  sqlx,
  sqitch,
  'golang-migrate': golangMigrate,
  goose,
  dbmate,
  atlas,
  alembic,
  django,
  rails,
  knex,
  typeorm,
  sequelize,
  kysely,
  'mikro-orm': mikroOrm,
  ecto,
  command,
  plain,
};

/** Is the project's own command called for this tool? Some are called for directories that hold programs. */
export const runsItself = (name: ToolName): boolean =>
  name === 'node-pg-migrate' || tools[name]?.command !== undefined;

/** May an apply-command take the place of the gate, which applies its SQL files itself otherwise? */
export const takesCommand = (name: ToolName): boolean => name === 'drizzle';

/** The tool of that name. */
export const toolNamed = (name: ToolName): MigrationTool => tools[name];

/**
 * What a tree holds.
 * @param everywhere look into fixtures and examples too: the user named a directory
 */
export async function survey(tree: Tree, everywhere = false): Promise<Survey> {
  await loadParser();
  const { tree: seen, illustrative } = surveyedTree(tree, everywhere);
  const found = await Promise.all(Object.values(tools).map((tool) => tool.detect(seen)));
  const others = await unsupportedDirectories(seen);
  const notes = [...found.flatMap((one) => one.notes), ...others.notes];
  // What a tool knows for its own and for another database's is no plain SQL of PostgreSQL's either.
  const passedOver = new Set(notes.flatMap((note) => passedOverIn(note) ?? []));
  // A project of Django's holds the migrations of all its apps.
  const owned = found.flatMap(({ databases }) => databases);
  const claims: readonly (DetectedDatabase | PassedOver)[] = [
    ...owned.filter(({ tool, path }) => tool !== 'plain' || !passedOver.has(path)),
    ...others.found
      .filter(({ path }) => !passedOver.has(path))
      .filter(({ path, tool }) => !owned.some((one) => one.tool === tool && isWithin(path, one.path)))
      // A name that several tools give tells nothing beside what one of them proves.
      .filter(
        ({ path, tool }) =>
          !(tool in tools && owned.some((one) => one.tool !== 'plain' && one.path === path)),
      )
      .map(unproved),
  ];
  const settled = settleClaims(claims);
  if (illustrative.length > 0) {
    const some = illustrative.slice(0, 3).join(', ');
    const more = illustrative.length > 3 ? ` and ${illustrative.length - 3} more` : '';
    notes.push(
      `Passed over as tests, examples or documentation: ${some}${more}. Name one under databases: in the config to check it.`,
    );
  }
  return {
    databases: settled.filter(isDatabase),
    unsupported: settled.filter((claim): claim is PassedOver => !isDatabase(claim)),
    notes: onePerDirectory(notes),
  };
}

/** Files that look like those of a tool which itself did not take them: nobody knows what runs them. */
const unproved = (claim: PassedOver): PassedOver =>
  claim.tool in tools
    ? {
        ...claim,
        tool: `like ${claim.tool}`,
        because: `${claim.because}, and nothing around it is ${claim.tool}'s`,
      }
    : claim;

/** Directories that cannot be read say whether they hold SQL files. */
const isDatabase = (claim: DetectedDatabase | PassedOver): claim is DetectedDatabase =>
  !('sqlFiles' in claim);

/** The directory of a note `<path> was passed over: <why>`. */
const passedOverIn = (note: string): string | null => /^(.*?) was passed over: /.exec(note)?.[1] ?? null;

/** Several tools may have passed over one directory, in words of their own. */
function onePerDirectory(notes: readonly string[]): string[] {
  const said = new Set<string>();
  return notes.filter((note) => {
    const about = passedOverIn(note) ?? note;
    if (said.has(about)) return false;
    said.add(about);
    return true;
  });
}

/** Migration directories of a tree with the tool that owns each, those of tools that cannot be read yet included. */
export async function detectDatabases(tree: Tree): Promise<DetectedDatabase[]> {
  const { databases, unsupported } = await survey(tree);
  return [
    ...databases,
    ...unsupported.flatMap((one) => (isToolName(one.tool) ? [{ ...one, tool: one.tool }] : [])),
  ];
}

export const isToolName = (name: string): name is ToolName => (toolNames as readonly string[]).includes(name);
