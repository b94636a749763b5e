import type { Step } from './steps.ts';
import { stepText } from './steps.ts';

/**
 * `.github/workflows/migrations.yml`.
 *
 * @param action how the action is named: `OWNER/REPOSITORY@REF`
 * @param setup what has to be installed for tools that run themselves
 */
export function workflow(action: string, setup: readonly Step[]): string {
  const steps: readonly Step[] = [
    {
      uses: 'actions/checkout@v7',
      with: { 'persist-credentials': false },
      why: 'leaves no token behind for what runs later',
    },
    ...setup,
    { uses: action, ...(action.includes('REF') ? { why: 'REF: a tag, better a full commit SHA' } : {}) },
  ];
  return `name: migrations

# No paths filter: a required check that never starts keeps the pull request waiting for ever. Where no migration changed
# the gate ends green in seconds.
on:
  pull_request:
  merge_group: # the queue's commit is checked as it would be merged

concurrency: # a new push ends the run of the one before
  group: migrations-\${{ github.ref }}
  cancel-in-progress: true

permissions:
  contents: read # to read both branches
  pull-requests: write # to comment

jobs:
  migration-gate: # require this name in the branch's ruleset
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
${steps.map(stepText).join('\n')}
`;
}
