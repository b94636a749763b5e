import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Undecided } from '../../errors.ts';
import type { Tree } from '../../git/tree.ts';
import { createOwnedDirectory, removeLeftovers } from '../../shadow/owned-directory.ts';
import type { Connection } from '../../shadow/shadow.ts';
import type { Call, CommandAdapter, NotInstalled, Project } from '../../tools/command-adapter.ts';
import type { Migration } from '../../tools/tool.ts';
import { underWay } from '../../under-way.ts';
import { startProxy } from '../proxy/proxy.ts';
import type { Recorded } from '../proxy/record.ts';
import { type Ended, lastLines, runCommand } from './call.ts';
import { commandEnvironment, urlOf } from './environment.ts';
import { writeTree } from './files.ts';
import { lendDependencies, projectAt } from './installed.ts';
import { type Ahead, whereIn } from './where.ts';

/** How the commands of one database are run. */
export interface ProgramInput {
  readonly adapter: CommandAdapter;
  /** As its makers write it, for messages. */
  readonly title: string;
  readonly base: Tree;
  readonly head: Tree;
  /** Directory of the migrations, and where base has it. */
  readonly path: string;
  readonly basePath: string;
  /** The working directory, where the job has installed what the project needs. */
  readonly installedIn: string;
  /** A line for the shell in place of the adapter's own command; null = the adapter's. */
  readonly applyCommand: string | null;
  /** A line for the shell that installs base's dependencies in base's tree; null = the job's are used. */
  readonly baseSetupCommand: string | null;
  /** Variables that the config adds. */
  readonly environment: Readonly<Record<string, string>>;
  readonly limitMs: number;
}

/** A command that has been run on a database. */
export interface CommandRun {
  readonly ended: Ended;
  /** What it is called, without secrets. */
  readonly shown: string;
  readonly statements: readonly Recorded[];
  /** It has opened a connection. */
  readonly connected: boolean;
  /** It wanted an encrypted connection, and did not go on without. */
  readonly declined: boolean;
}

/** The files of one side on disk, in which its commands run. */
export interface Workspace extends AsyncDisposable {
  /**
   * Brings a database to this side's newest migration.
   *
   * @param ahead what it will run, to tell where it is
   * @param stopAfter the statement behind which the next one fails; only where nothing is observed
   */
  up(
    database: Connection,
    observe: boolean,
    ahead: Ahead,
    stopAfter?: (statement: Recorded) => boolean,
  ): Promise<CommandRun>;
  /** Takes back one migration; null where the tool has no way. */
  down(database: Connection, migration: Migration, applied: readonly Migration[]): Promise<CommandRun | null>;
  /**
   * Lets a program of the project answer a question in a file, without anybody's listening.
   *
   * @param database null: there is none, and the program has to do without
   * @param call is given the path of the file
   * @throws Undecided when the program is not there or cannot be started
   */
  ask(
    database: Connection | null,
    call: (project: Project, answer: string) => Call | NotInstalled,
  ): Promise<Asked>;
  /** Absolute path of a file of the tree. */
  place(file: string): string;
}

/** What came of a question. */
export interface Asked {
  readonly ended: Ended;
  readonly shown: string;
  /** Null: the file was not written. */
  readonly answer: string | null;
}

/**
 * Writes one side's files to a directory that is gone when this is closed, and lends it what the job has installed.
 *
 * @throws Undecided when the tool is not there
 */
export async function openWorkspace(input: ProgramInput, side: 'base' | 'head'): Promise<Workspace> {
  const base = tmpdir();
  await removeLeftovers(base);
  const owned = createOwnedDirectory(base, 0o700);
  const root = join(owned.path, 'tree');
  const home = join(owned.path, 'home');
  const [tree, path] = side === 'base' ? [input.base, input.basePath] : [input.head, input.path];
  const places = { root, home, path };
  try {
    await mkdir(root);
    await mkdir(home);
    await writeTree(tree, root);
    if (side === 'base' && input.baseSetupCommand !== null)
      await setUp(input, places, input.baseSetupCommand);
    else await lendDependencies(tree, input.installedIn, root);
  } catch (error) {
    await owned.remove();
    throw error;
  }
  const run = (database: Connection, observe: boolean, call: (project: Project) => Call | NotInstalled) =>
    runThrough(input, places, database, observe, call);
  const { adapter, applyCommand } = input;
  return {
    up: (database, observe, ahead, stopAfter) =>
      runThrough(
        input,
        places,
        database,
        observe,
        applyCommand === null ? adapter.up : () => shellCall(applyCommand),
        { ahead, stopAfter },
      ),
    down: async (database, migration, applied) =>
      adapter.down === undefined
        ? null
        : run(
            database,
            false,
            (project) => adapter.down?.(project, migration, applied) ?? shellCall('false'),
          ),
    ask: async (database, call) => {
      const answer = join(home, 'migration-gate-answer');
      await rm(answer, { force: true });
      const question = (project: Project) => call(project, answer);
      const run =
        database === null
          ? apart(input, places, question)
          : runThrough(input, places, database, false, question);
      const { ended, shown } = await run;
      return { ended, shown, answer: await readFile(answer, 'utf8').catch(() => null) };
    },
    place: (file) => join(root, file),
    [Symbol.asyncDispose]: () => owned.remove(),
  };
}

interface Places {
  readonly root: string;
  readonly home: string;
  readonly path: string;
}

async function runThrough(
  input: ProgramInput,
  { root, home, path }: Places,
  database: Connection,
  observe: boolean,
  call: (project: Project) => Call | NotInstalled,
  {
    ahead,
    stopAfter,
  }: { readonly ahead?: Ahead; readonly stopAfter?: ((statement: Recorded) => boolean) | undefined } = {},
): Promise<CommandRun> {
  await using proxy = await startProxy({
    shadow: database,
    observe,
    ...(stopAfter === undefined ? {} : { stopAfter }),
  });
  const { ended, shown } = await underWay(
    () => (ahead === undefined ? undefined : whereIn(proxy.statements, input.adapter, ahead)),
    () => runCalled(input, { root, home, path }, proxy.connection, call),
  );
  const [failure] = proxy.failures;
  if (failure !== undefined) {
    throw new Undecided(
      'not-observed',
      `What the command did could not be watched to its end: ${failure instanceof Error ? failure.message : String(failure)}`,
      { cause: failure },
    );
  }
  const { statements, connections, declined } = proxy;
  return {
    ended,
    shown,
    statements: [...statements],
    connected: connections > 0,
    declined: declined > 0,
  };
}

/** Runs a command in one side's files. */
async function runCalled(
  input: ProgramInput,
  { root, home, path }: Places,
  connection: Connection,
  call: (project: Project) => Call | NotInstalled,
): Promise<Pick<CommandRun, 'ended' | 'shown'>> {
  const url = urlOf(connection);
  // What the config adds counts as the job's: adapters look there for the settings that a project runs with.
  const job = { ...process.env, ...input.environment };
  const project = projectAt({ root, path, url, installedIn: input.installedIn, job });
  const called = call(project);
  if ('missing' in called) throw new Undecided('unsupported-tool', called.missing);
  for (const [file, content] of Object.entries(called.files ?? {})) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), content, { mode: 0o600 });
  }
  const secrets = [connection.password, encodeURIComponent(connection.password)];
  const env = commandEnvironment(process.env, connection, home, input.environment);
  const ended = await runCommand(called, {
    root,
    env,
    limitMs: input.limitMs,
    secrets,
    installedIn: input.installedIn,
  });
  const shown = [called.program.split('/').at(-1), ...called.args]
    .map((part) => (secrets.some((secret) => secret !== '' && part?.includes(secret)) ? '…' : part))
    .join(' ');
  return { ended, shown };
}

/** The environment names a database in any case. */
const nowhere: Connection = { host: '127.0.0.1', port: 1, user: 'none', password: '', database: 'none' };

const apart = (input: ProgramInput, places: Places, call: (project: Project) => Call | NotInstalled) =>
  runCalled(input, places, nowhere, call);

async function setUp(input: ProgramInput, { root, home }: Places, command: string): Promise<void> {
  const env = commandEnvironment(process.env, nowhere, home, input.environment);
  const { code, output } = await runCommand(shellCall(command), {
    root,
    env,
    limitMs: input.limitMs,
    secrets: [],
  });
  if (code === 0) return;
  throw new Undecided(
    'base-does-not-apply',
    `base-setup-command ended with ${code ?? 'no code, since it took too long'}. Its last lines:\n\n${lastLines(output)}`,
  );
}

/** What the config's author has written for a shell. */
const shellCall = (command: string): Call =>
  process.platform === 'win32'
    ? { program: process.env.ComSpec ?? 'cmd.exe', args: ['/d', '/s', '/c', command], directory: '' }
    : { program: '/bin/sh', args: ['-c', command], directory: '' };
