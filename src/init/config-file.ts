import type { FoundDatabase } from './find.ts';
import { majorsText } from './find.ts';
import { comment, scalar } from './yaml-text.ts';

/** `.github/migration-gate.yml` for these databases: what was found, and what else may matter as comments. */
export function configFile(databases: readonly FoundDatabase[]): string {
  return `# What migration-gate checks, and how strictly. It is read from the pull request; one that loosens it is blocked by
# the rule gate-weakened.

databases: # a directory that is not listed here is not checked
${databases.map(entry).join('\n')}
# rules: # error | warning | notice | off; "migration-gate explain" lists them
#   drop-column: warning

# Findings are told and nothing blocks: for a trial.
# fail-on: never

# Sizes of production's tables: findings say how big a table is, and small ones count less.
# table-stats: db/table-stats.csv

# Production's role has a lock_timeout: migrations need not set one.
# lock-timeout: set-by-role

# Also revert the new migrations and apply them again; stop them half-way and run them again.
# check-down: true
# check-rerun: true
`;
}

function entry(database: FoundDatabase): string {
  const { path, candidates, question, version, declaredSchema, runsItself } = database;
  const [first] = candidates;
  const chosen = candidates.length === 1 && first !== undefined;
  return [
    ...(question === null ? [] : [`  # ${comment(question)}`]),
    ...(chosen ? [`  # ${comment(first.because)}`] : []),
    `  - path: ${scalar(path === '' ? '.' : path)}`,
    ...(chosen && !undecidedTool(database)
      ? [`    tool: ${first.tool}`]
      : [
          '    # Take the # away from one of these; until then the gate is undecided, which is red.',
          ...candidates.map(({ tool, because }) => `    # tool: ${tool} # ${comment(because)}`),
          ...(candidates.some(({ tool }) => tool === 'command') ? ['    # apply-command: make migrate'] : []),
        ]),
    version.stated
      ? `    postgres-version: ${version.major} # ${comment(version.note.replace(/^PostgreSQL \d+, /, '').replace(/\.$/, ''))}; it must be what production runs`
      : `    # postgres-version: ${version.major} # what production runs (${majorsText}). ${comment(version.note.replace(/ Set postgres-version.*$/, ''))}`,
    '    # extensions: [citext] # created before the history, by the superuser',
    '    # setup: [db/roles.sql] # SQL files that run before the history, for roles that it needs',
    ...(declaredSchema === null
      ? []
      : [
          `    # declared-schema: ${comment(scalar(declaredSchema))} # to be told when it is not what the migrations make`,
        ]),
    ...(runsItself
      ? [
          "    # apply-command: make migrate # a line for the shell in place of the tool's own command",
          '    # command-environment: { APP_ENV: test } # variables that its settings ask for',
        ]
      : []),
    '',
  ].join('\n');
}

/** A directory of a tool that cannot be read has one way only, and that is somebody's choice too. */
const undecidedTool = ({ candidates }: FoundDatabase): boolean => candidates[0]?.tool === 'command';
