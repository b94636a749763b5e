import { completed } from '../statements.ts';
import { advice, convention, definedColumns, written } from './convention.ts';

const snake = /^[a-z_][a-z0-9_]*$/;

export const namingSnakeCase = convention({
  name: 'naming-snake-case',
  summary: 'A new table or column has a name that is not in snake_case.',
  why: 'Names with capitals, blanks or signs must be quoted in every query, by hand and by every tool; without the quotes Postgres makes small letters of them and finds nothing.',
  instead: 'Small letters, digits and underscores.',
  sources: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_upper_case_table_or_column_names'],
  peers: ['atlas NM101–106', 'pgrubic NM001–016', 'pgsafe naming'],
  bad: [
    { title: 'A table', base: '', migration: 'CREATE TABLE "User" (id bigint PRIMARY KEY);' },
    {
      title: 'A column',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: '\nALTER TABLE users ADD COLUMN "createdAt" timestamptz;',
      line: 2,
    },
  ],
  good: [
    { title: 'snake_case', base: '', migration: 'CREATE TABLE user_names (user_id bigint PRIMARY KEY);' },
    {
      title: 'Old names stay as they are',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE "User" ADD COLUMN age bigint;',
    },
  ],
  check: (context) => {
    const tables = [...completed(context)].flatMap((place) => {
      const { node } = place.statement;
      const relation = node !== null && 'CreateStmt' in node ? node.CreateStmt.relation : undefined;
      return relation?.relname === undefined || snake.test(relation.relname)
        ? []
        : [
            advice(
              place,
              written(relation),
              `The table’s name ${relation.relname} is not in snake_case`,
              says,
            ),
          ];
    });
    const columns = [...definedColumns(context)]
      .filter(({ name }) => !snake.test(name))
      .map(({ place, table, name }) =>
        advice(place, `${table}.${name}`, `The column’s name ${name} is not in snake_case`, says),
      );
    return [...tables, ...columns];
  },
});

const says = 'It has to be quoted wherever it is used: write small letters, digits and underscores.';
