import { alterTables } from '../alter-table.ts';
import { at, evidenceOn } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { listed } from '../wording.ts';
import { columnsOf } from './added.ts';

export const dropPrimaryKey: Rule = {
  name: 'drop-primary-key',
  about: 'statement',
  severity: 'warning',
  summary: 'The primary key of an existing table is dropped.',
  why: `Without it two rows may have the same key, and lookups by it have no index. \`INSERT … ON CONFLICT (id)\` of the version that is still running fails at once (42P10). Logical replication has no identity for the rows any more: UPDATE and DELETE of a published table fail.

A key that the same pull request makes again on the same columns is not reported; on other columns it is a notice.`,
  instead:
    'Build the new unique index with CONCURRENTLY first; then drop the old key and `ADD PRIMARY KEY USING INDEX` the new one in one statement. Of a published table set `REPLICA IDENTITY` before.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY',
    'https://www.postgresql.org/docs/current/logical-replication-publication.html',
  ],
  peers: ['diesel-guard DropPrimaryKey', 'migrationpilot MP055', 'pgfence drop-constraint'],
  bad: [
    {
      title: 'Dropped for good',
      base: 'CREATE TABLE logs (id bigint PRIMARY KEY, line text);',
      migration: 'ALTER TABLE logs DROP CONSTRAINT logs_pkey;',
    },
    {
      title: 'On other columns, with names that need quotes',
      base: 'CREATE TABLE "Member" (id bigint, "userId" bigint NOT NULL, CONSTRAINT "Member key" PRIMARY KEY (id));\nCREATE UNIQUE INDEX "User key" ON "Member" ("userId");',
      migration:
        'ALTER TABLE "Member"\n  DROP CONSTRAINT "Member key",\n  ADD PRIMARY KEY USING INDEX "User key";',
    },
  ],
  good: [
    {
      title: 'The same columns with another index',
      base: 'CREATE TABLE logs (id bigint PRIMARY KEY, line text);\nCREATE UNIQUE INDEX logs_key ON logs (id);',
      migration:
        'ALTER TABLE logs DROP CONSTRAINT logs_pkey, ADD CONSTRAINT logs_pkey PRIMARY KEY USING INDEX logs_key;',
    },
    {
      title: 'Of a table that the migration creates',
      base: '',
      migration: 'CREATE TABLE logs (id bigint PRIMARY KEY);\nALTER TABLE logs DROP CONSTRAINT logs_pkey;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      return alter.commands.flatMap(({ subtype, name: constraint = '' }) => {
        if (subtype !== 'AT_DropConstraint') return [];
        const dropped = context.before?.byName('constraint', `${name}.${constraint}`);
        if (dropped?.facts.kind !== 'primary-key') return [];
        const next = context.after?.objects.find(
          ({ type, containerIdentity, facts }) =>
            type === 'constraint' &&
            containerIdentity === dropped.containerIdentity &&
            facts.kind === 'primary-key',
        );
        if (next !== undefined && next.columns.join() === dropped.columns.join()) return [];
        const columns = listed(columnsOf(context.before, dropped));
        return [
          {
            ...at(alter),
            object: name,
            ...(next === undefined ? {} : { severity: 'notice' as const }),
            title:
              next === undefined
                ? `Dropping the primary key of ${name} lets rows have the same ${columns}`
                : `The primary key of ${name} moves from ${columns} to ${listed(columnsOf(context.after, next))}`,
            message: `INSERT … ON CONFLICT (${columns}) of the version that is still running fails from then on (42P10) unless another unique index has these columns, foreign keys cannot be added any more, and a logical replica cannot tell which row an UPDATE means. See that nothing counts on it.`,
            evidence: { ...evidenceOn(statement, table), scan: false },
            fix: null,
          },
        ];
      });
    }),
};
