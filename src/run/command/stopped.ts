import { Undecided } from '../../errors.ts';
import { isNoRoom, noRoom } from '../server-gone.ts';
import type { ServerError } from '../trace.ts';
import { lastLines } from './call.ts';
import { type Ahead, whereIn } from './where.ts';
import type { CommandRun, ProgramInput } from './workspace.ts';

/** What stopped a command: the server, or the tool itself. */
export function errorOf({ statements, ended, shown }: CommandRun): ServerError {
  const said = statements.findLast(({ error }) => error !== null)?.error ?? null;
  return {
    sqlstate: said?.code ?? '',
    message: said?.message ?? `${shown} ended with ${ended.code}: ${lastLines(ended.output, 3, 500)}`,
    detail: said?.detail ?? null,
    hint: said?.hint ?? null,
    line: 1,
    column: null,
    object: {},
  };
}

/** A command that hangs, or that has migrated some other database, has shown nothing. */
export function mustHaveEnded(
  { ended, shown, connected, declined, statements }: CommandRun,
  { limitMs, adapter }: ProgramInput,
  side: string,
  ahead: Ahead,
): void {
  const full = statements.find(({ error }) => isNoRoom(error?.code));
  if (full?.error != null) throw noRoom(full.error.message, full.error);
  if (ended.code === null) {
    throw new Undecided(
      'timeout',
      `${shown} of ${side} did not end within ${Math.round(limitMs / 60_000)} minutes and was stopped. Its last lines:\n\n${lastLines(ended.output)}`,
      { place: whereIn(statements, adapter, ahead) },
    );
  }
  if (connected) return;
  if (declined) {
    throw new Undecided(
      'not-observed',
      `${shown} of ${side} accepts only an encrypted connection, and the shadow is reached over loopback without encryption. Its settings ask for it by themselves (sslmode=require, ssl: true, sslnegotiation=direct or the like): let them take that from PGSSLMODE, or leave it out where MIGRATION_GATE is set.${said({ ended })}`,
    );
  }
  const elsewhere = `${shown} of ${side} never connected to the shadow.`;
  throw new Undecided(
    'not-observed',
    ended.code === 0
      ? `${elsewhere} It may have gone elsewhere: its settings must take the database from DATABASE_URL or PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE (docs/commands.md lists all names that are set).${said({ ended })}`
      : `${elsewhere} It ended with ${ended.code}: its dependencies may not be installed in the job, or its settings need more than the command's environment has (command-environment in the config adds to it).${said({ ended })}`,
  );
}

/** The end of its output, for behind a message. */
export const said = ({ ended }: Pick<CommandRun, 'ended'>): string =>
  ended.output === '' ? '' : ` Its last lines:\n\n${lastLines(ended.output)}`;
