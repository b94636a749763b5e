import { z } from 'zod';
import { identifier, literal } from '../../sql/names.ts';
import type { SchemaPart } from '../tool.ts';

/** Quoted always: the words of a snapshot are names as they are. */
export const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const qualified = (schema: string | null | undefined, own: string): string =>
  `${name(schema === '' || schema == null ? 'public' : schema)}.${name(own)}`;
const dotted = (schema: string | null | undefined, own: string): string =>
  `${schema === '' || schema == null ? 'public' : schema}.${own}`;
export const names = (list: readonly string[]): string => list.map(name).join(', ');

export const word = z.string();
export const optional = word.nullish();
const number = z.union([z.string(), z.number()]).nullish();
export const generatedShape = z.object({ as: word }).nullish();
export const identityShape = z
  .object({
    type: word,
    name: word,
    increment: number,
    minValue: number,
    maxValue: number,
    startWith: number,
    cache: number,
    cycle: z.boolean().nullish(),
  })
  .nullish();

interface Column {
  readonly name: string;
  readonly type: string;
  readonly typeSchema?: string | null | undefined;
  readonly notNull: boolean;
  readonly default?: unknown;
  readonly generated?: z.infer<typeof generatedShape>;
  readonly identity?: z.infer<typeof identityShape>;
}

/** One column; a type that is no enum stands as it is, or quoted where it only exists so. */
export function columnPart(schema: string | null | undefined, table: string, column: Column): SchemaPart {
  const { type, typeSchema, notNull, generated, identity } = column;
  const dimensions = /(?:\[\d*\])*$/.exec(type)?.[0] ?? '';
  const bare = type.slice(0, type.length - dimensions.length);
  const spelled =
    typeSchema == null
      ? [type, `${name(bare)}${dimensions}`]
      : [`${qualified(typeSchema, bare)}${dimensions}`];
  const begin = `ALTER TABLE ${qualified(schema, table)} ADD COLUMN ${name(column.name)}`;
  const value = column.default;
  const rest = [
    generated == null ? '' : ` GENERATED ALWAYS AS (${generated.as}) STORED`,
    value == null
      ? ''
      : ` DEFAULT ${typeof value === 'object' ? literal(JSON.stringify(value)) : String(value)}`,
    identity == null
      ? ''
      : ` GENERATED ${identity.type === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY (SEQUENCE NAME ${qualified(schema, identity.name)}${sequenceOptions({ ...identity, incrementBy: identity.increment, cacheSize: identity.cache })})`,
    notNull ? ' NOT NULL' : '',
  ].join('');
  return {
    type: 'column',
    name: `${dotted(schema, table)}.${column.name}`,
    sql: spelled.map((one) => `${begin} ${one}${rest}`),
    // Without what cannot be read of it, so that the rest of its table can be made.
    instead: spelled.map((one) => `${begin} ${one}`),
  };
}

function sequenceOptions(options: Readonly<Record<string, unknown>>): string {
  const said = (key: string, words: string): string =>
    options[key] == null
      ? ''
      : ` ${words} ${Number(options[key]) === 0 ? 0 : String(options[key]).replace(/[^\d-]/g, '')}`;
  return `${said('incrementBy', 'INCREMENT BY')}${said('minValue', 'MINVALUE')}${said('maxValue', 'MAXVALUE')}${said('startWith', 'START WITH')}${said('cacheSize', 'CACHE')}${options.cycle === true ? ' CYCLE' : ''}`;
}

export const constraint = (
  schema: string | null | undefined,
  table: string,
  own: string | null,
  clause: string,
): SchemaPart => ({
  type: 'constraint',
  name: own === null ? null : `${dotted(schema, table)}.${own}`,
  sql: [
    `ALTER TABLE ${qualified(schema, table)} ADD ${own === null ? '' : `CONSTRAINT ${name(own)} `}${clause}`,
  ],
});

export const unique = (columns: readonly string[], nullsNotDistinct: boolean): string =>
  `UNIQUE${nullsNotDistinct ? ' NULLS NOT DISTINCT' : ''} (${names(columns)})`;

const action = (text: string | null | undefined): string =>
  /^(?:no action|cascade|restrict|set null|set default)$/i.test(text ?? '') ? (text ?? '') : 'NO ACTION';

interface Index {
  readonly name: string;
  readonly isUnique: boolean;
  readonly method: string;
  readonly where: string | null;
  readonly with: string;
  readonly columns: readonly string[];
}

export const indexPart = (schema: string | null | undefined, table: string, index: Index): SchemaPart => ({
  type: 'index',
  name: `${dotted(schema, table)}.${index.name}`,
  sql: [
    `CREATE ${index.isUnique ? 'UNIQUE ' : ''}INDEX ${name(index.name)} ON ${qualified(schema, table)} USING ${identifier(index.method)} (${index.columns.join(', ')})${index.with === '' ? '' : ` WITH (${index.with})`}${index.where === null ? '' : ` WHERE ${index.where}`}`,
  ],
});

export const enumPart = (
  schema: string | null | undefined,
  own: string,
  values: readonly string[],
): SchemaPart => ({
  type: 'type',
  name: dotted(schema, own),
  sql: [`CREATE TYPE ${qualified(schema, own)} AS ENUM (${values.map(literal).join(', ')})`],
});

export const tablePart = (schema: string | null | undefined, own: string): SchemaPart => ({
  type: 'table',
  name: dotted(schema, own),
  sql: [`CREATE TABLE ${qualified(schema, own)} ()`],
});

export const schemaPart = (own: string): SchemaPart => ({
  type: 'schema',
  name: own,
  sql: [`CREATE SCHEMA IF NOT EXISTS ${name(own)}`],
});

export const sequencePart = (
  schema: string | null | undefined,
  own: string,
  options: Readonly<Record<string, unknown>>,
): SchemaPart => ({
  type: 'sequence',
  name: dotted(schema, own),
  sql: [`CREATE SEQUENCE ${qualified(schema, own)}${sequenceOptions(options)}`],
});

export const foreignKey = (
  schema: string | null | undefined,
  table: string,
  key: {
    readonly name: string;
    readonly tableTo: string;
    readonly schemaTo?: string | null | undefined;
    readonly columns?: readonly string[];
    readonly columnsFrom?: readonly string[];
    readonly columnsTo: readonly string[];
    readonly onDelete?: string | null | undefined;
    readonly onUpdate?: string | null | undefined;
  },
): SchemaPart =>
  constraint(
    schema,
    table,
    key.name,
    `FOREIGN KEY (${names(key.columnsFrom ?? key.columns ?? [])}) REFERENCES ${qualified(key.schemaTo, key.tableTo)} (${names(key.columnsTo)}) ON DELETE ${action(key.onDelete)} ON UPDATE ${action(key.onUpdate)}`,
  );

export const flag = z.boolean().nullish();
export const list = z.array(word);
