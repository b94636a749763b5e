import { writeFile } from 'node:fs/promises';
import { didYouMean } from '../config/nearest.ts';
import type { FailOn } from '../config/options.ts';
import { UserError } from '../errors.ts';
import { gate } from '../gate.ts';
import { toJson } from '../report/json.ts';
import { toMarkdown } from '../report/markdown/markdown.ts';
import type { Report } from '../report/model.ts';
import { createProgress } from '../report/progress.ts';
import { toSarif } from '../report/sarif.ts';
import { toTerminal } from '../report/terminal/terminal.ts';
import { ruleHelp } from '../rules/help.ts';
import { isToolName, toolNames } from '../tools/index.ts';
import type { ToolName } from '../tools/tool.ts';
import { productVersion } from '../version.ts';

/** The options of `check`, as commander hands them over. */
export interface CheckFlags {
  readonly repo: string;
  readonly base?: string;
  readonly head?: string;
  readonly config?: string;
  readonly path?: string;
  readonly tool?: string;
  readonly shadow: string;
  readonly postgresVersion?: number;
  readonly applyCommand?: string;
  readonly postgresImage?: string;
  readonly shadowSuperuser?: boolean;
  readonly shadowData?: 'existing' | 'own';
  readonly timeoutMinutes?: number;
  readonly rules?: string;
  readonly failOn?: FailOn;
  readonly tableStats?: string;
  readonly checkDown?: boolean;
  readonly appliedRef?: string;
  readonly checkRerun?: boolean;
  readonly also?: readonly string[];
  readonly json?: string;
  readonly sarif?: string;
  readonly markdown?: string;
  readonly cache: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
}

const exitCodes = { pass: 0, blocked: 1, undecided: 2 } as const satisfies Record<Report['verdict'], number>;

/** Runs the gate and writes its report where the flags say. */
export async function check(flags: CheckFlags): Promise<number> {
  const toStdout = [flags.json, flags.sarif, flags.markdown].filter((file) => file === '-');
  if (toStdout.length > 1)
    throw new UserError('Only one of --json, --sarif and --markdown can go to standard output.');

  const progress = createProgress({ quiet: flags.quiet === true, color: useColor(flags, process.stderr) });
  let report: Report;
  try {
    report = await gate({
      options: {
        repo: flags.repo,
        base: flags.base ?? null,
        head: flags.head ?? null,
        config: flags.config ?? null,
        path: flags.path ?? null,
        tool: toolOf(flags.tool),
        shadow: flags.shadow,
        postgresVersion: flags.postgresVersion ?? null,
        applyCommand: flags.applyCommand ?? null,
        postgresImage: flags.postgresImage ?? null,
        timeoutMinutes: flags.timeoutMinutes ?? null,
        shadowSuperuser: flags.shadowSuperuser ?? null,
        shadowData: flags.shadowData ?? null,
        rules: flags.rules ?? null,
        failOn: flags.failOn ?? null,
        tableStats: flags.tableStats ?? null,
        checkDown: flags.checkDown ?? null,
        appliedRef: flags.appliedRef ?? null,
        checkRerun: flags.checkRerun ?? null,
        checkOpenPrs: null,
        also: flags.also ?? [],
        cache: flags.cache,
      },
      onProgress: progress.update,
    });
  } finally {
    progress.end();
  }

  if (flags.json !== undefined) await write(flags.json, toJson(report));
  if (flags.sarif !== undefined) await write(flags.sarif, sarif(report));
  if (flags.markdown !== undefined) await write(flags.markdown, markdown(report));
  if (toStdout.length === 0 && (flags.quiet !== true || report.verdict !== 'pass')) {
    process.stdout.write(
      toTerminal(report, { color: useColor(flags, process.stdout), width: process.stdout.columns }),
    );
  }
  return exitCodes[report.verdict];
}

function toolOf(name: string | undefined): ToolName | null {
  if (name === undefined) return null;
  if (isToolName(name)) return name;
  throw new UserError(`--tool ${JSON.stringify(name)} is no migration tool.${didYouMean(name, toolNames)}`);
}

/** https://no-color.org and https://force-color.org, else what the stream is. */
function useColor({ color }: CheckFlags, stream: { isTTY?: boolean }): boolean {
  if (!color || process.env.NO_COLOR) return false;
  return Boolean(process.env.FORCE_COLOR) || stream.isTTY === true;
}

function sarif(report: Report): string {
  return toSarif(report, { rules: ruleHelp(), version: productVersion(), docs: null, id: 'default' });
}

function markdown(report: Report): string {
  return toMarkdown(report, {});
}

async function write(file: string, text: string): Promise<void> {
  if (file === '-') {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UserError(`The report cannot be written to ${file}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
