import { applyMigrations } from '../../src/run/apply.ts';
import { openSession } from '../../src/run/session.ts';
import { traceMigrations } from '../../src/run/trace-migrations.ts';
import type { Shadow } from '../../src/shadow/shadow.ts';
import { migrationOf, noBookkeeping } from '../run/migrations.ts';

const base = `CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);`;

const head = [
  `CREATE INDEX users_email ON users (email);
ALTER TABLE users ALTER COLUMN age TYPE bigint;
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE users ADD CONSTRAINT email_there CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE users VALIDATE CONSTRAINT email_there;
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
UPDATE orders SET user_id = 1;
DO $$ BEGIN ALTER TABLE orders ADD COLUMN note text DEFAULT random()::text; END $$;`,
];
const alone = ['CREATE INDEX CONCURRENTLY orders_user ON orders (user_id)', 'VACUUM users'];

/** What is observed of a few telling statements, one line each. */
export async function observedOn(shadow: Shadow): Promise<string[]> {
  await using session = await openSession(shadow.connection);
  const failure = await applyMigrations(session, noBookkeeping, [migrationOf(base)]);
  if (failure !== null) throw new Error(failure.error.message);
  const { migrations } = await traceMigrations({
    connection: shadow.connection,
    bookkeeping: noBookkeeping,
    migrations: [
      ...head.map((sql) => migrationOf(sql)),
      ...alone.map((sql) => migrationOf(sql, { transaction: 'none' })),
    ],
  });
  return migrations.flatMap(({ error, statements }) => [
    ...(error === null ? [] : [`${error.sqlstate} ${error.message}`]),
    ...statements.map(({ sql, locks, rewrites, scans }) =>
      [
        sql.trim().slice(0, 60),
        locks
          .filter((lock) => lock.new)
          .map((lock) => `${lock.relation} ${lock.mode}`)
          .sort()
          .join(', '),
        `rewrites ${JSON.stringify(rewrites)}`,
        `scans ${JSON.stringify(scans)}`,
      ].join(' | '),
    ),
  ]);
}
