import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { noOptions, type Options } from '../../src/config/options.ts';
import { gateWeakened } from '../../src/rules/configuration/gate-weakened.ts';
import { ruleDefaults } from '../../src/rules/index.ts';
import type { RuleExample } from '../../src/rules/rule.ts';
import { treeOf } from '../tools/memory-tree.ts';

const config = '.github/migration-gate.yml';
const workflow = {
  '.github/workflows/ci.yml': 'jobs:\n  m:\n    steps:\n      - uses: x/migration-gate@v1\n',
};
const users = { 'db/migrations/1_users.sql': 'CREATE TABLE users (id int);' };

type Files = Readonly<Record<string, string>>;
const load = async (base: RuleExample['base'], head: RuleExample['base'], rest: Partial<Options> = {}) =>
  (
    await loadConfig({
      options: { ...noOptions, ...rest },
      base: treeOf(base as Files),
      head: treeOf(head as Files),
      ruleDefaults,
    })
  ).weakened;

describe('the examples of the rule', () => {
  test.each(gateWeakened.bad)('reported: $title', async ({ base, migration, line = 1 }) => {
    expect(await load(base, migration)).toMatchObject({ severity: 'error', file: config, line });
  });
  test.each(gateWeakened.good)('not reported: $title', async ({ base, migration }) => {
    expect(await load(base, migration)).toBeNull();
  });
});

test.each<[string, Files, Files, string[] | null]>([
  [
    'checks on request that are no longer made',
    { ...users, [config]: 'check-down: true\ncheck-rerun: true\n' },
    { ...users, [config]: 'check-rerun: false\n' },
    ['check-down is switched off', 'check-rerun is switched off'],
  ],
  [
    'checks on request that stay, or come',
    { ...users, [config]: 'check-down: true\n' },
    { ...users, [config]: 'check-down: true\ncheck-rerun: true\n' },
    null,
  ],
  [
    'less of base counts as applied, a squash may pass, a dump need no longer fit',
    { ...users, [config]: 'databases:\n  - path: db/migrations\n    declared-schema: db/schema.sql\n' },
    { ...users, [config]: "applied-ref: 'v*'\naccept-squash: true\ndatabases:\n  - path: db/migrations\n" },
    [
      'applied-ref goes from nothing to v*',
      'accept-squash goes from nothing to true',
      'db/schema.sql need no longer be what the migrations make',
    ],
  ],
  [
    'the same keys taken away again',
    { ...users, [config]: "applied-ref: 'v*'\naccept-squash: true\n" },
    { ...users, [config]: 'accept-squash: false\n' },
    null,
  ],
  [
    'a config where there was none, while a workflow runs the gate already',
    { ...users, ...workflow },
    { ...users, ...workflow, [config]: 'rules:\n  drop-column: off\n' },
    ['the rule drop-column goes from warning to off'],
  ],
  [
    'a detected directory that the new config leaves out',
    { ...users, ...workflow },
    {
      ...users,
      ...workflow,
      'b/migrations/1_a.sql': 'SELECT 1;',
      [config]: 'databases:\n  - path: b/migrations\n',
    },
    ['db/migrations is no longer checked'],
  ],
  [
    'several at once are told together',
    { ...users, [config]: 'fail-on: warning\n' },
    { ...users, [config]: 'fail-on: error\nignore-migrations-before: 9\nrules:\n  set-not-null: notice\n' },
    [
      'the rule set-not-null goes from error to notice',
      'fail-on goes from warning to error',
      'ignore-migrations-before goes from nothing to 9',
    ],
  ],
  [
    'a severity that is spelled out and is the default',
    { ...users, [config]: 'fail-on: error\n' },
    { ...users, [config]: 'rules:\n  set-not-null: error\n' },
    null,
  ],
  [
    'a directory that moves',
    { ...users, 'db/migrations/2_b.sql': 'SELECT 2;', [config]: 'databases:\n  - path: db/migrations\n' },
    {
      'app/migrations/1_users.sql': users['db/migrations/1_users.sql'],
      'app/migrations/2_b.sql': 'SELECT 2;',
      [config]: 'databases:\n  - path: app/migrations\n',
    },
    null,
  ],
  [
    'late migrations are said to run',
    { ...users, [config]: 'databases:\n  - path: db/migrations\n' },
    { ...users, [config]: 'databases:\n  - path: ./db/migrations\n    out-of-order: true\n' },
    ['out-of-order of ./db/migrations goes from nothing to true'],
  ],
  [
    'likewise of a directory that was detected until now',
    { ...users, ...workflow },
    { ...users, [config]: 'databases:\n  - path: db/migrations\n    out-of-order: true\n' },
    ['out-of-order of db/migrations goes from nothing to true'],
  ],
  [
    'likewise of a directory that moves with it',
    {
      ...users,
      'db/migrations/2_b.sql': 'SELECT 2;',
      [config]: 'databases:\n  - path: db/migrations\n    out-of-order: false\n',
    },
    {
      'app/migrations/1_users.sql': users['db/migrations/1_users.sql'],
      'app/migrations/2_b.sql': 'SELECT 2;',
      [config]: 'databases:\n  - path: app/migrations\n    out-of-order: true\n',
    },
    ['out-of-order of app/migrations goes from false to true'],
  ],
  [
    'base had said so before',
    { ...users, [config]: 'databases:\n  - path: db/migrations\n    out-of-order: true\n' },
    { ...users, [config]: 'databases:\n  - path: db/migrations\n    out-of-order: true\n    name: x\n' },
    null,
  ],
  [
    'a directory that base has not',
    { ...users, [config]: 'databases:\n  - path: db/migrations\n' },
    {
      ...users,
      'new/migrations/1_a.sql': 'SELECT 1;',
      [config]:
        'databases:\n  - path: db/migrations\n  - path: new/migrations\n    out-of-order: true\n    tool: plain\n',
    },
    null,
  ],
  [
    'base decides about the rule itself, head does not',
    { ...users, [config]: 'fail-on: warning\n' },
    { ...users, [config]: 'rules:\n  gate-weakened: off\nfail-on: warning\n' },
    ['the rule gate-weakened goes from error to off'],
  ],
  [
    'base has switched it off',
    { ...users, [config]: 'rules:\n  gate-weakened: off\n' },
    { ...users, [config]: 'rules:\n  gate-weakened: off\n  drop-table: off\n' },
    null,
  ],
  [
    'a broken config of base asks for nothing',
    { ...users, [config]: 'rulez: 1\n' },
    { ...users, [config]: 'fail-on: error\n' },
    null,
  ],
])('%s', async (_title, base, head, what) => {
  expect((await load(base, head))?.what ?? null).toEqual(what);
});

test('base may lower it', async () => {
  const base = { ...users, [config]: 'rules:\n  gate-weakened: warning\n' };
  const head = { ...users, [config]: 'rules:\n  gate-weakened: warning\n  set-not-null: off\n' };
  expect(await load(base, head)).toMatchObject({ severity: 'warning', line: 3 });
});

test('a directory that the option names is the only one, whatever the configs say', async () => {
  const base = { ...users, [config]: 'databases:\n  - path: db/migrations\n' };
  const head = {
    ...base,
    'b/migrations/1_a.sql': 'SELECT 1;',
    [config]: 'databases:\n  - path: b/migrations\n',
  };
  expect(await load(base, head, { path: 'db/migrations', tool: 'plain' })).toBeNull();
});
