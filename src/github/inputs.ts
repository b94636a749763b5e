import * as core from '@actions/core';
import { closest, distance } from 'fastest-levenshtein';
import type { FailOn } from '../config/options.ts';
import { UserError } from '../errors.ts';
import type { ToolName } from '../tools/tool.ts';

export type CommentMode = 'always' | 'on-findings' | 'never';

/** The inputs of `action.yml`, typed; null = not said, so that the config file or the detection decides. */
export interface Inputs {
  readonly config: string | null;
  readonly path: string | null;
  readonly tool: ToolName | null;
  readonly base: string | null;
  /** Directory of the checkout, relative to the workspace. */
  readonly workingDirectory: string;
  readonly shadow: string;
  readonly postgresVersion: number | null;
  /** A line for the shell that migrates DATABASE_URL. */
  readonly applyCommand: string | null;
  /** Container image of the shadow. */
  readonly postgresImage: string | null;
  readonly shadowSuperuser: boolean | null;
  /** `existing`: on the data of the URL's database. */
  readonly shadowData: (typeof SHADOW_DATA)[number] | null;
  /** How long the whole check may take. */
  readonly timeoutMinutes: number | null;
  /** Severities of rules, `RULE: SEVERITY` by lines or commas. */
  readonly rules: string | null;
  readonly failOn: FailOn | null;
  /** File with the sizes of production's tables, relative to the workspace. */
  readonly tableStats: string | null;
  readonly checkDown: boolean | null;
  /** What counts as applied instead of base. */
  readonly appliedRef: string | null;
  readonly checkRerun: boolean | null;
  /** Are other open pull requests held against this one? */
  readonly checkOpenPrs: boolean | null;
  readonly comment: CommentMode;
  /** Tells the comments of several gates in one pull request apart; part of the comment's marker. */
  readonly commentId: string;
  readonly annotations: boolean;
  /** Whether proved fixes are suggested on the lines that the pull request adds. */
  readonly suggestions: boolean;
  /** Whether each database gets a check run of its own. */
  readonly checkRun: boolean;
  /** A maintainer's label of this name turns blocked into accepted; null = no label does. */
  readonly overrideLabel: string | null;
  /** Whether data directories that an earlier run kept may be used. */
  readonly cache: boolean;
  /** Empty when the workflow took it away: then nothing is posted and nothing private can be fetched. */
  readonly githubToken: string;
  /** Where to write the JSON report, relative to the workspace. */
  readonly reportFile: string | null;
  /** Where to write the findings as SARIF, relative to the workspace. */
  readonly sarifFile: string | null;
}

const COMMENT_MODES = ['always', 'on-findings', 'never'] as const satisfies readonly CommentMode[];
const FAIL_ON = ['error', 'warning', 'never'] as const satisfies readonly FailOn[];
const SHADOW_DATA = ['existing', 'own'] as const;
const SHADOWS = ['auto', 'embedded', 'docker', 'local'] as const;
/** The id stands inside an HTML comment, so it must not be able to end one. */
const COMMENT_ID = /^[A-Za-z0-9][A-Za-z0-9._/ -]{0,99}$/;

/**
 * Reads every input, the only place that does. Secrets among them are masked in the log from here on.
 *
 * @param tools names of the tools that exist
 * @throws UserError naming the input and what it takes
 */
export function readInputs(tools: readonly ToolName[]): Inputs {
  const githubToken = core.getInput('github-token');
  if (githubToken !== '') core.setSecret(githubToken);
  return {
    config: optional('config'),
    path: optional('path'),
    tool: optionalOneOf('tool', tools),
    base: optional('base'),
    workingDirectory: optional('working-directory') ?? '.',
    shadow: shadow(),
    postgresVersion: major('postgres-version'),
    applyCommand: optional('apply-command'),
    postgresImage: optional('postgres-image'),
    shadowSuperuser: optionalBoolean('shadow-superuser'),
    shadowData: optionalOneOf('shadow-data', SHADOW_DATA),
    timeoutMinutes: minutes('timeout-minutes'),
    rules: optional('rules'),
    failOn: optionalOneOf('fail-on', FAIL_ON),
    tableStats: optional('table-stats'),
    checkDown: optionalBoolean('check-down'),
    appliedRef: optional('applied-ref'),
    checkRerun: optionalBoolean('check-rerun'),
    checkOpenPrs: optionalBoolean('check-open-prs'),
    comment: optionalOneOf('comment', COMMENT_MODES) ?? 'always',
    commentId: commentId(),
    annotations: boolean('annotations', true),
    suggestions: boolean('suggestions', false),
    checkRun: boolean('check-run', false),
    overrideLabel: optional('override-label'),
    cache: boolean('cache', true),
    githubToken,
    reportFile: optional('report-file'),
    sarifFile: optional('sarif-file'),
  };
}

/** The inputs of `report/action.yml`. */
export interface ReportInputs {
  readonly artifact: string;
  readonly comment: CommentMode;
  readonly commentId: string;
  readonly githubToken: string;
}

/** @throws UserError naming the input and what it takes */
export function readReportInputs(): ReportInputs {
  const githubToken = core.getInput('github-token');
  if (githubToken === '')
    throw new UserError('The input `github-token` is empty, so that nothing can be commented.');
  core.setSecret(githubToken);
  return {
    artifact: optional('artifact') ?? 'migration-gate-report',
    comment: optionalOneOf('comment', COMMENT_MODES) ?? 'always',
    commentId: commentId(),
    githubToken,
  };
}

function optional(name: string): string | null {
  const value = core.getInput(name);
  return value === '' ? null : value;
}

function optionalOneOf<T extends string>(name: string, valid: readonly T[]): T | null {
  const value = optional(name);
  if (value === null) return null;
  const match = valid.find((each) => each === value);
  if (match === undefined) throw invalid(name, value, `It takes ${listed(valid)}.`, valid);
  return match;
}

/** An input that is set to nothing (`annotations: ${{ inputs.x }}` of a caller that has no x) is not said. */
const boolean = (name: string, fallback: boolean): boolean => optionalBoolean(name) ?? fallback;

function optionalBoolean(name: string): boolean | null {
  if (optional(name) === null) return null;
  try {
    return core.getBooleanInput(name);
  } catch (error) {
    throw invalid(name, core.getInput(name), 'It takes true or false.', ['true', 'false'], error);
  }
}

function minutes(name: string): number | null {
  const value = optional(name);
  if (value === null) return null;
  const found = Number(value);
  if (!(found > 0 && found <= 360)) {
    throw invalid(name, value, 'It takes minutes: a number above 0, at most 360.');
  }
  return found;
}

function major(name: string): number | null {
  const value = optional(name);
  if (value === null) return null;
  if (!/^[1-9][0-9]$/.test(value)) {
    throw invalid(name, value, 'It takes a major version of PostgreSQL, for example 17.');
  }
  return Number(value);
}

function shadow(): string {
  const value = optional('shadow') ?? 'auto';
  if ((SHADOWS as readonly string[]).includes(value)) return value;
  if (!/[:@]/.test(value)) {
    throw invalid('shadow', value, `It takes ${listed(SHADOWS)} or a postgresql:// URL.`, SHADOWS);
  }
  // From here on it may hold a password, so it is masked and messages do not repeat it.
  core.setSecret(value);
  const password = passwordOf(value);
  if (password !== '') core.setSecret(password);
  return value;
}

function passwordOf(url: string): string {
  try {
    const { protocol, password } = new URL(url);
    // Decoded, as a server's message would show it.
    if (protocol === 'postgres:' || protocol === 'postgresql:') return decodeURIComponent(password);
  } catch (error) {
    throw new UserError('The input `shadow` holds a URL that cannot be read.', { cause: error });
  }
  throw new UserError(
    `The input \`shadow\` takes ${listed(SHADOWS)} or a URL that begins with postgresql://; it was given another URL.`,
  );
}

function commentId(): string {
  const value = optional('comment-id') ?? 'default';
  if (!COMMENT_ID.test(value)) {
    throw invalid(
      'comment-id',
      value,
      'It takes up to 100 letters, digits, spaces and . _ / - and begins with a letter or digit.',
    );
  }
  return value;
}

function invalid(
  name: string,
  value: string,
  takes: string,
  valid: readonly string[] = [],
  cause?: unknown,
): UserError {
  const meant = valid.length === 0 ? null : closest(value.toLowerCase(), valid);
  // A word that is nearly all different was not mistyped.
  const hint =
    meant !== null && distance(value.toLowerCase(), meant) <= meant.length / 2
      ? ` Did you mean \`${meant}\`?`
      : '';
  return new UserError(`The input \`${name}\` cannot be ${JSON.stringify(value)}. ${takes}${hint}`, {
    cause,
  });
}

function listed(words: readonly string[]): string {
  return words.join(', ');
}
