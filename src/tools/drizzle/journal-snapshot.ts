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

const record = <Shape extends z.ZodType>(shape: Shape) => z.record(z.string(), shape).nullish();

/** Up to drizzle-kit 0.31: tables with all that is theirs. */
export const journalShape = z.object({
  version: z.literal('7'),
  prevId: optional,
  enums: record(z.object({ name: word, schema: optional, values: list })),
  schemas: record(word),
  sequences: record(z.looseObject({ name: word, schema: optional })),
  tables: z.record(
    z.string(),
    z.object({
      name: word,
      schema: optional,
      columns: z.record(
        z.string(),
        z.object({
          name: word,
          type: word,
          typeSchema: optional,
          primaryKey: flag,
          notNull: flag,
          default: z.unknown().optional(),
          generated: generatedShape,
          identity: identityShape,
        }),
      ),
      indexes: record(
        z.object({
          name: word,
          isUnique: z.boolean(),
          method: word,
          where: optional,
          with: record(z.unknown()),
          columns: z.array(
            z.object({
              expression: word,
              isExpression: z.boolean(),
              asc: flag,
              nulls: optional,
              opclass: optional,
            }),
          ),
        }),
      ),
      foreignKeys: record(
        z.object({
          name: word,
          tableTo: word,
          schemaTo: optional,
          columnsFrom: list,
          columnsTo: list,
          onDelete: optional,
          onUpdate: optional,
        }),
      ),
      compositePrimaryKeys: record(z.object({ name: word, columns: list })),
      uniqueConstraints: record(z.object({ name: word, columns: list, nullsNotDistinct: flag })),
      checkConstraints: record(z.object({ name: word, value: word })),
    }),
  ),
});

const valuesOf = <Value>(map: Readonly<Record<string, Value>> | null | undefined): Value[] =>
  Object.values(map ?? {});

/** The parts of one, in an order in which they can be made. */
export function fromJournal(snapshot: z.infer<typeof journalShape>): SchemaPart[] {
  const tables = valuesOf(snapshot.tables);
  const ofTables = <Part>(parts: (table: (typeof tables)[number]) => Part[]): Part[] => tables.flatMap(parts);
  return [
    ...valuesOf(snapshot.schemas).map(schemaPart),
    ...valuesOf(snapshot.enums).map((one) => enumPart(one.schema, one.name, one.values)),
    ...valuesOf(snapshot.sequences).map((one) =>
      sequencePart(one.schema, one.name, { ...one, incrementBy: one.increment, cacheSize: one.cache }),
    ),
    ...tables.map((table) => tablePart(table.schema, table.name)),
    ...ofTables(({ schema, name: table, columns }) =>
      valuesOf(columns).map((column) =>
        columnPart(schema, table, { ...column, notNull: column.notNull === true }),
      ),
    ),
    ...ofTables(({ schema, name: table, columns, compositePrimaryKeys }) => {
      const single = valuesOf(columns).filter(({ primaryKey }) => primaryKey === true);
      return [
        ...valuesOf(compositePrimaryKeys).map((key) =>
          constraint(schema, table, key.name, `PRIMARY KEY (${names(key.columns)})`),
        ),
        ...(single.length === 0
          ? []
          : [constraint(schema, table, null, `PRIMARY KEY (${names(single.map((one) => one.name))})`)]),
      ];
    }),
    ...ofTables(({ schema, name: table, uniqueConstraints, checkConstraints }) => [
      ...valuesOf(uniqueConstraints).map((one) =>
        constraint(schema, table, one.name, unique(one.columns, one.nullsNotDistinct === true)),
      ),
      ...valuesOf(checkConstraints).map((one) => constraint(schema, table, one.name, `CHECK (${one.value})`)),
    ]),
    ...ofTables(({ schema, name: table, indexes }) =>
      valuesOf(indexes).map((index) =>
        indexPart(schema, table, {
          ...index,
          where: index.where ?? null,
          with: Object.entries(index.with ?? {})
            .map(([key, value]) => `${key}=${String(value)}`)
            .join(', '),
          columns: index.columns.map(({ expression, isExpression, asc, nulls, opclass }) => {
            const sorted = asc === false ? ' DESC' : '';
            const order =
              opclass != null || (asc !== false && nulls === 'last') || nulls == null
                ? ''
                : ` NULLS ${nulls}`;
            return `${isExpression ? expression : name(expression)}${opclass == null ? sorted : ` ${opclass}`}${order}`;
          }),
        }),
      ),
    ),
    ...ofTables(({ schema, name: table, foreignKeys }) =>
      valuesOf(foreignKeys).map((key) => foreignKey(schema, table, key)),
    ),
  ];
}
