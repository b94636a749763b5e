import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { UserError } from '../../src/errors.ts';
import { readInputs } from '../../src/github/inputs.ts';

const action = parse(readFileSync('action.yml', 'utf8')) as {
  inputs: Record<string, { description: string; default: string }>;
};

let log: string;
beforeEach(() => {
  log = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    log += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Reads the inputs as the runner hands them over: every default of action.yml in place. */
function read(inputs: Record<string, string> = {}) {
  for (const [name, { default: value }] of Object.entries(action.inputs)) {
    vi.stubEnv(
      `INPUT_${name.toUpperCase()}`,
      inputs[name] ?? value.replace(/^\$\{\{ github\.token \}\}$/, 'ghs_token'),
    );
  }
  return readInputs(['plain', 'prisma', 'flyway']);
}
function refusal(inputs: Record<string, string>): string {
  try {
    read(inputs);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('was not refused');
}

test('every default is in action.yml and told in words', () => {
  for (const [name, input] of Object.entries(action.inputs)) {
    expect(input.description, name).toMatch(/ Default: .+\.$/);
    expect(input, name).toHaveProperty('default');
  }
  expect(read()).toEqual({
    config: null,
    path: null,
    tool: null,
    base: null,
    workingDirectory: '.',
    shadow: 'auto',
    postgresVersion: null,
    rules: null,
    failOn: null,
    tableStats: null,
    checkDown: null,
    appliedRef: null,
    checkRerun: null,
    checkOpenPrs: null,
    applyCommand: null,
    postgresImage: null,
    shadowSuperuser: null,
    shadowData: null,
    timeoutMinutes: null,
    cache: true,
    comment: 'always',
    commentId: 'default',
    annotations: true,
    githubToken: 'ghs_token',
    reportFile: null,
    sarifFile: null,
    suggestions: false,
    checkRun: false,
    overrideLabel: null,
  });
});

test('an input that a caller passes on empty is as good as not said', () => {
  const empty = Object.fromEntries(Object.keys(action.inputs).map((name) => [name, '']));
  expect(read(empty)).toEqual({ ...read(), githubToken: '' });
});

describe('takes', () => {
  test.each([
    ['tool', 'prisma', { tool: 'prisma' }],
    ['rules', 'drop-column: error', { rules: 'drop-column: error' }],
    ['fail-on', 'never', { failOn: 'never' }],
    ['postgres-version', '16', { postgresVersion: 16 }],
    ['annotations', 'False', { annotations: false }],
    ['comment', 'on-findings', { comment: 'on-findings' }],
    ['comment-id', 'apps/api 17', { commentId: 'apps/api 17' }],
    ['shadow', 'postgresql://gate:s3cr%3At@db/x', { shadow: 'postgresql://gate:s3cr%3At@db/x' }],
  ])('%s: %s', (name, value, expected) => {
    expect(read({ [name]: value })).toMatchObject(expected);
  });
});

describe('refuses', () => {
  test.each([
    ['tool', 'prsma', /`tool` cannot be "prsma". It takes plain, prisma, flyway. Did you mean `prisma`\?/],
    ['tool', 'somethingelse', /`tool` cannot be "somethingelse". It takes plain, prisma, flyway.$/],
    ['fail-on', 'warn', /It takes error, warning, never. Did you mean `warning`\?/],
    ['comment', 'on-failure', /It takes always, on-findings, never/],
    ['comment-id', 'a --> b', /`comment-id` cannot be "a --> b"/],
    ['annotations', 'yes', /`annotations` cannot be "yes". It takes true or false./],
    ['postgres-version', '17.2', /`postgres-version` cannot be "17.2".*for example 17/],
    ['postgres-version', 'latest', /It takes a major version/],
    ['shadow', 'embeded', /Did you mean `embedded`\?/],
  ])('%s: %s', (name, value, message) => {
    expect(refusal({ [name]: value })).toMatch(message);
  });

  test.each(['mysql://gate:hunter2@db/x', 'postgres://gate:hunter2@[db/x', 'postgres://gate:hunter2%@db/x'])(
    'the shadow URL %s without repeating it',
    (url) => {
      expect(refusal({ shadow: url })).not.toContain('hunter2');
      expect(log).toContain(`::add-mask::${url.replace('%', '%25')}`);
    },
  );
});

test('what is secret is masked', () => {
  read({ 'github-token': 'ghs_mine', shadow: 'postgres://gate:s3cr%3At@db/x' });
  expect(log.split('\n')).toEqual(expect.arrayContaining(['::add-mask::ghs_mine', '::add-mask::s3cr:t']));
});
