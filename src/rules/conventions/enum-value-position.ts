import { nameParts, statementsOf } from '../statements.ts';
import { advice, convention } from './convention.ts';

export const enumValuePosition = convention({
  name: 'enum-value-position',
  summary: 'A value is added to an enum without saying where.',
  why: 'It goes to the end, and `<`, `ORDER BY` and `max()` follow that order. It cannot be moved later.',
  instead: '`ADD VALUE … BEFORE` or `AFTER`, so that the place is meant.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertype.html'],
  peers: ['squawk require-enum-value-ordering', 'pgfence'],
  bad: [
    {
      title: 'At the end',
      base: "CREATE TYPE mood AS ENUM ('a');",
      migration: "ALTER TYPE mood ADD VALUE 'b';",
    },
    {
      title: 'IF NOT EXISTS',
      base: "CREATE TYPE mood AS ENUM ('a');",
      migration: "\nALTER TYPE mood ADD VALUE IF NOT EXISTS 'b';",
      line: 2,
    },
  ],
  good: [
    {
      title: 'AFTER',
      base: "CREATE TYPE mood AS ENUM ('a');",
      migration: "ALTER TYPE mood ADD VALUE 'b' AFTER 'a';",
    },
    {
      title: 'BEFORE',
      base: "CREATE TYPE mood AS ENUM ('a');",
      migration: "ALTER TYPE mood ADD VALUE 'b' BEFORE 'a';",
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'AlterEnumStmt')].flatMap((place) => {
      const { typeName, oldVal = '', newVal = '', newValNeighbor = '' } = place.node;
      if (oldVal !== '' || newValNeighbor !== '') return [];
      const { name } = nameParts(typeName);
      return [
        advice(
          place,
          name,
          `The value ${newVal} goes to the end of ${name}`,
          'Say BEFORE or AFTER which value it belongs: it cannot be moved later.',
        ),
      ];
    }),
});
