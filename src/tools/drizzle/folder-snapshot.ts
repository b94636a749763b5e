import { z } from 'zod';
import type { SchemaPart } from '../tool.ts';
import {
  columnPart,
  constraint,
  enumPart,
  flag,
  foreignKey,
  generatedShape,
  identityShape,
  indexPart,
  list,
  name,
  names,
  optional,
  schemaPart,
  sequencePart,
  tablePart,
  unique,
  word,
} from './parts.ts';
import type { Entity } from './state.ts';

const owned = { schema: optional, table: word, name: word };
const entityShapes = {
  schemas: z.object({ name: word }).transform(({ name: own }) => schemaPart(own)),
  enums: z
    .object({ schema: optional, name: word, values: list })
    .transform((one) => enumPart(one.schema, one.name, one.values)),
  sequences: z
    .looseObject({ schema: optional, name: word })
    .transform((one) => sequencePart(one.schema, one.name, one)),
  tables: z.object({ schema: optional, name: word }).transform((one) => tablePart(one.schema, one.name)),
  columns: z
    .object({
      ...owned,
      type: word,
      typeSchema: optional,
      notNull: z.boolean(),
      dimensions: z.number().max(10),
      default: z.unknown().optional(),
      generated: generatedShape,
      identity: identityShape,
    })
    .transform((one) =>
      columnPart(one.schema, one.table, { ...one, type: `${one.type}${'[]'.repeat(one.dimensions)}` }),
    ),
  pks: z
    .object({ ...owned, columns: list, nameExplicit: flag })
    .transform((one) =>
      constraint(
        one.schema,
        one.table,
        one.nameExplicit === true ? one.name : null,
        `PRIMARY KEY (${names(one.columns)})`,
      ),
    ),
  uniques: z
    .object({ ...owned, columns: list, nullsNotDistinct: flag })
    .transform((one) =>
      constraint(one.schema, one.table, one.name, unique(one.columns, one.nullsNotDistinct === true)),
    ),
  checks: z
    .object({ ...owned, value: word })
    .transform((one) => constraint(one.schema, one.table, one.name, `CHECK (${one.value})`)),
  indexes: z
    .object({
      ...owned,
      isUnique: z.boolean(),
      method: word,
      where: optional,
      with: optional,
      columns: z.array(
        z.object({
          value: word,
          isExpression: z.boolean(),
          asc: z.boolean(),
          nullsFirst: z.boolean(),
          opclass: z.object({ name: word }).nullish(),
        }),
      ),
    })
    .transform((one) =>
      indexPart(one.schema, one.table, {
        ...one,
        where: one.where ?? null,
        with: one.with ?? '',
        columns: one.columns.map(
          ({ value, isExpression, asc, nullsFirst, opclass }) =>
            `${isExpression ? value : name(value)}${opclass == null ? '' : ` ${opclass.name}`}${asc ? '' : ' DESC'}${asc && !nullsFirst ? '' : ` NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`}`,
        ),
      }),
    ),
  fks: z
    .object({
      ...owned,
      columns: list,
      schemaTo: optional,
      tableTo: word,
      columnsTo: list,
      onDelete: optional,
      onUpdate: optional,
    })
    .transform((one) => foreignKey(one.schema, one.table, one)),
} as const;

/** The parts of what snapshots name from 1.0 on, in an order in which they can be made. */
export function fromFolders(ddl: readonly Entity[]): SchemaPart[] {
  return Object.entries(entityShapes).flatMap(([kind, shape]) =>
    ddl.filter(({ entityType }) => entityType === kind).map((entity) => shape.parse(entity)),
  );
}
