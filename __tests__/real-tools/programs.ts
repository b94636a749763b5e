import { chmod, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { word } from '../../src/shell-word.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { debianProgram, npmTool } from './install.ts';
import { type Place, placeWith, type Ran, run } from './support.ts';

/** A migration tool that can be installed here, called by the names and in the way in which people call it. */
export interface RealTool {
  readonly name: ToolName;
  /** The tool and what tells two of its forms apart: the test's title. */
  readonly title: string;
  /** A project whose migrations are these statements, in order. */
  files(statements: readonly string[]): Readonly<Record<string, string>>;
  /** What people type to run what is pending. */
  readonly deploy: string;
  /** Where they type it, from the project's root. */
  readonly from?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Packages of npm that the project finds in its `node_modules`. */
  readonly packages?: readonly [string, ...string[]];
  /** Programs by name, each with the arguments that come before people's own. */
  programs(place: Place, packages: string): Promise<Readonly<Record<string, readonly string[]>>>;
}

/** The project on disk, with its dependencies beside it and an empty database. */
export async function projectPlace(tool: RealTool, statements: readonly string[]): Promise<Place> {
  const place = await placeWith(tool.files(statements));
  if (tool.packages !== undefined) {
    await symlink(
      join(await npmTool(...tool.packages), 'node_modules'),
      join(place.directory, 'node_modules'),
    );
  }
  return place;
}

/** The project with other files, and the same database. */
export async function projectAgain(
  tool: RealTool,
  statements: readonly string[],
  before: Place,
): Promise<Place> {
  const { directory } = await projectPlace(tool, statements);
  return { ...before, directory };
}

/** What people would type, in a shell that knows the tool's programs by name. */
export async function typed(tool: RealTool, place: Place, command: string): Promise<Ran> {
  const installed = tool.packages === undefined ? '' : await npmTool(...tool.packages);
  const names = join(place.directory, '.names');
  await mkdir(names, { recursive: true });
  for (const [name, program] of Object.entries(await tool.programs(place, installed))) {
    const file = join(names, name);
    await writeFile(file, `#!/bin/sh\nexec ${program.map(word).join(' ')} "$@"\n`);
    await chmod(file, 0o755);
  }
  return run('/bin/sh', ['-c', command], {
    cwd: join(place.directory, tool.from ?? ''),
    env: {
      ...place.env,
      ...tool.env,
      DATABASE_URL: place.url,
      PATH: [names, '/usr/bin', process.env.PATH].join(delimiter),
    },
  });
}

export const stamp = (number: number): string => `2024010${number}000000`;

/** One file for each statement. */
export const numbered = (
  statements: readonly string[],
  name: (number: number) => string,
  text: (sql: string, number: number) => string = (sql) => `${sql};\n`,
): Record<string, string> =>
  Object.fromEntries(statements.map((sql, index) => [name(index + 1), text(sql, index + 1)]));

/** The statement as a string of JavaScript, Python and Ruby. */
export const quoted = (sql: string): string => JSON.stringify(sql);

export const manifest = (dependencies: Readonly<Record<string, string>>): Record<string, string> => ({
  'package.json': JSON.stringify({ private: true, dependencies }),
});

export const nodeProgram = (packages: string, path: string): readonly string[] => [
  process.execPath,
  join(packages, 'node_modules', path),
];

export const sibling = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Liquibase's command; the package holds the program, and its scripts, which fetch newer ones, do not run. */
export async function liquibaseProgram(connection: Place['connection']): Promise<readonly string[]> {
  await debianProgram('java', 'openjdk-17-jre-headless');
  const home = join(await npmTool('liquibase@4.28.1'), 'node_modules/liquibase/dist/liquibase/internal/lib');
  const libraries = (await readdir(home)).map((name) => join(home, name));
  const { host, port, user, password, database } = connection;
  return [
    'java',
    '-cp',
    libraries.join(delimiter),
    'liquibase.integration.commandline.LiquibaseCommandLine',
    '--changelog-file=changelog.sql',
    `--url=jdbc:postgresql://${host}:${port}/${database}`,
    `--username=${user}`,
    `--password=${password}`,
  ];
}
