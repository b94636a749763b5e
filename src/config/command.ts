import { runsItself, takesCommand } from '../tools/index.ts';
import type { ToolName, ToolSettings } from '../tools/tool.ts';
import type { WrittenDatabase, WrongKey } from './file.ts';
import type { CommandConfig, Options } from './options.ts';

/** What the config and the options say about how the project calls its tool. */
export const toolSettings = (one: WrittenDatabase | undefined, options: Options): ToolSettings => ({
  placeholders: one?.placeholders ?? {},
  outOfOrder: one?.['out-of-order'] ?? null,
  ...((options.applyCommand ?? one?.['apply-command'] ?? null) === null ? {} : { byCommand: true }),
});

/**
 * How a tool that runs itself is called.
 *
 * @param wrong reports wrong use at the line of a key of this database
 */
export function commandOf(
  tool: ToolName,
  options: Options,
  one: WrittenDatabase | undefined,
  wrong: WrongKey,
): CommandConfig {
  const apply = options.applyCommand ?? one?.['apply-command'] ?? null;
  const baseSetup = one?.['base-setup-command'] ?? null;
  if (tool === 'command' && apply === null)
    wrong('tool')(
      'The tool command needs an apply-command: a line for the shell that migrates DATABASE_URL.',
    );
  const refuse = (key: string) =>
    wrong(key)(
      `${key} is for tools that run themselves, and the files of ${tool} are applied by the gate. Remove it, or set tool: command.`,
    );
  if (!runsItself(tool) && !(apply !== null && takesCommand(tool))) {
    if (apply !== null) refuse('apply-command');
    if (baseSetup !== null) refuse('base-setup-command');
  }
  return { apply, baseSetup, environment: one?.['command-environment'] ?? {} };
}
