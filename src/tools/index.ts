import { Undecided } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { loadParser } from '../sql/parse.ts';
import { diesel } from './diesel.ts';
import { exclusion, isWithin } from './directories.ts';
import { drizzle } from './drizzle.ts';
import { graphileMigrate } from './graphile-migrate.ts';
import { plain } from './plain.ts';
import { prisma } from './prisma.ts';
import { refinery } from './refinery.ts';
import { sqlx } from './sqlx.ts';
import { supabase } from './supabase.ts';
import type { DetectedDatabase, MigrationTool, PassedOver, Survey, ToolName } from './tool.ts';
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

/** The tools that can be read by now. The most telling ones first; `plain` takes what nobody else claims. */
export const tools: Partial<Record<ToolName, MigrationTool>> = {
  prisma,
  drizzle,
  'graphile-migrate': graphileMigrate,
  supabase,
  diesel,
  refinery,
  sqlx,
  plain,
};

/** The tool of that name. Throws `Undecided` for one that cannot be read yet. */
export function toolNamed(name: ToolName): MigrationTool {
  const tool = tools[name];
  if (tool !== undefined) return tool;
  throw new Undecided(
    'unsupported-tool',
    `Migrations of ${name} cannot be read yet; by now these can: ${Object.keys(tools).join(', ')}. Where its directory holds SQL files that run in numeric order, set tool: plain (or --tool plain) to check them as such.`,
  );
}

/**
 * What a tree holds.
 * @param everywhere look into fixtures and examples too: the user named a directory
 */
export async function survey(tree: Tree, everywhere = false): Promise<Survey> {
  await loadParser();
  const notes: string[] = [];
  const databases: DetectedDatabase[] = [];
  const taken: (DetectedDatabase | PassedOver)[] = [];
  const illustrative: string[] = [];
  const claim = <T extends DetectedDatabase | PassedOver>(candidates: readonly T[]): T[] =>
    candidates.filter((candidate) => {
      if (taken.some((other) => overlaps(candidate.path, other.path))) return false;
      taken.push(candidate);
      if (everywhere || exclusion(candidate.path) === null) return true;
      illustrative.push(candidate.path);
      return false;
    });
  for (const tool of Object.values(tools)) {
    if (tool === plain) continue;
    const found = await tool.detect(tree);
    databases.push(...claim(found.databases));
    notes.push(...found.notes);
  }
  const others = await unsupportedDirectories(tree);
  const unsupported = claim(others.found);
  notes.push(...others.notes);
  const rest = await plain.detect(tree);
  databases.push(...claim(rest.databases));
  notes.push(...rest.notes);
  if (illustrative.length > 0) {
    const some = illustrative.slice(0, 3).join(', ');
    const more = illustrative.length > 3 ? ` and ${illustrative.length - 3} more` : '';
    notes.push(
      `Passed over as tests, examples or documentation: ${some}${more}. Name one under databases: in the config to check it.`,
    );
  }
  return { databases, unsupported, notes: [...new Set(notes)] };
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

/** A tool at the root of the repository owns its own files, not every directory below. */
const overlaps = (path: string, owner: string): boolean =>
  owner === '' ? path === '' : isWithin(path, owner);
