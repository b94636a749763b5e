import type { CatalogObject } from '../../catalog/model.ts';
import { lockTitle, strongest } from '../../run/locks.ts';
import type { ObservedLock } from '../../run/trace.ts';
import { type AlterTable, alterTables } from '../alter-table.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { apart } from '../wording.ts';
import { columnsOf } from './added.ts';

export const dropConstraint: Rule = {
  name: 'drop-constraint',
  about: 'statement',
  severity: 'warning',
  summary: 'A constraint of an existing table is dropped; a foreign key locks the referenced table as well.',
  why: `Dropping a foreign key takes ACCESS EXCLUSIVE on the referenced table too, since its triggers live there: all reads and writes of a table that the statement does not even name wait, behind its longest running query. Without a UNIQUE constraint \`INSERT … ON CONFLICT\` of the running version fails (42P10), and queries lose its index. Nothing keeps wrong rows out any more.

Dropping a CHECK is a notice. Not reported: a constraint that the same pull request makes again, one whose table or columns it drops as well, and the CHECK that has proved NOT NULL.`,
  instead:
    'Drop a foreign key in a migration of its own with a short `lock_timeout`, so that readers of the referenced table do not queue up behind it. See first that no running version counts on what is dropped.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-CONSTRAINT',
    'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES',
  ],
  peers: ['pgfence drop-constraint', 'pgsafe drop-constraint', 'pgrubic CT004', 'atlas CD101'],
  bad: [
    {
      title: 'A foreign key',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));',
      migration: 'ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;',
    },
    {
      title: 'A UNIQUE constraint',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);',
      migration: 'SELECT 1;\nALTER TABLE users DROP CONSTRAINT IF EXISTS users_email_key;',
      line: 2,
    },
    {
      title: 'A CHECK, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, age int CONSTRAINT "of Age" CHECK (age >= 18));',
      migration: 'ALTER TABLE "User" DROP CONSTRAINT "of Age";',
    },
  ],
  good: [
    {
      title: 'A CHECK that has proved NOT NULL',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT proof CHECK (email IS NOT NULL));',
      migration:
        'ALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT proof;',
    },
    {
      title: 'Another UNIQUE index has the same columns',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);\nCREATE UNIQUE INDEX users_email_idx ON users (email);',
      migration: 'ALTER TABLE users DROP CONSTRAINT users_email_key;',
    },
    {
      title: 'Of a table that the migration creates',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE TABLE orders (id bigint PRIMARY KEY, age int CHECK (age > 0));\nALTER TABLE orders DROP CONSTRAINT orders_age_check;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) =>
      alter.commands.flatMap(({ subtype, name = '' }) => {
        if (subtype !== 'AT_DropConstraint') return [];
        const dropped = context.before?.byName('constraint', `${alter.name}.${name}`);
        if (dropped === undefined || context.after?.byIdentity(dropped.identity) !== undefined) return [];
        return draft(context, alter, dropped) ?? [];
      }),
    ),
};

function draft(context: RuleContext, alter: AlterTable, dropped: CatalogObject): FindingDraft | null {
  const { statement, table, name } = alter;
  const finding = {
    ...at(alter),
    object: name,
    evidence: { ...evidenceOn(statement, table), scan: false },
    fix: null,
  };
  const again = context.after?.byName('constraint', dropped.name);
  // Without its table or a column of its own there is nothing left to keep right.
  const gone =
    context.after !== null &&
    dropped.columns.some((column) => context.after?.byIdentity(column) === undefined);
  switch (dropped.facts.kind) {
    case 'foreign-key': {
      const other = referenced(alter, dropped);
      if (other === undefined && (gone || again !== undefined)) return null;
      return {
        ...finding,
        ...(other === undefined ? { severity: 'notice' as const } : {}),
        title:
          other === undefined
            ? `Without ${dropped.local} nothing keeps rows of ${name} from pointing nowhere`
            : `Dropping foreign key ${dropped.local} locks ${nameOf(other)} against reads and writes as well`,
        message:
          other === undefined
            ? 'Rows may name keys that are not there from now on. See that no version counts on the check or on its ON DELETE.'
            : `The statement takes ${lockTitle(other.mode)} on ${nameOf(other)}, too (seen on the shadow): it waits for the longest running query of both tables, and all later ones wait behind it. Drop it in ${apart(context)}, with a short lock_timeout.`,
      };
    }
    case 'unique': {
      if (gone || again?.facts.kind === 'unique' || hasOtherUnique(context, dropped)) return null;
      const columns = columnsOf(context.before, dropped).join(', ');
      return {
        ...finding,
        title: `Without ${dropped.local} rows of ${name} may have the same ${columns}`,
        message: `INSERT … ON CONFLICT (${columns}) of the version that is still running fails from then on (42P10), and its queries lose the index. See first that nothing counts on it.`,
      };
    }
    case 'check':
    case 'exclusion':
      if (gone || again !== undefined || provesNotNull(context, dropped)) return null;
      return {
        ...finding,
        severity: 'notice',
        title: `Without ${dropped.local} nothing refuses wrong rows of ${name} any more`,
        message: `The table no longer checks ${String(dropped.facts.clause)}. See that no running version counts on it.`,
      };
    default:
      return null;
  }
}

/** The other table of a foreign key, where the statement has locked it. */
function referenced({ statement, table }: AlterTable, { facts }: CatalogObject): ObservedLock | undefined {
  return strongest(
    statement.locks.filter(
      (lock) =>
        lock.oid !== table.oid &&
        lock.kind === 'table' &&
        lock.mode === 'AccessExclusiveLock' &&
        lock.new &&
        nameOf(lock) === facts.foreignTable,
    ),
  );
}

const hasOtherUnique = (context: RuleContext, dropped: CatalogObject): boolean =>
  (context.after?.objects ?? []).some(
    ({ type, containerIdentity, facts, columns }) =>
      containerIdentity === dropped.containerIdentity &&
      (type === 'index'
        ? facts.unique === true && facts.valid === true && facts.predicate === null
        : type === 'constraint' && (facts.kind === 'unique' || facts.kind === 'primary-key')) &&
      columns.join() === dropped.columns.join(),
  );

/** `column IS NOT NULL` of a column that is NOT NULL by itself now. */
function provesNotNull(context: RuleContext, { columns, facts }: CatalogObject): boolean {
  const [column, ...more] = columns;
  if (column === undefined || more.length > 0 || !/ IS NOT NULL\)+/.test(String(facts.clause))) return false;
  return context.after?.byIdentity(column)?.facts.notNull === true;
}
