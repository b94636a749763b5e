import { Undecided } from '../errors.ts';
import { parseFile } from '../sql/parse.ts';
import type { Migration } from '../tools/tool.ts';
import type { ApplyFailure } from './apply.ts';
import { rolesIn } from './baseline.ts';
import {
  baselineLines,
  type Hint,
  hintText,
  missingRole,
  missingRoles,
  missingSchema,
  type Surroundings,
  surroundingsHint,
} from './hints.ts';
import type { RehearsalInput } from './rehearsal.ts';

/** Base's own history stops: what to do about it, with everything to paste. */
export function baseDoesNotApply(
  { migration, error }: ApplyFailure,
  {
    baseName,
    tool,
    base,
    baseline,
    path,
  }: Pick<RehearsalInput, 'baseName' | 'tool' | 'base' | 'baseline' | 'path'>,
  surroundings: Surroundings,
): Undecided {
  const place = { file: error.file ?? migration.file, line: error.line };
  const consequence =
    'so there is nothing to try the new migrations on. This is not the fault of the pull request.';
  if (migration.refused !== undefined) {
    return new Undecided(
      'base-does-not-apply',
      `${place.file} of ${baseName} stops the tool, ${consequence} ${error.message}`,
      { place },
    );
  }
  const made = madeWhere(error, migration, base);
  const unrun = notRunBefore(migration, base);
  const hint = unrun === null ? hintFor(error, migration, base, made, surroundings) : null;
  const cures = [
    ...(unrun === null ? [] : [unrun]),
    ...(hint === null ? [] : [hintText(path, hint)]),
    ...(hint === null && unrun === null && made === 'elsewhere' && baseline === null
      ? [baselineLines(path, base.at(-1)?.version ?? '')]
      : []),
    ...(hint === null && made === 'here' && surroundings.postgresMajor >= 17 ? [searchPathOf17] : []),
  ];
  return new Undecided(
    'base-does-not-apply',
    `${place.file} of ${baseName} does not apply to an empty database, ${consequence} Line ${error.line}: ${error.message} ` +
      `(SQLSTATE ${error.sqlstate}).${error.hint === null ? '' : ` ${error.hint.replace(/\.?$/, '.')}`} ` +
      `The history is applied as ${tool.title} would.${cures.map((cure) => ` ${cure}`).join('')}`,
    { place },
  );
}

/** What was passed over before it may be what it lacks; null: nothing was. */
function notRunBefore(migration: Migration, base: readonly Migration[]): string | null {
  const opaque = base.slice(0, base.indexOf(migration)).flatMap((one) => one.opaque ?? []);
  const [first] = opaque;
  if (first === undefined) return null;
  return opaque.length === 1
    ? `One migration before it was passed over, and may be what it lacks: ${first}`
    : `${opaque.length} migrations before it were passed over, and may be what it lacks. The first: ${first}`;
}

const searchPathOf17 =
  'The history itself makes that. PostgreSQL 17 and newer run what an index or a materialized view calls with a search_path of their own, in which older functions no longer find it: if production is older, say so with postgres-version.';

function hintFor(
  error: ApplyFailure['error'],
  migration: Migration,
  base: readonly Migration[],
  made: 'here' | 'elsewhere' | null,
  surroundings: Surroundings,
): Hint | null {
  if (missingRole(error) !== null) {
    const all = rolesThatLack(base, surroundings.roles);
    if (all.length > 0) return missingRoles(surroundings.path, all);
  }
  const schema =
    error.sqlstate === '3F000' ? /^schema "(.+)" does not exist$/.exec(error.message)?.[1] : undefined;
  if (schema !== undefined && made === 'elsewhere') return missingSchema(surroundings.path, schema);
  const line = migration.sql.split('\n')[error.line - 1];
  return surroundingsHint(error, surroundings, line);
}

/** Roles that statements of the history name, that none of them makes and that the server does not have. */
function rolesThatLack(base: readonly Migration[], present: readonly string[]): string[] {
  const known = new Set(present);
  const named = new Set<string>();
  for (const { sql } of base) {
    for (const { node } of parseFile(sql).statements) {
      if ('CreateRoleStmt' in node && node.CreateRoleStmt.role !== undefined)
        known.add(node.CreateRoleStmt.role);
      else for (const role of rolesIn(node)) named.add(role);
    }
  }
  return [...named].filter((role) => !known.has(role));
}

/** What is missing when an object does not exist: relation, type, schema, column, function. */
const missing = new Set(['42P01', '42704', '3F000', '42703', '42883']);

/** Where what a migration misses is made: in no file up to it, or in one of them; null where nothing is missing. */
function madeWhere(
  { sqlstate, message, line }: ApplyFailure['error'],
  migration: Migration,
  base: readonly Migration[],
): 'here' | 'elsewhere' | null {
  if (!missing.has(sqlstate)) return null;
  const named = /"([^"]+)"/.exec(message)?.[1] ?? /^(?:column|function) ([\w$.]+)/.exec(message)?.[1];
  if (named === undefined) return 'elsewhere';
  const name = named.slice(named.lastIndexOf('.') + 1).toLowerCase();
  const before = migration.sql.split('\n', line - 1).join('\n');
  const earlier = [...base.slice(0, base.indexOf(migration)).map(({ sql }) => sql), before];
  return earlier.some((sql) => sql.toLowerCase().includes(name)) ? 'here' : 'elsewhere';
}
