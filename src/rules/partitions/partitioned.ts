import type { PartitionBoundSpec, RangeVar } from '@pgsql/types';
import type { CatalogObject } from '../../catalog/model.ts';
import type { BaseRelation } from '../../run/trace.ts';
import { defaultName, identifier, qualified } from '../../sql/names.ts';
import { nameOf, type Place } from '../observed.ts';
import type { Step } from '../recipe.ts';
import type { RuleContext } from '../rule.ts';
import { candidates } from '../statements.ts';
import { boundCondition } from './bounds.ts';

/** The partitioned table that a statement names, as base or the pull request has it. */
export function partitionedTable(
  context: RuleContext,
  place: Place,
  relation: RangeVar | undefined,
): CatalogObject | undefined {
  const names = candidates({ schema: relation?.schemaname, name: relation?.relname ?? '' }, place);
  for (const catalog of [context.before, context.after]) {
    for (const name of names) {
      const found = catalog?.byName('table', name);
      if (found?.facts.partitioned === true) return found;
    }
  }
  return undefined;
}

/** Name of base's DEFAULT partition of a table. */
export const defaultPartition = (context: RuleContext, parent: string): CatalogObject | undefined =>
  context.before?.objects.find(
    ({ type, facts }) =>
      type === 'table' && facts.partitionOf === parent && facts.partitionBound === 'DEFAULT',
  );

/** A table whose rows Postgres reads, with the CHECK that spares it the reading. */
export interface Proof {
  readonly table: BaseRelation;
  /** The partition keeps what its bounds say; the DEFAULT partition must have nothing of it. */
  readonly holds: 'bounds' | 'none of the bounds';
}

/**
 * Steps that prove by CHECK constraints what the statement would read rows for, around the statement itself. Null
 * where the bounds cannot be written as a condition.
 */
export function provenSteps(
  key: unknown,
  bound: PartitionBoundSpec | undefined,
  proofs: readonly Proof[],
  statement: string,
): readonly Step[] | null {
  if (typeof key !== 'string' || bound === undefined || proofs.length === 0) return null;
  const condition = boundCondition(key, bound);
  if (condition === null) return null;
  const checks = proofs.map(({ table, holds }) => {
    const sql = `ALTER TABLE ${qualified(table.schema, table.relation)}`;
    const name = identifier(defaultName(table.relation, 'bounds', 'check'));
    return {
      add: `${sql} ADD CONSTRAINT ${name} CHECK (${holds === 'bounds' ? condition : `NOT (${condition})`}) NOT VALID;`,
      validate: `${sql} VALIDATE CONSTRAINT ${name};`,
      drop: `${sql} DROP CONSTRAINT ${name};`,
    };
  });
  return [
    { title: 'say what the rows must be, without reading them', sql: checks.map(({ add }) => add) },
    {
      title: 'read the rows while reads and writes go on',
      sql: checks.map(({ validate }) => validate),
    },
    {
      title: 'the constraints prove the bounds now, so that no row is read; then they have served',
      sql: [`${statement};`, ...checks.map(({ drop }) => drop)],
    },
  ];
}

export const sentenceName = ({ table, holds }: Proof): string =>
  holds === 'bounds' ? nameOf(table) : `the DEFAULT partition ${nameOf(table)}`;
