import type { Node } from '@pgsql/types';
import { type ReversalStep, saidIrreversible } from '../../run/reversal.ts';
import { irreversibleComment } from '../../sql/irreversible.ts';
import { parseFile } from '../../sql/parse.ts';
import type { Migration } from '../../tools/tool.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { listed } from '../wording.ts';
import { inMigration } from './places.ts';

export const irreversibleWithoutDown: Rule = {
  name: 'irreversible-without-down',
  about: 'reversal',
  severity: 'warning',
  summary: 'A new migration loses data or cannot be undone, has no down, and does not say so.',
  why: 'When a deploy goes wrong, the first question is whether it can be taken back. A migration that drops, empties or overwrites something answers no, and whoever is on call should read that in the file and not find it out.',
  instead:
    'Add a down where the tool has them, or say in the migration why there is none: `-- migration-gate:irreversible: reason`. Judged only with `check-down: true`.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertype.html'],
  peers: ['migrationpilot --fail-on irreversible', 'django-migration-linter RUNSQL_REVERSIBLE'],
  bad: [
    {
      title: 'A value of an enum cannot be removed',
      base: "CREATE TYPE mood AS ENUM ('sad', 'happy');",
      migration: "ALTER TYPE mood ADD VALUE 'calm';",
      down: null,
      transaction: 'none',
    },
    {
      title: 'A comment without a reason',
      base: "CREATE TYPE mood AS ENUM ('sad', 'happy');",
      migration: "-- migration-gate:irreversible\n\nALTER TYPE mood ADD VALUE 'calm';",
      down: null,
      transaction: 'none',
    },
  ],
  good: [
    {
      title: 'The comment says why',
      base: "CREATE TYPE mood AS ENUM ('sad', 'happy');",
      migration:
        "-- migration-gate:irreversible: a value that nobody uses harms nobody\nALTER TYPE mood ADD VALUE 'calm';",
      down: null,
      transaction: 'none',
    },
    {
      title: 'Nothing is lost',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN nickname text;',
      down: null,
    },
  ],
  check: (context) =>
    (context.reversal?.steps ?? []).flatMap((step) => {
      const { migration } = step;
      const said = saidIrreversible(migration);
      if (said?.reason != null) return [];
      if (said !== null) return [withoutReason(migration, context)];
      if (migration.down != null) return [];
      const lost = whatIsLost(context, step);
      const [first] = lost;
      if (first === undefined) return [];
      const way =
        migration.down === null
          ? 'Add a down that brings back what can be brought back, or say why there is none'
          : `${context.tool.title} has no down for it, so say that this is known`;
      return [
        {
          ...inMigration(migration, first.name),
          object: first.name,
          title: `There is no way back from ${migration.file}: ${listed(lost.map(({ says }) => says))}`,
          message: `${way}, with a comment in the migration: -- migration-gate:irreversible: reason.`,
        },
      ];
    }),
};

/** Tells of a comment that was meant and says nothing. */
function withoutReason(migration: Migration, { tool }: RuleContext): FindingDraft {
  const above = irreversibleComment(migration.sql);
  const inOwn = above !== null || migration.down == null;
  const file = inOwn ? migration.file : (migration.down?.file ?? migration.file);
  const line = (above ?? irreversibleComment(migration.down?.sql ?? ''))?.line ?? 1;
  return {
    migration: migration.version,
    file,
    line,
    endLine: line,
    object: null,
    evidence: null,
    fix: null,
    title: 'The comment migration-gate:irreversible gives no reason',
    message: `Write why there is no way back: -- migration-gate:irreversible: reason.${migration.down == null ? '' : ` Without one the down is run as ${tool.title} would.`}`,
  };
}

/** What no down at all brings back: dropped data, and what Postgres itself has no way back for. */
function whatIsLost(context: RuleContext, { migration, changes }: ReversalStep) {
  const dropped = changes
    .filter(({ dataLoss }) => dataLoss)
    .map(({ type, name, change, previousName }) => ({
      name: previousName ?? name,
      says: `${type.replaceAll('-', ' ')} ${name} ${change === 'removed' ? 'goes with what is in it' : 'loses values'}`,
    }));
  const written = parseFile(migration.sql).statements.flatMap(({ node }) => takesRows(context, node));
  return [...dropped, ...written];
}

function takesRows({ before }: RuleContext, node: Node): { name: string; says: string }[] {
  const has = (name: string | undefined): name is string =>
    name !== undefined &&
    before?.objects.some(({ type, local }) => type === 'table' && local === name) === true;
  if ('TruncateStmt' in node) {
    const names = (node.TruncateStmt.relations ?? []).flatMap((each) =>
      'RangeVar' in each && has(each.RangeVar.relname) ? [each.RangeVar.relname] : [],
    );
    return names.map((name) => ({ name, says: `${name} is emptied` }));
  }
  if ('DeleteStmt' in node) {
    const name = node.DeleteStmt.relation?.relname;
    return has(name) ? [{ name, says: `rows of ${name} are deleted` }] : [];
  }
  if ('AlterEnumStmt' in node && node.AlterEnumStmt.oldVal === undefined) {
    const value = node.AlterEnumStmt.newVal ?? '';
    return [{ name: value, says: `the enum's value ${value} cannot be removed` }];
  }
  return [];
}
