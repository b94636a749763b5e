import type { Catalog } from '../../catalog/model.ts';
import type { ShadowDatabase } from '../../shadow/shadow.ts';
import { onCopy, RolesChanged } from '../copies.ts';
import type { Recorded } from '../proxy/record.ts';
import type { RehearsalInput } from '../rehearsal.ts';
import type { MigrationRerun, Rerun, SecondRun } from '../rerun.ts';
import { differing } from '../reversal.ts';
import { snapshotOf } from '../snapshot-of.ts';
import { attribute, type Group } from './attribute.ts';
import { settingsIn } from './settings.ts';
import { errorOf } from './stopped.ts';
import { type Run, runsOf } from './traces.ts';
import type { CommandRun, ProgramInput, Workspace } from './workspace.ts';

type Context = Pick<RehearsalInput, 'tool' | 'pending'> & { readonly program: ProgramInput };

/** The tool is started twice for each stop. */
const mostStops = 12;

/** A statement behind which what was done so far stays, and the migration is not recorded. */
interface Stop {
  readonly text: string;
  /** The how manieth statement of this text it is, from 1: other connections may be faster at another time. */
  readonly time: number;
  readonly line: number;
}

/**
 * Stops the tool's command behind each statement of the new migrations that commits by itself, and behind each COMMIT,
 * where more of the migration is to come: the next statement fails. Then the command runs again. Each on a copy of
 * base's database.
 *
 * @param base in which base's migrations have been run
 */
export async function rerunByCommand(
  base: ShadowDatabase,
  workspace: Workspace,
  input: Context,
): Promise<Rerun> {
  const { tool } = input;
  const ahead = aheadOf(input);
  try {
    const first = await onCopy(base, async (copy) => {
      const run = await workspace.up(copy.connection, false, ahead);
      return { run, catalog: await snapshotOf(copy.admin, tool) };
    });
    if (first.run.ended.code !== 0) {
      const why = errorOf(first.run).message;
      return {
        migrations: [],
        notChecked: [
          `Whether the new migrations can be run again: ${tool.title} did not run them a second time (${why}).`,
        ],
      };
    }
    return await stopEach(base, workspace, input, first);
  } catch (error) {
    if (!(error instanceof RolesChanged)) throw error;
    return {
      migrations: [],
      notChecked: [
        `Whether the new migrations can be run again: ${error.message}, and roles belong to the whole server.`,
      ],
    };
  }
}

const aheadOf = ({ tool, pending }: Context) => ({ tool, migrations: pending });

async function stopEach(
  base: ShadowDatabase,
  workspace: Workspace,
  input: Context,
  first: { readonly run: CommandRun; readonly catalog: Catalog },
): Promise<Rerun> {
  const runs = attributedRuns(first.run, input, false);
  const ahead = aheadOf(input);
  const migrations: MigrationRerun[] = [];
  const notChecked: string[] = [];
  let left = mostStops;
  for (const { run, group } of runs) {
    const places = stopsIn(group, run, first.run.statements);
    const cutOffs: MigrationRerun['cutOffs'][number][] = [];
    let tried = 0;
    let went = 0;
    for (const stop of places.slice(0, left)) {
      const second = await onCopy(base, async (copy) => {
        const stopped = await workspace.up(copy.connection, false, ahead, after(stop));
        return stopped.ended.code === 0
          ? null
          : secondRun(copy, await workspace.up(copy.connection, false, ahead), first.catalog, input);
      });
      if (second === null) went += 1;
      else tried += 1;
      if (second !== null && (second.error !== null || second.differs.length > 0))
        cutOffs.push({ after: { end: 0, line: stop.line }, run: second });
    }
    left -= Math.min(left, places.length);
    const untried = places.length - tried - went;
    if (untried > 0)
      notChecked.push(
        `${run.migration.file} was stopped and run again at ${tried} places only; ${untried} more were not tried.`,
      );
    if (went > 0)
      notChecked.push(
        `${run.migration.file} goes on behind a statement that fails, so that ${went} of its stops stopped nothing.`,
      );
    migrations.push({ migration: run.migration, again: nothing, cutOffs, tried });
  }
  return { migrations, notChecked };
}

/** The tool has recorded what it has run, and does not run it again. */
const nothing: SecondRun = { error: null, differs: [], inserts: [] };

function after({ text, time }: Stop): (statement: Recorded) => boolean {
  let seen = 0;
  return (statement) => {
    if (statement.text !== text || statement.error !== null) return false;
    seen += 1;
    return seen === time;
  };
}

async function secondRun(
  copy: ShadowDatabase,
  run: CommandRun,
  wanted: Catalog,
  input: Context,
): Promise<SecondRun> {
  if (run.ended.code === 0)
    return { error: null, differs: differing(wanted, await snapshotOf(copy.admin, input.tool)), inserts: [] };
  const stopped = attributedRuns(run, input, true).find(({ run: { trace } }) => trace.error !== null);
  return { error: stopped?.run.trace.error ?? errorOf(run), differs: [], inserts: [] };
}

function attributedRuns(
  { statements }: CommandRun,
  { tool, pending, program }: Context,
  failed: boolean,
): readonly { readonly run: Run; readonly group: Group }[] {
  const tables = tool.bookkeeping.relations;
  const { groups } = attribute(statements, { adapter: program.adapter, tables, pending, failed });
  return runsOf(groups, statements, tables).flatMap((run, index) => {
    const group = groups[index];
    return group === undefined ? [] : [{ run, group }];
  });
}

/** Where what the migration did so far has been committed, and more of it is to come. */
function stopsIn(group: Group, { trace }: Run, all: readonly Recorded[]): Stop[] {
  let uncommitted = false;
  let line = 1;
  const lines = new Map(trace.statements.map(({ sql, line }) => [sql, line]));
  const end = group.statements.findLastIndex(({ is }) => is === 'work');
  return group.statements.slice(0, end).flatMap(({ recorded, is, sql, parsed }) => {
    const { text, statusAfter, order } = recorded;
    if (is === 'work') line = lines.get(sql) ?? line;
    // A setting is gone with the session.
    const does = is === 'work' && !parsed.every(({ node }) => settingsIn(node) !== null);
    const stays = statusAfter === 'I' && (does || (uncommitted && recorded.tags.includes('COMMIT')));
    uncommitted = statusAfter !== 'I' && (uncommitted || does);
    if (!stays || recorded.error !== null) return [];
    const time = all.filter((one) => one.order <= order && one.error === null && one.text === text).length;
    return [{ text, time, line }];
  });
}
