import { distance } from 'fastest-levenshtein';
import { Undecided, UserError } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { configuredTool, noToolSettings } from '../tools/configured.ts';
import { isToolName, survey, toolNamed, tools } from '../tools/index.ts';
import { refuseLink } from '../tools/reading/decode.ts';
import { basename, dirname, exclusion, isWithin, treePath } from '../tools/reading/directories.ts';
import type { DetectedDatabase, PassedOver, ToolName, ToolSettings } from '../tools/tool.ts';
import { quoted } from './nearest.ts';

/** A directory to check, before versions and extensions are known. */
export interface Found {
  readonly path: string;
  readonly tool: ToolName;
  /** Where base has it, when the pull request moved the directory. */
  readonly basePath?: string;
}

export interface Search {
  readonly head: Tree;
  readonly base: Tree;
}

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

/** A directory that was moved is one database, not one that lost all of its history and one that is new. */
function joinMoved(search: Search, found: readonly Found[], notes: string[]): Found[] {
  const joined = found.map(({ path, tool }) => withBasePath(search, { path, tool }, notes));
  const from = new Set(joined.map((one) => one.basePath));
  return joined.filter((one) => !from.has(one.path));
}

/**
 * Finds where base has a directory that only head has: the place, gone in head, where most of that directory's
 * files stand with the same names and contents.
 */
function withBasePath({ head, base }: Search, found: Found, notes: string[]): Found {
  const directory = treePath(found.path);
  if (directory === '' || base.under(directory).length > 0) return found;
  const relative = new Map(
    head.under(directory).map(({ path, oid }) => [path.slice(directory.length + 1), oid]),
  );
  const roots = new Map<string, number>();
  for (const { path, oid } of base.entries) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
      if (relative.get(path.slice(at + 1)) !== oid) continue;
      const root = path.slice(0, at);
      roots.set(root, (roots.get(root) ?? 0) + 1);
    }
  }
  const [best] = [...roots].sort((a, b) => b[1] - a[1]);
  if (best === undefined) return found;
  const [root, same] = best;
  if (head.under(root).length > 0 || same * 2 <= base.under(root).length) return found;
  notes.push(`${directory} is compared with ${root} of the base, from where it was moved.`);
  return { ...found, basePath: root };
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

const shown = (path: string): string => (path === '' ? 'The root of the repository' : path);

/** The lines that answer a question, ready to be pasted. */
export function configLines(databases: readonly { path: string; tool: string }[]): string {
  const entries = databases.map(
    ({ path, tool }) =>
      `  - name: ${JSON.stringify(path === '' ? 'root' : path)}\n    path: ${JSON.stringify(path === '' ? '.' : path)}\n    tool: ${tool}`,
  );
  return `databases:\n${entries.join('\n')}\n`;
}

const question = (message: string, answers: readonly { path: string; tool: string }[]): Undecided =>
  new Undecided(
    'ambiguous-configuration',
    `${message} Keep what is right of these lines in .github/migration-gate.yml:\n\n${configLines(readable(answers))}`,
  );

/** A tool that no config can name is answered with what its files can be checked as. */
const readable = (answers: readonly { path: string; tool: string }[]) =>
  answers.map(({ path, tool }) => ({ path, tool: isToolName(tool) ? tool : 'plain' }));

function unsupportedTools(found: readonly PassedOver[]): Undecided {
  const some = found.slice(0, 5).map((one) => `${shown(one.path)} (${one.tool}: ${one.because})`);
  const list = `${some.join(', ')}${found.length > 5 ? ` and ${found.length - 5} more` : ''}`;
  // Where several are side by side, a directory that says postgres is the likely one.
  const sql = found
    .filter((one) => one.sqlFiles)
    .sort((a, b) => Number(/postgres|pg/i.test(b.path)) - Number(/postgres|pg/i.test(a.path)));
  const [first] = sql;
  if (first === undefined) {
    return new Undecided(
      'unsupported-tool',
      `There are migrations of a tool that cannot be read yet: ${list}. By now these can: ${Object.keys(tools).join(', ')}. Name the directories that should be checked under databases: in .github/migration-gate.yml, and leave these out.`,
    );
  }
  const plain = sql.map(({ path }) => ({ path, tool: 'plain' }));
  const path = first.path === '' ? '.' : first.path;
  return new Undecided(
    'unsupported-tool',
    `There are migrations of a tool that cannot be read yet: ${list}. Where they are SQL files that run whole and in numeric order, check them as such with --path ${path} --tool plain, or with these lines in .github/migration-gate.yml:\n\n${configLines(plain)}`,
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
