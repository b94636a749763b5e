import { sourceComments } from '../../sql/source-comments.ts';
import type { Call, NotInstalled, Project } from '../command-adapter.ts';
import { andAbove, within } from './directories.ts';

/**
 * The text of what is assigned to a name at the beginning of a line (`indent` spaces allowed), brackets to their end and
 * comments left out; null when nothing is.
 */
export function assigned(source: string, name: string, indent = ''): string | null {
  const text = blankComments(source);
  const span = spanIn(text, name, indent);
  return span === null ? null : text.slice(span.from, span.end).trim();
}

/** Where that is: `start` of the line, `from` of the expression, `end`. */
export const assignedSpan = (source: string, name: string, indent = ''): AssignedSpan | null =>
  spanIn(blankComments(source), name, indent);

/** Offsets into a source. */
interface AssignedSpan {
  readonly start: number;
  readonly from: number;
  readonly end: number;
}

function spanIn(text: string, name: string, indent: string): AssignedSpan | null {
  const start = new RegExp(`^${indent}${name}\\s*(?::[^=\\n]+)?=(?!=)\\s*`, 'm').exec(text);
  if (start === null) return null;
  const from = start.index + start[0].length;
  const span = { start: start.index, from };
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (quote !== '') {
      if (sign === '\\') at += 1;
      else if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if ('([{'.includes(sign)) depth += 1;
    else if (')]}'.includes(sign)) depth -= 1;
    else if (sign === '\n' && depth <= 0) return { ...span, end: at };
  }
  return { ...span, end: text.length };
}

/** The strings of an expression, in order. */
export const stringsIn = (expression: string | null): string[] =>
  [...(expression ?? '').matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g)].map(
    ([, a, b]) => a ?? b ?? '',
  );

/** Spaces instead of comments and the docstring before the code, so that lines and columns stay. */
function blankComments(source: string): string {
  const { comments, codeStart } = sourceComments(source, 'python');
  let text = source.slice(0, codeStart).replace(/[^\n]/g, ' ') + source.slice(codeStart);
  for (const { start, end } of comments)
    text = text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
  return text;
}

/** A call of a Python module or script of the project, in its own environment. */
export function pythonCall(
  project: Project,
  tool: {
    readonly title: string;
    readonly directory: string;
    readonly args: readonly string[];
    /** Folders that hold the project's packages, from the root. */
    readonly packages: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  },
): Call | NotInstalled {
  const { title, directory, args, env = {} } = tool;
  const program = project.python(directory);
  if (program === null)
    return {
      missing: `${title} cannot run: there is no Python in the job. Set it up and install the project's dependencies (${managerOf(project, directory)}) before the gate, or give another command with apply-command.`,
    };
  const folders = [...new Set(tool.packages)].map((folder) => `${project.root}/${folder}`.replace(/\/$/, ''));
  // Before what an editable install of the working directory puts on the path.
  return {
    program,
    args,
    directory,
    env: { ...env, PYTHONPATH: folders.join(process.platform === 'win32' ? ';' : ':') },
  };
}

/** How this project installs what it needs. */
export function managerOf(project: Pick<Project, 'has'>, directory: string): string {
  const locks = [
    ['uv.lock', 'uv sync'],
    ['poetry.lock', 'poetry install'],
    ['Pipfile.lock', 'pipenv sync'],
    ['pdm.lock', 'pdm sync'],
  ] as const;
  const found = locks.find(([lock]) =>
    andAbove(directory).some((folder) => project.has(within(folder, lock))),
  );
  return found?.[1] ?? 'pip install -r requirements.txt';
}
