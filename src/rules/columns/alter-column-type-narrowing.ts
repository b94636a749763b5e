import { alterTables } from '../alter-table.ts';
import { at, everythingOf, evidenceOn } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { secondColumns } from './second-column.ts';
import { type TypeChange, typeChanges } from './type-change.ts';
import type { Narrowing } from './type-families.ts';

export const alterColumnTypeNarrowing: Rule = {
  name: 'alter-column-type-narrowing',
  about: 'statement',
  severity: 'error',
  summary: 'The new type of a column has no room for all values that the old one had.',
  why: `On the empty databases of tests every type fits. In production a single value that is too long, too large or cannot be read as the new type stops the migration; and where the cast rounds or cuts instead (fewer digits behind the point, a timestamp as a date, \`USING name::varchar(20)\`), data is lost without a word.

It rewrites the table under ACCESS EXCLUSIVE as well, so that all reads and writes wait; \`alter-column-type-rewrite\` is silent about the same statement.`,
  instead:
    'Run the query that the finding shows on production first. Then a second column of the new type, kept by a trigger and filled in batches; what does not fit comes to light there, and blocks nobody. A limit alone is better a `CHECK` that is added `NOT VALID`.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE',
    'https://www.postgresql.org/docs/current/datatype-character.html',
  ],
  peers: ['migrationpilot MP044', 'safe-migrate irreversible-migration', 'squawk changing-column-type'],
  bad: [
    {
      title: 'bigint to integer',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);',
      migration: 'ALTER TABLE orders ALTER COLUMN total TYPE integer;',
    },
    {
      title: 'A shorter varchar, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "nickName" varchar(200) NOT NULL);',
      migration: '-- no longer than this\nALTER TABLE "User" ALTER "nickName" TYPE varchar(50);',
      line: 2,
    },
    {
      title: 'text to integer, with USING',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY, amount text);',
      migration: 'ALTER TABLE orders ALTER COLUMN amount TYPE integer USING (amount::integer);',
    },
    {
      title: 'A timestamp as a date, two columns at once',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamp, sent timestamptz);',
      migration: 'ALTER TABLE orders ALTER COLUMN placed TYPE date, ALTER COLUMN sent TYPE date;',
    },
  ],
  good: [
    {
      title: 'A longer varchar',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));',
      migration: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(200);',
    },
    {
      title: 'A limit on new rows as a CHECK',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name text);\nALTER TABLE users ADD CONSTRAINT users_name_length CHECK (length(name) <= 200) NOT VALID;',
      migration: 'ALTER TABLE users VALIDATE CONSTRAINT users_name_length;',
    },
    {
      title: 'In a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, name text);\nALTER TABLE users ALTER COLUMN name TYPE varchar(50);',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const changes = typeChanges(context, alter);
      const narrowed = changes.filter(isNarrowed);
      if (narrowed.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const objects = narrowed.map((change) => `${name}.${change.name}`);
      const fails = narrowed.some(({ narrowing }) => narrowing.does === 'fails');
      const waits =
        statement.rewrites.length === 0
          ? ''
          : ` ${whoWaits(statement, table, evidence, 'it rewrites the table and its indexes')}`;
      return [
        {
          ...at(alter),
          object: objects.length === 1 ? (objects[0] ?? null) : name,
          title: `Changing ${listed(narrowed.map((change) => `${name}.${change.name} to ${change.to}`))} ${fails ? 'fails on values that do not fit' : 'loses what does not fit'}${statement.rewrites.length === 0 ? '' : ` and ${blocksWhom(evidence, name)}`}`,
          message: `${narrowed.map(consequence).join(' ')}${waits} Look at production's values first.`,
          evidence: { ...evidence, rewrite: statement.rewrites.length > 0 },
          fix: secondColumns(
            context,
            alter,
            changes,
            narrowed.flatMap(({ narrowing: { condition } }) =>
              condition === null
                ? []
                : [
                    'Before that, see which values do not fit:',
                    `  SELECT * FROM ${alter.sqlName} WHERE ${condition} LIMIT 10;`,
                  ],
            ),
          ),
          explains: everythingOf(statement),
        },
      ];
    }),
};

type Narrowed = TypeChange & { readonly narrowing: Narrowing };

const isNarrowed = (change: TypeChange): change is Narrowed => change.narrowing !== null;

const consequence = ({ name, from, to, narrowing: { does, values } }: Narrowed): string =>
  does === 'fails'
    ? `${name} goes from ${from} to ${to}: ${values} stop the migration.`
    : `${name} goes from ${from} to ${to}: ${values} are lost without a word.`;
