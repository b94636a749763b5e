import { literal, qualified } from '../../sql/names.ts';
import { at } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { nameParts, statementsOf } from '../statements.ts';
import { baseType } from './named-types.ts';

export const renameEnumValue: Rule = {
  name: 'rename-enum-value',
  about: 'statement',
  severity: 'warning',
  summary: 'A value of an enum that base has gets another name.',
  why: 'From the moment of the rename the version that is still running fails where it writes or compares the old label (22P02, invalid input value for enum), and reads a label that it does not know. Logical replicas do not get the rename.',
  instead:
    'Add the new label beside the old one, have the application write it, update the rows in batches, and leave the old label where it is: Postgres cannot drop one.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertype.html'],
  peers: ['strong_migrations rename_enum_value', 'migrationpilot MP024'],
  bad: [
    {
      title: 'A value that base has',
      base: "CREATE TYPE mood AS ENUM ('happy', 'sad');",
      migration: "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';",
    },
    {
      title: 'With names that need quotes',
      base: `CREATE TYPE "Mood" AS ENUM ('it''s', 'sad');`,
      migration: `SELECT 1;\nALTER TYPE public."Mood" RENAME VALUE 'it''s' TO 'is';`,
      line: 2,
    },
  ],
  good: [
    {
      title: 'A label more',
      base: "CREATE TYPE mood AS ENUM ('happy', 'sad');",
      migration: "ALTER TYPE mood ADD VALUE 'blue' AFTER 'sad';",
    },
    {
      title: 'A type that the migration creates',
      base: '',
      migration: "CREATE TYPE mood AS ENUM ('happy', 'sad');\nALTER TYPE mood RENAME VALUE 'sad' TO 'blue';",
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'AlterEnumStmt')].flatMap((place) => {
      const { typeName, oldVal, newVal = '' } = place.node;
      if (oldVal === undefined || oldVal === '') return [];
      const type = baseType(context, place, typeName);
      if (type === undefined || !type.members.some(({ name }) => name === oldVal)) return [];
      const { schema, name } = nameParts(typeName);
      return [
        {
          ...at(place),
          object: type.name,
          title: `Renaming the value ${oldVal} of ${type.name} breaks the version that is still running`,
          message: `It writes and compares ${literal(oldVal)}, which is no value of the type any more, and reads ${literal(newVal)}, which it does not know. Add the new value beside the old one.`,
          evidence: null,
          fix: recipe(
            context,
            [
              {
                title: 'the new value beside the old one',
                sql: [
                  `ALTER TYPE ${qualified(schema, name)} ADD VALUE ${literal(newVal)} AFTER ${literal(oldVal)};`,
                ],
                notes: [
                  'Then have the application write the new value, update the rows in batches, and read the old one as long as there are any.',
                ],
              },
            ],
            { sameSchema: false },
          ),
        },
      ];
    }),
};
