import { distance } from 'fastest-levenshtein';
import { UserError } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { configuredTool, noToolSettings } from '../tools/configured.ts';
import { survey, toolNamed, tools } from '../tools/index.ts';
import { refuseLink } from '../tools/reading/decode.ts';
import { basename, dirname, exclusion, isWithin, treePath } from '../tools/reading/directories.ts';
import type { DetectedDatabase, PassedOver, ToolName, ToolSettings } from '../tools/tool.ts';
import type { Found, Search } from './found.ts';
import { joinMoved, withBasePath } from './moved.ts';
import { quoted } from './nearest.ts';
import { question, shown, unsupportedTools } from './questions.ts';

/** What both trees hold together: a directory that the pull request removes must still be looked at. */
async function surveyBoth({ head, base }: Search, everywhere: boolean) {
  const [inHead, inBase] = [await survey(head, everywhere), await survey(base, everywhere)];
  const merge = <T extends DetectedDatabase | PassedOver>(now: readonly T[], before: readonly T[]): T[] => [
    ...now,
    ...before.filter((old) => !now.some((one) => one.path === old.path && one.tool === old.tool)),
  ];
  const databases = merge(inHead.databases, inBase.databases);
  const unsupported = merge(inHead.unsupported, inBase.unsupported);
  return { databases, unsupported, notes: [...new Set([...inHead.notes, ...inBase.notes])] };
}

/** The databases of a repository that has no `databases:` in its config. */
export async function detected(
  search: Search,
  tool: ToolName | null,
): Promise<{ found: Found[]; notes: string[] }> {
  const { databases, unsupported, notes } = await surveyBoth(search, false);
  const all = [...databases, ...unsupported];
  if (tool !== null) toolNamed(tool);
  const disputed = all.find((one) => all.some((other) => other.path === one.path && other.tool !== one.tool));
  if (disputed !== undefined && tool === null) {
    const rivals = all.filter((other) => other.path === disputed.path);
    throw question(
      `${shown(disputed.path)} looks like ${rivals.map((one) => `${one.tool} (${one.because})`).join(' and like ')}. Which is it?`,
      rivals,
    );
  }
  let wanted = databases.filter((one) => tool === null || one.tool === tool);
  const passedOver = unsupported.filter((one) => !wanted.some((other) => other.path === one.path));
  if (tool === 'plain' && wanted.length === 0 && passedOver.length === 1) {
    wanted = passedOver.map(({ path, because }) => ({
      path,
      tool,
      because: `${because}; taken as plain as asked`,
    }));
  } else if (tool !== null && wanted.length === 0 && all.length > 0) {
    const list = all.map((one) => `${shown(one.path)} (${one.tool})`).join(', ');
    throw new UserError(
      `No migrations of ${tool} were found, only: ${list}. Name the directory with --path.`,
    );
  } else if (tool === null) {
    // Silence about migrations that change in this very pull request would read as approval.
    const stopping =
      databases.length === 0 ? passedOver : passedOver.filter((one) => differs(search, one.path));
    if (stopping.length > 0) throw unsupportedTools(stopping);
    for (const one of passedOver) {
      notes.push(
        `${shown(one.path)} belongs to ${one.tool} (${one.because}), which cannot be read yet; nothing in it changed.`,
      );
    }
  }
  const unnamed = wanted.filter((one) => one.tool === 'plain' && !/migrat/i.test(one.path));
  if (unnamed.length > 1) {
    throw question(
      `Several directories hold numbered SQL files, and none of these is called migrations: ${unnamed.map((one) => shown(one.path)).join(', ')}. Which of them are deployed?`,
      wanted,
    );
  }
  const found = joinMoved(search, wanted, notes);
  for (const { path } of found) {
    const one = wanted.find((other) => other.path === path);
    if (one !== undefined)
      notes.push(`${shown(path)} is read as ${toolNamed(one.tool).title}: ${one.because}.`);
  }
  if (all.length === 0) {
    notes.push(
      'No migrations were found. If there are some, name their directory and tool under databases: in .github/migration-gate.yml.',
    );
  }
  return { found, notes };
}

/**
 * The database at a directory that the user named, with or without its tool.
 * @param fail reports wrong use at the place where the user wrote the path
 */
export async function named(
  search: Search,
  path: string,
  tool: ToolName | null,
  fail: (message: string) => never,
  settings: ToolSettings = noToolSettings,
): Promise<{ found: Found; notes: string[] }> {
  const notes: string[] = [];
  const found = { path, tool: await toolAt(search, path, tool, fail, settings) };
  return { found: withBasePath(search, found, notes), notes };
}

async function toolAt(
  search: Search,
  path: string,
  tool: ToolName | null,
  fail: (message: string) => never,
  settings: ToolSettings,
): Promise<ToolName> {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split('/').includes('..')) {
    fail(`The path ${quoted(path)} must be relative to the root of the repository and stay inside it.`);
  }
  const directory = treePath(path);
  const trees = [search.head, search.base];
  for (const tree of trees) {
    const entry = tree.get(directory);
    if (entry?.mode === '120000' || entry?.mode === '160000') refuseLink(entry);
  }
  if (!trees.some((tree) => tree.under(directory).length > 0)) {
    if (trees.some((tree) => tree.get(directory) !== undefined)) {
      fail(`${quoted(path)} is a file. Name the directory that holds the migrations.`);
    }
    fail(
      `There is no directory ${quoted(path)} in ${search.head.ref} or ${search.base.ref}.${near(directory, trees)}`,
    );
  }
  if (tool !== null) {
    await mustHoldMigrations(search, path, tool, fail, settings);
    return tool;
  }
  const { databases, unsupported } = await surveyBoth(search, true);
  const here = databases.filter((one) => one.path === directory);
  const passedOver = unsupported.filter(
    (one) => isWithin(directory, one.path) || isWithin(one.path, directory),
  );
  const [only] = here;
  if (only !== undefined && here.length === 1 && passedOver.length === 0) return only.tool;
  if (here.length === 0 && passedOver.length > 0) throw unsupportedTools(passedOver);
  if (here.length > 0) {
    const rivals = [...here, ...passedOver].map((one) => `${one.tool} (${one.because})`).join(' and like ');
    throw question(`${shown(directory)} looks like ${rivals}. Which is it?`, here);
  }
  const below = databases.filter((one) => isWithin(one.path, directory));
  if (below.length > 0) {
    fail(
      `${quoted(path)} holds no migrations itself. Did you mean ${below.map((one) => `${one.path} (${one.tool})`).join(' or ')}?`,
    );
  }
  return fail(
    `Nothing in ${quoted(path)} looks like migrations of a known tool. Say which tool it is (${Object.keys(tools).join(', ')}).`,
  );
}

/** A wrong tool would read nothing, find nothing wrong, and look like approval. */
async function mustHoldMigrations(
  search: Search,
  path: string,
  name: ToolName,
  fail: (message: string) => never,
  toolSettings: ToolSettings,
): Promise<void> {
  const tool = await configuredTool({ tool: name, path, toolSettings }, search);
  for (const tree of [search.base, search.head]) {
    if ((await tool.history(tree, path)).migrations.length > 0) return;
  }
  const sql = [...search.head.under(treePath(path)), ...search.base.under(treePath(path))].find((entry) =>
    /\.sql$/i.test(entry.path),
  );
  if (sql === undefined) return;
  fail(
    `${quoted(path)} holds SQL files (${sql.path}), but none that ${tool.title} would run. Another tool, or another directory?`,
  );
}

/** Is anything below the directory different between base and head? */
function differs({ head, base }: Search, path: string): boolean {
  const [a, b] = [head, base].map((tree) =>
    tree
      .under(path)
      .map((entry) => `${entry.mode} ${entry.oid} ${entry.path}`)
      .join('\n'),
  );
  return a !== b;
}

/** Directories with SQL files whose name is like the one that does not exist. */
function near(path: string, trees: readonly Tree[]): string {
  const directories = new Set<string>();
  for (const tree of trees) {
    for (const entry of tree.entries) {
      if (!/\.(?:sql|toml)$/.test(entry.path)) continue;
      const directory = dirname(entry.path);
      if (exclusion(directory) === 'copied') continue;
      directories.add(basename(entry.path) === 'migration.sql' ? dirname(directory) : directory);
    }
  }
  directories.delete('');
  const ranked = [...directories].sort((a, b) => distance(path, a) - distance(path, b)).slice(0, 3);
  return ranked.length === 0 ? '' : ` Near it: ${ranked.join(', ')}.`;
}
