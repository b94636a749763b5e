import { execFileSync, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OwnedDirectory } from './owned-directory.ts';
import { collect, emptyEnvironment, runSealed, sealed } from './program.ts';
import {
  type Server,
  ServerDidNotStart,
  type ServerPlace,
  START_TIMEOUT_MS,
  serverArguments,
} from './server-process.ts';

/**
 * An administrator, as GitHub's Windows runners are, cannot run postgres.exe: it refuses. pg_ctl starts it with
 * a token that has the rights taken off.
 */
export async function startServerOnWindows(place: ServerPlace, run: OwnedDirectory): Promise<Server> {
  const { pgCtl, account } = place.binaries;
  const logFile = join(dirname(place.data), 'server.log');
  const stopArguments = (mode: string) => ['stop', '-D', place.data, '-m', mode, '-w', '-t', '10'];
  let running = true;
  const stop: Server['stop'] = async (mode) => {
    if (!running) return;
    running = false;
    await runSealed(pgCtl, stopArguments(mode), { account, timeoutMs: 15_000 });
  };
  run.addStop({
    run: () => stop('immediate'),
    sync: () => {
      if (!running) return;
      running = false;
      execFileSync(pgCtl, stopArguments('immediate'), { env: emptyEnvironment(), stdio: 'ignore' });
    },
  });
  // pg_ctl hands `-o` to a shell; these arguments are ours and hold no space or quote.
  const [, , ...options] = serverArguments(place);
  const started = await collect(
    () =>
      spawn(pgCtl, ['start', '-D', place.data, '-w', '-l', logFile, '-o', options.join(' ')], {
        ...sealed(account),
        // The server would inherit pipes and keep them open.
        stdio: 'ignore',
      }),
    START_TIMEOUT_MS,
  );
  if (started.code !== 0) {
    await stop('immediate');
    throw new ServerDidNotStart(await tail(logFile));
  }
  return { log: () => `see ${logFile}`, stop };
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => 'the server wrote no log');
  return text.trim().split('\n').slice(-20).join('\n');
}
