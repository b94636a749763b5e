import { identifier, literal, qualified } from '../../sql/names.ts';
import type { Bookkeeping, Migration } from '../tool.ts';
import type { LiquibaseSettings } from './settings.ts';

const schemaOf = ({ liquibaseSchema, defaultSchema }: LiquibaseSettings): string =>
  liquibaseSchema ?? defaultSchema ?? 'public';

/** `CreateDatabaseChangeLogTableGenerator`, its lock table, and `MarkChangeSetRanGenerator`. */
export function bookkeepingOf(settings: LiquibaseSettings): Bookkeeping {
  const schema = schemaOf(settings);
  const table = qualified(schema, settings.table);
  const lock = qualified(schema, settings.lockTable);
  const key = (one: Migration) =>
    `id = ${text(one.extra?.id)} AND author = ${text(one.extra?.author)} AND filename = ${text(one.extra?.path)}`;
  return {
    setup: `${schema === 'public' ? '' : `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)};\n`}CREATE TABLE ${lock} (ID INTEGER NOT NULL, LOCKED BOOLEAN NOT NULL, LOCKGRANTED TIMESTAMP WITHOUT TIME ZONE, LOCKEDBY VARCHAR(255), CONSTRAINT ${identifier(`${settings.lockTable}_pkey`)} PRIMARY KEY (ID));
INSERT INTO ${lock} (ID, LOCKED) VALUES (1, FALSE);
CREATE TABLE ${table} (ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL, FILENAME VARCHAR(255) NOT NULL, DATEEXECUTED TIMESTAMP WITHOUT TIME ZONE NOT NULL, ORDEREXECUTED INTEGER NOT NULL, EXECTYPE VARCHAR(10) NOT NULL, MD5SUM VARCHAR(35), DESCRIPTION VARCHAR(255), COMMENTS VARCHAR(255), TAG VARCHAR(255), LIQUIBASE VARCHAR(20), CONTEXTS VARCHAR(255), LABELS VARCHAR(255), DEPLOYMENT_ID VARCHAR(10));`,
    before: () =>
      settings.defaultSchema === null
        ? ''
        : `SELECT set_config('search_path', ${literal(`"${settings.defaultSchema.replaceAll('"', '""')}", "$user", public`)}, false);`,
    after: (one) => {
      const { extra } = one;
      const order = `(SELECT coalesce(max(orderexecuted), 0) + 1 FROM ${table})`;
      const md5 = one.opaque === undefined ? text(extra?.checksum) : 'NULL';
      return `WITH again AS (UPDATE ${table} SET dateexecuted = now(), orderexecuted = ${order}, md5sum = ${md5}, exectype = 'RERAN' WHERE ${key(one)} RETURNING 1)
INSERT INTO ${table} (id, author, filename, dateexecuted, orderexecuted, md5sum, description, comments, exectype, contexts, labels, liquibase, deployment_id)
SELECT ${text(extra?.id)}, ${text(extra?.author)}, ${text(extra?.path)}, now(), ${order}, ${md5}, ${limited(extra?.description)}, ${limited(extra?.comment)}, 'EXECUTED', ${orNull(extra?.contexts)}, ${orNull(extra?.labels)}, '5.0.0', '0000000000'
WHERE NOT EXISTS (SELECT FROM again);`;
    },
    undo: (one) => `DELETE FROM ${table} WHERE ${key(one)};`,
    relations: [`${schema}.${settings.table}`, `${schema}.${settings.lockTable}`],
    ...(settings.liquibaseSchema !== null && settings.liquibaseSchema !== settings.defaultSchema
      ? { schemas: [settings.liquibaseSchema].filter((name) => name !== 'public') }
      : {}),
  };
}

const text = (value: unknown): string => literal(String(value ?? ''));
const limited = (value: unknown): string => text(String(value ?? '').slice(0, 250));
const orNull = (value: unknown): string => (value === '' || value === undefined ? 'NULL' : limited(value));
