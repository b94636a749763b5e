import { nameParts, statementsOf } from '../statements.ts';
import { advice, convention } from './convention.ts';

export const enumType = convention({
  name: 'enum-type',
  summary: 'A new enum type is created.',
  why: 'Values of an enum cannot be removed, and neither can their order be changed; a new one cannot be used in the transaction that adds it. A version of the application that does not know a value fails on reading it.',
  instead: 'A table that the column references, or text with a CHECK.',
  sources: ['https://www.postgresql.org/docs/current/datatype-enum.html'],
  peers: ['eugene W13', 'pgrubic GN006', 'postgres-language-server creatingEnum'],
  bad: [
    { title: 'An enum', base: '', migration: "CREATE TYPE mood AS ENUM ('happy', 'sad');" },
    {
      title: 'In a schema',
      base: 'CREATE SCHEMA "App";',
      migration: `\nCREATE TYPE "App"."Mood" AS ENUM ('a');`,
      line: 2,
    },
  ],
  good: [
    {
      title: 'Text with a CHECK',
      base: '',
      migration: "CREATE TABLE users (id bigint PRIMARY KEY, mood text CHECK (mood IN ('happy', 'sad')));",
    },
    {
      title: 'A composite type',
      base: '',
      migration: 'CREATE TYPE point3 AS (x float8, y float8, z float8);',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'CreateEnumStmt')].map((place) => {
      const { name } = nameParts(place.node.typeName);
      return advice(
        place,
        name,
        `${name} is an enum`,
        'Its values can never be removed: consider a table, or text with a CHECK.',
      );
    }),
});
