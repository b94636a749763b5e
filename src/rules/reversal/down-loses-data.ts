import type { Rule } from '../rule.ts';
import { counted, listed } from '../wording.ts';
import { inDown } from './places.ts';

export const downLosesData: Rule = {
  name: 'down-loses-data',
  about: 'reversal',
  severity: 'notice',
  summary: 'Reverting a new migration would drop tables or columns with what has been written to them.',
  why: 'Between the deploy and the revert the application writes to what is new. The down drops it, and no backup of the day before has those rows. That is often right, but whoever reverts at night should know it beforehand.',
  instead:
    'Where the rows matter, take the application back and leave the schema: new tables and nullable columns harm no older version. Or let the down keep them aside first.',
  sources: ['https://www.postgresql.org/docs/current/sql-droptable.html'],
  peers: ['none that we know of'],
  bad: [
    {
      title: 'A new table',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE teams (id bigint PRIMARY KEY);',
      down: 'DROP TABLE teams;',
    },
    {
      title: 'A new column',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN nickname text;',
      down: "SET lock_timeout = '2s';\nALTER TABLE users DROP COLUMN nickname;",
      line: 2,
    },
  ],
  good: [
    {
      title: 'A view holds no rows',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE VIEW user_ids AS SELECT id FROM users;',
      down: 'DROP VIEW user_ids;',
    },
    {
      title: 'A default holds none either',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, nickname text);',
      migration: "COMMENT ON COLUMN users.nickname IS 'how others call them';",
      down: 'COMMENT ON COLUMN users.nickname IS NULL;',
    },
  ],
  check: ({ reversal }) =>
    (reversal?.steps ?? []).flatMap(({ migration, back }) => {
      const lost = (back?.changes ?? []).filter(({ dataLoss }) => dataLoss);
      const [first] = lost;
      if (back === null || first === undefined) return [];
      const names = lost.map(({ type, name }) => `${type.replaceAll('-', ' ')} ${name}`);
      return [
        {
          ...inDown(migration, back.down, first.name),
          object: first.name,
          title: `Reverting ${migration.file} loses what is in ${listed(names)}`,
          message: `The down removes ${lost.length === 1 ? 'it' : counted(lost.length, 'object')} with everything that was written since the migration${names.length > 3 ? `: ${listed(names, 12)}` : ''}. Where that matters, revert the application and leave the schema as it is.`,
        },
      ];
    }),
};
