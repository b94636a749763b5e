import { majors } from '../config/file.ts';
import { type PostgresVersion, postgresVersionOf } from '../config/postgres-version.ts';
import { Undecided, UserError } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { configuredTool, noToolSettings } from '../tools/configured.ts';
import { runsItself, survey, toolNamed } from '../tools/index.ts';
import { andAbove, exclusion, within } from '../tools/reading/directories.ts';
import type { DetectedDatabase, Migration, PassedOver, ToolName } from '../tools/tool.ts';
import { type NeededExtension, neededExtensions } from './extensions.ts';
import { imageSaid } from './images.ts';

/** A tool that may own a directory, and why. */
export interface Candidate {
  readonly tool: ToolName;
  readonly because: string;
}

/** A migration directory, and what a config can say about it. */
export interface FoundDatabase {
  /** From the root of the repository ('' = the root). */
  readonly path: string;
  /** One: that is its tool. Several, or a question: somebody has to choose. */
  readonly candidates: readonly Candidate[];
  /** What has to be answered before it can be checked; null: nothing. */
  readonly question: string | null;
  /** How many migrations there are, or why they cannot be read; null: the tool is not known. */
  readonly migrations: number | string | null;
  readonly version: PostgresVersion;
  /** An image with extensions that developers run; null: none was seen. */
  readonly image: { readonly image: string; readonly file: string } | null;
  /** Extensions that the migrations create and that only other images of PostgreSQL have. */
  readonly needed: readonly NeededExtension[];
  /** A dump that may be what the migrations make; null: none was seen. */
  readonly declaredSchema: string | null;
  /** Is the project's own command called for it? */
  readonly runsItself: boolean;
}

export interface Found {
  readonly databases: readonly FoundDatabase[];
  /** One sentence each: what looks like migrations and is none of PostgreSQL's. */
  readonly notes: readonly string[];
}

/** What a repository holds that can be checked. Nothing of it is run. */
export async function findDatabases(tree: Tree): Promise<Found> {
  const { databases, unsupported, notes } = await survey(tree);
  const paths = [...new Set([...databases, ...unsupported].map(({ path }) => path))].sort();
  const numbered = databases.filter(({ tool, path }) => tool === 'plain' && !/migrat/i.test(path));
  const found: FoundDatabase[] = [];
  for (const path of paths) {
    const owners = databases.filter((one) => one.path === path);
    const others = unsupported.filter((one) => one.path === path);
    found.push(await databaseAt(tree, path, owners, others, numbered.length > 1));
  }
  return { databases: found, notes };
}

async function databaseAt(
  tree: Tree,
  path: string,
  owners: readonly DetectedDatabase[],
  others: readonly PassedOver[],
  severalNumbered: boolean,
): Promise<FoundDatabase> {
  const candidates = [
    ...owners.map(({ tool, because }) => ({ tool, because })),
    ...others.flatMap(({ sqlFiles, because }) => [
      ...(sqlFiles ? [{ tool: 'plain' as const, because: `if its SQL files run whole; ${because}` }] : []),
      { tool: 'command' as const, because: 'with an apply-command, which migrates DATABASE_URL' },
    ]),
  ];
  const [only] = candidates;
  const sure = only !== undefined && candidates.length === 1 && others.length === 0 ? only.tool : null;
  const [other] = others;
  const question =
    owners.length > 1 || (owners.length > 0 && other !== undefined)
      ? 'It looks like several tools: which one runs it?'
      : other !== undefined
        ? `It belongs to ${other.tool} (${other.because}), which cannot be read by itself: how is it run?`
        : severalNumbered && sure === 'plain' && !/migrat/i.test(path)
          ? 'One of several directories with numbered SQL files: is it deployed? If not, remove it here.'
          : null;
  const history = sure === null ? null : await migrationsAt(tree, path, sure);
  const version = await postgresVersionOf(tree, path);
  // A platform's own image is said where the shadow lacks something of it.
  const platform = sure !== null && toolNamed(sure).prelude !== undefined;
  return {
    path,
    candidates,
    question,
    migrations: history === null || typeof history === 'string' ? history : history.length,
    version,
    image: await imageSaid(tree),
    needed: platform || !Array.isArray(history) ? [] : neededExtensions(history, version.major),
    declaredSchema: sure === null ? null : declaredSchema(tree, path),
    runsItself: sure !== null && (await callsItself(tree, path, sure)),
  };
}

/** A text is why they cannot be read. */
async function migrationsAt(
  tree: Tree,
  path: string,
  name: ToolName,
): Promise<readonly Migration[] | string> {
  try {
    const tool = await configured(tree, path, name);
    return (await tool.history(tree, path)).migrations;
  } catch (error) {
    if (error instanceof Undecided || error instanceof UserError) return error.message;
    throw error;
  }
}

/** Some tools run themselves only where programs are among their files. */
async function callsItself(tree: Tree, path: string, name: ToolName): Promise<boolean> {
  if (!runsItself(name)) return false;
  if (toolNamed(name).command !== undefined) return true;
  try {
    return (await configured(tree, path, name)).command !== undefined;
  } catch (error) {
    if (error instanceof Undecided || error instanceof UserError) return true;
    throw error;
  }
}

const configured = (tree: Tree, path: string, tool: ToolName) =>
  configuredTool({ tool, path, toolSettings: noToolSettings }, { head: tree, base: tree });

/** Where tools write the schema that their migrations make: Rails, dbmate, and by hand. */
function declaredSchema(tree: Tree, path: string): string | null {
  const places = andAbove(path).flatMap((directory) => [
    ...(directory === path ? [] : ['structure.sql', 'schema.sql'].map((name) => within(directory, name))),
    ...['structure.sql', 'schema.sql'].map((name) => within(within(directory, 'db'), name)),
  ]);
  const file = places.find((place) => tree.get(place)?.mode.startsWith('100'));
  return file === undefined || exclusion(file) === 'copied' ? null : file;
}

/** Majors that can be asked for, for the comment beside the version. */
export const majorsText = majors.join(', ');
