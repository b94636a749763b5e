import { imageFor } from '../run/hints.ts';
import type { FoundDatabase } from './find.ts';
import { majorsText } from './find.ts';
import { comment, scalar } from './yaml-text.ts';

/** `.github/migration-gate.yml` for these databases: what was found, and what else may matter as comments. */
export function configFile(databases: readonly FoundDatabase[]): string {
  return `# What migration-gate checks, and how strictly. It is read from the pull request; one that loosens what the base branch has
# is blocked by the rule gate-weakened, and merged by somebody who may bypass the check.

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

function entry(database: FoundDatabase, at: number): string {
  const { path, candidates, question, version, declaredSchema, runsItself } = database;
  const [first] = candidates;
  const tool = candidates.length === 1 && first !== undefined && !undecidedTool(database) ? first : null;
  return [
    ...(question === null ? [] : [`  # ${comment(question)}`]),
    ...(tool === null ? [] : [`  # ${comment(tool.because)}`]),
    `  - path: ${scalar(path === '' ? '.' : path)}`,
    ...(tool === null ? choice(database) : [`    tool: ${tool.tool}`]),
    version.stated
      ? `    postgres-version: ${version.major} # ${comment(version.note.replace(/^PostgreSQL \d+, /, '').replace(/\.$/, ''))}; it must be what production runs`
      : `    # postgres-version: ${version.major} # what production runs (${majorsText}). ${comment(version.note.replace(/ Set postgres-version.*$/, ''))}`,
    ...extensionLines(database, at === 0),
    ...(at > 0
      ? []
      : ['    # setup: [db/roles.sql] # SQL files that run before the history, for roles that it needs']),
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

/** The server that has what the migrations create, and what is created before them. */
function extensionLines({ needed, image, version }: FoundDatabase, first: boolean): string[] {
  const example = first ? ['    # extensions: [citext] # created before the history, by the superuser'] : [];
  const [one] = needed;
  if (one === undefined) {
    if (image === null) return example;
    return [
      `    # postgres-image: ${image.image} # as in ${comment(image.file)}: for extensions that PostgreSQL does not ship; needs Docker`,
      ...example,
    ];
  }
  const images = new Set(needed.flatMap(({ name }) => imageFor(name, version.major) ?? []));
  const names = needed.map(({ name }) => name);
  const why = `${comment(one.file)} creates ${one.name}, which PostgreSQL does not ship; needs Docker`;
  const [known = ''] = images;
  // What developers run has what the migrations need, whatever it is called.
  const taken = image?.image ?? (images.size === 1 ? known : null);
  const early = needed.filter(({ ifNotExists }) => ifNotExists).map(({ name }) => name);
  return [
    taken === null
      ? `    # postgres-image: ${known} # name one that has all of ${names.join(', ')}: ${why}`
      : `    postgres-image: ${taken} # ${image === null ? '' : `as in ${comment(image.file)}: `}${why}`,
    ...(early.length === 0
      ? example
      : [
          `    extensions: [${early.join(', ')}] # created before the history, by the superuser: the migrations' own owner may not`,
        ]),
  ];
}

/** The lines of which somebody has to take one, or a command that only the team knows. */
function choice({ candidates }: FoundDatabase): string[] {
  const command = candidates.some(({ tool }) => tool === 'command');
  return [
    '    # Take the # away from one tool, or remove this directory; until then the gate is undecided, which is red.',
    ...candidates.map(({ tool, because }) => `    # tool: ${tool} # ${comment(because)}`),
    ...(command ? ['    # apply-command: make migrate # for tool: command'] : []),
  ];
}

/** A directory of a tool that cannot be read has one way only, and that is somebody's choice too. */
const undecidedTool = ({ candidates }: FoundDatabase): boolean => candidates[0]?.tool === 'command';
