import { Undecided } from '../errors.ts';
import { isToolName, tools } from '../tools/index.ts';
import type { PassedOver } from '../tools/tool.ts';

/** A directory's path in a sentence. */
export const shown = (path: string): string => (path === '' ? 'The root of the repository' : path);

/** The lines that answer a question, ready to be pasted. */
function configLines(databases: readonly { path: string; tool: string }[]): string {
  const entries = databases.map(
    ({ path, tool }) =>
      `  - name: ${JSON.stringify(path === '' ? 'root' : path)}\n    path: ${JSON.stringify(path === '' ? '.' : path)}\n    tool: ${tool}`,
  );
  return `databases:\n${entries.join('\n')}\n`;
}

/** Stops with a question and the lines that would answer it. */
export const question = (message: string, answers: readonly { path: string; tool: string }[]): Undecided =>
  new Undecided(
    'ambiguous-configuration',
    `${message} Keep what is right of these lines in .github/migration-gate.yml:\n\n${configLines(readable(answers))}`,
  );

/** A tool that no config can name is answered with what its files can be checked as. */
const readable = (answers: readonly { path: string; tool: string }[]) =>
  answers.map(({ path, tool }) => ({ path, tool: isToolName(tool) ? tool : 'plain' }));

/** Stops at migrations that no tool here reads, and says how they can be checked all the same. */
export function unsupportedTools(found: readonly PassedOver[]): Undecided {
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
