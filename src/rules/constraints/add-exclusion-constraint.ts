import { addedConstraints, alterTables } from '../alter-table.ts';
import { at, builtIndexes, everythingOf, evidenceOn } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { blocksWhom, whoWaits } from '../wording.ts';

export const addExclusionConstraint: Rule = {
  name: 'add-exclusion-constraint',
  about: 'statement',
  severity: 'error',
  summary: 'An EXCLUDE constraint is added to an existing table and builds its index under the lock.',
  why: '`ADD CONSTRAINT … EXCLUDE` builds an index and compares all rows while it holds ACCESS EXCLUSIVE: all reads and writes of the table wait. It knows neither NOT VALID nor USING INDEX.',
  instead:
    'There is no way that does not block: do it in a maintenance window, or in a new table that the rows are copied to and that takes over the name.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-EXCLUDE'],
  peers: [
    'eugene E8',
    'strong_migrations add_exclusion_constraint',
    'online_migrations add_exclusion_constraint',
    'pgfence add-constraint-exclude',
    'migrationpilot MP031',
    'pgsafe add-exclusion-constraint',
  ],
  bad: [
    {
      title: 'Equal values',
      base: 'CREATE TABLE rooms (id bigint PRIMARY KEY, number int);',
      migration: 'ALTER TABLE rooms ADD CONSTRAINT one_number EXCLUDE USING btree (number WITH =);',
    },
    {
      title: 'Overlapping periods',
      base: 'CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange);',
      migration: 'ALTER TABLE bookings\n  ADD EXCLUDE USING gist (during WITH &&);',
    },
  ],
  good: [
    {
      title: 'In CREATE TABLE',
      base: '',
      migration:
        'CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange, EXCLUDE USING gist (during WITH &&));',
    },
    {
      title: 'On a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange);\nALTER TABLE bookings ADD EXCLUDE USING gist (during WITH &&);',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const [added] = addedConstraints(alter, 'CONSTR_EXCLUSION');
      if (added === undefined || (builtIndexes(statement).length === 0 && statement.scans.length === 0))
        return [];
      const evidence = evidenceOn(statement, table);
      return [
        {
          ...at(alter),
          object: name,
          title: `Adding an EXCLUDE constraint ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it builds the index and compares all rows')} Postgres has no way to add one without blocking: plan a maintenance window, or move the rows to a new table that has it.`,
          evidence: { ...evidence, scan: true },
          fix: null,
          explains: everythingOf(statement),
        },
      ];
    }),
};
