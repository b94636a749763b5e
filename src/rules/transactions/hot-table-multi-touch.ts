import { blocks } from '../../run/locks.ts';
import { partitionedParent } from '../catalog-facts.ts';
import { at, nameOf, type Place, places } from '../observed.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { counted, listed } from '../wording.ts';

/** NOT VALID, VALIDATE and SET NOT NULL of the usual recipes touch a table twice with a strong lock. */
const tooOften = 3;

export const hotTableMultiTouch: Rule = {
  name: 'hot-table-multi-touch',
  about: 'statement',
  severity: 'notice',
  summary:
    'Three or more migrations of the pull request lock the same existing table against reads, one after the other.',
  why: 'Each of them waits for the longest running query of the table and keeps the later ones waiting, so that one deploy stops the table’s users several times. Two are what safe recipes need; from the third on the commands could go into one ALTER TABLE. It is said once for a table.',
  instead:
    'Put what belongs together into one migration, best one ALTER TABLE with several commands; leave apart what a recipe keeps apart.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  peers: ['migrationpilot SQ002'],
  bad: [
    {
      title: 'Three columns in three migrations',
      base: { '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_age.sql': 'ALTER TABLE users ADD COLUMN age int;',
        '3_size.sql': 'ALTER TABLE users ADD COLUMN size int;',
        '4_name.sql': 'SELECT 1;\nALTER TABLE users ADD COLUMN name text;',
      },
      line: 2,
    },
    {
      title: 'Four, with another table between and names that need quotes',
      base: {
        '1_base.sql':
          'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);',
        '2_a.sql': 'ALTER TABLE "User" ADD COLUMN a int;',
        '3_b.sql': 'ALTER TABLE teams ADD COLUMN b int;\nALTER TABLE "User" ADD COLUMN b int;',
        '4_c.sql': 'ALTER TABLE "User" ADD COLUMN c int;',
        '5_d.sql': 'ALTER TABLE "User" ADD COLUMN d int;',
      },
    },
  ],
  good: [
    {
      title: 'A recipe that takes three migrations',
      base: { '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);' },
      migration: {
        '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
        '2_add.sql': 'ALTER TABLE users ADD CONSTRAINT proof CHECK (email IS NOT NULL) NOT VALID;',
        '3_read.sql': 'ALTER TABLE users VALIDATE CONSTRAINT proof;',
        '4_set.sql':
          'ALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT proof;',
      },
    },
    {
      title: 'One migration, and three of a new table',
      base: { '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_new.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
        '3_a.sql':
          'ALTER TABLE teams ADD COLUMN a int;\nALTER TABLE users ADD COLUMN a int, ADD COLUMN b int;',
        '4_b.sql': 'ALTER TABLE teams ADD COLUMN b int;',
        '5_c.sql': 'ALTER TABLE teams ADD COLUMN c int;',
      },
    },
  ],
  check(context) {
    const touches = new Map<string, Map<string, Place>>();
    for (const place of places(context)) {
      for (const name of closed(context, place)) {
        const files = touches.get(name) ?? new Map<string, Place>();
        if (!files.has(place.migration.file)) files.set(place.migration.file, place);
        touches.set(name, files);
      }
    }
    return [...touches].flatMap(([name, files]) => {
      const third = [...files.values()][tooOften - 1];
      if (third === undefined) return [];
      return [
        {
          ...at(third),
          object: name,
          title: `${counted(files.size, 'migration')} lock ${name} against reads and writes, one after the other`,
          message: `Each waits for the longest running query of ${name}, and all later queries wait behind it, ${files.size} times in one deploy (${listed([...files.keys()], 5)}). Put into one ALTER TABLE what no recipe keeps apart.`,
          evidence: null,
          fix: null,
        },
      ];
    });
  },
};

/** Tables of base that a statement closes to readers; a partition counts as its table. */
function closed(context: RuleContext, { statement }: Place): Set<string> {
  const locks = statement.locks.filter(
    ({ kind, mode, new: isNew }) => isNew && kind === 'table' && blocks(mode).includes('reads'),
  );
  return new Set(locks.map((lock) => partitionedParent(context, lock) ?? nameOf(lock)));
}
