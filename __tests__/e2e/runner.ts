import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The bundles that the actions run. While they are being worked on, `src/action.ts` and its like can stand in for them. */
const entries = {
  gate: join(root, process.env.MIGRATION_GATE_ACTION ?? 'dist/action.js'),
  report: join(root, process.env.MIGRATION_GATE_REPORT ?? 'dist/report.js'),
};

type Action = { readonly inputs: Record<string, { readonly default: string }> };
const read = (file: string): Action => parse(readFileSync(join(root, file), 'utf8'));
const actions = { gate: read('action.yml'), report: read('report/action.yml') };

/** A workflow command as the runner obeyed it. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

export interface StepResult {
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly commands: readonly Command[];
  /** What a person sees in the log. */
  readonly log: string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Step {
  /** Which of the actions; the gate itself where nothing is said. */
  readonly action?: keyof typeof actions;
  readonly event: string;
  readonly payload: unknown;
  readonly workspace: string;
  /** Address of GitHub's API. */
  readonly api: string;
  readonly token: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the action as a step: inputs with the defaults of action.yml, event file, command files. */
export async function runStep(step: Step): Promise<StepResult> {
  const which = step.action ?? 'gate';
  const temp = mkdtempSync(join(tmpdir(), 'gate-runner-'));
  try {
    const file = (name: string, text: string): string => {
      const path = join(temp, name);
      writeFileSync(path, text);
      return path;
    };
    const output = file('output', '');
    const summary = file('summary', '');
    const child = spawn(process.execPath, [entries[which]], {
      cwd: step.workspace,
      env: {
        ...machine(),
        ...Object.fromEntries(
          Object.entries(actions[which].inputs).map(([name, { default: value }]) => [
            `INPUT_${name.toUpperCase()}`,
            step.inputs?.[name] ?? value.replace(/^\$\{\{ github\.token \}\}$/, step.token),
          ]),
        ),
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_REPOSITORY: 'tools/migration-gate',
        GITHUB_ACTION_REF: 'v1',
        GITHUB_API_URL: step.api,
        GITHUB_SERVER_URL: 'https://git.example.com',
        GITHUB_REPOSITORY: 'octo/shop',
        GITHUB_RUN_ID: '42',
        GITHUB_RUN_ATTEMPT: '1',
        GITHUB_EVENT_NAME: step.event,
        GITHUB_EVENT_PATH: file('event.json', JSON.stringify(step.payload)),
        GITHUB_WORKSPACE: step.workspace,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        RUNNER_TEMP: temp,
        ...step.env,
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return {
      code,
      outputs: outputsIn(readFileSync(output, 'utf8')),
      summary: readFileSync(summary, 'utf8'),
      ...obey(stdout),
      stdout,
      stderr,
    };
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

/** The machine's environment without what a workflow that runs these tests would leak into the step. */
function machine(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:GITHUB_|INPUT_|ACTIONS_|RUNNER_|GIT_|VITEST|NODE_)/.test(name),
    ),
  );
}

/** `name<<delimiter`, lines, delimiter: how the toolkit writes the file of outputs. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name, , value] of text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm)) {
    if (name !== undefined && value !== undefined) outputs[name] = value;
  }
  return outputs;
}

/**
 * Reads a log as the runner does: `::name k=v::text` at the start of a line, `##[name k=v]text` anywhere in
 * one, and nothing but the token after `stop-commands`.
 */
export function obey(stdout: string): { commands: Command[]; log: string } {
  const commands: Command[] = [];
  const log: string[] = [];
  let stopped: string | null = null;
  for (const line of stdout.split(/\r?\n|\r/)) {
    const match =
      /^\s*::([\w-]+)(?: (.*?))?::(.*)$/s.exec(line) ?? /##\[([\w-]+)(?: (.*?))?\](.*)$/s.exec(line);
    const [, name, properties = '', message = ''] = match ?? [];
    if (stopped !== null) {
      if (name === stopped) stopped = null;
      else log.push(line);
    } else if (name === undefined) {
      log.push(line);
    } else if (name === 'stop-commands') {
      stopped = message;
    } else {
      commands.push({ name, properties: propertiesIn(properties), message: unescaped(message) });
    }
  }
  return { commands, log: log.join('\n') };
}

function propertiesIn(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at), unescaped(pair.slice(at + 1))]];
    }),
  );
}

function unescaped(text: string): string {
  const signs: Record<string, string> = { '%25': '%', '%0A': '\n', '%0D': '\r', '%3A': ':', '%2C': ',' };
  return text.replace(/%(?:25|0A|0D|3A|2C)/g, (sign) => signs[sign] ?? sign);
}
