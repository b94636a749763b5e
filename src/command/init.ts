import { basename, relative } from 'node:path';
import { UserError } from '../errors.ts';
import { actionReference, referenceOf } from '../init/action-reference.ts';
import { foundText, init, written } from '../init/init.ts';
import type { Outcome } from '../init/write.ts';
import { visible, visibleLine } from '../report/visible.ts';
import { word } from '../shell-word.ts';
import { ownDirectory } from '../version.ts';

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
export async function writeFiles({ repo, action: named, dryRun = false }: InitFlags): Promise<number> {
  const own = named === undefined ? await referenceOf(ownDirectory) : null;
  const action = named ?? own ?? actionReference;
  if (!/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(action))
    throw new UserError(`--action ${JSON.stringify(action)} must be OWNER/REPOSITORY@REF.`);
  const { plan, outcomes } = await init({ repo, action, dryRun });
  process.stderr.write(foundText(plan.found));
  if (dryRun) {
    process.stdout.write(`# ${written.workflow}\n${plan.workflow}---\n# ${written.config}\n${plan.config}`);
    return 0;
  }
  for (const outcome of outcomes) process.stdout.write(said(outcome));
  if (outcomes.some(({ did }) => did === 'wrote')) process.stdout.write(aboutAction(action, own));
  const again = `${invoked()} check${repo === '.' ? '' : ` --repo ${word(repo)}`}`;
  process.stdout.write(`Next: read both files, try \`${visibleLine(again)}\`, and commit them.\n`);
  return outcomes.some(({ did }) => did === 'left') ? 1 : 0;
}

function aboutAction(action: string, own: string | null): string {
  if (own !== null) return `The workflow names this copy of the action, ${own}; --action names another.\n`;
  return action === actionReference
    ? `Next: put the address of the action in the place of ${actionReference}.\n`
    : '';
}

/** How this program was called: by its name where it is installed, else by its file. */
function invoked(): string {
  const [, file = ''] = process.argv;
  if (basename(file) === 'migration-gate') return 'migration-gate';
  const near = relative(process.cwd(), file);
  return `node ${word(near.length < file.length ? near : file)}`;
}

function said({ file, did, difference }: Outcome): string {
  const name = visibleLine(file);
  if (did === 'wrote') return `wrote ${name}\n`;
  if (did === 'same') return `${name} is there already, as it should be\n`;
  return `left ${name} as it is. What init would write instead:\n\n${visible(difference)}\n`;
}
