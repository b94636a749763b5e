import { Undecided } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { loadParser } from '../sql/parse.ts';
import { decodeMigration, refuseLink } from './reading/decode.ts';
import { otherDialect } from './reading/dialect.ts';
import { dirname, exclusion, isWithin, treePath } from './reading/directories.ts';
import { type SqitchLayout, sqitchLayouts } from './sqitch/conf.ts';
import { late, order, stopsAt } from './sqitch/order.ts';
import { type Plan, type PlannedChange, parsePlan } from './sqitch/plan.ts';
import { type Registered, sqitchBookkeeping } from './sqitch/registry.ts';
import { Scripts } from './sqitch/scripts.ts';
import type { DetectedDatabase, Down, History, Migration, MigrationTool, ToolSettings } from './tool.ts';

const title = 'Sqitch';

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  for (const layout of await sqitchLayouts(tree)) {
    const path = dirname(layout.plan);
    if (exclusion(path) === 'copied' || databases.some((one) => one.path === path)) continue;
    const scripts = tree.under(layout.deploy).filter((entry) => entry.path.endsWith(`.${layout.extension}`));
    if (layout.engine !== null && layout.engine !== 'pg') {
      notes.push(`${layout.plan} was passed over: its engine is ${layout.engine.slice(0, 40)}.`);
    } else {
      const dialect = layout.engine === 'pg' ? null : await otherDialect(tree, layout.deploy, scripts);
      if (dialect === null) databases.push({ path, tool: 'sqitch', because: `${layout.plan} is there` });
      else notes.push(`${layout.plan} was passed over: ${dialect}.`);
    }
  }
  return { databases, notes };
};

/** The project whose plan lies in this directory, or whose scripts do. */
async function layoutAt(tree: Tree, directory: string): Promise<SqitchLayout> {
  const layouts = await sqitchLayouts(tree);
  const found =
    layouts.find(({ plan }) => dirname(plan) === directory) ??
    layouts.find(({ deploy }) => deploy === directory || isWithin(directory, deploy));
  if (found !== undefined) return found;
  throw new Undecided(
    'invalid-configuration',
    `Sqitch has no plan in ${directory === '' ? 'the root of the repository' : directory}: there is no sqitch.plan, and no sqitch.conf that names one there.`,
  );
}

async function history(tree: Tree, path: string, settings: ToolSettings): Promise<History> {
  await loadParser();
  const directory = treePath(path);
  if (tree.under(directory).length === 0) return { migrations: [], notes: [] };
  const layout = await layoutAt(tree, directory);
  const planEntry = tree.get(layout.plan);
  if (planEntry !== undefined) refuseLink(planEntry);
  const planBytes = (await tree.read([layout.plan])).get(layout.plan) ?? Buffer.alloc(0);
  const plan = parsePlan(layout.plan, decodeMigration(layout.plan, planBytes).text);
  const scripts = new Scripts(tree, layout, settings);
  await scripts.load();
  const hashes = new Map<string, PlannedChange>();
  const migrations = plan.changes.map((change, place): Migration => {
    const made = migrationOf(plan, change, place, scripts);
    const hash = scripts.hash(change);
    const twin = hash === null ? undefined : hashes.get(hash);
    if (hash !== null) hashes.set(hash, change);
    if (twin === undefined || made.refused !== undefined) return made;
    const says = `${title} stops after it has run the script: Cannot log change "${change.name}": The deploy script is not unique (${twin.name} has the same).`;
    return { ...made, refused: { line: 1, says } };
  });
  return {
    migrations,
    notes: [],
    oddities: scripts.unplanned(plan).map((file) => ({
      kind: 'never-runs',
      file,
      says: `${title} runs what ${layout.plan} names, and no line of it names this script: add the change with \`sqitch add\`.`,
    })),
    paths: [
      ...new Set([
        dirname(layout.plan),
        layout.deploy,
        layout.revert,
        layout.reworkedDeploy,
        layout.reworkedRevert,
      ]),
    ],
  };
}

function migrationOf(plan: Plan, change: PlannedChange, place: number, scripts: Scripts): Migration {
  const file = scripts.deployFile(change);
  const bytes = scripts.bytes(file);
  const script = scripts.read(file);
  const revert = scripts.revertFile(change);
  const back = scripts.bytes(revert) === undefined ? null : scripts.read(revert);
  const down: Down | null =
    back === null || back.refused !== null ? null : { file: revert, sql: back.sql, transaction: 'none' };
  const earlier = plan.changes.slice(0, place);
  const conflict = change.conflicts.find((name) => earlier.some((one) => isNamed(one, name)));
  const missing = change.requires.find(
    (name) => !name.includes(':') && !/^[0-9a-f]{40}$/.test(name) && resolve(earlier, name) === null,
  );
  const unknown = change.conflicts.find(
    (name) => !name.includes(':') && resolve(plan.changes, name) === null,
  );
  const says =
    bytes === undefined
      ? `Deploy script ${file} does not exist`
      : missing !== undefined
        ? `Unknown change "${missing}" required by change "${change.name}"`
        : unknown !== undefined
          ? `Unable to find change "${unknown}" in plan ${scripts.layout.plan}`
          : conflict !== undefined
            ? `Conflicts with previously deployed change: ${conflict}`
            : null;
  const registered: Registered = {
    project: plan.project,
    uri: plan.uri,
    change,
    scriptHash: scripts.hash(change),
    required: Object.fromEntries(
      change.requires.flatMap((name) => {
        const id = resolve(earlier, name);
        return id === null ? [] : [[name, id]];
      }),
    ),
  };
  const stop = says === null ? script.refused : null;
  return {
    version: String(place + 1).padStart(4, '0'),
    name: change.name,
    // A reworked change keeps what it was known by: its script moves, and the new one is another change.
    identity: identityOf(earlier, change),
    // Where there is no script, the plan's line is the place to look at.
    file: bytes === undefined ? scripts.layout.plan : file,
    bytes: Buffer.concat([
      bytes ?? Buffer.alloc(0),
      ...script.included.map((one) => scripts.bytes(one) ?? Buffer.alloc(0)),
    ]),
    // Half a script is none.
    sql: script.refused === null ? script.sql : '',
    transaction: 'none',
    ...(script.copyData.length > 0 ? { copyData: script.copyData } : {}),
    down,
    ...(says === null
      ? {}
      : { refused: { line: bytes === undefined ? change.line : 1, says: `${title} stops: ${says}.` } }),
    ...(stop?.stops
      ? { refused: { line: stop.line, says: `${title} hands the script to psql, which ${stop.says}.` } }
      : {}),
    ...(stop !== null && !stop.stops
      ? { opaque: `${title} hands ${file} to psql, which in line ${stop.line} ${stop.says}.` }
      : {}),
    extra: {
      id: change.id,
      parent: change.parent,
      plan: scripts.layout.plan,
      line: change.line,
      registered: JSON.stringify(registered),
    },
  };
}

/**
 * `name`, `name@tag` or `@tag`. Of a name that was reworked Sqitch takes the first change, and as of a tag the newest
 * until there.
 */
function resolve(changes: readonly PlannedChange[], name: string): string | null {
  const [key = '', tag] = name.split('@');
  const isKey = (one: PlannedChange) => key === '' || one.name === key || one.id === key;
  if (tag === undefined) return changes.find(isKey)?.id ?? null;
  const until = changes.findIndex((one) => one.tags.some((each) => each.name === tag));
  return changes.slice(0, until + 1).findLast(isKey)?.id ?? null;
}

function identityOf(earlier: readonly PlannedChange[], { name }: PlannedChange): string {
  const times = earlier.filter((one) => one.name === name).length;
  return times === 0 ? name : `${name} (${times + 1})`;
}

const isNamed = (change: PlannedChange, name: string): boolean => change.name === name.split('@')[0];

const says = `the deployment stops with "Cannot find change … in sqitch.plan"`;

function toolWith(registry: string, settings: ToolSettings): MigrationTool {
  return {
    name: 'sqitch',
    title,
    detect,
    configured: async (tree, path, given) => {
      const directory = treePath(path);
      const found = tree.under(directory).length === 0 ? null : await layoutAt(tree, directory);
      return toolWith(found?.registry ?? 'sqitch', given);
    },
    order,
    history: (tree, path) => history(tree, path, settings),
    late,
    stopsAt,
    bookkeeping: sqitchBookkeeping(registry),
    sessions: 'each',
    onHistoryChange: {
      edited: {
        does: 'ignores',
        says: `${title} never looks at the script of a change that it has deployed (only \`sqitch check\` does): databases that ran the old text keep what it made, new ones get the new text. To change something once more, \`sqitch rework\` or add a change.`,
      },
      deleted: {
        does: 'refuses',
        says: `${title} keeps the hash of each plan line and of all before it: once a line is gone, ${says} on every database that has the changes after it.`,
      },
      renamed: {
        does: 'refuses',
        says: `${title} keeps the hash of each plan line and of all before it: under another name ${says}.`,
      },
      outOfOrder: {
        does: 'refuses',
        says: `${title} keeps the hash of each plan line and of all before it: when a line is put in, moved or changed above the last deployed one, ${says}. New changes go to the end of the plan.`,
      },
      duplicateVersion: {
        does: 'refuses',
        says: `${title} stops when it reads the plan: "Change … duplicates earlier declaration".`,
        legal: true,
      },
    },
    noTransaction: {
      directive: null,
      advice:
        'Put the statement into a change of its own whose script has no BEGIN and COMMIT: Sqitch runs scripts with psql and adds no transaction.',
    },
  };
}

/** Sqitch: changes in the order of sqitch.plan, each a script that psql runs. */
export const sqitch: MigrationTool = toolWith('sqitch', { placeholders: {}, outOfOrder: null });
