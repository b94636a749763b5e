import { appendFile, writeFile } from 'node:fs/promises';
import { noOptions } from '../config/options.ts';
import { UserError } from '../errors.ts';
import { createProgress } from '../report/progress.ts';
import { readStatus } from '../status/status.ts';
import { statusExitCodes, statusMarkdown, statusText } from '../status/text.ts';
import { isToolName, toolNames } from '../tools/index.ts';

/** The options of `status`, as commander hands them over. */
export interface StatusFlags {
  readonly repo: string;
  readonly databaseUrl?: string;
  readonly head?: string;
  readonly config?: string;
  readonly path?: string;
  readonly tool?: string;
  readonly schema?: boolean;
  readonly shadow: string;
  readonly json?: string;
  readonly quiet?: boolean;
}

/** Says where a database stands. @returns 0 up to date, 1 pending only, 2 what must stop a deployment */
export async function status(flags: StatusFlags): Promise<number> {
  const databaseUrl = flags.databaseUrl ?? process.env.DATABASE_URL ?? '';
  if (databaseUrl === '') throw new UserError('Say which database: --database-url URL, or DATABASE_URL.');
  const { tool = null } = flags;
  if (tool !== null && !isToolName(tool)) {
    throw new UserError(`--tool ${JSON.stringify(tool)} is no migration tool: ${toolNames.join(', ')}.`);
  }
  const progress = createProgress({ quiet: flags.quiet === true, color: false });
  const report = await readStatus({
    databaseUrl,
    schema: flags.schema === true,
    options: {
      ...noOptions,
      repo: flags.repo,
      head: flags.head ?? null,
      config: flags.config ?? null,
      path: flags.path ?? null,
      tool,
      shadow: flags.shadow,
    },
    onProgress: progress.update,
  }).finally(() => progress.end());
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (flags.json === '-') process.stdout.write(json);
  else {
    if (flags.json !== undefined) await write(flags.json, json);
    if (flags.quiet !== true || report.state === 'stop') process.stdout.write(statusText(report));
  }
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary) await appendFile(summary, statusMarkdown(report));
  return statusExitCodes[report.state];
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new UserError(`The status cannot be written to ${file}: ${(error as Error).message}`);
  }
}
