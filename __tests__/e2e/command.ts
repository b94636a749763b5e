import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../src/report/model.ts';
import { assertValidReport } from '../report/validate.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The built command. While it is being worked on, `src/cli.ts` can stand in for it. */
export const entry = fileURLToPath(
  new URL(process.env.MIGRATION_GATE_CLI ?? 'dist/cli.js', `file://${root}/`),
);

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in a directory and waits for its end. */
export async function command(directory: string, ...args: string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: directory,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

/** `check --json -` and its report, which must be valid. */
export async function check(
  directory: string,
  ...args: string[]
): Promise<CommandResult & { report: Report }> {
  const result = await command(directory, 'check', '--json', '-', ...args);
  let report: unknown;
  try {
    report = JSON.parse(result.stdout);
  } catch {
    throw new Error(`no report, exit code ${result.code}:\n${result.stdout}\n${result.stderr}`);
  }
  assertValidReport(report);
  return { ...result, report: report as Report };
}
