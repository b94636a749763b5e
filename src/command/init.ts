import { UserError } from '../errors.ts';
import { actionReference } from '../init/action-reference.ts';
import { foundText, init, written } from '../init/init.ts';
import type { Outcome } from '../init/write.ts';
import { visible, visibleLine } from '../report/visible.ts';

/** The options of `init`, as commander hands them over. */
export interface InitFlags {
  readonly repo: string;
  readonly action?: string;
  readonly dryRun?: boolean;
}

/**
 * Writes a workflow and a config for what a repository holds. What is found is said on standard error, so that standard
 * output holds the files and nothing else with `--dry-run`.
 *
 * @returns 0 both files are there as they should be, 1 one that differs was left as it is
 */
export async function writeFiles({
  repo,
  action = actionReference,
  dryRun = false,
}: InitFlags): Promise<number> {
  if (!/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(action))
    throw new UserError(`--action ${JSON.stringify(action)} must be OWNER/REPOSITORY@REF.`);
  const { plan, outcomes } = await init({ repo, action, dryRun });
  process.stderr.write(foundText(plan.found));
  if (dryRun) {
    process.stdout.write(`# ${written.workflow}\n${plan.workflow}---\n# ${written.config}\n${plan.config}`);
    return 0;
  }
  for (const outcome of outcomes) process.stdout.write(said(outcome));
  if (action === actionReference && outcomes.some(({ did }) => did === 'wrote'))
    process.stdout.write(`Next: put the address of the action in the place of ${actionReference}.\n`);
  process.stdout.write('Next: read both files, try `migration-gate check`, and commit them.\n');
  return outcomes.some(({ did }) => did === 'left') ? 1 : 0;
}

function said({ file, did, difference }: Outcome): string {
  const name = visibleLine(file);
  if (did === 'wrote') return `wrote ${name}\n`;
  if (did === 'same') return `${name} is there already, as it should be\n`;
  return `left ${name} as it is. What init would write instead:\n\n${visible(difference)}\n`;
}
