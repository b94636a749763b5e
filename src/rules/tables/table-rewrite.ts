import { blocks, strongest } from '../../run/locks.ts';
import { at, hiddenIn, isAbout, nameOf, type Place, places } from '../observed.ts';
import type { FindingDraft, Rule } from '../rule.ts';
import { blocksWhom, whoWaits } from '../wording.ts';

/** Does a finding account for what this statement did to this relation? */
export const isExplained = (found: readonly FindingDraft[], place: Place, relation: string): boolean =>
  found.some((draft) => isAbout(draft, place) && draft.explains?.includes(relation) === true);

export const tableRewrite: Rule = {
  name: 'table-rewrite',
  about: 'statement',
  severity: 'error',
  summary: 'An existing table is rewritten in a way that no other rule describes.',
  why: 'The shadow saw a new storage file for a table that base has: all rows were copied and all indexes built anew, under ACCESS EXCLUSIVE. All reads and writes wait. This rule catches what the rules about single statements do not name: commands that are new in PostgreSQL, and DDL inside DO blocks, functions and procedures.',
  instead:
    'Expand and contract: a new table or column beside the old one, filled in batches outside the migration, then swapped.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  peers: [
    'eugene E5 (trace)',
    'pgfence set-logged-unlogged',
    'migrationpilot MP047',
    'pgsafe set-access-method',
  ],
  bad: [
    {
      title: 'Hidden in a function that base has',
      base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION widen() RETURNS void LANGUAGE plpgsql AS 'BEGIN ALTER TABLE users SET UNLOGGED; END';",
      migration: 'SELECT widen();',
    },
    {
      title: 'Hidden in a DO block',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
      migration: "-- widen\nDO $$ BEGIN EXECUTE 'ALTER TABLE users ALTER COLUMN age TYPE bigint'; END $$;",
      line: 2,
    },
  ],
  good: [
    {
      title: 'A setting that copies nothing',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users SET (fillfactor = 80);',
    },
    {
      title: 'TRUNCATE inside a DO block makes a new file, but copies nothing',
      base: '',
      migration:
        "CREATE TABLE scratch (id bigint);\nDO $$ BEGIN EXECUTE 'ALTER TABLE scratch ALTER COLUMN id TYPE text'; END $$;",
    },
  ],
  check: (context, found) =>
    [...places(context)].flatMap((place) =>
      place.statement.rewrites
        .filter((relation) => !isExplained(found, place, relation))
        .map((relation) => {
          const { statement } = place;
          const locks = statement.locks.filter((each) => nameOf(each) === relation);
          const lock = strongest(locks);
          const evidence = {
            // A rewrite has always held ACCESS EXCLUSIVE, also where it could not be read any more.
            lock: lock?.mode ?? null,
            blocks: blocks(lock?.mode ?? 'AccessExclusiveLock'),
            scan: true,
            rewrite: true,
          };
          const hidden = hiddenIn(statement);
          return {
            ...at(place),
            object: relation,
            title: `${hidden === null ? 'The statement' : `${capital(hidden)}`} rewrites ${relation} and ${blocksWhom(evidence, 'it')}`,
            message:
              lock === undefined
                ? `The table got a new storage file (seen on the shadow), so that all reads and writes of ${relation} waited until its rows were copied.`
                : whoWaits(
                    statement,
                    { ...lock, tableOid: null },
                    evidence,
                    'the table is copied and its indexes are built anew',
                  ),
            evidence,
            fix: null,
            explains: [relation],
          };
        }),
    ),
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
