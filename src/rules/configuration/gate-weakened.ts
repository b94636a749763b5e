import type { Config } from '../../config/options.ts';
import type { Finding } from '../../report/model.ts';
import type { Rule } from '../rule.ts';

const config = '.github/migration-gate.yml';
const migrations = { 'db/migrations/1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' };

/** Found where the config is read, since it is about no database. */
export const gateWeakened: Rule = {
  name: 'gate-weakened',
  about: 'configuration',
  severity: 'error',
  summary: 'The pull request loosens the gate that it has to pass.',
  why: `The config is read from the pull request, so that its changes can be tried before they are merged. One that lowers a rule, a threshold or what is checked would otherwise approve itself, together with whatever else the pull request holds.`,
  instead: `Change the config in a pull request of its own, which somebody who may bypass the check merges in spite of this finding, or accepts by the label that \`override-label\` names: docs/required-check.md has both. Only the config that base already has can set the severity of this rule. The pull request that introduces the gate weakens nothing: as long as base has neither the config nor a workflow that names migration-gate, there is nothing to compare with.`,
  sources: [],
  peers: [],
  bad: [
    {
      title: 'A rule is switched off',
      base: { ...migrations, [config]: 'fail-on: error\n' },
      migration: { ...migrations, [config]: 'fail-on: error\nrules:\n  create-index-blocking: off\n' },
      line: 3,
    },
    {
      title: 'Findings no longer block',
      base: { ...migrations, [config]: 'fail-on: warning\n' },
      migration: { ...migrations, [config]: 'fail-on: never\n' },
    },
    {
      title: 'Another directory is checked instead',
      base: { ...migrations, [config]: 'fail-on: error\n' },
      migration: {
        ...migrations,
        'other/migrations/1_a.sql': 'SELECT 1;',
        [config]: 'databases:\n  - path: other/migrations\n    tool: plain\n',
      },
    },
    {
      title: 'More of the history is ignored',
      base: { ...migrations, [config]: 'ignore-migrations-before: "5"\n' },
      migration: { ...migrations, [config]: 'ignore-migrations-before: "10"\n' },
    },
    {
      title: 'Late migrations are said to run',
      base: { ...migrations, [config]: 'databases:\n  - path: db/migrations\n' },
      migration: {
        ...migrations,
        [config]: 'databases:\n  - path: db/migrations\n    out-of-order: true\n',
      },
      line: 3,
    },
    {
      title: 'A stricter rule goes back to its default',
      base: { ...migrations, [config]: 'rules:\n  drop-column: error\n' },
      migration: migrations,
      line: null,
    },
  ],
  good: [
    {
      title: 'A rule becomes stricter',
      base: { ...migrations, [config]: 'rules:\n  drop-column: notice\n' },
      migration: { ...migrations, [config]: 'rules:\n  drop-column: error\n' },
    },
    {
      title: 'The pull request introduces the gate',
      base: migrations,
      migration: { ...migrations, [config]: 'rules:\n  drop-column: notice\n' },
    },
    {
      title: 'One more database is checked',
      base: { ...migrations, [config]: 'databases:\n  - path: db/migrations\n' },
      migration: {
        ...migrations,
        'other/migrations/1_a.sql': 'SELECT 1;',
        [config]: 'databases:\n  - path: db/migrations\n  - path: other/migrations\n    tool: plain\n',
      },
    },
  ],
  check: () => [],
};

/** One finding for all that was loosened. */
export function weakenedFinding({ weakened }: Pick<Config, 'weakened'>): Finding[] {
  if (weakened === null) return [];
  const { severity, file, line, what } = weakened;
  return [
    {
      rule: gateWeakened.name,
      severity,
      database: '',
      migration: null,
      file,
      line,
      endLine: line,
      object: null,
      title: 'This pull request loosens the gate that it has to pass',
      message: `Compared with the config of base, ${what.join('; ')}. Change the config in a pull request of its own, so that nothing else is approved by it; somebody who may bypass the check merges it.`,
      evidence: null,
      fix: null,
      allowed: null,
      detail: null,
    },
  ];
}
