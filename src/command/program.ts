import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { visible } from '../report/visible.ts';
import { productVersion } from '../version.ts';
import { type CheckFlags, check } from './check.ts';
import type { DiffFlags } from './diff.ts';
import type { InitFlags } from './init.ts';
import type { StatusFlags } from './status.ts';

/** Wrong use, or no verdict. */
const exitUndecided = 2;

/**
 * The command line.
 *
 * @param argv as `process.argv`
 * @returns the exit code: 0 pass, 1 blocked, 2 undecided or wrong use
 */
export async function run(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('migration-gate')
    .description(
      'Runs the migrations of a pull request on a throw-away Postgres and says what they would do.',
    )
    .version(productVersion())
    .exitOverride()
    .showHelpAfterError('(migration-gate --help lists the options)')
    .addHelpText('after', '\nExit codes: 0 pass, 1 blocked, 2 undecided or wrong use.');

  program
    .command('check')
    .description('check the migrations between base and head')
    .option('--repo <dir>', 'a directory inside the repository', '.')
    .option('--base <ref>', "what head is compared with (default: the remote's default branch)")
    .option('--head <ref>', 'what is checked (default: the working tree, uncommitted files included)')
    .option('--config <file>', 'config file (default: .github/migration-gate.yml where it exists)')
    .option('--path <dir>', 'migration directory, relative to the repository root (default: found by itself)')
    .option('--tool <name>', 'migration tool of --path (default: found by itself)')
    .option(
      '--shadow <provider>',
      'where the throw-away Postgres comes from: auto, embedded, docker, local or a postgresql:// URL',
      'auto',
    )
    .option(
      '--apply-command <line>',
      'a line for the shell that migrates DATABASE_URL, for tools that run themselves',
    )
    .option('--postgres-version <major>', 'major version of the throw-away Postgres', major)
    .option(
      '--postgres-image <image>',
      'container image of the throw-away Postgres, e.g. postgis/postgis:17-3.5',
    )
    .option('--shadow-superuser', 'run the migrations as a superuser of the throw-away Postgres')
    .addOption(
      new Option(
        '--shadow-data <whose>',
        "existing: run the new migrations on the data of the URL's database, a clone that they change",
      ).choices(['existing', 'own']),
    )
    .option('--timeout-minutes <minutes>', 'how long the whole check may take (default: 10)', minutes)
    .option('--table-stats <file>', "sizes of production's tables, as JSON or CSV")
    .option(
      '--applied-ref <ref>',
      'what counts as applied instead of base: a tag, a branch, or a glob such as v* (its newest)',
    )
    .option('--check-down', 'revert the new migrations by their down parts, and apply them again')
    .option('--check-rerun', 'try whether a migration that stopped half-way can be run again')
    .option(
      '--also <ref...>',
      'other branches that may be merged first: do their migrations and these get on in both orders?',
    )
    .option('--rules <list>', 'severities above those of the config: RULE: SEVERITY, …')
    .addOption(
      new Option('--fail-on <severity>', 'lowest severity that blocks').choices([
        'error',
        'warning',
        'never',
      ]),
    )
    .option('--json <file>', 'write the report as JSON (- = standard output)')
    .option('--sarif <file>', 'write the findings as SARIF, for code scanning (- = standard output)')
    .option('--markdown <file>', 'write the report as Markdown (- = standard output)')
    .option('--no-cache', 'use no data directory that an earlier run kept')
    .option('--quiet', 'print nothing but what goes wrong')
    .option('--no-color', 'print without colours')
    .allowExcessArguments(false)
    .action(async (flags: CheckFlags) => {
      exitCode = await check(flags);
    });

  program
    .command('diff')
    .description('compare the schemas of two databases, which are only read')
    .argument('<url>', 'postgresql://user:password@host:port/database')
    .argument('<other-url>', 'the one that it is compared with')
    .option('--json <file>', 'write the differences as JSON (- = standard output)')
    .option('--no-color', 'print without colours')
    .addHelpText('after', '\nExit codes: 0 the same, 1 different, 2 could not be compared.')
    .allowExcessArguments(false)
    .action(async (first: string, second: string, flags: DiffFlags) => {
      const { diffDatabases } = await import('./diff.ts');
      exitCode = await diffDatabases(first, second, flags);
    });

  program
    .command('explain')
    .description("a rule's page; without a name the list of rules")
    .argument('[rule]')
    .action(async (rule: string | undefined) => {
      const { explain } = await import('./explain.ts');
      explain(rule);
    });

  program
    .command('init')
    .description('write a workflow and a config for the migrations of this repository')
    .option('--repo <dir>', 'a directory inside the repository', '.')
    .option('--action <name>', 'how the workflow names the action: OWNER/REPOSITORY@REF')
    .option('--dry-run', 'print both files and write nothing')
    .addHelpText(
      'after',
      '\nExit codes: 0 written or there already, 1 a file that differs was left as it is, 2 nothing found, or wrong use.',
    )
    .allowExcessArguments(false)
    .action(async (flags: InitFlags) => {
      const { writeFiles } = await import('./init.ts');
      exitCode = await writeFiles(flags);
    });

  program
    .command('status')
    .description(
      'where a real database stands: what is pending, failed, changed, or newer than this checkout',
    )
    .option('--repo <dir>', 'a directory inside the repository', '.')
    .option('--database-url <url>', 'the database, which is only read (default: DATABASE_URL)')
    .option('--head <ref>', 'the checkout that it is compared with (default: the working tree)')
    .option('--config <file>', 'config file (default: .github/migration-gate.yml where it exists)')
    .option('--path <dir>', 'migration directory, relative to the repository root (default: found by itself)')
    .option('--tool <name>', 'migration tool of --path (default: found by itself)')
    .option('--schema', 'compare its schema with what the applied migrations make on a throw-away Postgres')
    .option(
      '--shadow <provider>',
      'where that comes from: auto, embedded, docker, local or a postgresql:// URL',
      'auto',
    )
    .option('--json <file>', 'write the status as JSON (- = standard output)')
    .option('--quiet', 'print nothing but what must stop a deployment')
    .addHelpText(
      'after',
      '\nExit codes: 0 up to date, 1 pending migrations only, 2 what must stop a deployment, or wrong use.',
    )
    .action(async (flags: StatusFlags) => {
      const { status } = await import('./status.ts');
      exitCode = await status(flags);
    });

  try {
    await program.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitUndecided;
    process.stderr.write(`${failureText(error)}\n`);
    return exitUndecided;
  }
}

/** What the user is told when there is no report. A defect shows its stack, wrong use does not. */
function failureText(error: unknown): string {
  if (error instanceof Error && error.name === 'UserError') return `error: ${visible(error.message)}`;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `error: migration-gate has a defect and came to no verdict.\n${visible(text)}`;
}

function minutes(value: string): number {
  const found = Number(value);
  if (!(found > 0 && found <= 360))
    throw new InvalidArgumentError('Give minutes, more than 0 and up to 360.');
  return found;
}

function major(value: string): number {
  if (!/^\d{2}$/.test(value)) throw new InvalidArgumentError('Give the major version, such as 17.');
  return Number(value);
}
